"""Levels that figures reach beside those that acts recognise, never confused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.web.acts import queries as acts
from donbay.web.acts.models import Act
from donbay.web.look.charts import Figure, handed_out, shared
from donbay.web.look.places import Levels
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.titles import Titles
from donbay.web.offices.permissions import Closed
from donbay.web.portal.charts import Rung, ladder
from donbay.web.portal.maps import level_map, of_programme_with_maps, on_asked_map
from donbay.web.portal.published import Seen
from donbay.web.results import queries as results
from donbay.web.results.tallies import Climbed, climbed


@dataclass(frozen=True, slots=True)
class LevelLine(Levels):
    """A place's level in a set, with the latest act that says one."""

    act: Act | None

    @property
    def place(self) -> str:
        return self.titles.place(self.row.unit)

    @property
    def number(self) -> str:
        return self.act.number if self.act else ""

    @property
    def authority(self) -> str:
        return self.titles.authority(self.act.authority) if self.act else ""

    @property
    def date(self) -> date | None:
        return self.act.date if self.act else None

    @property
    def height(self) -> tuple[int, int]:
        """How high each stands on the ladder; what is not known stands lowest."""
        rungs = [level.id for level in self.titles.sets[self.row.set].levels]
        reached, recognised = (
            rungs.index(level) + 1 if level in rungs else 0
            for level in (self.row.reached, self.row.recognised)
        )
        return reached, recognised

    @property
    def beside(self) -> str:
        """How the two stand to each other."""
        if self.row.reached == "unknown":
            return "not_known"
        reached, recognised = self.height
        if reached == recognised:
            return "same"
        return "higher" if reached > recognised else "lower"


@of_programme_with_maps
def levels(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Every place with the two beside each other."""
    if not seen.titles.sets:
        raise Closed
    table = Table(
        request,
        _lines(seen),
        LEVEL_COLUMNS,
        _filters(seen.titles),
        Search(lambda line: line.place),
        file=f"{seen.programme.pk}-levels",
    )
    if table.exports:
        return table.csv()
    on = on_asked_map(request, seen)
    maps = {name: level_map(on.seen, name) for name in seen.titles.sets}
    ladders = _ladders(seen)
    if answer := handed_out(request, [*maps.values(), *ladders.values()]):
        return answer
    given = {
        **seen.context,
        **shared(request),
        "table": table,
        "ladders": [
            (seen.titles.set(name), found, maps.get(name))
            for name, found in ladders.items()
        ],
        "slider": on.slider if any(maps.values()) else None,
    }
    return render(request, "portal/levels.html", given)


LEVEL_COLUMNS = (
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("set", "heading.set", lambda x: x.set),
    Column(
        *("reached", "heading.reached", lambda x: x.height[0]),
        exported=lambda x: x.reached,
    ),
    Column(
        *("recognised", "heading.recognised", lambda x: x.height[1]),
        exported=lambda x: x.recognised,
    ),
    Column("number", "acts.number", lambda x: x.number),
    Column("authority", "acts.authority", lambda x: x.authority),
    Column("date", "acts.date", lambda x: x.date),
    Column("beside", "portal.beside", lambda x: x.beside),
    Column("on", "heading.on", lambda x: x.titles.days.on, of_file=True),
)


def _filters(titles: Titles) -> list[Choice]:
    sets = [(name, titles.set(name)) for name in titles.sets]
    ways = ("lower", "higher", "same", "not_known")
    named = [(way, titles.words.say(f"portal.beside.{way}")) for way in ways]
    return [
        Choice("set", "heading.set", sets, lambda x: x.row.set),
        Choice("beside", "portal.beside", named, lambda x: x.beside),
    ]


def _lines(seen: Seen) -> list[LevelLine]:
    said = _latest(seen)
    kinds = {name: found.recognised_by for name, found in seen.titles.sets.items()}
    return [
        LevelLine(seen.titles, row, said.get((row.unit, kinds[row.set] or "")))
        for row in results.levels(seen.evaluation)
        if row.set in kinds
    ]


def _latest(seen: Seen) -> Mapping[tuple[str, str], Act]:
    """By place and kind the last act that took effect by today and was not annulled."""
    kinds = {one.recognised_by for one in seen.titles.sets.values()} - {None}
    rows = acts.standing(seen.programme).filter(kind__in=kinds)
    found: dict[tuple[str, str], Act] = {}
    for row in sorted(rows, key=lambda one: (one.date, one.place)):
        if (row.start or row.date) <= seen.days.on:
            found[row.unit_id, row.kind] = row
    return found


def _ladders(seen: Seen) -> dict[str, Figure]:
    """Of each set, rung by rung from the highest: how many places stand on it."""
    return {
        name: ladder(seen.titles, name, list(_rungs(seen.titles, name, counted)))
        for name, counted in climbed(seen.evaluation).items()
        if name in seen.titles.sets
    }


def _rungs(titles: Titles, name: str, counted: Climbed) -> Iterator[Rung]:
    """No act recognises a level that is not known."""
    levels = [level.id for level in titles.sets[name].levels]
    for rung in (*reversed(levels), "none"):
        reached = counted.reached.get(rung, 0)
        yield titles.rung(name, rung), reached, counted.recognised.get(rung, 0)
    if unknown := counted.reached.get("unknown"):
        yield titles.rung(name, "unknown"), unknown, None
