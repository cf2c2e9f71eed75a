"""Sums from reporting units to the map and up its tree, as sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats, Ints, Picks, picks
from donbay.engine.fast.sparse import Sparse

Climb = list[tuple[int, Picks]]
"""Nodes of a tree, lowest first, each with its children."""


@dataclass(frozen=True)
class Step:
    """One level of the tree: nodes `begin:end` are sums of the nodes in `children`."""

    begin: int
    end: int
    children: Sparse


@dataclass
class Plane:
    """One sub-period of a crosswalk.

    `reporting` picks the sources out of the period's units of the level; `weights`
    is [nodes x sources] into the ground nodes; `touch` is [nodes x sources], 1 where
    a source's land lies inside; `expected` is the weight of all sources by node, inner
    nodes included; `present` tells the nodes that any source touches; `alone` is the
    one whole source of a node, or -1.
    """

    reporting: Ints
    weights: Sparse
    touch: Sparse
    expected: Floats
    present: Bools
    alone: Ints

    @cached_property
    def grounds_of(self) -> Sparse:
        """[sources x nodes]: where each one's land fell."""
        return self.weights.T

    @cached_property
    def touched_by(self) -> Sparse:
        """[sources x nodes]: every node that each one lies in."""
        return self.touch.T


class Reach(NamedTuple):
    """Where one source counts: its ground nodes, and the units that it lies in.

    `climb` are the inner nodes among those units.
    """

    grounds: list[int]
    units: Ints
    climb: Climb


@dataclass
class Crosswalk:
    """From the units that report to every unit of the map at a level or above.

    Nodes: first the map's units from `offset` on; then grounds that are no unit of
    the level: tied units taken as one, and land that fell to a unit above.
    `flags` holds the structural want of each unit node, 0 where all is known.
    `grounds` are the nodes that receive land: the level's own units, and the extras.
    """

    offset: int
    units: int
    nodes: int
    own: int
    planes: tuple[Plane, ...]
    steps: tuple[Step, ...]
    flags: Bytes

    def climb(self, totals: Floats) -> None:
        """Fill the inner nodes of [nodes x columns] from their children, in place."""
        for step in self.steps:
            totals[step.begin : step.end] = step.children @ totals

    def climb_with(self, best: np.ufunc, numbers: Array) -> None:
        """The same by another operation than the sum."""
        for step in self.steps:
            some = np.flatnonzero(np.diff(step.children.indptr))
            if len(some):
                below = numbers[step.children.indices]
                starts = step.children.indptr[some]
                numbers[step.begin + some] = best.reduceat(below, starts, axis=0)

    def reach(self, source: int) -> Reach:
        """What changes with a source of the only plane."""
        plane = self.planes[0]
        inside = plane.touched_by.row(source)
        units = inside[: inside.searchsorted(self.units)]
        grounds = plane.grounds_of.row(source).tolist()
        return Reach(grounds, units, self.above(units))

    def above(self, nodes: Ints) -> Climb:
        """The inner nodes among some that are in order."""
        children = self.children
        return [(node, children[node]) for node in nodes.tolist() if node in children]

    @cached_property
    def unknown(self) -> bool:
        """Whether it leaves anything unknown."""
        return bool(self.flags.any())

    @cached_property
    def flagged(self) -> Sparse:
        """[flagged units x sources]: what lies inside each, in the only plane."""
        return self.planes[0].touch.rows(self.flags.nonzero()[0])

    @cached_property
    def children(self) -> dict[int, Picks]:
        """The children of every inner node that has any."""
        found = {}
        for step in self.steps:
            matrix = step.children
            bounds = zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
            for node, (begin, end) in enumerate(bounds, step.begin):
                if end > begin:
                    found[node] = picks(matrix.indices[begin:end])
        return found
