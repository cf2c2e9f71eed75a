"""A row of a verdict as a reader sees it: words, figures, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from donbay.domain.criteria import Attestation, Threshold
from donbay.domain.remaining import Remaining, remaining
from donbay.domain.targets import Target
from donbay.domain.verdicts import CriterionRow, Status, TargetRow, ValueRow
from donbay.web.look.pictures import along, pace_bar
from donbay.web.look.tables import Column
from donbay.web.look.titles import Titles

# What needs attention stands first.
WORST_FIRST = (
    Status.OFF_TRACK,
    Status.MISSED,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.OPEN,
    Status.ON_TRACK,
    Status.ACHIEVED,
)
PLACE = {status: place for place, status in enumerate(WORST_FIRST)}


# A file leaves the page that it was taken from, so the three days go with every row.
DAYS = (
    Column("on", "heading.on", lambda x: x.titles.days.on, of_file=True),
    Column("known", "heading.known", lambda x: x.titles.days.known, of_file=True),
    Column("map", "heading.map", lambda x: x.titles.days.map, of_file=True),
)


@dataclass(frozen=True)
class TargetLine:
    """A target at one place; or at many, with how many stand where.

    Of many, `row` is that of the one place that holds all the others, if there is one.
    """

    titles: Titles
    target: Target
    row: TargetRow | None
    counts: Mapping[str, int]

    @property
    def title(self) -> str:
        return self.titles.target(self.target.id)

    @property
    def unit(self) -> str:
        return self.row.unit if self.row else ""

    @property
    def place(self) -> str:
        return self.titles.place(self.unit) if self.row else ""

    @property
    def level(self) -> str:
        return self.titles.place_level(self.unit) if self.row else ""

    @property
    def objective(self) -> str:
        return self.titles.objective(self.target.objective)

    @property
    def owner(self) -> str:
        return self.titles.authority(self.target.owner)

    @property
    def unit_of_measure(self) -> str:
        return self.titles.unit_of_measure(self.target.indicator)

    @property
    def asked(self) -> str:
        return self.titles.asked(self.target)

    @cached_property
    def status(self) -> Status:
        """Of many places, that of the one that needs attention most."""
        if self.row:
            return self.row.status
        present = (Status(status) for status, count in self.counts.items() if count)
        return min(present, key=PLACE.__getitem__, default=Status.NO_DATA)

    @property
    def order(self) -> int:
        return PLACE[self.status]

    @property
    def status_word(self) -> str:
        return self.titles.words.say(f"status.{self.status}")

    @property
    def shares(self) -> list[tuple[str, int]]:
        """How many places stand where, the ones that need attention first."""
        return [(s, self.counts[s]) for s in WORST_FIRST if self.counts.get(s)]

    @property
    def many(self) -> bool:
        return self.places > 1

    @property
    def places(self) -> int:
        return sum(self.counts.values())

    @property
    def value(self) -> str:
        return (
            self.titles.amount(self.row.value, self.row.indicator) if self.row else ""
        )

    @property
    def pace(self) -> str:
        return self.titles.amount(self.row.pace, self.row.indicator) if self.row else ""

    @property
    def coverage(self) -> float | None:
        """Only where not every place reported."""
        found = self.row.coverage if self.row else None
        return None if found == 1 else found

    @property
    def why(self) -> str:
        """The reason in words; of what is behind, how far it is and should be."""
        if self.row is None:
            return ""
        say, words = self.titles.words.say, self.titles.words
        if self.row.status in {Status.OFF_TRACK, Status.AT_RISK}:
            done, pace = self._way(self.row)
            if done is not None and pace is not None:
                shares = {"done": words.share(done), "pace": words.share(pace)}
                return say("board.behind", **shares)
        if self.row.status is Status.OPEN:
            return say("board.no_pace")
        return self.titles.why(self.row)

    @staticmethod
    def _way(row: TargetRow) -> tuple[float | None, float | None]:
        """How much of the road to the target is done, and how much the pace asks."""
        start, end = row.baseline, row.target_value
        return along(row.value, start, end), along(row.pace, start, end)

    @cached_property
    def left(self) -> Remaining | None:
        """The way from the last value to what is promised."""
        return remaining(self.target, self.row) if self.row else None

    @property
    def takes(self) -> list[str]:
        """What every period that is left must bring, in short sentences."""
        row, found, words = self.row, self.left, self.titles.words
        if found is None or row is None or row.period is None:
            return []
        rhythm = row.period.frequency.value
        if found.each is None:
            return [words.say("portal.none_left")]
        each = self.titles.step(found.each, row.indicator)
        left = words.number(found.periods)
        said = [
            words.say(f"portal.needed.{rhythm}", each=each),
            words.say(f"portal.left.{rhythm}", count=left),
        ]
        if found.so_far is not None:
            so_far = self.titles.step(found.so_far, row.indicator)
            said.append(words.say(f"portal.so_far.{rhythm}", each=so_far))
        return said

    @property
    def bar(self) -> SafeString:
        row = self.row
        if row is None:
            return SafeString("")
        done, pace = self._way(row)
        say, words = self.titles.words.say, self.titles.words
        label = say(
            "board.bar",
            done=words.share(done) if done is not None else "",
            pace=words.share(pace) if pace is not None else say("word.unbounded"),
        )
        return pace_bar(done, pace, row.status, label)


@dataclass(frozen=True)
class ValueLine:
    """A value of a place in a period."""

    titles: Titles
    row: ValueRow

    @property
    def unit_of_measure(self) -> str:
        return self.titles.unit_of_measure(self.row.indicator)

    @property
    def indicator(self) -> str:
        return self.titles.indicator(self.row.indicator)

    @property
    def value(self) -> str:
        return self.titles.bounded(self.row)

    @property
    def stated(self) -> str:
        return self.titles.amount(self.row.stated, self.row.indicator)

    @property
    def coverage(self) -> float | None:
        return None if self.row.coverage == 1 else self.row.coverage

    @property
    def reason(self) -> str:
        return self.titles.reason(self.row.reason)


@dataclass(frozen=True)
class CriterionLine:
    """A criterion of a place, or one of its parts."""

    titles: Titles
    row: CriterionRow

    @property
    def whole(self) -> bool:
        return self.row.sub_criterion is None

    @property
    def number(self) -> str:
        return self.row.sub_criterion or self.row.criterion

    @property
    def title(self) -> str:
        if self.row.sub_criterion is None:
            return self.titles.criterion(self.row.set, self.row.criterion)
        return self.titles.sub(self.row.set, self.row.sub_criterion)

    @property
    def value(self) -> str:
        name = self.titles.measured_by(self.row.set, self.row.sub_criterion)
        return self.titles.amount(self.row.value, name)

    @property
    def threshold(self) -> str:
        """What is asked: a number, or somebody's attestation."""
        leaf = self.titles.leaves.get((self.row.set, self.row.sub_criterion or ""))
        rule = leaf.rule if leaf else None
        say = self.titles.words.say
        if isinstance(rule, Attestation):
            authority = self.titles.authority(rule.authority)
            return say("cli.why.attested_by", authority=authority)
        if isinstance(rule, Threshold) and self.row.threshold is not None:
            value = self.titles.amount(self.row.threshold, rule.indicator)
            return say(f"comparator.{rule.comparator}", value=value)
        return ""

    @property
    def reason(self) -> str:
        return self.titles.reason(self.row.reason)

    @property
    def result_word(self) -> str:
        return self.titles.words.say(f"result.{self.row.result}")
