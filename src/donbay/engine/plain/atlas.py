"""Where the land of a unit lies on the map of another day (MEANING 13 to 16)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from donbay.domain.territory import DAY, Cut, Territory


@dataclass(frozen=True, slots=True)
class Leaf:
    """All of it in one unit of the map; None: it is nowhere on it."""

    unit: str | None


@dataclass(frozen=True, slots=True)
class Split:
    """In several parts, each with its share; None: the share was not published."""

    parts: tuple[tuple[float | None, Land], ...]


Land = Leaf | Split


class Atlas:
    """The map of one day."""

    def __init__(self, territory: Territory, day: date, levels: Sequence[str]) -> None:
        self.day = day
        self.territory = territory
        self.units = territory.on(day)
        self._ranks = {level: rank for rank, level in enumerate(levels)}
        self.place: Callable[[str, date], Land] = cache(self._place)
        self.above: Callable[[str], frozenset[str]] = cache(self._above)

    def _above(self, unit: str) -> frozenset[str]:
        return frozenset(self.territory.ancestors(unit, self.day))

    def is_inside(self, unit: str, whole: str) -> bool:
        return unit == whole or whole in self.above(unit)

    def height(self, unit: str, level: str) -> int | None:
        """0: a unit of the level; positive: so many levels above it."""
        version = self.units.get(unit)
        if not version or not {version.level, level} <= self._ranks.keys():
            return None
        return self._ranks[level] - self._ranks[version.level]

    def units_of(self, level: str) -> list[str]:
        return [unit for unit, version in self.units.items() if version.level == level]

    def _place(self, unit: str, day: date) -> Land:
        """Where the land that the unit has on `day` lies on the map."""
        if day <= self.day:
            return self._forward(unit, day)
        return _any_of(self._backward(unit, day))

    def _forward(self, unit: str, day: date) -> Land:
        cut = self._next_cut(unit, day)
        if cut and len(cut.heirs) == 1:
            return self.place(cut.heirs[0][0], cut.date)
        if cut:
            parts = ((share, self.place(heir, cut.date)) for heir, share in cut.heirs)
            return Split(tuple(parts))
        if unit in self.units:
            return Leaf(unit)
        ended = self.territory.ended(unit, self.day)
        if not ended or not ended.parent:
            return Leaf(None)
        return _any_of(leaves(self.place(ended.parent, ended.valid_to)))

    def _next_cut(self, unit: str, day: date) -> Cut | None:
        cuts = self.territory.cuts.get(unit, ())
        return next((cut for cut in cuts if day < cut.date <= self.day), None)

    def _backward(self, unit: str, day: date) -> list[str]:
        """The units of the older map from which the land came."""
        cuts = self.territory.cuts.get(unit, ())
        past = [cut for cut in cuts if self.day < cut.date <= day]
        if past:
            cut = past[-1]
            found = [self._backward(o, cut.date - DAY) for o, _ in cut.origins]
            return list(dict.fromkeys(unit for some in found for unit in some))
        if unit in self.units:
            return [unit]
        opened = self.territory.opened(unit, self.day)
        if not opened or not opened.parent:
            return []
        return self._backward(opened.parent, opened.valid_from)


def _any_of(units: Sequence[str]) -> Land:
    if len(units) <= 1:
        return Leaf(units[0] if units else None)
    return Split(tuple((None, Leaf(unit)) for unit in units))


def _walk(land: Land) -> Iterator[str]:
    if isinstance(land, Split):
        for _, part in land.parts:
            yield from _walk(part)
    elif land.unit is not None:
        yield land.unit


@cache
def leaves(land: Land) -> tuple[str, ...]:
    """The units of the map that it touches, each once."""
    return tuple(dict.fromkeys(_walk(land)))


def partly_nowhere(land: Land) -> bool:
    """Whether a part of divided land lies on no unit of the map."""
    if isinstance(land, Split):
        return any(partly_nowhere(part) for _, part in land.parts)
    return land.unit is None


def without_shares(land: Land) -> Land:
    """As if no share had been published: an extreme cannot be parted."""
    if isinstance(land, Leaf):
        return land
    return Split(tuple((None, without_shares(part)) for _, part in land.parts))


def weight(land: Land, units: frozenset[str]) -> float | None:
    """The part of it that lies in `units`; None where that is not known."""
    if isinstance(land, Leaf):
        return 1.0 if land.unit in units else 0.0
    weights = [weight(part, units) for _, part in land.parts]
    if weights and (set(weights) == {1.0} or set(weights) == {0.0}):
        return weights[0]
    found = 0.0
    for (share, _), part in zip(land.parts, weights, strict=True):
        if share is None or part is None:
            return None
        found += share * part
    return found
