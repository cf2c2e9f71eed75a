"""Weighted sums of few rows each, added in one fixed order: what a crosswalk is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from donbay.engine.fast.arrays import Array, Floats, Ints

BAND = 512
"""Rows that are summed together: as much as stays in the processor's cache."""


class Turn(NamedTuple):
    """The n-th entries of the first `rows` rows of a band; weights None: all are 1."""

    rows: int
    columns: Ints
    weights: Floats | None


class Band(NamedTuple):
    """Some rows, the fullest first, and turn by turn what is added to them."""

    rows: Ints
    turns: list[Turn]


@dataclass(frozen=True)
class Sparse:
    """A matrix of mostly nothing, row by row.

    The entries of row i stand at `indptr[i]:indptr[i + 1]`, by rising column. Products
    add them from left to right, however many columns are multiplied at once, so that
    the same numbers always give the same bits.
    """

    data: Floats
    indices: Ints
    indptr: Ints
    shape: tuple[int, int]

    @classmethod
    def of(
        cls, rows: Array, columns: Array, data: Floats, shape: tuple[int, int]
    ) -> Sparse:
        """From entries in any order, none of them twice."""
        row, column = rows.astype(np.int64), columns.astype(np.int64)
        order = np.argsort(row * shape[1] + column)
        ends = np.cumsum(np.bincount(row, minlength=shape[0]))
        indptr = np.concatenate([[0], ends])
        return cls(data[order], column[order], indptr, shape)

    @cached_property
    def row_of(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(self.shape[0]), self.counts)

    @property
    def counts(self) -> Ints:
        """How many entries each row has."""
        return np.diff(self.indptr)

    @cached_property
    def T(self) -> Sparse:  # noqa: N802 -- as NumPy calls it
        return Sparse.of(self.indices, self.row_of, self.data, self.shape[::-1])

    def __matmul__(self, other: Floats) -> Floats:
        """The product with [columns] or [columns x many]."""
        if other.ndim == 1:
            parts = self.data * other[self.indices]
            found = np.bincount(self.row_of, weights=parts, minlength=self.shape[0])
            return found.astype(np.float64, copy=False)  # of no entries it gives ints
        return self._rows_of(other)

    def best(self, join: np.ufunc, none: float, other: Floats) -> Floats:
        """As the product with [columns x many], but joined otherwise than by a sum.

        Entries only say what is joined; a row without any has `none`.
        """
        return self._rows_of(other, join, none)

    def _rows_of(
        self, other: Floats, join: np.ufunc = np.add, none: float = 0.0
    ) -> Floats:
        other = np.ascontiguousarray(other)  # or `take` would copy it each time
        found = np.full((self.shape[0], other.shape[1]), none)
        room, part = np.empty((2, BAND, other.shape[1]))
        for rows, turns in self._bands:
            total = room[: len(rows)]
            total.fill(none)
            for size, columns, weights in turns:
                more = other.take(columns, axis=0, out=part[:size], mode="clip")
                if weights is not None and join is np.add:
                    more *= weights
                join(total[:size], more, out=total[:size])
            found[rows] = total
        return found

    @cached_property
    def _bands(self) -> list[Band]:
        """Rows that have entries; those with entries that are not 1 stand together."""
        counts = self.counts
        broken = np.bincount(self.row_of, self.data != 1.0, self.shape[0]) > 0
        order = np.lexsort((-counts, broken))
        order = order[counts[order] > 0]
        starts = range(0, len(order), BAND)
        return [self._band(order[at : at + BAND], counts) for at in starts]

    def _band(self, rows: Ints, counts: Ints) -> Band:
        rows = rows[np.argsort(-counts[rows], kind="stable")]
        turns = []
        for n in range(int(counts[rows[0]])):
            at = self.indptr[rows[counts[rows] > n]] + n
            weights = self.data[at]
            whole = bool((weights == 1.0).all())
            column = None if whole else weights[:, None]
            turns.append(Turn(len(at), self.indices[at], column))
        return Band(rows, turns)

    def row(self, at: int) -> Ints:
        """The columns in which a row has entries."""
        return self.indices[self.indptr[at] : self.indptr[at + 1]]

    def rows(self, chosen: Ints) -> Sparse:
        """Some of the rows."""
        counts = self.counts[chosen]
        indptr = np.concatenate([[0], np.cumsum(counts)])
        at = np.arange(indptr[-1]) + np.repeat(
            self.indptr[chosen] - indptr[:-1], counts
        )
        shape = (len(chosen), self.shape[1])
        return Sparse(self.data[at], self.indices[at], indptr, shape)

    def used(self) -> Ints:
        """The columns that have entries."""
        return np.flatnonzero(np.bincount(self.indices, minlength=self.shape[1]))

    def columns(self, chosen: Ints) -> Sparse:
        """Some of the columns, in order; no row may have entries in others."""
        places = np.searchsorted(chosen, self.indices)
        shape = (self.shape[0], len(chosen))
        return Sparse(self.data, places, self.indptr, shape)

    def taller(self, rows: int) -> Sparse:
        """The same with empty rows below, up to so many."""
        more = np.full(rows - self.shape[0], self.indptr[-1])
        indptr = np.concatenate([self.indptr, more])
        return Sparse(self.data, self.indices, indptr, (rows, self.shape[1]))
