"""Areas of places as somebody brought them, and the days for which they hold.

An area was drawn on one day. It is still that of its unit on another day if no
succession touched the unit in between; a unit that only went on under another id, alone
to alone, keeps its area. Nothing here makes a boundary official.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from donbay.domain.territory import DAY, Cut, Territory

Position = tuple[float, float]  # longitude, latitude, in degrees
Ring = tuple[Position, ...]  # closed: the last is the first
Polygon = tuple[Ring, ...]  # its outline, then its holes
Polygons = tuple[Polygon, ...]  # the largest first
FINENESS = 200.0  # metres: about a pixel of a province in a page


@dataclass(frozen=True, slots=True)
class Boundary:
    """The area of a unit on the day it was drawn for; `brought` is the file."""

    unit: str
    day: date
    polygons: Polygons
    brought: int = 0


def unchanged(territory: Territory, unit: str, one: date, other: date) -> bool:
    """Whether a unit lives on two days and no succession touched it in between."""
    first, last = sorted((one, other))
    if not _lives(territory, unit, first, last):
        return False
    cuts = territory.cuts.get(unit, ())
    return not any(first < cut.date <= last for cut in cuts)


def _lives(territory: Territory, unit: str, first: date, last: date) -> bool:
    """Without a gap; versions follow each other in order."""
    day = first
    for version in territory.versions.get(unit, ()):
        if version.valid_from <= day <= version.valid_to:
            if version.valid_to >= last:
                return True
            day = version.valid_to + DAY
    return False


def holders(territory: Territory, unit: str, day: date) -> Iterator[tuple[str, date]]:
    """The unit and those that had the same land under another id, each with a day.

    The nearest in time first: before the day, then after it.
    """
    yield unit, day
    for back in (True, False):
        at, on = unit, day
        while step := _same_land(territory, at, on, back=back):
            at, on = step
            yield at, on


def _same_land(
    territory: Territory, unit: str, day: date, *, back: bool
) -> tuple[str, date] | None:
    cuts = territory.cuts.get(unit, ())
    if back:
        cut = max((c for c in cuts if c.date <= day), key=_date, default=None)
        others = cut.origins if cut else ()
    else:
        cut = min((c for c in cuts if c.date > day), key=_date, default=None)
        others = cut.heirs if cut else ()
    if cut is None or len(others) != 1 or others[0][0] == unit:
        return None
    other = others[0][0]
    beside = next(c for c in territory.cuts[other] if c.date == cut.date)
    alone = beside.heirs if back else beside.origins
    if [name for name, _ in alone] != [unit]:
        return None
    return other, cut.date - DAY if back else cut.date


def _date(cut: Cut) -> date:
    return cut.date


def held(
    territory: Territory,
    units: Iterable[str],
    found: Mapping[str, Sequence[Boundary]],
    day: date,
) -> dict[str, Boundary]:
    """By unit the area that holds on a day; those brought last come first."""
    areas: dict[str, Boundary] = {}
    for unit in units:
        area = next(
            (
                boundary
                for at, on in holders(territory, unit, day)
                for boundary in found.get(at, ())
                if unchanged(territory, at, boundary.day, on)
            ),
            None,
        )
        if area is not None:
            areas[unit] = area
    return areas
