"""The tables of places that every face shows: the list, and what one place has."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from donbay.domain.verdicts import ValueRow
from donbay.web.look.criteria import CRITERION_COLUMNS, results_of
from donbay.web.look.lines import DAYS, CriterionLine, ValueLine
from donbay.web.look.places import Levels, places_of, whole_first
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.titles import Titles
from donbay.web.offices.permissions import Closed
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation

PLACE_COLUMNS = (
    Column("name", "heading.unit_name", lambda x: x.name),
    Column("code", "heading.unit_code", lambda x: x.version.code),
    Column("level", "board.level", lambda x: x.level),
    Column("parent", "board.parent", lambda x: x.parent),
    Column("reached", "heading.reached", lambda x: x.reached, may_hide=True),
    Column("recognised", "heading.recognised", lambda x: x.recognised, may_hide=True),
    *DAYS,
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


def table_of_places(
    request: HttpRequest, titles: Titles, evaluation: Evaluation
) -> Table:
    """Every place on the map, to find one and to compare levels."""
    levels = titles.pack.programme.level_ids
    options = [(name, titles.level(name)) for name in levels]
    return Table(
        request,
        places_of(titles, evaluation),
        PLACE_COLUMNS,
        [Choice("level", "board.level", options, lambda x: x.version.level)],
        Search(lambda place: f"{place.name} {place.version.code} {place.parent}"),
        file=f"{evaluation.programme_id}-places",
    )


def table_of_values(
    request: HttpRequest, titles: Titles, rows: Iterable[ValueRow], file: str
) -> Table:
    """The values of a place, the latest period first."""
    lines = [ValueLine(titles, row) for row in rows]
    lines.sort(key=lambda line: line.indicator)
    lines.sort(key=lambda line: line.row.period, reverse=True)
    periods = dict.fromkeys(line.row.period for line in lines)
    indicators = {line.row.indicator: line.indicator for line in lines}
    named = sorted(indicators.items(), key=lambda one: one[1])
    whens = [(str(period), titles.words.period(period)) for period in periods]
    return Table(
        request,
        lines,
        VALUE_COLUMNS,
        [
            Choice("period", "heading.period", whens, lambda x: x.row.period),
            Choice("indicator", "heading.indicator", named, lambda x: x.row.indicator),
        ],
        Search(lambda line: line.indicator),
        size=25,
        file=file,
    )


def table_of_criteria(
    request: HttpRequest,
    titles: Titles,
    evaluation: Evaluation,
    unit: str,
    set: str,  # noqa: A002 -- the domain's word
) -> Table:
    """The criteria of a set for a place. Raises Closed where there are none."""
    rows = results.criteria(evaluation, unit, set) if set in titles.sets else []
    if not rows:
        raise Closed
    return Table(
        request,
        [CriterionLine(titles, row) for row in whole_first(rows)],
        CRITERION_COLUMNS,
        [results_of(titles)],
        Search(lambda line: f"{line.number} {line.title}"),
        size=200,
        file=f"{evaluation.programme_id}-{unit}-{set}",
    )


def levels_of(titles: Titles, evaluation: Evaluation, unit: str) -> dict[str, Levels]:
    """By set, the levels of a place."""
    rows = results.levels(evaluation, unit=unit)
    return {row.set: Levels(titles, row) for row in rows}
