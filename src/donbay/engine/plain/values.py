"""What a unit has for an indicator in a period: each figure worked out once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from donbay.domain.indicators import OverTime, RollUp
from donbay.domain.periods import Period
from donbay.engine.plain import computed, lots, means, pairs, tree
from donbay.engine.plain.figures import NO_ROWS, NOBODY, NOTHING, Ask, Figure, Portion
from donbay.engine.plain.ties import Group, Ties
from donbay.engine.plain.tree import Torn
from donbay.engine.plain.world import World, asked_of

EXTREMES = {RollUp.MIN, RollUp.MAX, RollUp.NONE}


class Inside(NamedTuple):
    """The groups of the map wholly inside a unit where somebody is expected."""

    groups: tuple[int, ...]
    torn: Torn
    expected: bool


Shared = dict[tuple[Ask, Ties, int, bool, tuple[int, ...]], Portion]


class Values:
    """Every figure of a world.

    `shared`: what groups have in other worlds of the same places, by what the group's
    reporting units said there.
    """

    def __init__(self, world: World, shared: Shared | None = None) -> None:
        self.world = world
        self.figure: Callable[[Ask, str], Figure] = cache(self._figure)
        self._shared = shared
        self._portion: Callable[[Ask, Ties, int, bool], Portion] = cache(self._group)
        self._asked: Callable[[Ask], tuple[Period, ...]] = cache(self._asked_of)

    def ask(
        self,
        indicator: str,
        period: Period,
        category: str | None = None,
        *scopes: frozenset[str],
    ) -> Ask:
        clauses = self.world.clauses(self.world.indicator(indicator), scopes)
        return Ask(indicator, category, clauses, period)

    def _figure(self, ask: Ask, unit: str) -> Figure:
        indicator = self.world.indicator(ask.indicator)
        height = self.world.atlas.height(unit, indicator.level)
        if height is None or height < 0:
            return NOBODY
        match indicator.roll_up:
            case RollUp.FORMULA:
                return computed.formula(self.world, self.figure, ask, unit)
            case RollUp.SHARE | RollUp.COUNT:
                return computed.tested(self.world, self.figure, ask, unit)
        return self._mapped(ask, unit, own=height == 0)

    def _mapped(self, ask: Ask, unit: str, *, own: bool) -> Figure:
        indicator = self.world.indicator(ask.indicator)
        extreme = indicator.roll_up in EXTREMES
        ties = self.world.ties(indicator.level, ask.clauses, self._asked(ask), extreme)
        inside = self._inside(ask, ties, unit, own=own)
        if not inside.expected:
            return NOBODY
        portions = [self._portion(ask, ties, group, own) for group in inside.groups]
        match indicator.roll_up:
            case RollUp.RATIO:
                return tree.divided(indicator, portions, inside.torn)
            case RollUp.MEAN if own:
                return tree.kept(indicator, portions, inside.torn)
            case RollUp.MEAN:
                return tree.meant(indicator, portions, inside.torn)
        return tree.gathered(indicator, portions, inside.torn, own=own)

    def _group(
        self,
        ask: Ask,
        ties: Ties,
        group: int,
        own: bool,  # noqa: FBT001 -- a part of the key of a cache
    ) -> Portion:
        if self._shared is None:
            return self._worked_out(ask, ties, group, own=own)
        said = self.world.ledger.rows_of(ties.reporters(group))
        key = (ask, ties, group, own, said)
        if key not in self._shared:
            self._shared[key] = self._worked_out(ask, ties, group, own=own)
        return self._shared[key]

    def _worked_out(self, ask: Ask, ties: Ties, group: int, *, own: bool) -> Portion:
        match self.world.indicator(ask.indicator).roll_up:
            case RollUp.RATIO:
                return pairs.ratio(self.world, ask, ties, group)
            case RollUp.MEAN if own:
                return means.own(self.world, ask, ties, group)
            case RollUp.MEAN:
                return means.weighed(self.world, ask, ties, group)
        return lots.portion(self.world, ask, ties, group)

    def _asked_of(self, ask: Ask) -> tuple[Period, ...]:
        """The sub-periods that any time rule of the indicator looks at."""
        world, periods = self.world, self.world.sub_periods(ask)
        indicator = world.indicator(ask.indicator)
        ratio = indicator.roll_up is RollUp.RATIO
        rules = [] if ratio else [lots.time_rule(world, ask)]
        parts = (indicator.numerator, indicator.denominator, indicator.weight)
        rules += [world.indicator(p).over_time or OverTime.LAST for p in parts if p]
        asked = {period for rule in rules for period in asked_of(rule, periods)}
        return tuple(period for period in periods if period in asked)

    def _inside(self, ask: Ask, ties: Ties, unit: str, *, own: bool) -> Inside:
        last = self.world.sub_periods(ask)[-1]
        groups, flags, shared = [], NOTHING, []
        for group in ties.of_unit(unit) if own else ties.groups:
            mine = self._of_unit(group, unit, own=own)
            if len(mine) == len(group.units):
                if ties.pieces(group.number, last):
                    groups.append(group.number)
            elif mine:
                flags |= group.flags
                shared += mine
        expected = bool(groups) or bool(ties.touching(shared, last))
        return Inside(
            tuple(groups), Torn(flags, self._said(ask, ties, shared)), expected
        )

    def _of_unit(self, group: Group, unit: str, *, own: bool) -> list[str]:
        if own:
            return [unit]
        return [u for u in group.units if self.world.atlas.is_inside(u, unit)]

    def _heard(self, ask: Ask, who: str, unit: str, period: Period) -> frozenset[int]:
        world = self.world
        if who != ask.indicator:
            return pairs.said(world, ask, who, unit, period).heard
        indicator = world.indicator(who)
        return world.ledger.said(indicator, ask.category, unit, period).heard

    def _said(self, ask: Ask, ties: Ties, units: Sequence[str]) -> frozenset[int]:
        """All that was said by those whose land touches `units`, when it was needed."""
        world, periods = self.world, self.world.sub_periods(ask)
        indicator = world.indicator(ask.indicator)
        rules = {indicator.id: lots.time_rule(world, ask)}
        if indicator.numerator and indicator.denominator:
            parts = (indicator.numerator, indicator.denominator)
            rules = {p: world.indicator(p).over_time or OverTime.LAST for p in parts}
        heard = NO_ROWS
        for who, rule in rules.items() if units else ():
            for period in asked_of(rule, periods):
                for origin in ties.touching(units, period):
                    heard |= self._heard(ask, who, origin.unit, period)
        return heard
