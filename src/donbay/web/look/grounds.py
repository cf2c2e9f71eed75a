"""What maps are drawn on: areas that somebody brought, or the points of places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from donbay.domain.boundaries import Polygons
from donbay.reports.maps import Area, Ring
from donbay.web.look.titles import Titles
from donbay.web.territory.queries import Areas, boundaries

FEWEST, MOST = 3, 800  # places: fewer are a list, more are dots
Page = Callable[[str], str]


@dataclass(frozen=True)
class Ground:
    """Places of one level on the day of the map; `page` gives a place's address."""

    titles: Titles
    units: Sequence[str]
    page: Page

    @cached_property
    def areas(self) -> Areas:
        titles = self.titles
        return boundaries(self.units, titles.days.map)

    @property
    def enough(self) -> bool:
        return FEWEST <= len(self.units) <= MOST

    @property
    def note(self) -> str:
        """What the lines on the map are, and that they are not official."""
        say = self.titles.words.say
        if any(unit not in self.areas.of for unit in self.units):
            return say("map.schematic")
        whose = dict.fromkeys((one.source, one.licence) for one in self.areas.sets)
        named = "; ".join(f"{source} ({licence})" for source, licence in whose)
        return say("map.not_official", source=named)

    def area(
        self,
        unit: str,
        kind: str,
        told: str,
        amount: float | None = None,
        *,
        marked: bool = False,
    ) -> Area:
        return Area(
            *(unit, self.titles.place(unit), point_of(self.titles, unit), kind, told),
            href=self.page(unit),
            amount=amount,
            rings=rings_of(self.areas.of.get(unit, ())),
            marked=marked,
        )


def of_one_level(titles: Titles, units: Iterable[str]) -> list[str]:
    """Those of the level with the most places that are not too many to be drawn."""
    placed = [unit for unit in units if point_of(titles, unit)]
    count = Counter(titles.place_level(unit) for unit in placed)
    few = [level for level, many in count.most_common() if many <= MOST]
    if not few:
        return []
    level = few[0]
    some = [unit for unit in placed if titles.place_level(unit) == level]
    return sorted(some, key=titles.place)


def point_of(titles: Titles, unit: str) -> tuple[float, float] | None:
    found = titles.ground.get(unit)
    if found is None or found.lat is None or found.lon is None:
        return None
    return found.lat, found.lon


def rings_of(polygons: Polygons) -> tuple[Ring, ...]:
    """As pictures want them: latitude first, not closed."""
    return tuple(
        tuple((lat, lon) for lon, lat in ring[:-1])
        for polygon in polygons
        for ring in polygon
    )
