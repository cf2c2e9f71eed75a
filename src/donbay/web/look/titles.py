"""What ids, codes and numbers of a programme are called in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from donbay.domain.act_rules import ATTESTATION, AWARD
from donbay.domain.criteria import CriteriaSet, SubCriterion, Threshold, sub_criteria
from donbay.domain.periods import parse_period
from donbay.domain.quantities import Bound, equal
from donbay.domain.sources import Document
from donbay.domain.targets import Target
from donbay.domain.territory import Territory, Version
from donbay.domain.verdicts import Days, Reason, TargetRow, ValueRow
from donbay.packs import Pack
from donbay.texts import Wording
from donbay.texts.wording import PERCENT, USUAL
from donbay.web.look.words import current
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme

OWN_ACTS = (ATTESTATION, AWARD)


@dataclass(frozen=True)
class Titles:
    """Of one programme on three days: titles of the pack, places of the map."""

    pack: Pack
    territory: Territory
    days: Days

    @cached_property
    def words(self) -> Wording:
        """Of the reader for whom these were made: a page asks a thousand times."""
        return current()

    @cached_property
    def ground(self) -> Mapping[str, Version]:
        """The places on the map in use."""
        return self.territory.on(self.days.map)

    def _pack(self, path: str, otherwise: str) -> str:
        texts = self.pack.texts
        found = texts.get(self.words.language, {}).get(path)
        return found or next((t[path] for t in texts.values() if path in t), otherwise)

    # --- places ---

    def place(self, unit: str) -> str:
        """By its name on the map, else by its last name before."""
        found = self.ground.get(unit) or self.territory.ended(unit, self.days.map)
        return found.name if found else unit

    def place_level(self, unit: str) -> str:
        found = self.ground.get(unit)
        return found.level if found else ""

    def level(self, level: str) -> str:
        return self._pack(f"levels.{level}", level)

    # --- promises ---

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        return {t.id: t for t in self.pack.programme.targets}

    def target(self, target: str) -> str:
        return self.targets[target].title.in_(self.words.language, target)

    def objective(self, name: str | None) -> str:
        return self._pack(f"objectives.{name}", name) if name else ""

    def authority(self, name: str | None) -> str:
        return self._pack(f"authorities.{name}", name) if name else ""

    def indicator(self, name: str) -> str:
        found = self.pack.programme.indicators[name]
        return found.title.in_(self.words.language, name)

    def category(self, indicator: str, name: str) -> str:
        return self._pack(f"indicators.{indicator}.categories.{name}", name)

    def document(self, found: Document) -> str:
        return self._pack(f"documents.{found.id}", found.title)

    def funding(self, name: str) -> str:
        """A source of money."""
        some = self.pack.programme.funding
        found = next((one for one in some if one.id == name), None)
        return found.title.in_(self.words.language, name) if found else name

    def form_of_funds(self, name: str) -> str:
        return self._pack(f"forms.{name}", name)

    # --- criteria ---

    @cached_property
    def sets(self) -> Mapping[str, CriteriaSet]:
        return {s.id: s for s in self.pack.programme.criteria}

    def set(self, name: str) -> str:
        return self.sets[name].title.in_(self.words.language, name)

    def rung(self, name: str, level: str) -> str:
        """A level of a set, or that none or an unknown one is reached."""
        if level in {"none", "unknown"}:
            return self.words.say(f"level.{level}")
        found = self.sets[name].level(level)
        return found.title.in_(self.words.language, level) if found else level

    def act_kind(self, kind: str) -> str:
        """Ours have words of the house, the others those of the pack."""
        if kind in OWN_ACTS:
            return self.words.say(f"act_kind.{kind}")
        return self._pack(f"acts.{kind}", kind)

    def act_level(self, kind: str, level: str) -> str:
        """A level that acts of a kind recognise."""
        found = next((s for s in self.sets.values() if s.recognised_by == kind), None)
        return self.rung(found.id, level) if found else level

    def criterion(self, name: str, criterion: str) -> str:
        found = self.sets[name].criterion(criterion)
        return found.title.in_(self.words.language) if found else ""

    @cached_property
    def leaves(self) -> Mapping[tuple[str, str], SubCriterion]:
        return {
            (name, leaf.id): leaf
            for name, found in self.sets.items()
            for level in found.levels
            for criterion in level.criteria
            for leaf in sub_criteria(criterion.node)
        }

    def sub(self, name: str, sub: str) -> str:
        leaf = self.leaves.get((name, sub))
        return leaf.title.in_(self.words.language) if leaf else ""

    def measured_by(self, name: str, sub: str | None) -> str | None:
        leaf = self.leaves.get((name, sub or ""))
        rule = leaf.rule if leaf else None
        return rule.indicator if isinstance(rule, Threshold) else None

    # --- figures ---

    def amount(self, value: float | None, indicator: str | None) -> str:
        if value is None:
            return ""
        found = self.pack.programme.indicators.get(indicator or "")
        if found is None:
            return self.words.number(value)
        unit = self.unit_of_measure(found.id)
        return self.words.quantity(value, found.unit, unit, found.decimals)

    def step(self, value: float, indicator: str) -> str:
        """A difference with its sign; between percentages it is in points."""
        found = self.pack.programme.indicators[indicator]
        if found.unit not in PERCENT:
            return self.words.signed(value, self.amount(value, indicator))
        points = self.words.number(value, max(USUAL, found.decimals or 0))
        return self.words.say("word.points", value=self.words.signed(value, points))

    def unit_of_measure(self, indicator: str) -> str:
        found = self.pack.programme.indicators[indicator]
        return self._pack(f"indicators.{indicator}.unit", found.unit)

    def bounded(self, row: ValueRow) -> str:
        """A value with what is known of its bounds."""
        low, high = row.low, row.high
        if low is not None and high is not None:
            if equal(low, high):
                return self.amount(row.value, row.indicator)
            ends = {"low": self._of(row, low), "high": self._of(row, high)}
            return self.words.say("bound.between", **ends)
        if low is not None:
            return self.words.say(f"bound.{Bound.AT_LEAST}", value=self._of(row, low))
        if high is not None:
            return self.words.say(f"bound.{Bound.AT_MOST}", value=self._of(row, high))
        return self.amount(row.value, row.indicator)

    def _of(self, row: ValueRow, value: float) -> str:
        return self.amount(value, row.indicator)

    def asked(self, target: Target) -> str:
        """What a target asks for, without its day."""
        value = self.amount(target.value, target.indicator)
        return self.words.say(f"comparator.{target.comparator}", value=value)

    def reason(self, reason: Reason | str | None) -> str:
        if reason is None or reason == "":
            return ""
        code, _, given = str(reason).partition(":")
        period = self.words.period(parse_period(given)) if given else ""
        return self.words.say(f"reason.{code}", period=period)

    def why(self, row: TargetRow) -> str:
        """The reason; for an achieved target also by how much, and since when."""
        parts = [self.reason(row.reason)]
        if row.exceeded:
            by = self.amount(row.exceeded, row.indicator)
            parts.append(self.words.say("cli.exceeded", margin=by))
        if row.first_met:
            first = self.words.period(row.first_met)
            parts.append(self.words.say("cli.first_met", period=first))
        return "; ".join(part for part in parts if part)


def titles(programme: Programme, days: Days) -> Titles:
    pack = programmes.pack(programme, days.on)
    return Titles(pack, programmes.territory_of(programme), days)
