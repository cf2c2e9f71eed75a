"""Tables as columns: of numbers, and of names as codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import isnan
from typing import Any, TypeAlias

import numpy as np

from donbay.domain.verdicts import CriterionRow, LevelRow
from donbay.engine.fast.arrays import Array, Ints


@dataclass(frozen=True)
class Coded:
    """A column of texts or periods as numbers into `names`; -1 is none."""

    codes: Ints
    names: tuple[str, ...]

    def texts(self) -> list[str | None]:
        return [self.names[c] if c >= 0 else None for c in self.codes.tolist()]


Columns: TypeAlias = dict[str, Array | Coded]


def joined(
    pieces: Sequence[dict[str, Array]], names: Mapping[str, tuple[str, ...]]
) -> Columns:
    """Pieces of a table one below the other; some columns number into names."""
    if not pieces:
        return {}
    whole = {
        name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]
    }
    return {
        name: Coded(column, names[name]) if name in names else column
        for name, column in whole.items()
    }


def listed(columns: Columns) -> list[dict[str, Any]]:
    """The rows of a table, None for what there is not."""
    lists = [_values(column) for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def _values(column: Array | Coded) -> list[Any]:
    if isinstance(column, Coded):
        return column.texts()
    values: list[Any] = column.tolist()
    if column.dtype.kind == "f":
        return [None if isnan(value) else value for value in values]
    return values


def from_rows(
    rows: Sequence[CriterionRow] | Sequence[LevelRow],
    shape: type[CriterionRow | LevelRow],
) -> Columns:
    """Columns from rows: for the tables whose size is units, not cells."""
    return {
        field.name: _column(field.name, [getattr(row, field.name) for row in rows])
        for field in fields(shape)
    }


def _column(name: str, values: Sequence[Any]) -> Array | Coded:
    if name in {"value", "threshold"}:
        numbers = [np.nan if v is None else v for v in values]
        return np.array(numbers, dtype=np.float64)
    if name == "verified":
        return np.array(values, dtype=bool)
    texts = [None if v is None else str(v) for v in values]
    place = {t: i for i, t in enumerate(dict.fromkeys(t for t in texts if t))}
    codes = [-1 if t is None else place[t] for t in texts]
    return Coded(np.array(codes, dtype=np.int64), tuple(place))
