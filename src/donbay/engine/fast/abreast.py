"""Kinds whose columns stand side by side over one crosswalk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise

import numpy as np

from donbay.engine.fast.arrays import Array, Bools, Floats, Ints
from donbay.engine.fast.cells import (
    INCOMPLETE,
    NOT_REPORTED,
    ZERO_DENOMINATOR,
    Cells,
    first_want,
)
from donbay.engine.fast.quick import Summing
from donbay.engine.fast.shown import Where

FEW = 8  # nodes that are looked at one by one
MANY = 500  # nodes for which all sources are looked at
BAND = 1024  # sources that are laid out together


class Abreast:
    """What a kind does, for several at once: planes and columns kind after kind."""

    def __init__(self, kinds: Sequence[Summing]) -> None:
        self.kinds = tuple(kinds)
        alone = len(self.kinds) == 1
        self.adds = alone or all(kind.adds for kind in kinds)
        self.gathers = alone or all(kind.gathers for kind in kinds)
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
        for kind, at, view in zip(self.kinds, self.planes, views, strict=True):
            kind.finish(where, totals[:, at], view)
            if kind.exact:
                np.copyto(view.least, view.value)
                np.copyto(view.most, view.value)
        self._mend_missing(where, out)

    def _mend_missing(self, where: Where, out: Cells) -> None:
        """Tell what was reported in part, and what the map itself leaves unknown."""
        lacking, lost = np.array(out.reported), where.lost
        np.logical_not(lacking, out=lacking)
        odd = np.logical_or.reduce(lacking, axis=1)
        odd[lost] = False
        rows = odd.nonzero()[0]
        if len(rows):
            self._mend(Inside(where, rows), rows, lacking, out)
        if len(lost):
            inside = Flagged if isinstance(where.nodes, slice) else Inside
            raw = self._mend(inside(where, lost), lost, lacking, out)
            reason = first_want(where.walk.flags[where.nodes][lost])[:, None]
            out.want[lost] = np.where(raw, reason, NOT_REPORTED)

    def _mend(self, inside: Inside, rows: Ints, lacking: Bools, out: Cells) -> Bools:
        """Tell what was reported in part at some nodes; gives what was at all."""
        raw = inside.told(self.raw)
        untold = raw & lacking[rows]
        if untold.any():
            want = out.want[rows]
            halves = inside.told(self.halves)
            want[untold] = np.where(halves, INCOMPLETE, ZERO_DENOMINATOR)[untold]
            out.want[rows] = want
            out.reported[rows] |= untold
        return raw


class Inside:
    """The sources inside the nodes that stand in some rows."""

    def __init__(self, where: Where, rows: Ints) -> None:
        self.where, self.block = where, where.block
        self.nodes = rows if isinstance(where.nodes, slice) else where.nodes[rows]

    def told(self, tell: Callable[[Floats], Bools]) -> Bools:
        """Whether it holds of any of them, by node."""
        touch, block, size = self.where.plane.touch, self.block, len(self.nodes)
        if size <= FEW:
            inside = (touch.row(node) for node in self.nodes.tolist())
            return np.array([tell(block[some]).any(axis=0) for some in inside])
        touch = touch.rows(self.nodes)
        few = size <= MANY
        told = tell(block[touch.indices]) if few else tell(block)[touch.indices]
        found = np.zeros((size, told.shape[1]), dtype=bool)
        at = touch.counts.nonzero()[0]
        if len(at):
            found[at] = np.logical_or.reduceat(told, touch.indptr[at], axis=0)
        return found


class Flagged(Inside):
    """All of which the map leaves something unknown: the same time and again."""

    def told(self, tell: Callable[[Floats], Bools]) -> Bools:
        """The same by a product, since its bands are kept."""
        heard = self.where.heard
        if heard is None:
            heard = tell(self.block).astype(np.float64)
        return np.greater(self.where.walk.flagged.best(np.maximum, 0.0, heard), 0)


def side_by_side(parts: Sequence[Array]) -> Array:
    """Along the last axis; one alone as it is."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)


def spans(sizes: Iterable[int]) -> list[slice]:
    """Where parts of some sizes stand one after another."""
    return [slice(a, b) for a, b in pairwise(accumulate(sizes, initial=0))]
