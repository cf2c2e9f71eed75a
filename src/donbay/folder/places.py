"""What a merger did to a place: the units inside it the day before, and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from donbay.domain.territory import DAY, Territory


@dataclass(frozen=True, slots=True)
class Redrawn:
    """One area on the day of a change: how many units it held, and what became of them.

    `divided` counts the units that went to several successors.
    """

    date: date
    area: str
    name: str
    before: int
    after: int
    divided: int
    decision: str | None
    joined: tuple[tuple[str, tuple[str, ...]], ...]


def redrawn(territory: Territory, level: str, areas: Sequence[str]) -> list[Redrawn]:
    """Each change of each area, told by its units of `level`."""
    days = dict.fromkeys(s.date for s in territory.successions)
    return [
        told
        for day in sorted(days)
        for area in areas
        if (told := _redrawn(territory, level, area, day)).before
    ]


def _redrawn(territory: Territory, level: str, area: str, day: date) -> Redrawn:
    before = inside(territory, level, area, day - DAY)
    heirs: dict[str, list[str]] = {}
    divided = 0
    decisions: list[str | None] = []
    for unit in before:
        cut = next((c for c in territory.cuts.get(unit, ()) if c.date == day), None)
        to = [heir for heir, _ in cut.heirs] if cut else [unit]
        divided += len(to) > 1
        for heir in to:
            heirs.setdefault(heir, []).append(unit)
    decisions = [
        s.decision
        for s in territory.successions
        if s.date == day and s.origin in before
    ]
    name = territory.version(area, day) or territory.version(area, day - DAY)
    return Redrawn(
        day,
        area,
        name.name if name else area,
        len(before),
        len(heirs),
        divided,
        next((d for d in decisions if d), None),
        tuple((heir, tuple(some)) for heir, some in heirs.items()),
    )


def inside(territory: Territory, level: str, area: str, day: date) -> list[str]:
    """The units of a level in an area on a day, in the order of the units."""
    return [
        unit
        for unit, version in territory.on(day).items()
        if version.level == level
        and (area == unit or area in territory.ancestors(unit, day))
    ]


def reporting_areas(
    territory: Territory, reported: Iterable[str], lowest: str
) -> list[str]:
    """The units that reports are about, above the lowest level, in the units' order."""
    wanted = set(reported)
    return [
        unit
        for unit, versions in territory.versions.items()
        if unit in wanted and versions[-1].level != lowest
    ]
