"""What cells show of some nodes, from the sums of their sources.

Numbers are worked out in arrays of their own and written at once: row by row, in the
midst of others, each step would cost several times as much.
"""

from __future__ import annotations

import numpy as np

from donbay.engine.fast.arrays import NONE, Bools, Floats, Picks, ones
from donbay.engine.fast.cells import (
    INCOMPLETE,
    LOW_COVERAGE,
    NOT_REPORTED,
    SHORT,
    ZERO_DENOMINATOR,
    Cells,
)
from donbay.engine.fast.crosswalk import Crosswalk

INFINITY = np.array(np.inf).view(np.int64)
"""Its bits."""


class Where:
    """Some nodes of a crosswalk, and the block of those who report to it.

    `heard`: [sources x columns], 1 where one reported, if that is known already.
    `expected` is the weight of all sources, [nodes x 1]; `lost` are the rows in which
    nodes stand of which the map leaves something unknown.
    """

    def __init__(
        self,
        walk: Crosswalk,
        nodes: Picks,
        block: Floats,
        heard: Floats | None = None,
    ) -> None:
        self.walk, self.nodes, self.block, self.heard = walk, nodes, block, heard
        self.plane = walk.planes[0]
        self.expected = self.plane.expected[nodes][:, None]
        self.lost = walk.flags[nodes].nonzero()[0] if walk.unknown else NONE

    def lose(self, value: Floats, coverage: Floats, part: Bools | None = None) -> None:
        """Take away the numbers of nodes whose land is not known."""
        if len(self.lost):
            value[self.lost] = coverage[self.lost] = np.nan
            if part is not None:
                part[self.lost] = False


def planes_of(totals: Floats, columns: int) -> list[Floats]:
    """Planes that stand side by side, each in one piece."""
    begins = range(0, totals.shape[1], columns)
    return [np.array(totals[:, begin : begin + columns]) for begin in begins]


def endless(some: Bools) -> Floats:
    """Infinity for some and 0 for others."""
    bits = ones(some)
    bits &= INFINITY
    return bits.view(np.float64)


def show_whole(where: Where, value: Floats, reporters: Floats, out: Cells) -> Bools:
    """Write numbers that are told whoever reports; tells where somebody does not.

    `value` is made NaN where nobody does.
    """
    expected, has = where.expected, reporters > 0
    part: Bools = reporters < expected * SHORT
    part &= has
    reporters /= expected
    want = np.multiply(part, INCOMPLETE)
    if not has.all():
        none = ~has
        value[none], want[none] = np.nan, NOT_REPORTED
    where.lose(value, reporters, part)
    out.value[...], out.coverage[...] = value, reporters
    out.want[...], out.reported[...] = want, has
    return part


def show_divided(
    where: Where,
    planes: list[Floats],
    enough: Floats,
    out: Cells,
    values: Picks | None = None,
) -> None:
    """Write numbers that are one sum over another: what is over, under, and counted.

    `values`: where the sources' own stand, shown by who is its own only source.
    """
    over, under, both = planes
    zero, has = under == 0, both > 0
    over /= under
    over[zero] = np.nan
    both /= where.expected
    if values is not None:
        show_own(where, values, over, both, has)
        zero &= np.isnan(over)
    where.lose(over, both)
    judged = both >= enough
    want = np.multiply(~judged, LOW_COVERAGE)
    want[zero] = ZERO_DENOMINATOR
    want[~has] = NOT_REPORTED
    out.value[...], out.coverage[...], out.judged[...] = over, both, judged
    out.want[...], out.reported[...] = want, has


def show_own(
    where: Where, values: Picks, value: Floats, coverage: Floats, has: Bools
) -> None:
    """A unit that is its own only source shows its value whatever the weight."""
    walk, nodes = where.walk, where.nodes
    if isinstance(nodes, slice):
        alone = where.plane.alone[: walk.own]
        at = (alone >= 0).nonzero()[0]
    else:
        alone = where.plane.alone[nodes]
        at = ((alone >= 0) & (nodes < walk.own)).nonzero()[0]
    if not len(at):
        return
    own = where.block[alone[at]][:, values]
    there = ~np.isnan(own)
    value[at], coverage[at], has[at] = own, there, there
