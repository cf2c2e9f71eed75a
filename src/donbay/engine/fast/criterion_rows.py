"""Rows of the criteria table: which leaves a criterion shows, and how."""

from __future__ import annotations

import numpy as np

from donbay.domain.criteria import (
    BothSexes,
    Node,
    ShareOfLower,
    SubCriterion,
    Threshold,
)
from donbay.engine.fast.arrays import Floats
from donbay.engine.fast.bars import Found
from donbay.engine.fast.criteria import SetResult
from donbay.engine.fast.leaves import Leaf, leaf_of, parts_of

WORSE = np.array([3, 2, 0, 1, 4])
"""Of each result how bad it is; 0 is the worst."""


def leaf_rows(node: Node, result: SetResult) -> list[tuple[str, Found]]:
    """The rows of the sub-criteria under a node, in order."""
    match node:
        case SubCriterion():
            return [(node.id, result.leaves[leaf_of(node)])]
        case BothSexes(sub_criterion=leaf):
            return [(leaf.id, _worse(node, result.leaves))]
    return [row for part in parts_of(node) for row in leaf_rows(part, result)]


def _worse(node: BothSexes, leaves: dict[Leaf, Found]) -> Found:
    """Of two categories the one with the worse result; if equal the worse number."""
    first, second = (leaves[node.sub_criterion.id, c] for c in node.categories)
    rule = node.sub_criterion.rule
    up = isinstance(rule, Threshold) and rule.comparator.upward
    sign = 1.0 if up else -1.0

    def badness(found: Found) -> Floats:
        return np.where(np.isnan(found.value), -np.inf, sign * found.value)

    one, two = WORSE[first.result], WORSE[second.result]
    keep = (one < two) | ((one == two) & (badness(first) <= badness(second)))
    worse = first.take(keep, second)
    worse.verified = first.verified & second.verified
    return worse


def shares_verified(node: Node) -> bool:
    """Whether the shares of lower units that are asked for have a verified source."""
    if isinstance(node, ShareOfLower):
        return node.source is not None and node.source.verified
    return all(shares_verified(part) for part in parts_of(node))


def number_or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
