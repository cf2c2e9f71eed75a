"""Kinds whose columns stand side by side over one crosswalk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise

import numpy as np

from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats, Ints
from donbay.engine.fast.cells import (
    INCOMPLETE,
    NOT_REPORTED,
    ZERO_DENOMINATOR,
    Cells,
    first_want,
)
from donbay.engine.fast.crosswalk import Plane
from donbay.engine.fast.quick import Summing, Where

FEW = 8  # nodes that are looked at one by one
MANY = 500  # nodes for which all sources are looked at
BAND = 1024  # sources that are laid out together


class Abreast:
    """What a kind does, for several at once: planes and columns kind after kind."""

    def __init__(self, kinds: Sequence[Summing]) -> None:
        self.kinds = tuple(kinds)
        self.adds = all(kind.adds for kind in kinds)
        self.gathers = all(kind.gathers for kind in kinds)
        self.planes = spans(kind.n * kind.deep for kind in kinds)
        self.columns = spans(kind.n for kind in kinds)

    def source(self, block: Floats) -> Floats:
        """[sources x planes], so many at a time as stay in the processor's cache."""
        found = np.empty((len(block), self.planes[-1].stop))
        for begin in range(0, len(block), BAND):
            rows = slice(begin, begin + BAND)
            for kind, at in zip(self.kinds, self.planes, strict=True):
                kind.source(block[rows], found[rows, at])
        return found

    def raw(self, block: Floats) -> Bools:
        return side_by_side([kind.raw(block) for kind in self.kinds])

    def halves(self, block: Floats) -> Bools:
        return side_by_side([kind.halves(block) for kind in self.kinds])

    def regather(self, source: Floats, weights: Floats) -> Floats:
        """One ground node from its few sources."""
        if self.gathers:
            return self.kinds[0].regather(source, weights)
        parts = zip(self.kinds, self.planes, strict=True)
        return side_by_side([x.regather(source[:, at], weights) for x, at in parts])

    def regrow(self, below: Floats) -> Floats:
        """One inner node from its children."""
        if self.adds:
            return self.kinds[0].regrow(below)
        parts = zip(self.kinds, self.planes, strict=True)
        return side_by_side([kind.regrow(below[:, at]) for kind, at in parts])

    def views(self, out: Cells) -> list[Cells]:
        """The columns of each kind."""
        return [out.columns(at.start, at.stop) for at in self.columns]

    def finish(
        self, where: Where, totals: Floats, out: Cells, views: Sequence[Cells]
    ) -> None:
        """Write the cells of some nodes, and the views of them, from their sums."""
        with np.errstate(all="ignore"):
            for kind, at, view in zip(self.kinds, self.planes, views, strict=True):
                kind.finish(where, totals[:, at], view)
                if kind.exact:
                    np.copyto(view.least, view.value)
                    np.copyto(view.most, view.value)
        out.expected[...] = where.plane.present[where.nodes][:, None]
        self._mend_missing(where, out)

    def _mend_missing(self, where: Where, out: Cells) -> None:
        """Tell what was reported in part, and what the map itself leaves unknown."""
        nodes, lacking = where.nodes, ~out.reported
        flags: Bytes = where.walk.flags[nodes]
        odd = np.logical_or.reduce(lacking, axis=1) | (flags > 0)
        rows = odd.nonzero()[0]
        if not len(rows):
            return
        at = rows if isinstance(nodes, slice) else nodes[rows]
        raw = _told(self.raw, where.plane, at, where.block)
        untold = raw & lacking[rows]
        if untold.any():
            halves = _told(self.halves, where.plane, at, where.block)
            want = out.want[rows]
            want[untold] = np.where(halves, INCOMPLETE, ZERO_DENOMINATOR)[untold]
            out.want[rows] = want
            out.reported[rows] |= untold
        if flags.any():
            _flag(rows[flags[rows] > 0], flags, raw[flags[rows] > 0], out)


def _flag(rows: Ints, flags: Bytes, raw: Bools, out: Cells) -> None:
    """Take away the numbers of nodes whose land is not known, and say why."""
    out.want[rows] = np.where(raw, first_want(flags[rows])[:, None], NOT_REPORTED)
    for numbers in (out.value, out.coverage, out.least, out.most):
        numbers[rows] = np.nan


def _told(
    tell: Callable[[Floats], Bools], plane: Plane, nodes: Ints, block: Floats
) -> Bools:
    """Whether it holds of any source inside each node."""
    touch = plane.touch
    if len(nodes) <= FEW:
        ptr = touch.indptr
        inside = [touch.indices[ptr[node] : ptr[node + 1]] for node in nodes.tolist()]
        return np.array([tell(block[some]).any(axis=0) for some in inside])
    touch = touch.rows(nodes)
    told = (
        tell(block)[touch.indices] if len(nodes) > MANY else tell(block[touch.indices])
    )
    found = np.zeros((len(nodes), told.shape[1]), dtype=bool)
    some = touch.counts.nonzero()[0]
    if len(some):
        found[some] = np.logical_or.reduceat(told, touch.indptr[some], axis=0)
    return found


def side_by_side(parts: Sequence[Array]) -> Array:
    """Along the last axis; one alone as it is."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)


def spans(sizes: Iterable[int]) -> list[slice]:
    """Where parts of some sizes stand one after another."""
    return [slice(a, b) for a, b in pairwise(accumulate(sizes, initial=0))]
