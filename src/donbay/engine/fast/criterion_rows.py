"""Rows of the criteria table, and tables made of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from donbay.domain.criteria import (
    BothSexes,
    Criterion,
    ShareOfLower,
    SubCriterion,
    Threshold,
)
from donbay.engine.fast.arrays import Array, Floats, Ints
from donbay.engine.fast.bars import Found
from donbay.engine.fast.criteria import Leaf, SetResult

Columns = dict[str, "Array | Coded"]


@dataclass(frozen=True)
class Coded:
    """A column of texts or periods as numbers into `names`; -1 is none."""

    codes: Ints
    names: tuple[str, ...]

    def take(self, at: Ints) -> Coded:
        return Coded(self.codes[at], self.names)

    def texts(self) -> list[str | None]:
        return [self.names[c] if c >= 0 else None for c in self.codes.tolist()]


def leaf_rows(criterion: Criterion, result: SetResult) -> list[tuple[str, Found]]:
    """The rows of a criterion's sub-criteria, in order."""
    rows: list[tuple[str, Found]] = []

    def walk(node: object) -> None:
        match node:
            case SubCriterion(rule=Threshold(category=category)):
                rows.append((node.id, result.leaves[node.id, category]))
            case SubCriterion():
                rows.append((node.id, result.leaves[node.id, None]))
            case BothSexes():
                rows.append((node.sub_criterion.id, _worse(node, result.leaves)))
            case ShareOfLower():
                return
            case _:
                parts = list(getattr(node, "parts", ()))
                for name in ("condition", "then", "otherwise"):
                    part = getattr(node, name, None)
                    if part is not None:
                        parts.append(part)
                for part in parts:
                    walk(part)

    walk(criterion.node)
    return rows


def _worse(node: BothSexes, leaves: dict[Leaf, Found]) -> Found:
    """Of two categories the one with the worse result; if equal the worse number."""
    rank = np.array([3, 2, 0, 1, 4])
    first, second = (leaves[node.sub_criterion.id, c] for c in node.categories)
    rule = node.sub_criterion.rule
    up = isinstance(rule, Threshold) and rule.comparator.upward
    sign = 1.0 if up else -1.0

    def badness(found: Found) -> Floats:
        return np.where(np.isnan(found.value), -np.inf, sign * found.value)

    one, two = rank[first.result], rank[second.result]
    keep = (one < two) | ((one == two) & (badness(first) <= badness(second)))
    worse = first.take(keep, second)
    worse.verified = first.verified & second.verified
    return worse


def shares_verified(criterion: Criterion) -> bool:
    """Whether the shares of lower units that a criterion asks for have a source."""
    found = True

    def walk(node: object) -> None:
        nonlocal found
        if isinstance(node, ShareOfLower):
            found &= node.source is not None and node.source.verified
        parts = list(getattr(node, "parts", ()))
        parts += [getattr(node, n, None) for n in ("condition", "then", "otherwise")]
        for part in parts:
            if part is not None:
                walk(part)

    walk(criterion.node)
    return found


def number_or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def from_rows(rows: Sequence[object], shape: type) -> Columns:
    """Columns from rows: for the tables whose size is units, not cells."""
    names = list(shape.__dataclass_fields__)  # type: ignore[attr-defined]
    found: Columns = {}
    for name in names:
        values = [getattr(row, name) for row in rows]
        if name in {"value", "threshold"}:
            numbers = [np.nan if v is None else v for v in values]
            found[name] = np.array(numbers, dtype=np.float64)
        elif name == "verified":
            found[name] = np.array(values, dtype=bool)
        else:
            texts = [None if v is None else str(v) for v in values]
            place = {t: i for i, t in enumerate(dict.fromkeys(t for t in texts if t))}
            codes = [-1 if t is None else place[t] for t in texts]
            found[name] = Coded(np.array(codes, dtype=np.int64), tuple(place))
    return found
