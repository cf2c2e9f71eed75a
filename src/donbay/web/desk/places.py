"""The places of a programme: the list, one place, and its criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.territory import Version
from donbay.domain.verdicts import CriterionRow, LevelRow
from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.desk.boards import each
from donbay.web.desk.lines import DAYS, CriterionLine, ValueLine
from donbay.web.desk.titles import Titles
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.offices.permissions import Closed
from donbay.web.results import queries as results


@dataclass(frozen=True, slots=True)
class Levels:
    """A set's level at a place, reached by its figures beside recognised by acts."""

    titles: Titles
    row: LevelRow

    @property
    def set(self) -> str:
        return self.titles.set(self.row.set)

    @property
    def reached(self) -> str:
        return self.titles.rung(self.row.set, self.row.reached)

    @property
    def possible(self) -> str:
        return self.titles.rung(self.row.set, self.row.possible)

    @property
    def recognised(self) -> str:
        return self.titles.rung(self.row.set, self.row.recognised)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the map in use, with the levels that it has."""

    titles: Titles
    unit: str
    version: Version
    levels: tuple[Levels, ...]

    @property
    def name(self) -> str:
        return self.version.name

    @property
    def level(self) -> str:
        return self.titles.level(self.version.level)

    @property
    def parent(self) -> str:
        parent = self.version.parent
        return self.titles.place(parent) if parent else ""

    @property
    def reached(self) -> str:
        return ", ".join(one.reached for one in self.levels)

    @property
    def recognised(self) -> str:
        return ", ".join(one.recognised for one in self.levels)


@on_asked_days
def places(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Every place on the map, to find one and to compare levels."""
    table = Table(
        request,
        _places(shown),
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


def _places(shown: Shown) -> list[Place]:
    titles = shown.titles
    found: dict[str, list[Levels]] = {}
    if titles.sets:
        for row in results.levels(shown.evaluation):
            found.setdefault(row.unit, []).append(Levels(titles, row))
    wanted = titles.pack.programme.level_ids
    return [
        Place(titles, unit, version, tuple(found.get(unit, ())))
        for unit, version in titles.ground.items()
        if version.level in wanted
    ]


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
    lines = each(shown, results.targets(shown.evaluation, unit=unit))
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
        "line_above": _line_above(titles, unit),
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


def _line_above(titles: Titles, unit: str) -> list[tuple[str, str]]:
    """The places above, from the top down."""
    above = list(titles.territory.ancestors(unit, titles.days.map))
    return [(one, titles.place(one)) for one in reversed(above)]


@dataclass(frozen=True, slots=True)
class Change:
    """What a place went through on a day: named, come of others, gone into others."""

    day: date
    kind: str
    name: str
    units: tuple[tuple[str, str], ...] = ()
    decision: str = ""


def history(titles: Titles, unit: str) -> list[Change]:
    """A place's names and the mergers and divisions that it went through, in order."""
    found = [
        Change(v.valid_from, "named", v.name)
        for v in titles.territory.versions.get(unit, ())
        if v.valid_from > date.min
    ]
    found += _changes(titles, unit, "came_of")
    found += _changes(titles, unit, "went_into")
    return sorted(found, key=lambda change: (change.day, change.kind))


def _changes(titles: Titles, unit: str, kind: str) -> list[Change]:
    others: dict[date, list[tuple[str, str]]] = {}
    decisions: dict[date, str] = {}
    for change in titles.territory.successions:
        here, other = (change.heir, change.origin)
        if kind == "went_into":
            here, other = other, here
        if here == unit and other != unit:
            named = (other, _name_at(titles, other, change.date))
            others.setdefault(change.date, []).append(named)
            decisions[change.date] = change.decision or ""
    name = titles.place(unit)
    return [
        Change(day, kind, name, tuple(some), decisions[day])
        for day, some in others.items()
    ]


def _name_at(titles: Titles, unit: str, day: date) -> str:
    """What a place was called on a day on which it began or ended."""
    where = titles.territory
    found = (
        where.version(unit, day) or where.ended(unit, day) or where.opened(unit, day)
    )
    return found.name if found else unit


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
        [_results(titles)],
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


def whole_first(rows: Iterable[CriterionRow]) -> list[CriterionRow]:
    """Each criterion before its parts, in the order in which they came."""
    found: dict[str, list[CriterionRow]] = {}
    for row in rows:
        found.setdefault(row.criterion, []).append(row)
    return [
        row
        for some in found.values()
        for row in sorted(some, key=lambda one: one.sub_criterion is not None)
    ]


CRITERION_COLUMNS = (
    Column("number", "heading.criterion", lambda x: x.number, sorts=False),
    Column("title", "heading.sub_criterion", lambda x: x.title, sorts=False),
    Column(
        *("result", "heading.result", lambda x: x.row.result),
        exported=lambda x: x.result_word,
    ),
    Column("value", "heading.value", lambda x: x.row.value, number=True),
    Column("threshold", "heading.threshold", lambda x: x.threshold, sorts=False),
    Column("reason", "heading.reason", lambda x: x.reason),
    Column("verified", "heading.verified", lambda x: x.row.verified),
    *DAYS,
)


def _results(titles: Titles) -> Choice:
    names = ("not_met", "unknown", "basically_met", "met", "not_applicable")
    options = [(name, titles.words.say(f"result.{name}")) for name in names]
    return Choice("result", "heading.result", options, lambda x: x.row.result)
