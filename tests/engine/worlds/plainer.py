"""Worlds without what the fast engine cannot bring up to date step by step."""

from __future__ import annotations

from dataclasses import replace

from tests.engine.worlds.world import World

from donbay.domain.criteria import (
    All,
    Any_,
    AtLeast,
    BothSexes,
    CriteriaSet,
    If,
    LevelOf,
    Node,
    ShareOfLower,
    SubCriterion,
    Threshold,
    Times,
    sub_criteria,
)
from donbay.domain.indicators import Condition, Indicator, RollUp
from donbay.domain.quantities import Bound

KINDS = set(RollUp) - {RollUp.FORMULA, RollUp.NONE}


def plainer(world: World) -> World:
    """Exact totals at their own frequency, and criteria of each unit by itself."""
    old = world.programme
    kept: dict[str, Indicator] = {}
    for _ in old.indicators:  # what leans on others comes after them, in some order
        for name, indicator in old.indicators.items():
            if may_stay(indicator) and leans_on(indicator) <= set(kept):
                condition = bare(indicator)
                kept[name] = replace(indicator, categories=(), condition=condition)
    targets = tuple(
        replace(target, category=None, milestones=())
        for target in old.targets
        if target.indicator in kept and not (target.period or target.window)
    )
    sets = tuple(one for one in old.criteria if stands_alone(one, kept))
    rows = [
        replace(row, bound=Bound.EXACT, row=number)
        for number, row in enumerate(world.observations)
        if row.category is None and row.indicator in kept
    ]
    return replace(
        world,
        programme=replace(
            old,
            indicators={name: kept[name] for name in old.indicators if name in kept},
            targets=targets,
            criteria=sets,
        ),
        observations=tuple(rows),
    )


def may_stay(indicator: Indicator) -> bool:
    return indicator.roll_up in KINDS and not indicator.carry


def leans_on(indicator: Indicator) -> set[str]:
    named = {indicator.numerator, indicator.denominator, indicator.weight}
    if indicator.condition:
        named.add(indicator.condition.indicator)
    return {name for name in named if name}


def bare(indicator: Indicator) -> Condition | None:
    condition = indicator.condition
    return replace(condition, category=None) if condition else None


def stands_alone(one: CriteriaSet, kept: dict[str, Indicator]) -> bool:
    nodes = [criterion.node for level in one.levels for criterion in level.criteria]
    if any(reads_others(node) for node in nodes):
        return False
    leaves = [leaf for node in nodes for leaf in sub_criteria(node)]
    return all(is_plain(leaf, one, kept) for leaf in leaves)


def is_plain(leaf: SubCriterion, one: CriteriaSet, kept: dict[str, Indicator]) -> bool:
    rule = leaf.rule
    if not isinstance(rule, Threshold):
        return True
    others = [x.value for x in rule.limits if isinstance(x.value, Times)]
    own = rule.indicator in kept and not (rule.category or rule.period)
    return own and all(other.set == one.id for other in others)


def reads_others(node: Node) -> bool:
    match node:
        case LevelOf() | ShareOfLower() | BothSexes():
            return True
        case All(parts=parts) | Any_(parts=parts) | AtLeast(parts=parts):
            return any(reads_others(part) for part in parts)
        case If(condition=condition, then=then, otherwise=otherwise):
            inner = (condition, then) + ((otherwise,) if otherwise else ())
            return any(reads_others(part) for part in inner)
    return False
