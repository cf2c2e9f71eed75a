"""The places of a programme, one place in plain language, and its criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.web.acts import queries as acts
from donbay.web.acts.models import Act
from donbay.web.look.boards import each
from donbay.web.look.charts import handed_out, shared
from donbay.web.look.lines import TargetLine
from donbay.web.look.place_tables import (
    levels_of,
    table_of_criteria,
    table_of_places,
    table_of_values,
)
from donbay.web.look.places import history, line_above
from donbay.web.look.tasks import tasks_of
from donbay.web.look.titles import Titles
from donbay.web.offices.permissions import Closed
from donbay.web.portal.maps import (
    GROUPS,
    late_map_of,
    of_programme_with_maps,
    on_asked_map,
)
from donbay.web.portal.published import Seen, of_programme
from donbay.web.results import queries as results


@of_programme
def places(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Every place on the map of today, to find one and to compare levels."""
    table = table_of_places(request, seen.titles, seen.evaluation)
    if table.exports:
        return table.csv()
    return render(request, "portal/places.html", {**seen.context, "table": table})


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


@of_programme_with_maps
def place(request: HttpRequest, seen: Seen, unit: str) -> HttpResponse:
    """One place: what was promised here, what came of it, and who answers for it."""
    titles = seen.titles
    if unit not in titles.territory.versions:
        raise Closed
    rows = results.values(seen.evaluation, unit)
    values = [row for row in rows if row.period.first <= seen.days.on]
    table = table_of_values(request, titles, values, f"{seen.programme.pk}-{unit}")
    if table.exports:
        return table.csv()
    on = on_asked_map(request, seen)
    around = late_map_of(on.seen, unit)
    if answer := handed_out(request, [around]):
        return answer
    lines = each(titles, results.targets(seen.evaluation, unit=unit))
    version = titles.ground.get(unit)
    given = {
        **seen.context,
        **shared(request),
        "map": around,
        "slider": on.slider,
        "unit": unit,
        "name": titles.place(unit),
        "version": version,
        "level": titles.level(version.level) if version else "",
        "groups": _grouped(lines),
        "levels": list(levels_of(titles, seen.evaluation, unit).values()),
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
        for name, statuses in GROUPS.items()
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
        return tasks_of(seen.titles)
    aims = {line.target.objective for line in lines if line.target.objective}
    return tasks_of(seen.titles, aims)


@of_programme
def criteria(request: HttpRequest, seen: Seen, unit: str, set: str) -> HttpResponse:  # noqa: A002 -- the domain's word
    """The criteria of a set for a place, with what each asks and what was found."""
    titles = seen.titles
    table = table_of_criteria(request, titles, seen.evaluation, unit, set)
    if table.exports:
        return table.csv()
    given = {
        **seen.context,
        "unit": unit,
        "name": titles.place(unit),
        "set": titles.set(set),
        "levels": levels_of(titles, seen.evaluation, unit).get(set),
        "table": table,
    }
    return render(request, "portal/criteria.html", given)
