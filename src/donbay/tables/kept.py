"""Chunks of a log put one behind the other, in arrays made for all of them."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from donbay.domain.ledger import Log
from donbay.tables.cells import Cells, coded
from donbay.tables.coding import Coding
from donbay.tables.observations import KINDS, NEEDED

Array: TypeAlias = npt.NDArray[Any]
OPTIONAL = {"category": -1, "bound": 0}  # with what an absent column says
_LEAST = 1 << 16


class Texts:
    """A column of texts as it is read: each one once, and a number for each row."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._place: dict[str, int] = {}
        self._codes: list[Array] = [np.zeros(0, np.int32)]

    def add(self, cells: Cells) -> None:
        if self._name not in cells.columns:
            nothing = self._place.setdefault("", len(self._place))
            self._codes.append(np.full(len(cells), nothing, np.int32))
            return
        column = coded(cells.columns[self._name])
        places = [self._place.setdefault(w, len(self._place)) for w in column.words]
        self._codes.append(np.array(places, np.int32)[column.codes])

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._place)

    @property
    def codes(self) -> Array:
        return np.concatenate(self._codes)


class Kept:
    """Copies chunks into place; `expected` rows are made room for at once."""

    def __init__(self, expected: int = 0) -> None:
        self._room = max(expected, _LEAST)
        self._columns: dict[str, Array] = {}
        self._size = 0
        self._ordered = True

    def add(self, chunk: Log) -> None:
        start, self._size = self._size, self._size + len(chunk.unit)
        if self._size > self._room:
            self._grow()
        for name in (*NEEDED, *OPTIONAL):
            column = getattr(chunk, name)
            if column is not None:
                self._column(name, start)[start : self._size] = column
            elif name in self._columns:
                self._columns[name][start : self._size] = OPTIONAL[name]
        self._ordered = self._ordered and chunk.ordered

    def _column(self, name: str, start: int) -> Array:
        if name not in self._columns:
            column: Array = np.empty(self._room, KINDS[name])
            column[:start] = OPTIONAL.get(name, 0)
            self._columns[name] = column
        return self._columns[name]

    def _grow(self) -> None:
        self._room = max(self._size, self._room * 2)
        for name, column in self._columns.items():
            wider: Array = np.empty(self._room, column.dtype)
            wider[: len(column)] = column
            self._columns[name] = wider

    def log(self, coding: Coding) -> Log:
        columns: dict[str, Any] = {
            name: column[: self._size] for name, column in self._columns.items()
        }
        for name in NEEDED:
            columns.setdefault(name, np.zeros(0, KINDS[name]))
        return Log(
            coding.units,
            tuple(coding.indicator_code),
            tuple(coding.periods),
            coding.categories,
            **columns,
            ordered=self._ordered,
        )
