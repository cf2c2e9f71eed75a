"""Builds crosswalks: where all land lies, what is tied, who stands above whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from donbay.domain.verdicts import Want
from donbay.engine.fast.arrays import Array, Floats, Ints
from donbay.engine.fast.crosswalk import Crosswalk, Plane, Step
from donbay.engine.fast.places import Clauses, Landing, Places, in_scope, leaves, weight
from donbay.engine.fast.sparse import Sparse

NOWHERE = -1
"""Land that lies on no unit of the map, tied to the rest of what gave it."""


class Crosswalks:
    """Builds and keeps the crosswalks of one map."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._kept: dict[tuple[object, ...], Crosswalk] = {}
        self._units: dict[tuple[str, int], list[str]] = {}
        self._landings: dict[tuple[str, int], list[Landing]] = {}

    def level_units(self, level: str, day: date) -> list[str]:
        """All units of a level valid on a day, in territory order."""
        key = (level, self.places.epoch(day))
        if key not in self._units:
            self._units[key] = self.places.territory.of_level(level, day)
        return self._units[key]

    def landings(self, level: str, day: date) -> list[Landing]:
        """Where the land of each of those units lies on the map."""
        key = (level, self.places.epoch(day))
        if key not in self._landings:
            units = self.level_units(level, day)
            self._landings[key] = [self.places.landing(unit, day) for unit in units]
        return self._landings[key]

    def bare(self, level: str) -> Crosswalk:
        """The tree over the units of a level, without land."""
        key = (level,)
        if key not in self._kept:
            none: Clauses = frozenset()
            self._kept[key] = _Builder(self, level, none, (), whole=True).build()
        return self._kept[key]

    def get(
        self, level: str, clauses: Clauses, days: Sequence[date], *, whole: bool
    ) -> Crosswalk:
        """For sub-periods that end on `days`; `whole`: whole predecessors only."""
        epochs = tuple(self.places.epoch(day) for day in days)
        key = (level, clauses, epochs, whole)
        if key not in self._kept:
            self._kept[key] = _Builder(self, level, clauses, days, whole=whole).build()
        return self._kept[key]


class _Builder:
    """Builds one crosswalk: ties first, then a plane a sub-period, then the tree."""

    def __init__(
        self,
        walks: Crosswalks,
        level: str,
        clauses: Clauses,
        days: Sequence[date],
        *,
        whole: bool,
    ) -> None:
        self.places, self.days, self.whole = walks.places, days, whole
        self.offset = self.places.start[level]
        self.own = self.places.end(level) - self.offset
        self.units = len(self.places) - self.offset
        self.reporting: list[Ints] = []
        self.landings: list[list[Landing]] = []
        for day in days:
            units, landings = walks.level_units(level, day), walks.landings(level, day)
            self._sources(units, landings, day, clauses)
        self.group: dict[int, int] = {}
        self.members: list[frozenset[int]] = []
        self.extra_parent: list[int] = []
        self.flags = np.zeros(self.units, dtype=np.uint8)

    def _sources(
        self, units: list[str], landings: list[Landing], day: date, clauses: Clauses
    ) -> None:
        if not clauses:
            self.reporting.append(np.arange(len(units)))
            self.landings.append(landings)
            return
        version = self.places.territory.version
        found = ((i, version(unit, day)) for i, unit in enumerate(units))
        chosen = [i for i, v in found if v and in_scope(v, clauses)]
        self.reporting.append(np.array(chosen, dtype=np.int64))
        self.landings.append([landings[i] for i in chosen])

    def build(self) -> Crosswalk:
        self._tie()
        self.landed: dict[int, int] = {}
        planes = tuple(self._plane(i) for i in range(len(self.days)))
        nodes = self.units + len(self.extra_parent)
        planes = tuple(self._sized(plane, nodes) for plane in planes)
        walk = Crosswalk(
            self.offset,
            self.units,
            nodes,
            self.own,
            planes,
            self._steps(nodes),
            self.flags,
        )
        for plane in planes:
            walk.climb(plane.expected)
        return walk

    def _tie(self) -> None:
        """Groups of units that only together hold known land (MEANING 14, 16)."""
        ties = _Ties()
        for day, landings in zip(self.days, self.landings, strict=True):
            backward = day > self.places.day
            for landing in landings:
                if isinstance(landing, tuple):
                    self._tie_parts(ties, landing, backward=backward)
        for members in ties.components():
            self._make_group(members, ties.want(members))

    def _tie_parts(self, ties: _Ties, landing: Landing, *, backward: bool) -> None:
        touched = leaves(landing)
        if not self.whole and not backward:
            touched = [u for u in touched if weight(landing, frozenset({u})) is None]
        if touched and _partly_nowhere(landing):
            touched.append(NOWHERE)
        if len(touched) > 1:
            want = (
                Want.MAP_OLDER_THAN_DATA
                if backward
                else Want.NOT_WHOLE
                if self.whole
                else Want.SHARE_NOT_PUBLISHED
            )
            ties.join(touched, want)

    def _make_group(self, members: list[int], want: Want) -> None:
        chains = [self.places.above(u) for u in members]
        members = [u for u in members if u != NOWHERE]
        shared = set(chains[0]).intersection(*chains[1:])
        home = next((u for u in chains[0] if u in shared), -1)
        for chain in chains:
            for u in chain:
                if u == home:
                    break
                if u >= self.offset:
                    self.flags[u - self.offset] |= int(want)
        for u in members:
            self.group[u] = len(self.members)
        self.members.append(frozenset(members))
        self.extra_parent.append(home)

    def _node(self, unit: int) -> int:
        """The ground node of a map unit on which land fell."""
        if unit in self.group:
            return self.units + self.group[unit]
        if unit - self.offset < self.own:
            return unit - self.offset
        if unit not in self.landed:
            self.landed[unit] = self.units + len(self.extra_parent)
            self.extra_parent.append(unit)
        return self.landed[unit]

    def _grounds(self, landing: Landing) -> Iterable[tuple[int, float]]:
        if isinstance(landing, int):
            yield self._node(landing), 1.0
            return
        done = set()
        for unit in leaves(landing):
            node = self._node(unit)
            if node in done:
                continue
            done.add(node)
            members = (
                self.members[self.group[unit]]
                if unit in self.group
                else frozenset({unit})
            )
            part = weight(landing, members)
            if part:
                yield node, part

    def _plane(self, i: int) -> Plane:
        """Whole land on the level's own units at once; the rest one by one."""
        landings = self.landings[i]
        size = len(landings)
        whole = (u if isinstance(u, int) else -1 for u in landings)
        unit = np.fromiter(whole, np.int64, size)
        own = (unit >= self.offset) & (unit < self.offset + self.own)
        tied = np.zeros(len(self.places) + 1, dtype=bool)  # the last one: on no unit
        tied[list(self.group)] = True
        own &= ~tied[unit]
        source = np.flatnonzero(own)
        grounds: list[tuple[Array, ...]] = [
            (unit[own] - self.offset, source, np.ones(len(source)))
        ]
        touches: list[tuple[Array, ...]] = []
        above = unit[own]
        while len(source):
            touches.append((above - self.offset, source))
            above = self.places.parent[above]
            source, above = source[above >= 0], above[above >= 0]
        odd = [s for s in np.flatnonzero(~own).tolist() if landings[s] is not None]
        pieces = [
            (node, s, part) for s in odd for node, part in self._grounds(landings[s])
        ]
        inside = [(v, s) for s in odd for v in self._inside(landings[s])]
        inside += [(node, s) for node, s, _ in pieces if node >= self.units]
        grounds.append(_columns(pieces, 3))
        touches.append(_columns(inside, 2))
        shape = (self.units + len(self.extra_parent), size)
        rows, columns, weights = map(np.concatenate, zip(*grounds, strict=True))
        matrix = Sparse.of(rows, columns, weights, shape)
        rows, columns = map(np.concatenate, zip(*touches, strict=True))
        touch = Sparse.of(rows, columns, np.ones(len(rows)), shape)
        none = np.zeros(0)
        reporting = self.reporting[i]
        return Plane(reporting, matrix, touch, none, none > 0, reporting)

    def _inside(self, landing: Landing) -> list[int]:
        """Unit nodes in which a landing lies, wholly or in part."""
        touched = {v for u in leaves(landing) for v in self.places.above(u)}
        return [v - self.offset for v in sorted(touched) if v >= self.offset]

    def _sized(self, plane: Plane, nodes: int) -> Plane:
        """Give every plane the same nodes, now that all are known."""
        weights, touch = plane.weights.taller(nodes), plane.touch.taller(nodes)
        expected = weights @ np.ones(weights.shape[1])
        present = touch.counts > 0
        alone = np.full(nodes, -1, dtype=np.int64)
        single = (touch.counts == 1) & (weights.counts == 1)
        at = weights.indptr[:-1][single]
        whole = weights.data[at] == 1.0
        alone[np.flatnonzero(single)[whole]] = weights.indices[at[whole]]
        return Plane(plane.reporting, weights, touch, expected, present, alone)

    def _steps(self, nodes: int) -> tuple[Step, ...]:
        children: dict[int, list[int]] = defaultdict(list)
        for node in range(self.units):
            parent = int(self.places.parent[node + self.offset])
            children[parent - self.offset].append(node)
        for i, parent in enumerate(self.extra_parent):
            if parent >= 0:
                children[parent - self.offset].append(self.units + i)
        steps, begin = [], self.own
        for level in self.places.rising:
            end = self.places.end(level) - self.offset
            if end <= begin:
                continue
            pairs = [(v - begin, c) for v in range(begin, end) for c in children[v]]
            rows, columns = _columns(pairs, 2)
            shape = (end - begin, nodes)
            step = Sparse.of(rows, columns, np.ones(len(rows)), shape)
            steps.append(Step(begin, end, step))
            begin = end
        return tuple(steps)


def _partly_nowhere(landing: Landing) -> bool:
    if isinstance(landing, tuple):
        return any(_partly_nowhere(part) for _, part in landing)
    return landing is None


def _columns(rows: Sequence[tuple[float, ...]], width: int) -> tuple[Floats, ...]:
    """Tuples as columns of their own."""
    table = np.array(rows, dtype=np.float64).reshape(-1, width)
    return tuple(table.T)


class _Ties:
    """Connected components, and why their members are tied."""

    def __init__(self) -> None:
        self._of: dict[int, int] = {}
        self._want: dict[int, Want] = defaultdict(lambda: Want(0))

    def _root(self, unit: int) -> int:
        self._of.setdefault(unit, unit)
        while self._of[unit] != unit:
            unit = self._of[unit]
        return unit

    def join(self, units: list[int], want: Want) -> None:
        first = self._root(units[0])
        for unit in units[1:]:
            other = self._root(unit)
            if other != first:
                self._of[other] = first
        for unit in units:
            self._want[unit] |= want

    def components(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for unit in self._of:
            found[self._root(unit)].append(unit)
        return list(found.values())

    def want(self, members: list[int]) -> Want:
        want = Want(0)
        for unit in members:
            want |= self._want[unit]
        return want
