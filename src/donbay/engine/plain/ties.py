"""Which units of the map can be told apart, and which only together (MEANING 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from donbay.domain.periods import Period
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Want
from donbay.engine.plain.atlas import (
    Atlas,
    Land,
    leaves,
    partly_nowhere,
    weight,
    without_shares,
)
from donbay.engine.plain.figures import NOTHING, Clauses

NOWHERE = ""
"""Stands for land that lies on no unit of the map: no group with it is whole."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A reporting unit, where its land lies, and what a lacking share is called."""

    unit: str
    land: Land
    flag: Want

    def tied(self) -> tuple[str, ...]:
        """The units of the map between which its land cannot be divided."""
        touched = leaves(self.land)
        tied = [u for u in touched if weight(self.land, frozenset([u])) is None]
        return (*tied, *([NOWHERE] if tied and partly_nowhere(self.land) else []))


class Piece(NamedTuple):
    """What a group of map units has of a reporting unit's land."""

    unit: str
    weight: float


@dataclass(frozen=True)
class Group:
    """Units of the map that are taken as one; `flags` say why they must be."""

    number: int
    units: tuple[str, ...]
    flags: Want = NOTHING


class Ties:
    """The groups of one level, scope and run of sub-periods."""

    def __init__(
        self, origins: dict[Period, list[Origin]], order: Sequence[str]
    ) -> None:
        self._origins = origins
        self._by_unit = {period: _by_unit(some) for period, some in origins.items()}
        every = [origin for some in origins.values() for origin in some]
        self.groups = tuple(_groups(every, order))
        self._of_unit = {unit: g for g in self.groups for unit in g.units}
        self.pieces: Callable[[int, Period], tuple[Piece, ...]] = cache(self._pieces)
        self.reporters: Callable[[int], tuple[str, ...]] = cache(self._reporters)

    def _pieces(self, group: int, period: Period) -> tuple[Piece, ...]:
        """What the group has of each origin, in the order of the territory."""
        inside = frozenset(self.groups[group].units)
        found = []
        for origin in self.touching(inside, period):
            part = weight(origin.land, inside)
            if part:
                found.append(Piece(origin.unit, part))
        return tuple(found)

    def _reporters(self, group: int) -> tuple[str, ...]:
        """The units that report for the group in any of the sub-periods."""
        every = [p.unit for when in self._origins for p in self.pieces(group, when)]
        return tuple(dict.fromkeys(every))

    def touching(self, units: Iterable[str], period: Period) -> list[Origin]:
        """The reporting units whose land touches `units`, surely or perhaps."""
        by_unit = self._by_unit[period]
        numbers = sorted({n for unit in units for n in by_unit.get(unit, ())})
        touching = [self._origins[period][n] for n in numbers]
        inside = frozenset(units)
        return [o for o in touching if weight(o.land, inside) != 0]

    def of_unit(self, unit: str) -> list[Group]:
        """The group that a unit is in, if any land touches it."""
        return [self._of_unit[unit]] if unit in self._of_unit else []

    def expected(self, group: int, period: Period) -> float:
        total = 0.0
        for piece in self.pieces(group, period):
            total += piece.weight
        return total


def _by_unit(origins: Sequence[Origin]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, origin in enumerate(origins):
        for unit in leaves(origin.land):
            found.setdefault(unit, []).append(number)
    return found


def _groups(origins: Sequence[Origin], order: Sequence[str]) -> list[Group]:
    """Every unit that some land touches, alone or with those it is tied to."""
    touched = {unit for origin in origins for unit in (*leaves(origin.land), NOWHERE)}
    together = {unit: {unit} for unit in touched}
    flags = dict.fromkeys(touched, NOTHING)
    for origin in origins:
        tied = origin.tied()
        joined = set().union(*(together[unit] for unit in tied))
        flag = origin.flag if tied else NOTHING
        for unit in tied:
            flag |= flags[unit]
        for unit in joined:
            together[unit], flags[unit] = joined, flag
    found: list[Group] = []
    seen: set[str] = set()
    for unit in order:
        if unit in touched and unit not in seen:
            seen |= together[unit]
            members = tuple(u for u in (*order, NOWHERE) if u in together[unit])
            found.append(Group(len(found), members, flags[unit]))
    return found


def origins_of(
    territory: Territory,
    atlas: Atlas,
    level: str,
    clauses: Clauses,
    period: Period,
    *,
    extreme: bool,
) -> list[Origin]:
    """The units that are to report a period, each with its place on the map."""
    day = period.last
    flag = Want.NOT_WHOLE if extreme else Want.SHARE_NOT_PUBLISHED
    if day > atlas.day:
        flag = Want.MAP_OLDER_THAN_DATA
    found = []
    for unit, version in territory.on(day).items():
        in_scope = all(version.tags & clause for clause in clauses)
        if version.level == level and in_scope:
            land = atlas.place(unit, day)
            found.append(Origin(unit, without_shares(land) if extreme else land, flag))
    return found
