"""The places of a programme: the list, one place, and its criteria."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.look.boards import each
from donbay.web.look.place_tables import (
    levels_of,
    table_of_criteria,
    table_of_places,
    table_of_values,
)
from donbay.web.look.places import history, line_above
from donbay.web.offices.permissions import Closed
from donbay.web.results import queries as results


@on_asked_days
def places(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Every place on the map, to find one and to compare levels."""
    table = table_of_places(request, shown.titles, shown.evaluation)
    if table.exports:
        return table.csv()
    return render(request, "desk/places.html", {**shown.context, "table": table})


@on_asked_days
def place(request: HttpRequest, shown: Shown, unit: str) -> HttpResponse:
    """One place: its targets, its levels, its values by period, what it was before."""
    titles = shown.titles
    if unit not in titles.territory.versions:
        raise Closed
    values = results.values(shown.evaluation, unit)
    table = table_of_values(request, titles, values, f"{shown.programme.pk}-{unit}")
    if table.exports:
        return table.csv()
    lines = each(titles, results.targets(shown.evaluation, unit=unit))
    given = {
        **shown.context,
        "unit": unit,
        "name": titles.place(unit),
        "version": (version := titles.ground.get(unit)),
        "level": titles.level(version.level) if version else "",
        "lines": sorted(lines, key=lambda line: (line.order, line.title)),
        "levels": list(levels_of(titles, shown.evaluation, unit).values()),
        "table": table,
        "history": history(titles, unit),
        "line_above": line_above(titles, unit),
    }
    return render(request, "desk/place.html", given)


@on_asked_days
def criteria(request: HttpRequest, shown: Shown, unit: str, set: str) -> HttpResponse:  # noqa: A002 -- the domain's word
    """The criteria of a set for a place, with what each asks and what was found."""
    titles = shown.titles
    table = table_of_criteria(request, titles, shown.evaluation, unit, set)
    if table.exports:
        return table.csv()
    given = {
        **shown.context,
        "unit": unit,
        "name": titles.place(unit),
        "set": titles.set(set),
        "levels": levels_of(titles, shown.evaluation, unit).get(set),
        "table": table,
    }
    return render(request, "desk/criteria.html", given)
