"""Random worlds cut down to what the fast engine keeps current the quick way."""

from __future__ import annotations

from dataclasses import replace

from tests.engine.worlds.world import World

from donbay.domain.criteria import CriteriaSet, Times
from donbay.domain.formulas import operands
from donbay.domain.indicators import Indicator, RollUp
from donbay.engine.fast.leaves import leaf_rules
from donbay.engine.fast.live import reads_others


def quick(world: World) -> World:
    """Without categories, carry, other periods, and criteria over other units."""
    given = world.programme.indicators
    kept: dict[str, Indicator] = {}
    for name, indicator in given.items():
        plain = replace(indicator, categories=(), carry=frozenset())
        if plain.condition is not None:
            plain = replace(plain, condition=replace(plain.condition, category=None))
        kept[name] = plain
    while lost := [n for n, i in kept.items() if not _stands(i, kept)]:
        for name in lost:
            del kept[name]
    targets = tuple(
        replace(t, category=None, window=None, milestones=(), period=None)
        for t in world.programme.targets
        if t.indicator in kept
    )
    criteria = tuple(s for s in world.programme.criteria if _is_plain(s, kept))
    while dangling := [s for s in criteria if not _refers_to(s) <= _ids(criteria)]:
        criteria = tuple(s for s in criteria if s not in dangling)
    programme = replace(
        world.programme, indicators=kept, targets=targets, criteria=criteria
    )
    return replace(world, programme=programme)


def _stands(indicator: Indicator, kept: dict[str, Indicator]) -> bool:
    if indicator.roll_up is RollUp.NONE:
        return False
    read = list(operands(indicator.formula)) if indicator.formula else []
    if any(one.lag or one.period or one.category for one in read):
        return False
    parts = [indicator.numerator, indicator.denominator, indicator.weight]
    if indicator.condition is not None:
        parts.append(indicator.condition.indicator)
    needed = [part for part in parts if part] + [one.indicator for one in read]
    if not all(part in kept for part in needed):
        return False
    pair = indicator.roll_up in {RollUp.RATIO, RollUp.MEAN}
    same = [kept[p].frequency is indicator.frequency for p in needed]
    return all(same) and (not pair or all(kept[p].roll_up.collected for p in needed))


def _ids(sets: tuple[CriteriaSet, ...]) -> set[str]:
    return {found.id for found in sets}


def _refers_to(found: CriteriaSet) -> set[str]:
    """The sets whose limits this one's limits are multiples of."""
    limits = [limit for _, rule in leaf_rules(found) for limit in rule.limits]
    return {limit.value.set for limit in limits if isinstance(limit.value, Times)}


def _is_plain(found: CriteriaSet, kept: dict[str, Indicator]) -> bool:
    nodes = [c.node for level in found.levels for c in level.criteria]
    if any(reads_others(node) for node in nodes):
        return False
    rules = [rule for _, rule in leaf_rules(found)]
    return all(
        r.indicator in kept and r.period is None and r.category is None for r in rules
    )
