"""What ids, codes and numbers of a study are called in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import isfinite

from donbay.domain.criteria import CriteriaSet, SubCriterion, Threshold, sub_criteria
from donbay.domain.ledger import Observation
from donbay.domain.mobilisation import PUBLISHED, MobilisationRow, Money
from donbay.domain.periods import Period, parse_period
from donbay.domain.quantities import Bound, equal
from donbay.domain.sources import Source
from donbay.domain.targets import Target
from donbay.domain.verdicts import Days, Reason, TargetRow, ValueRow
from donbay.folder import Study
from donbay.texts import Wording

# Above this the ranges of values are not looked up just to word a board.
LARGE = 200_000
Key = tuple[str, str, Period]


class Sentences:
    """Titles come from the pack, words from the catalogue, bounds from the reports."""

    def __init__(
        self, study: Study, days: Days, words: Wording, engine: str = "fast"
    ) -> None:
        self.study, self.days, self.words, self.engine = study, days, words, engine

    def place(self, unit: str) -> str:
        version = self.study.territory.version(unit, self.days.map)
        return version.name if version else unit

    def _pack(self, path: str, otherwise: str) -> str:
        """A text of the pack."""
        return self.study.pack.texts.get(self.words.language, {}).get(path, otherwise)

    def authority(self, name: str) -> str:
        return self._pack(f"authorities.{name}", name)

    def category(self, indicator: str, name: str) -> str:
        return self._pack(f"indicators.{indicator}.categories.{name}", name)

    def document(self, name: str, otherwise: str) -> str:
        return self._pack(f"documents.{name}", otherwise)

    @cached_property
    def _targets(self) -> dict[str, Target]:
        return {t.id: t for t in self.study.programme.targets}

    @cached_property
    def _sets(self) -> dict[str, CriteriaSet]:
        return {s.id: s for s in self.study.programme.criteria}

    @cached_property
    def _leaves(self) -> dict[tuple[str, str], SubCriterion]:
        return {
            (name, leaf.id): leaf
            for name, found in self._sets.items()
            for level in found.levels
            for criterion in level.criteria
            for leaf in sub_criteria(criterion.node)
        }

    def target_title(self, target: str) -> str:
        return self._targets[target].title.in_(self.words.language, target)

    def indicator_title(self, indicator: str) -> str:
        found = self.study.programme.indicators[indicator]
        return found.title.in_(self.words.language, indicator)

    def set_title(self, name: str) -> str:
        return self._sets[name].title.in_(self.words.language, name)

    def criterion_title(self, name: str, criterion: str) -> str:
        found = self._sets[name].criterion(criterion)
        title = found.title.in_(self.words.language) if found else ""
        return f"{criterion} {title}".strip()

    def sub_title(self, name: str, sub: str) -> str:
        leaf = self._leaves.get((name, sub))
        title = leaf.title.in_(self.words.language) if leaf else ""
        return f"{sub} {title}".strip()

    def measured_by(self, name: str, sub: str | None) -> str | None:
        leaf = self._leaves.get((name, sub or ""))
        rule = leaf.rule if leaf else None
        return rule.indicator if isinstance(rule, Threshold) else None

    def citation(self, source: Source) -> str:
        """A source in a few words: title or document, and the place in it."""
        documents = {d.id: d.number for d in self.study.programme.documents}
        named = documents.get(source.document or "", source.document)
        parts = [source.title or named, source.article]
        return ", ".join(part for part in parts if part)

    def level_title(self, name: str, level: str) -> str:
        if level in {"none", "unknown"}:
            return self.words.say(f"level.{level}")
        found = self._sets[name].level(level)
        return found.title.in_(self.words.language, level) if found else level

    def part_title(self, row: MobilisationRow) -> str:
        if row.form is not None:
            return self._pack(f"forms.{row.form}", row.form)
        for funding in self.study.programme.funding:
            if funding.id == row.source:
                return funding.title.in_(self.words.language, funding.id)
        return row.source or ""

    def amount(self, value: float | None, indicator: str | None) -> str:
        if value is None:
            return ""
        found = self.study.programme.indicators.get(indicator or "")
        if found is None:
            return self.words.number(value)
        unit = self._pack(f"indicators.{found.id}.unit", found.unit)
        return self.words.quantity(value, found.unit, unit, found.decimals)

    def promise(self, target: str) -> str:
        """What a target asks, and by when."""
        found = self._targets[target]
        value = self.amount(found.value, found.indicator)
        return self.words.say(
            "cli.promise",
            value=self.words.say(f"comparator.{found.comparator}", value=value),
            day=self.words.day(found.deadline),
        )

    def reached(self, row: TargetRow) -> str:
        """A verdict's value with what is known of its bounds."""
        if row.value is None or row.period is None:
            return ""
        value = self._values.get((row.unit, row.indicator, row.period))
        if value is not None and value.value == row.value:
            return self.value_of(value)
        return self.amount(row.value, row.indicator)

    def value_of(self, row: ValueRow) -> str:
        if row.value is None:
            return ""
        shown = self.amount(row.value, row.indicator)
        report = self._reports.get((row.unit, row.indicator, row.period))
        if report is not None and report.value == row.value:
            return self.words.say(f"bound.{report.bound}", value=shown)
        return self._bounded(row.low, row.high, lambda x: self.amount(x, row.indicator))

    def _bounded(
        self, low: float | None, high: float | None, write: Callable[[float], str]
    ) -> str:
        if low is not None and high is not None:
            if equal(low, high):
                return write(low)
            if low != 0:
                both = {"low": write(low), "high": write(high)}
                return self.words.say("bound.between", **both)
        if high is not None:
            return self.words.say(f"bound.{Bound.AT_MOST}", value=write(high))
        if low is not None:
            return self.words.say(f"bound.{Bound.AT_LEAST}", value=write(low))
        return self.words.say("word.unbounded")

    def raised(self, row: MobilisationRow) -> str:
        """An amount; of a total that was reported, with the bound reported."""
        report = self._reports.get((row.unit, row.indicator, row.period))
        if row.is_total and report is not None and report.value == row.amount.number:
            shown = self.amount(report.value, row.indicator)
            return self.words.say(f"bound.{report.bound}", value=shown)
        return self.spread(row.amount, lambda x: self.amount(x, row.indicator))

    def share(self, row: MobilisationRow) -> str:
        """Empty where nothing is known of it."""
        share = row.share
        if share is None or (share.range.low <= 0 and share.range.high >= 1):
            return ""
        return self._printed(row) or self.spread(share, self.words.share)

    def leverage(self, row: MobilisationRow) -> str:
        """Empty where nothing is known of it."""
        ratio = row.leverage
        if ratio is None or (ratio.range.low <= 0 and not isfinite(ratio.range.high)):
            return ""
        return self._printed(row) or self.spread(ratio, self.words.number)

    def _printed(self, row: MobilisationRow) -> str:
        """A share or leverage that was published, with the bound it was given."""
        for flag in row.flags:
            code, _, indicator = flag.partition(":")
            value = self._values.get((row.unit, indicator, row.period))
            if code == PUBLISHED and value is not None:
                return self.value_of(value)
        return ""

    def spread(self, money: Money, write: Callable[[float], str]) -> str:
        low, high = money.range.low, money.range.high
        ends = (low if isfinite(low) else None, high if isfinite(high) else None)
        if money.number is None and ends == (0.0, None):
            return self.words.say("word.not_published")
        return self._bounded(*ends, write)

    @cached_property
    def _values(self) -> dict[Key, ValueRow]:
        if self.study.reported > LARGE:
            return {}
        found = self.study.evaluation(self.days, ("values",), engine=self.engine)
        return {(v.unit, v.indicator, v.period): v for v in found.values}

    @cached_property
    def _reports(self) -> dict[Key, Observation]:
        """Totals in force that the value of their own unit repeats."""
        if self.study.reported > LARGE:
            return {}
        known = self.days.known
        found: dict[Key, Observation] = {}
        for o in sorted(self.study.observations, key=lambda o: (o.recorded_at, o.row)):
            if o.category is None and (known is None or o.recorded_at <= known):
                found[o.unit, o.indicator, o.period] = o
        return found

    def reason(self, reason: Reason | None) -> str:
        if reason is None:
            return ""
        return self.words.say(
            f"reason.{reason.code}", period=self._period(reason.parameter)
        )

    def target_reason(self, row: TargetRow) -> str:
        """The reason; for an achieved target also by how much, and since when."""
        parts = [self.reason(row.reason), self.success(row)]
        return "; ".join(part for part in parts if part)

    def success(self, row: TargetRow) -> str:
        """Of an achieved target: by how much, and since when."""
        parts = []
        if row.exceeded:
            by = self.amount(row.exceeded, row.indicator)
            parts.append(self.words.say("cli.exceeded", margin=by))
        if row.first_met:
            period = self.words.period(row.first_met)
            parts.append(self.words.say("cli.first_met", period=period))
        return "; ".join(parts)

    def _period(self, text: str | None) -> str:
        return self.words.period(parse_period(text)) if text else ""

    def flags(self, row: MobilisationRow) -> list[str]:
        """What a row must be read with, each thing said once."""
        return [self.words.say(f"flag.{code}") for code in row.flag_codes]

    def days_line(self) -> str:
        """The three days, as every result prints them."""
        known = self.days.known
        seen = (
            self.words.day(known.date()) if known else self.words.say("cli.all_known")
        )
        return self.words.say(
            "cli.days",
            on=self.words.day(self.days.on),
            known=seen,
            map=self.words.day(self.days.map),
            engine=self.engine,
        )
