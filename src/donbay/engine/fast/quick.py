"""Exact values at their own frequency, many indicators at once: the common case.

Each sheet lays its sources out as additive planes side by side, so that the crosswalk
and the tree are one sparse product each; what bounds, categories, carried operands and
coarser periods need is in `general`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from donbay.domain.indicators import Indicator, RollUp
from donbay.engine.fast.arrays import Bools, Floats, Picks, keep, ones, picks
from donbay.engine.fast.cells import Cells
from donbay.engine.fast.crosswalk import Crosswalk, Plane
from donbay.engine.fast.shown import (
    Where,
    endless,
    planes_of,
    show_divided,
    show_whole,
)


class Summing(Protocol):
    """What is done with the sources and sums of a few units.

    Its planes are `deep` columns for each of `n` indicators: what adds up beside what
    counts. `exact`: the number is all there is, so the ends are the value. `single`:
    whoever reported anything counts. `adds`: all planes are sums of what lies below;
    `gathers`: of the sources too.
    """

    exact: bool
    single: bool
    adds: bool
    gathers: bool
    deep: int
    n: int

    def source(self, block: Floats, out: Floats) -> None:
        """Write [sources x columns a plane] from [units x elements]."""
        ...

    def raw(self, block: Floats) -> Bools:
        """Whether a unit reported anything of each column."""
        ...

    def halves(self, block: Floats) -> Bools:
        """Whether what it reported lacks something; else it is divided by 0."""
        ...

    def regather(self, source: Floats, weights: Floats) -> Floats:
        """One ground node from its few sources: bit for bit what `ground` gives."""
        ...

    def regrow(self, below: Floats) -> Floats:
        """One inner node from its children: bit for bit what `climb` gives."""
        ...

    def finish(self, where: Where, totals: Floats, out: Cells) -> None:
        """Write value, ends, coverage, wants of the nodes into views of the cells."""
        ...


class Kind(Summing, Protocol):
    """What a roll-up does with the sources and sums of all units."""

    def ground(self, plane: Plane, source: Floats) -> Floats:
        """[nodes x columns a plane]: the sources on the nodes where their land fell."""
        ...

    def climb(self, walk: Crosswalk, totals: Floats) -> None: ...


def _columns(block: Floats, at: Picks) -> Floats:
    """Some columns, in a piece of their own: rows of few are slow."""
    if isinstance(at, slice):
        return np.array(block[:, at])
    return np.ascontiguousarray(block.T[at].T)


class Sums:
    """Values that add up."""

    exact, single = False, True
    adds, gathers, deep = True, True, 2

    def __init__(self, indicators: Sequence[Indicator], at: Sequence[int]) -> None:
        self.at, self.n = picks(at), len(at)
        self.signed = np.array([not i.non_negative for i in indicators])
        self.any_signed = bool(self.signed.any())

    def source(self, block: Floats, out: Floats) -> None:
        values = _columns(block, self.at)
        there = np.equal(values, values)
        keep(values, ones(there))
        out[:, : self.n], out[:, self.n :] = values, there

    def raw(self, block: Floats) -> Bools:
        return ~np.isnan(block[:, self.at])

    halves = raw

    def ground(self, plane: Plane, source: Floats) -> Floats:
        return plane.weights @ source

    def climb(self, walk: Crosswalk, totals: Floats) -> None:
        walk.climb(totals)

    def regather(self, source: Floats, weights: Floats) -> Floats:
        found: Floats = np.add.reduce(source * weights[:, None], axis=0)
        return found

    def regrow(self, below: Floats) -> Floats:
        found: Floats = np.add.reduce(below, axis=0)
        return found

    def finish(self, where: Where, totals: Floats, out: Cells) -> None:
        value, reporters = planes_of(totals, self.n)
        part = show_whole(where, value, reporters, out)
        out.least[...] = value
        if self.any_signed:
            np.copyto(out.least, -np.inf, where=part & self.signed)
        value += endless(part)
        out.most[...] = value


class Pairs:
    """Ratios: both parts of a unit or neither."""

    exact, single = True, False
    adds, gathers, deep = True, True, 3

    def __init__(
        self,
        indicators: Sequence[Indicator],
        numerators: Sequence[int],
        denominators: Sequence[int],
    ) -> None:
        self.over, self.under = picks(numerators), picks(denominators)
        self.n = len(numerators)
        self.scale = np.array([i.scale for i in indicators])
        self.enough = np.array([i.min_coverage for i in indicators]) - 1e-9

    def source(self, block: Floats, out: Floats) -> None:
        n = self.n
        over, under = _columns(block, self.over), _columns(block, self.under)
        parts = over + under
        there = np.equal(parts, parts)
        bits = ones(there)
        keep(over, bits)
        keep(under, bits)
        out[:, :n], out[:, n : 2 * n], out[:, 2 * n :] = over, under, there

    def raw(self, block: Floats) -> Bools:
        return ~(np.isnan(block[:, self.over]) & np.isnan(block[:, self.under]))

    halves = raw
    ground, climb = Sums.ground, Sums.climb
    regather, regrow = Sums.regather, Sums.regrow

    def finish(self, where: Where, totals: Floats, out: Cells) -> None:
        planes = planes_of(totals, self.n)
        planes[0] *= self.scale
        show_divided(where, planes, self.enough, out)


class Means:
    """Means weighted by another indicator."""

    exact, single = True, False
    adds, gathers, deep = True, False, 3

    def __init__(
        self,
        indicators: Sequence[Indicator],
        values: Sequence[int],
        weights: Sequence[int | None],
    ) -> None:
        self.values, self.n = picks(values), len(values)
        self.weighted = np.array([w is not None for w in weights])
        at = [0 if w is None else w for w in weights]
        one_for_all = self.weighted.all() and len(set(at)) == 1
        self.weights = picks(at[:1] if one_for_all else at)
        self.enough = np.array([i.min_coverage for i in indicators]) - 1e-9

    def source(self, block: Floats, out: Floats) -> None:
        n = self.n
        weight = self._weight(block)
        product = block[:, self.values] * weight
        there = np.equal(product, product)
        there &= weight != 0
        keep(product, ones(there))
        heard = there.astype(np.float64)
        out[:, :n], out[:, 2 * n :] = product, heard
        heard *= np.where(np.isnan(weight), 0.0, weight)
        out[:, n : 2 * n] = heard

    def _weight(self, block: Floats) -> Floats:
        weight = block[:, self.weights]
        return weight if self.weighted.all() else np.where(self.weighted, weight, 1.0)

    def raw(self, block: Floats) -> Bools:
        return ~np.isnan(block[:, self.values])

    def halves(self, block: Floats) -> Bools:
        return self.raw(block) & np.isnan(self._weight(block))

    climb, regrow = Sums.climb, Sums.regrow

    def ground(self, plane: Plane, source: Floats) -> Floats:
        return self._told(plane.weights @ source)

    def regather(self, source: Floats, weights: Floats) -> Floats:
        return self._told(np.add.reduce(source * weights[:, None], axis=0))

    def _told(self, totals: Floats) -> Floats:
        """Where weights below 0 outweigh the others, nothing is told of the ground."""
        n = self.n
        gone = (totals[..., n : 2 * n] == 0) & (totals[..., 2 * n :] > 0)
        if gone.any():
            for plane in range(self.deep):
                here = totals[..., plane * n : (plane + 1) * n]
                np.copyto(here, 0.0, where=gone)
        return totals

    def finish(self, where: Where, totals: Floats, out: Cells) -> None:
        planes = planes_of(totals, self.n)
        show_divided(where, planes, self.enough, out, self.values)


class Extremes:
    """The largest, or the smallest, over whole predecessors."""

    exact, single = False, True
    adds, gathers, deep = False, False, 2

    def __init__(self, indicators: Sequence[Indicator], at: Sequence[int]) -> None:
        self.at, self.n = picks(at), len(at)
        self.largest = indicators[0].roll_up is RollUp.MAX
        self.best = np.maximum if self.largest else np.minimum
        self.none = -np.inf if self.largest else np.inf
        floors = [0.0 if i.non_negative else -np.inf for i in indicators]
        self.floor = np.array(floors)

    def source(self, block: Floats, out: Floats) -> None:
        values = np.array(block[:, self.at])
        lacking = np.isnan(values)
        values[lacking] = self.none
        out[:, : self.n] = values
        out[:, self.n :] = np.logical_not(lacking, out=lacking)

    raw, halves = Sums.raw, Sums.halves

    def ground(self, plane: Plane, source: Floats) -> Floats:
        best = plane.weights.best(self.best, self.none, source[:, : self.n])
        found = plane.weights @ source[:, self.n :]
        return np.concatenate([best, found], axis=1)

    def climb(self, walk: Crosswalk, totals: Floats) -> None:
        best, found = map(np.array, np.split(totals, 2, axis=1))
        for step in walk.steps:
            above = step.children.best(self.best, self.none, best)
            best[step.begin : step.end] = above
        walk.climb(found)
        totals[:, : self.n], totals[:, self.n :] = best, found

    def regather(self, source: Floats, weights: Floats) -> Floats:  # noqa: ARG002 -- all whole
        return self.regrow(source)

    def regrow(self, below: Floats) -> Floats:
        found: Floats = np.add.reduce(below, axis=0)
        best = self.best.reduce(below[:, : self.n], axis=0, initial=self.none)
        found[: self.n] = best
        return found

    def finish(self, where: Where, totals: Floats, out: Cells) -> None:
        value, reporters = planes_of(totals, self.n)
        part = show_whole(where, value, reporters, out)
        if self.largest:
            out.least[...] = value
            value += endless(part)
            out.most[...] = value
        else:
            out.most[...] = value
            np.copyto(value, np.broadcast_to(self.floor, part.shape), where=part)
            out.least[...] = value
