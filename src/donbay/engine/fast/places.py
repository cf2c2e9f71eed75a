"""The map of one day, and where the land of every reporting unit lies on it."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property

import numpy as np

from donbay.domain.programmes import Programme
from donbay.domain.territory import DAY, Territory, Version
from donbay.engine.fast.arrays import Ints

Clauses = frozenset[frozenset[str]]
"""Scopes that must all hold; each is a set of tags of which one suffices."""

Landing = int | tuple[tuple[float | None, "Landing"], ...] | None
"""A unit of the map, or parts (share, landing); None lies nowhere on the map."""


def leaves(landing: Landing) -> list[int]:
    """Every unit of the map that a landing touches, each once, in order."""
    if landing is None:
        return []
    if isinstance(landing, int):
        return [landing]
    return list(dict.fromkeys(u for _, part in landing for u in leaves(part)))


def weight(landing: Landing, units: frozenset[int]) -> float | None:
    """How much of the land lies in `units`; None where a needed share is missing."""
    if landing is None:
        return 0.0
    if isinstance(landing, int):
        return 1.0 if landing in units else 0.0
    parts = [weight(part, units) for _, part in landing]
    if all(part == 1.0 for part in parts):
        return 1.0
    if all(part == 0.0 for part in parts):
        return 0.0
    total = 0.0
    for (share, _), part in zip(landing, parts, strict=True):
        if share is None or part is None:
            return None
        total += share * part
    return total


class Places:
    """Units of the map day, lowest level first, so that sums run up in one pass.

    `start[level]` is where a level begins; the units of a level and all above it are
    the tail from there, so arrays of different levels align at their ends.
    """

    def __init__(self, programme: Programme, territory: Territory, day: date) -> None:
        self.day, self.territory = day, territory
        rising = list(reversed(programme.level_ids))
        valid = territory.on(day)
        self.start: dict[str, int] = {}
        self.units: list[str] = []
        for level in rising:
            self.start[level] = len(self.units)
            self.units += [u for u, v in valid.items() if v.level == level]
        self.rising = rising
        self.index = {unit: i for i, unit in enumerate(self.units)}
        self.versions: list[Version] = [valid[unit] for unit in self.units]
        self.parent: Ints = np.array(
            [self.index.get(v.parent or "", -1) for v in self.versions], dtype=np.int64
        )
        self._landings: dict[tuple[str, date | None, bool], Landing] = {}

    def __len__(self) -> int:
        return len(self.units)

    def end(self, level: str) -> int:
        """One past the last unit of a level."""
        above = self.rising.index(level) + 1
        return self.start[self.rising[above]] if above < len(self.rising) else len(self)

    def above(self, unit: int) -> list[int]:
        """A unit and its ancestors, nearest first."""
        found = []
        while unit >= 0:
            found.append(unit)
            unit = int(self.parent[unit])
        return found

    @cached_property
    def turns(self) -> list[date]:
        """Days on which something about the territory changes, in order."""
        days = {self.day + DAY}
        for versions in self.territory.versions.values():
            for version in versions:
                days.add(version.valid_from)
                if version.valid_to != date.max:
                    days.add(version.valid_to + DAY)
        days.update(s.date for s in self.territory.successions)
        return sorted(days)

    def epoch(self, day: date) -> int:
        """Days of one epoch have the same units, tags and landings."""
        return bisect_right(self.turns, day)

    def landing(self, unit: str, day: date) -> Landing:
        """Where the land of a unit valid on `day` lies on the map (semantics 4)."""
        forward = day <= self.day
        cut = self._next_cut(unit, day) if forward else self._last_cut(unit, day)
        key = (unit, cut, forward)
        if key not in self._landings:
            find = self._forward if forward else self._backward
            self._landings[key] = find(unit, cut)
        return self._landings[key]

    def _next_cut(self, unit: str, day: date) -> date | None:
        for cut in self.territory.cuts.get(unit, ()):
            if day < cut.date <= self.day:
                return cut.date
        return None

    def _last_cut(self, unit: str, day: date) -> date | None:
        for cut in reversed(self.territory.cuts.get(unit, ())):
            if self.day < cut.date <= day:
                return cut.date
        return None

    def _forward(self, unit: str, when: date | None) -> Landing:
        if when is not None:
            cut = next(c for c in self.territory.cuts[unit] if c.date == when)
            parts = [(share, self.landing(heir, when)) for heir, share in cut.heirs]
            return parts[0][1] if len(parts) == 1 else tuple(parts)
        if unit in self.index:
            return self.index[unit]
        last = self.territory.ended(unit, self.day)
        if last is None or last.parent is None:
            return None
        return _spread(self.landing(last.parent, last.valid_to))

    def _backward(self, unit: str, when: date | None) -> Landing:
        if when is not None:
            cut = next(c for c in self.territory.cuts[unit] if c.date == when)
            return _spread(
                tuple((None, self.landing(o, when - DAY)) for o, _ in cut.origins)
            )
        if unit in self.index:
            return self.index[unit]
        first = self.territory.opened(unit, self.day)
        if first is None or first.parent is None:
            return None
        return _spread(self.landing(first.parent, first.valid_from))


def _spread(landing: Landing) -> Landing:
    """All land in one unit passes whole; land in several has no known shares."""
    units = leaves(landing)
    if not units:
        return None
    return units[0] if len(units) == 1 else tuple((None, unit) for unit in units)


def in_scope(version: Version, clauses: Clauses) -> bool:
    return all(version.tags & clause for clause in clauses)
