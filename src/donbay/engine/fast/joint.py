"""Sums, ratios and means side by side, of a few units: worked out as one kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from donbay.engine.fast.abreast import spans
from donbay.engine.fast.arrays import Bools, Floats, places
from donbay.engine.fast.cells import (
    INCOMPLETE,
    LOW_COVERAGE,
    NOT_REPORTED,
    SHORT,
    ZERO_DENOMINATOR,
    Cells,
)
from donbay.engine.fast.quick import Kind, Means, Pairs, Sums
from donbay.engine.fast.shown import Where, show_own


class Joint:
    """One of each of these kinds, with planes `over`, `both` and `under` for all.

    What is divided by what, as ratios and means have it; a sum is its `over` alone.
    Every number is made by the same steps as by the kinds themselves, in fewer calls.
    """

    exact, single = False, False
    adds, gathers, deep = True, True, 3

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds
        self.n = sum(kind.n for kind in kinds)
        self.spans = spans(kind.n for kind in kinds)
        self.scale, self.enough = np.ones(self.n), np.full(self.n, -np.inf)
        self.sums, self.pairs, self.means = (slice(0, 0) for _ in range(3))
        over, under = np.zeros((2, self.n), dtype=np.int64)
        for kind, at in zip(kinds, self.spans, strict=True):
            match kind:
                case Sums():
                    self.sums, self.signed = at, kind.signed
                    over[at] = under[at] = places(kind.at)
                case Pairs():
                    self.pairs, self.scale[at] = at, kind.scale
                    over[at], under[at] = places(kind.over), places(kind.under)
                case Means():
                    self.means, self.values = at, kind.values
                    over[at], under[at] = places(kind.values), places(kind.weights)
                    self.plain = ~kind.weighted
            if isinstance(kind, Pairs | Means):
                self.enough[at] = kind.enough
        self.columns = np.concatenate([over, over, under])

    @staticmethod
    def joins(kinds: Sequence[Kind]) -> bool:
        """Whether there are several, one of each at most."""
        known = {type(kind) for kind in kinds}
        return 1 < len(kinds) == len(known) and known <= {Sums, Pairs, Means}

    def joined(self, totals: Sequence[Floats]) -> Floats:
        """The sums of the kinds in these planes."""
        found = np.zeros((len(totals[0]), 3, self.n))
        for kind, at, part in zip(self.kinds, self.spans, totals, strict=True):
            planes = part.reshape(len(part), kind.deep, kind.n)
            found[:, 0, at], found[:, 1, at] = planes[:, 0], planes[:, -1]
            if kind.deep == self.deep:
                found[:, 2, at] = planes[:, 1]
        return found.reshape(len(found), 3 * self.n)

    def source(self, block: Floats, out: Floats) -> None:
        found = block.take(self.columns, axis=1)
        planes = found.reshape(len(block), 3, self.n)
        over, both, under = planes[:, 0], planes[:, 1], planes[:, 2]
        weight = under[:, self.means]
        if self.means.stop and self.plain.any():
            np.copyto(weight, 1.0, where=self.plain)
        over[:, self.means] *= weight
        np.equal(over, over, out=both)
        parts = over[:, self.pairs] + under[:, self.pairs]
        np.equal(parts, parts, out=both[:, self.pairs])
        lacking = both == 0
        lacking[:, self.means] |= weight == 0
        np.copyto(planes, 0.0, where=lacking[:, None])
        out[...] = found

    def raw(self, block: Floats) -> Bools:
        return self._told(block)[0]

    def halves(self, block: Floats) -> Bools:
        raw, under = self._told(block)
        if self.means.stop:
            raw[:, self.means] &= ~(under[:, self.means] | self.plain)
        return raw

    def _told(self, block: Floats) -> tuple[Bools, Bools]:
        """Whether a unit reported anything of each column, and what it is over."""
        there = block.take(self.columns, axis=1)
        planes = ~np.isnan(there).reshape(len(block), 3, self.n)
        raw, under = planes[:, 0], planes[:, 2]
        raw[:, self.pairs] |= under[:, self.pairs]
        return raw, under

    def regather(self, source: Floats, weights: Floats) -> Floats:
        return self._outweighed(np.add.reduce(source * weights[:, None], axis=0))

    def _outweighed(self, totals: Floats) -> Floats:
        """Where weights below 0 outweigh the others, nothing is told of the ground."""
        planes = totals.reshape(*totals.shape[:-1], 3, self.n)[..., self.means]
        gone = (planes[..., 2, :] == 0) & (planes[..., 1, :] > 0)
        if gone.any():
            np.copyto(planes, 0.0, where=gone[..., None, :])
        return totals

    def regrow(self, below: Floats) -> Floats:
        found: Floats = np.add.reduce(below, axis=0)
        return found

    def finish(self, where: Where, totals: Floats, out: Cells) -> None:
        planes, sums = totals.reshape(len(totals), 3, self.n), self.sums
        over, both, under = planes[:, 0], planes[:, 1], planes[:, 2]
        has, none = both > 0, under == 0
        none[:, sums] = ~has[:, sums]
        np.multiply(over, self.scale, out=out.value)
        np.divide(out.value, under, out=out.value)
        out.value[:, sums] = over[:, sums]
        np.copyto(out.value, np.nan, where=none)
        np.divide(both, where.expected, out=out.coverage)
        if self.means.stop:
            value, coverage = out.value[:, self.means], out.coverage[:, self.means]
            show_own(where, self.values, value, coverage, has[:, self.means])
        where.lose(out.value, out.coverage)
        np.greater_equal(out.coverage, self.enough, out=out.judged)
        out.judged[:, sums] = True
        np.multiply(~out.judged, LOW_COVERAGE, out=out.want)
        np.copyto(out.want, ZERO_DENOMINATOR, where=none & np.isnan(out.value))
        np.copyto(out.least, out.value)
        np.copyto(out.most, out.value)
        self._bound(where, both, has, out)
        np.copyto(out.want, NOT_REPORTED, where=~has)
        np.copyto(out.reported, has)

    def _bound(self, where: Where, both: Floats, has: Bools, out: Cells) -> None:
        """Sums of some of the sources: there may be more, or less."""
        sums = self.sums
        part = has[:, sums] & (both[:, sums] < where.expected * SHORT)
        part[where.lost] = False
        np.multiply(part, INCOMPLETE, out=out.want[:, sums])
        np.copyto(out.most[:, sums], np.inf, where=part)
        if sums.stop and self.signed.any():
            np.copyto(out.least[:, sums], -np.inf, where=part & self.signed)
