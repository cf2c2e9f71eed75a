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
    If,
    Node,
    SubCriterion,
    Threshold,
)
from donbay.engine.fast.arrays import Ints
from donbay.engine.fast.bars import (
    NOT_MET,
    UNKNOWN,
    Bars,
    Found,
)
from donbay.engine.fast.ladders import (
    WORST,
)
from donbay.engine.fast.sheets import Request

Leaf = tuple[str, str | None]
"""A sub-criterion's id, and the category of a `both_sexes` that it is judged for."""


def leaf_rules(found: CriteriaSet) -> list[tuple[Leaf, SubCriterion]]:
    """Every threshold of a set, one for each category of a `both_sexes`."""
    rules: list[tuple[Leaf, SubCriterion]] = []
    for level in found.levels:
        for criterion in level.criteria:
            rules += rules_under(criterion.node)
    return rules


def rules_under(node: Node) -> list[tuple[Leaf, SubCriterion]]:
    match node:
        case SubCriterion(rule=Threshold() as rule):
            return [((node.id, rule.category), node)]
        case BothSexes(sub_criterion=leaf, categories=categories):
            if isinstance(leaf.rule, Threshold):
                return [
                    ((leaf.id, c), replace(leaf, rule=replace(leaf.rule, category=c)))
                    for c in categories
                ]
        case All(parts=parts) | Any_(parts=parts) | AtLeast(parts=parts):
            return [leaf for part in parts for leaf in rules_under(part)]
        case If(condition=condition, then=then, otherwise=otherwise):
            inner = (condition, then) + ((otherwise,) if otherwise else ())
            return [leaf for part in inner for leaf in rules_under(part)]
    return []


def requests(sets: Sequence[CriteriaSet]) -> list[Request]:
    """What the thresholds of all sets need evaluated."""
    return [
        Request(leaf.rule.indicator, leaf.rule.category, frozenset())
        for found in sets
        for _, leaf in leaf_rules(found)
        if isinstance(leaf.rule, Threshold)
    ]


@dataclass(frozen=True)
class Part:
    """Some units (places of the map) and where they stand in the leaves."""

    rows: Ints
    leaves: dict[Leaf, Found]
    at: Ints | slice

    def result(self, leaf: str, category: str | None) -> Ints:
        found: Ints = self.leaves[leaf, category].result[self.at]
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
        self.bars = [(bar, [place[leaf] for leaf in ids]) for ids, bar in bars]
        self.names = [c.id for level in found.levels for c in level.criteria]
        sizes = [len(rules_under(c.node)) for x in found.levels for c in x.criteria]
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.level_starts = np.cumsum(
            [0, *(len(x.criteria) for x in found.levels[:-1])]
        )
        self.complete = [level.complete for level in found.levels]
        self.size = len(leaves)

    @classmethod
    def of(cls, found: CriteriaSet, bars: list[tuple[list[Leaf], Bars]]) -> Flat | None:
        leaves: list[Leaf] = []
        for level in found.levels:
            for criterion in level.criteria:
                if not _is_flat(criterion.node):
                    return None
                leaves += [leaf for leaf, _ in rules_under(criterion.node)]
        if not leaves or not all(level.criteria for level in found.levels):
            return None
        return cls(found, bars, leaves)

    def climb(self, part: Part, nodes: dict[str, Ints], levels: list[Ints]) -> None:
        rank, back = WORST
        ranks = np.empty((len(part.rows), self.size), dtype=np.int64)
        for bar, at in self.bars:
            ranks[:, at] = rank[bar.found.result[part.at]]
        joined = np.maximum.reduceat(ranks, self.starts, axis=1)
        results = back[joined]
        nodes.update(zip(self.names, results.T, strict=True))
        for j, level in enumerate(
            np.maximum.reduceat(joined, self.level_starts, axis=1).T
        ):
            found = back[level]
            whole = self.complete[j]
            levels.append(
                found if whole else np.where(found == NOT_MET, found, UNKNOWN)
            )


def _is_flat(node: Node) -> bool:
    """Thresholds that must all be met, at least one."""
    match node:
        case SubCriterion(rule=Threshold()):
            return True
        case All(parts=parts):
            return bool(parts) and all(_is_flat(part) for part in parts)
    return False
