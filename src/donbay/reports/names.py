"""What ids, codes and numbers are called in a report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from donbay.domain.criteria import CriteriaSet
from donbay.domain.periods import parse_period
from donbay.domain.programmes import Task
from donbay.domain.quantities import Bound, equal
from donbay.domain.sources import Document
from donbay.domain.targets import Target
from donbay.domain.verdicts import Reason, TargetRow, ValueRow
from donbay.reports.directions import apart
from donbay.reports.matter import Matter, Wording
from donbay.reports.model import Figure


@dataclass(frozen=True)
class Names:
    """Titles come from the pack, words from the reader's catalogue."""

    matter: Matter
    words: Wording

    def _pack(self, path: str, otherwise: str) -> str:
        texts = self.matter.texts
        found = texts.get(self.words.language, {}).get(path)
        return found or next((t[path] for t in texts.values() if path in t), otherwise)

    @cached_property
    def programme(self) -> str:
        promise = self.matter.programme
        return promise.title.in_(self.words.language, promise.id)

    def place(self, unit: str) -> str:
        found = self.matter.ground.get(unit)
        return found.name if found else unit

    @cached_property
    def targets(self) -> dict[str, Target]:
        return {t.id: t for t in self.matter.programme.targets}

    def target(self, name: str) -> str:
        return self.targets[name].title.in_(self.words.language, name)

    def objective(self, name: str | None) -> str:
        return self._pack(f"objectives.{name}", name) if name else ""

    def authority(self, name: str) -> str:
        return self._pack(f"authorities.{name}", name)

    def owner(self, target: str) -> str:
        owner = self.targets[target].owner
        return self.authority(owner) if owner else ""

    def task(self, task: Task) -> str:
        return task.title.in_(self.words.language, task.id)

    def funding(self, name: str) -> str:
        """A source of money."""
        some = self.matter.programme.funding
        found = next((one for one in some if one.id == name), None)
        return found.title.in_(self.words.language, name) if found else name

    def form_of_funds(self, name: str) -> str:
        return self._pack(f"forms.{name}", name)

    def document(self, found: Document) -> str:
        """Number, issuer, day and title, as far as they are known."""
        day = self.words.day(found.date) if found.date else ""
        title = self._pack(f"documents.{found.id}", found.title)
        parts = (found.number, found.issuer, day, title)
        turned = self.words.right_to_left
        shown = (apart(part) if turned else part for part in parts if part)
        return self.words.say("printed.comma").join(shown)

    # --- figures ---

    def indicator(self, name: str) -> str:
        found = self.matter.programme.indicators[name]
        return found.title.in_(self.words.language, name)

    def unit_of_measure(self, name: str) -> str:
        found = self.matter.programme.indicators[name]
        return self._pack(f"indicators.{name}.unit", found.unit)

    def amount(self, value: float, indicator: str) -> str:
        found = self.matter.programme.indicators[indicator]
        named = self.unit_of_measure(indicator)
        return self.words.quantity(value, found.unit, named, found.decimals)

    def figure(self, value: float | None, indicator: str) -> Figure | str:
        if value is None:
            return ""
        return Figure(self.amount(value, indicator), value)

    def value_of(self, row: ValueRow) -> Figure | str:
        """A value with what is known of its bounds."""
        if row.value is None:
            return ""
        return Figure(self._bounded(row), row.value)

    def _bounded(self, row: ValueRow) -> str:
        low, high, say = row.low, row.high, self.words.say

        def amount(value: float) -> str:
            return self.amount(value, row.indicator)

        if low is not None and high is not None:
            if equal(low, high):
                return amount(low)
            return say("bound.between", low=amount(low), high=amount(high))
        if low is not None:
            return say(f"bound.{Bound.AT_LEAST}", value=amount(low))
        if high is not None:
            return say(f"bound.{Bound.AT_MOST}", value=amount(high))
        return say("word.unbounded")

    def promise(self, target: str) -> str:
        """What a target asks, and by when."""
        found = self.targets[target]
        value = self.amount(found.value, found.indicator)
        asked = self.words.say(f"comparator.{found.comparator}", value=value)
        day = self.words.day(found.deadline)
        return self.words.say("printed.promise", value=asked, day=day)

    def way(self, value: float, indicator: str) -> str:
        """A distance: percentages differ by points."""
        found = self.matter.programme.indicators[indicator]
        if found.unit in {"%", "percent"}:
            return self.words.say("printed.points", value=self.words.number(value))
        return self.amount(value, indicator)

    # --- verdicts ---

    def status(self, row: TargetRow) -> str:
        return self.words.say(f"status.{row.status}")

    def reason(self, reason: Reason | str | None) -> str:
        if not reason:
            return ""
        code, _, given = str(reason).partition(":")
        period = self.words.period(parse_period(given)) if given else ""
        return self.words.say(f"reason.{code}", period=period)

    @cached_property
    def sets(self) -> dict[str, CriteriaSet]:
        return {s.id: s for s in self.matter.programme.criteria}

    def rung(self, name: str, level: str) -> str:
        if level in {"none", "unknown"}:
            return self.words.say(f"level.{level}")
        found = self.sets[name].level(level)
        return found.title.in_(self.words.language, level) if found else level

    def criterion(self, name: str, criterion: str) -> str:
        found = self.sets[name].criterion(criterion)
        title = found.title.in_(self.words.language) if found else ""
        return f"{criterion} {title}".strip()
