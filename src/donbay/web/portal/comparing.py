"""Places beside each other: the same promises, the same levels, the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.web.look.boards import each
from donbay.web.look.lines import TargetLine
from donbay.web.look.places import Levels
from donbay.web.look.titles import Titles
from donbay.web.portal.published import Seen, of_programme
from donbay.web.results import queries as results

MOST = 6  # places that are seen beside each other
MOST_LISTED = 400  # more are found by the search of places, not in a list


@dataclass(frozen=True, slots=True)
class Compared:
    """A place as a column, and how it is left out."""

    unit: str
    name: str
    level: str
    without: str


@of_programme
def compare(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Up to six places; the address names them, so it can be sent to somebody."""
    titles = seen.titles
    asked = dict.fromkeys(request.GET.getlist("place"))
    units = [unit for unit in asked if unit in titles.ground][:MOST]
    given = {
        **seen.context,
        "places": _columns(titles, units),
        "rows": _targets(seen, units),
        "levels": _levels(seen, units),
        "listed": _listed(titles, units),
        "full": len(units) == MOST,
        "most": MOST,
    }
    return render(request, "portal/compare.html", given)


def _columns(titles: Titles, units: Sequence[str]) -> list[Compared]:
    return [
        Compared(
            unit,
            titles.place(unit),
            titles.level(titles.place_level(unit)),
            "&".join(f"place={other}" for other in units if other != unit),
        )
        for unit in units
    ]


def _targets(
    seen: Seen, units: Sequence[str]
) -> list[tuple[TargetLine, list[TargetLine | None]]]:
    """Of each promise that is judged at any of them, a cell for each."""
    lines = each(seen.titles, results.targets(seen.evaluation, units=units))
    cells: dict[str, dict[str, TargetLine]] = {}
    for line in lines:
        cells.setdefault(line.target.id, {})[line.unit] = line
    found = [
        (next(iter(some.values())), [some.get(unit) for unit in units])
        for some in cells.values()
    ]
    return sorted(found, key=lambda row: row[0].title)


def _levels(
    seen: Seen, units: Sequence[str]
) -> list[tuple[str, list[tuple[str, Levels | None]]]]:
    found: dict[str, dict[str, Levels]] = {}
    for row in results.levels(seen.evaluation, units=units):
        found.setdefault(row.set, {})[row.unit] = Levels(seen.titles, row)
    return [
        (seen.titles.set(name), [(unit, some.get(unit)) for unit in units])
        for name, some in found.items()
        if name in seen.titles.sets
    ]


def _listed(titles: Titles, units: Sequence[str]) -> list[tuple[str, str]]:
    """What may be added: places like the first, or of every level."""
    level = titles.place_level(units[0]) if units else ""
    wanted = (level,) if level else titles.pack.programme.level_ids
    found = [
        (unit, version.name)
        for unit, version in titles.ground.items()
        if version.level in wanted and unit not in units
    ]
    return sorted(found, key=lambda one: one[1])[:MOST_LISTED]
