"""The places of a programme: the list, one place, and its criteria."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.verdicts import LevelRow
from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.look.boards import each
from donbay.web.look.criteria import CRITERION_COLUMNS, results_of
from donbay.web.look.lines import DAYS, CriterionLine, ValueLine
from donbay.web.look.places import Levels, history, line_above, places_of, whole_first
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.offices.permissions import Closed
from donbay.web.results import queries as results


@on_asked_days
def places(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Every place on the map, to find one and to compare levels."""
    table = Table(
        request,
        places_of(shown.titles, shown.evaluation),
        PLACE_COLUMNS,
        [_levels(shown)],
        Search(lambda place: f"{place.name} {place.version.code} {place.parent}"),
        file=f"{shown.programme.pk}-places",
    )
    if table.exports:
        return table.csv()
    return render(request, "desk/places.html", {**shown.context, "table": table})


PLACE_COLUMNS = (
    Column("name", "heading.unit_name", lambda x: x.name),
    Column("code", "heading.unit_code", lambda x: x.version.code),
    Column("level", "board.level", lambda x: x.level),
    Column("parent", "board.parent", lambda x: x.parent),
    Column("reached", "heading.reached", lambda x: x.reached, may_hide=True),
    Column("recognised", "heading.recognised", lambda x: x.recognised, may_hide=True),
    *DAYS,
)


def _levels(shown: Shown) -> Choice:
    titles = shown.titles
    options = [(name, titles.level(name)) for name in titles.pack.programme.level_ids]
    return Choice("level", "board.level", options, lambda x: x.version.level)


@on_asked_days
def place(request: HttpRequest, shown: Shown, unit: str) -> HttpResponse:
    """One place: its targets, its levels, its values by period, what it was before."""
    titles = shown.titles
    if unit not in titles.territory.versions:
        raise Closed
    lines = each(titles, results.targets(shown.evaluation, unit=unit))
    values = [ValueLine(titles, row) for row in results.values(shown.evaluation, unit)]
    values.sort(key=lambda line: (line.row.period, line.indicator), reverse=True)
    table = _values(request, shown, unit, values)
    if table.exports:
        return table.csv()
    given = {
        **shown.context,
        "unit": unit,
        "name": titles.place(unit),
        "version": (version := titles.ground.get(unit)),
        "level": titles.level(version.level) if version else "",
        "lines": sorted(lines, key=lambda line: (line.order, line.title)),
        "levels": [
            Levels(titles, row) for row in results.levels(shown.evaluation, unit=unit)
        ],
        "table": table,
        "history": history(titles, unit),
        "line_above": line_above(titles, unit),
    }
    return render(request, "desk/place.html", given)


def _values(
    request: HttpRequest, shown: Shown, unit: str, lines: list[ValueLine]
) -> Table:
    words = shown.titles.words
    periods = list(dict.fromkeys(line.row.period for line in lines))
    indicators = {line.row.indicator: line.indicator for line in lines}
    return Table(
        request,
        lines,
        VALUE_COLUMNS,
        [
            Choice(
                "period",
                "heading.period",
                [(str(p), words.period(p)) for p in periods],
                lambda x: x.row.period,
            ),
            Choice(
                "indicator",
                "heading.indicator",
                sorted(indicators.items(), key=lambda one: one[1]),
                lambda x: x.row.indicator,
            ),
        ],
        Search(lambda line: line.indicator),
        file=f"{shown.programme.pk}-{unit}",
    )


VALUE_COLUMNS = (
    Column("indicator", "heading.indicator", lambda x: x.indicator),
    Column("period", "heading.period", lambda x: x.row.period),
    Column("value", "heading.value", lambda x: x.row.value, number=True),
    Column("unit", "board.unit", lambda x: x.unit_of_measure, of_file=True),
    Column(
        *("coverage", "heading.coverage", lambda x: x.coverage),
        number=True,
        may_hide=True,
    ),
    Column(
        *("stated", "heading.stated", lambda x: x.row.stated),
        number=True,
        may_hide=True,
    ),
    Column("reason", "heading.reason", lambda x: x.reason, may_hide=True),
    *DAYS,
)


@on_asked_days
def criteria(request: HttpRequest, shown: Shown, unit: str, set: str) -> HttpResponse:  # noqa: A002 -- the domain's word
    """The criteria of a set for a place, with what each asks and what was found."""
    titles = shown.titles
    if set not in titles.sets:
        raise Closed
    rows = results.criteria(shown.evaluation, unit, set)
    if not rows:
        raise Closed
    table = Table(
        request,
        [CriterionLine(titles, row) for row in whole_first(rows)],
        CRITERION_COLUMNS,
        [results_of(titles)],
        Search(lambda line: f"{line.number} {line.title}"),
        size=200,
        file=f"{shown.programme.pk}-{unit}-{set}",
    )
    if table.exports:
        return table.csv()
    levels: Mapping[str, LevelRow] = {
        row.set: row for row in results.levels(shown.evaluation, unit=unit)
    }
    given = {
        **shown.context,
        "unit": unit,
        "name": titles.place(unit),
        "set": titles.set(set),
        "levels": Levels(titles, levels[set]) if set in levels else None,
        "table": table,
    }
    return render(request, "desk/criteria.html", given)
