"""The places of a programme, one place in plain language, and its criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.verdicts import LevelRow, Status
from donbay.web.acts import queries as acts
from donbay.web.acts.models import Act
from donbay.web.look.boards import each
from donbay.web.look.criteria import CRITERION_COLUMNS, results_of
from donbay.web.look.lines import CriterionLine, TargetLine, ValueLine
from donbay.web.look.places import Levels, history, line_above, places_of, whole_first
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.titles import Titles
from donbay.web.offices.permissions import Closed
from donbay.web.portal.published import Seen, of_programme
from donbay.web.portal.tasks import tasks_of
from donbay.web.results import queries as results

# What a promise means to who lives there, in the order in which it is told.
GROUPS = (
    ("late", (Status.OFF_TRACK, Status.MISSED, Status.AT_RISK)),
    ("under_way", (Status.ON_TRACK, Status.OPEN)),
    ("met", (Status.ACHIEVED,)),
    ("not_known", (Status.NO_DATA,)),
)


@of_programme
def places(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Every place on the map of today, to find one and to compare levels."""
    titles = seen.titles
    levels = titles.pack.programme.level_ids
    options = [(name, titles.level(name)) for name in levels]
    table = Table(
        request,
        places_of(titles, seen.evaluation),
        PLACE_COLUMNS,
        [Choice("level", "board.level", options, lambda x: x.version.level)],
        Search(lambda place: f"{place.name} {place.version.code} {place.parent}"),
        file=f"{seen.programme.pk}-places",
    )
    if table.exports:
        return table.csv()
    return render(request, "portal/places.html", {**seen.context, "table": table})


PLACE_COLUMNS = (
    Column("name", "heading.unit_name", lambda x: x.name),
    Column("code", "heading.unit_code", lambda x: x.version.code),
    Column("level", "board.level", lambda x: x.level),
    Column("parent", "board.parent", lambda x: x.parent),
    Column("reached", "heading.reached", lambda x: x.reached, may_hide=True),
    Column("recognised", "heading.recognised", lambda x: x.recognised, may_hide=True),
    Column("on", "heading.on", lambda x: x.titles.days.on, of_file=True),
)


@dataclass(frozen=True, slots=True)
class ActLine:
    """A decision about a place: what, by whom, under which number."""

    titles: Titles
    act: Act

    @property
    def kind(self) -> str:
        return self.titles.act_kind(self.act.kind)

    @property
    def place(self) -> str:
        return self.titles.place(self.act.unit_id)

    @property
    def level(self) -> str:
        """Empty where it says nothing of a level; a recognition without one revokes."""
        if self.act.level:
            return self.titles.act_level(self.act.kind, self.act.level)
        return self.act.subject

    @property
    def authority(self) -> str:
        return self.titles.authority(self.act.authority)

    @property
    def state(self) -> str:
        on = self.titles.days.on
        if (self.act.start or self.act.date) > on:
            return "ahead"
        return "over" if self.act.end is not None and self.act.end < on else "in_force"


@of_programme
def place(request: HttpRequest, seen: Seen, unit: str) -> HttpResponse:
    """One place: what was promised here, what came of it, and who answers for it."""
    titles = seen.titles
    if unit not in titles.territory.versions:
        raise Closed
    table = _values(request, seen, unit)
    if table.exports:
        return table.csv()
    lines = each(titles, results.targets(seen.evaluation, unit=unit))
    version = titles.ground.get(unit)
    rows = results.levels(seen.evaluation, unit=unit)
    given = {
        **seen.context,
        "unit": unit,
        "name": titles.place(unit),
        "version": version,
        "level": titles.level(version.level) if version else "",
        "groups": _grouped(lines),
        "levels": [Levels(titles, row) for row in rows],
        "acts": _acts(seen, unit),
        "tasks": _tasks(seen, unit, lines),
        "table": table,
        "history": history(titles, unit),
        "line_above": line_above(titles, unit),
    }
    return render(request, "portal/place.html", given)


def _grouped(lines: Sequence[TargetLine]) -> list[tuple[str, list[TargetLine]]]:
    ordered = sorted(lines, key=lambda line: (line.order, line.title))
    found = [
        (name, [line for line in ordered if line.status in statuses])
        for name, statuses in GROUPS
    ]
    return [(name, some) for name, some in found if some]


def _acts(seen: Seen, unit: str) -> list[ActLine]:
    """Those that nobody annulled, the latest first."""
    rows = acts.standing(seen.programme).filter(unit=unit).order_by("-date", "-place")
    return [ActLine(seen.titles, act) for act in rows]


def _tasks(seen: Seen, unit: str, lines: Sequence[TargetLine]) -> object:
    """Those for what is promised here; at the top, all."""
    version = seen.titles.ground.get(unit)
    if version is not None and version.parent is None:
        return tasks_of(seen)
    aims = {line.target.objective for line in lines if line.target.objective}
    return tasks_of(seen, aims)


def _values(request: HttpRequest, seen: Seen, unit: str) -> Table:
    titles = seen.titles
    lines = [ValueLine(titles, row) for row in results.values(seen.evaluation, unit)]
    lines = [line for line in lines if line.row.period.first <= seen.days.on]
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
        file=f"{seen.programme.pk}-{unit}",
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
    Column("reason", "heading.reason", lambda x: x.reason, may_hide=True),
    Column("on", "heading.on", lambda x: x.titles.days.on, of_file=True),
)


@of_programme
def criteria(request: HttpRequest, seen: Seen, unit: str, set: str) -> HttpResponse:  # noqa: A002 -- the domain's word
    """The criteria of a set for a place, with what each asks and what was found."""
    titles = seen.titles
    rows = results.criteria(seen.evaluation, unit, set) if set in titles.sets else []
    if not rows:
        raise Closed
    table = Table(
        request,
        [CriterionLine(titles, row) for row in whole_first(rows)],
        CRITERION_COLUMNS,
        [results_of(titles)],
        Search(lambda line: f"{line.number} {line.title}"),
        size=200,
        file=f"{seen.programme.pk}-{unit}-{set}",
    )
    if table.exports:
        return table.csv()
    levels: Mapping[str, LevelRow] = {
        row.set: row for row in results.levels(seen.evaluation, unit=unit)
    }
    given = {
        **seen.context,
        "unit": unit,
        "name": titles.place(unit),
        "set": titles.set(set),
        "levels": Levels(titles, levels[set]) if set in levels else None,
        "table": table,
    }
    return render(request, "portal/criteria.html", given)
