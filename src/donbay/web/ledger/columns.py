"""Rows as columns: what comes again is held, and put in words, once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any, TypeAlias, TypeGuard, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array: TypeAlias = npt.NDArray[Any]
Table = Sequence[Sequence[object]]  # columns of one length


@dataclass(frozen=True, eq=False)
class Coded(Sequence[object]):
    """A column as numbers into its distinct cells. A slice of it is a plain list."""

    cells: tuple[object, ...]
    codes: Array

    @classmethod
    def of(cls, cells: Sequence[object], codes: Array) -> Coded:
        """Only with the cells that occur, each once; a code of -1 is the last cell."""
        occurs = np.zeros(len(cells), dtype=np.bool_)
        occurs[codes] = True
        place: dict[object, int] = {}
        again = np.zeros(len(cells), dtype=np.int32)
        for code in np.flatnonzero(occurs).tolist():
            again[code] = place.setdefault(cells[code], len(place))
        return cls(tuple(place), again[codes])

    @classmethod
    def same(cls, cell: object, size: int) -> Coded:
        return cls((cell,), np.zeros(size, dtype=np.int32))

    @classmethod
    def of_numbers(cls, numbers: npt.NDArray[np.float64]) -> Coded:
        """None where there is no number; numbers are the same if all their bits are."""
        bits, codes = np.unique(numbers.view(np.int64), return_inverse=True)
        cells = [None if x != x else x for x in bits.view(np.float64).tolist()]  # noqa: PLR0124 -- NaN
        return cls(tuple(cells), codes.astype(np.int32))

    @classmethod
    def of_like_numbers(cls, *columns: npt.NDArray[np.float64]) -> list[Coded]:
        """The same of columns that say much the same: their cells are put together."""
        whole = cls.of_numbers(np.concatenate(columns))
        parts = np.split(whole.codes, np.cumsum([len(one) for one in columns])[:-1])
        return [cls(whole.cells, codes) for codes in parts]

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> object: ...
    @overload
    def __getitem__(self, at: slice) -> list[object]: ...
    def __getitem__(self, at: int | slice) -> object:
        if isinstance(at, slice):
            return self.objects(at).tolist()
        return self.cells[self.codes[at]]

    def __iter__(self) -> Iterator[object]:
        return iter(self[:])

    def objects(self, at: slice) -> Array:
        found: Array = self._objects[self.codes[at]]
        return found

    @cached_property
    def _objects(self) -> Array:
        found = np.empty(len(self.cells), dtype=object)
        found[:] = self.cells
        return found

    def put(self, write: Callable[[object], object]) -> Coded:
        """The same column with other cells for them."""
        return Coded(tuple(map(write, self.cells)), self.codes)


CodedTable: TypeAlias = Sequence["Coded | range"]


def is_coded(table: Table) -> TypeGuard[CodedTable]:
    """Whether all of a table is there by codes, so that `Lines` can write it."""
    return all(isinstance(column, (Coded, range)) for column in table)


JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)
TEXT = pa.large_string()
NOTHING = pa.scalar("", TEXT)


def as_json(cell: object) -> str:
    """A number as it reads back; days as texts."""
    number = type(cell) is float and isfinite(cell)
    return repr(cell) if number else JSON.encode(cell)


class Lines:
    """Rows of a coded table as text, many at once: no object is made for a cell."""

    def __init__(
        self, table: CodedTable, write: Callable[[object], str], between: str, end: str
    ) -> None:
        self._table = table
        self._between, self._end = pa.scalar(between, TEXT), pa.scalar(end, TEXT)
        self._words = _words(table, write)

    def of(self, at: slice) -> tuple[bytes, Array]:
        """Some rows in UTF-8; and where each of them begins, and the last ends."""
        columns = [
            _texts(*given, at) for given in zip(self._table, self._words, strict=True)
        ]
        columns[-1] = pc.binary_join_element_wise(columns[-1], NOTHING, self._end)
        lines = pc.binary_join_element_wise(*columns, self._between)
        begins, text = lines.buffers()[1:]
        places = np.frombuffer(begins, np.int64, len(lines) + 1)
        return text.to_pybytes()[: places[-1]] if text else b"", places


def _words(table: CodedTable, write: Callable[[object], str]) -> list[pa.Array]:
    """What is written for each cell; numbers in a row are written as they come."""
    cells = [() if isinstance(column, range) else column.cells for column in table]
    different = {id(some): some for some in cells}.items()
    once = {which: pa.array(map(write, some), TEXT) for which, some in different}
    return [once[id(some)] for some in cells]


def _texts(column: Coded | range, words: pa.Array, at: slice) -> pa.Array:
    if isinstance(column, range):
        return pa.array(np.arange(column[at].start, column[at].stop)).cast(TEXT)
    return words.take(pa.array(column.codes[at]))
