"""The leaves of a set, and sets that need no walk through nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from donbay.domain.criteria import (
    All,
    Any_,
    AtLeast,
    BothSexes,
    CriteriaSet,
    Criterion,
    If,
    Node,
    SubCriterion,
    Threshold,
)
from donbay.engine.fast.arrays import Ints, Picks, picks
from donbay.engine.fast.bars import Bars, Found
from donbay.engine.fast.ladders import WORST, incomplete
from donbay.engine.fast.sheets import Request

Leaf = tuple[str, str | None]
"""A sub-criterion's id, and the category of a `both_sexes` that it is judged for."""


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes right under a node."""
    match node:
        case All(parts=parts) | Any_(parts=parts) | AtLeast(parts=parts):
            return parts
        case If(condition=condition, then=then, otherwise=otherwise):
            return (condition, then) + ((otherwise,) if otherwise else ())
    return ()


def leaf_of(node: SubCriterion) -> Leaf:
    rule = node.rule
    return node.id, rule.category if isinstance(rule, Threshold) else None


def criteria_of(found: CriteriaSet) -> list[Criterion]:
    """All criteria of a set, level by level."""
    return [criterion for level in found.levels for criterion in level.criteria]


def leaf_rules(found: CriteriaSet) -> list[tuple[Leaf, Threshold]]:
    """Every threshold of a set, one for each category of a `both_sexes`."""
    nodes = [criterion.node for criterion in criteria_of(found)]
    return [rule for node in nodes for rule in rules_under(node)]


def rules_under(node: Node) -> list[tuple[Leaf, Threshold]]:
    match node:
        case SubCriterion(rule=Threshold() as rule):
            return [(leaf_of(node), rule)]
        case BothSexes(sub_criterion=SubCriterion(rule=Threshold() as rule) as leaf):
            return [((leaf.id, c), replace(rule, category=c)) for c in node.categories]
    return [rule for part in parts_of(node) for rule in rules_under(part)]


def request_of(rule: Threshold) -> Request:
    return Request(rule.indicator, rule.category, frozenset())


def requests(sets: Sequence[CriteriaSet]) -> list[Request]:
    """What the thresholds of all sets need evaluated."""
    return [request_of(rule) for found in sets for _, rule in leaf_rules(found)]


@dataclass(frozen=True)
class Part:
    """Some units (places of the map) and where they stand in the leaves."""

    rows: Ints
    leaves: dict[Leaf, Found]
    at: Ints | slice

    def result(self, leaf: Leaf) -> Ints:
        found: Ints = self.leaves[leaf].result[self.at]
        return found


class Flat:
    """A set whose criteria are all thresholds that must all be met: no node by node.

    Ranks of the leaves stand side by side; criteria and levels are their maxima.
    """

    def __init__(
        self,
        found: CriteriaSet,
        bars: list[tuple[list[Leaf], Bars]],
        leaves: list[Leaf],
    ) -> None:
        place = {leaf: i for i, leaf in enumerate(leaves)}
        self.bars = [(bar, picks([place[leaf] for leaf in ids])) for ids, bar in bars]
        self.names = [criterion.id for criterion in criteria_of(found)]
        sizes = [len(rules_under(criterion.node)) for criterion in criteria_of(found)]
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.level_starts = np.cumsum(
            [0, *(len(x.criteria) for x in found.levels[:-1])]
        )
        complete = [level.complete for level in found.levels]
        self.complete = np.array(complete)[:, None]
        self.size = len(leaves)

    @classmethod
    def of(cls, found: CriteriaSet, bars: list[tuple[list[Leaf], Bars]]) -> Flat | None:
        """The same for a set of that shape; None for others."""
        if not all(_is_flat(criterion.node) for criterion in criteria_of(found)):
            return None
        leaves = [leaf for leaf, _ in leaf_rules(found)]
        if not leaves or not all(level.criteria for level in found.levels):
            return None
        return cls(found, bars, leaves)

    def climb(self, size: int) -> tuple[dict[str, Ints], list[Ints]]:
        """The criteria and the levels of all units."""
        self.nodes, self.levels = self._joined(size, slice(None))
        return dict(zip(self.names, self.nodes, strict=True)), list(self.levels)

    def climb_again(self, at: Ints) -> Ints:
        """The same for some units, written over what was; gives their levels."""
        self.nodes[:, at], found = self._joined(len(at), at)
        self.levels[:, at] = found
        return found

    def _joined(self, size: int, at: Picks) -> tuple[Ints, Ints]:
        rank, back = WORST
        ranks = np.empty((self.size, size), dtype=np.int64)
        for bar, places in self.bars:
            ranks[places] = rank.take(bar.found.result[at]).T
        joined = np.maximum.reduceat(ranks, self.starts, axis=0)
        rungs = back.take(np.maximum.reduceat(joined, self.level_starts, axis=0))
        levels = np.where(self.complete, rungs, incomplete(rungs))
        return back.take(joined), levels


def _is_flat(node: Node) -> bool:
    """Thresholds that must all be met, at least one."""
    match node:
        case SubCriterion(rule=Threshold()):
            return True
        case All(parts=parts):
            return bool(parts) and all(_is_flat(part) for part in parts)
    return False
