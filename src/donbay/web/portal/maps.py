"""Maps that everybody sees: of today's places, or of those before a change.

The public asks for nothing that is not there: which maps can be chosen is which ones
the programme was judged on (`results.tasks.keep_maps`). Only the map and its table are
those of the other day; the rest of a page stays today's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse

from donbay.domain.verdicts import Status
from donbay.reports.maps import AreaMap
from donbay.reports.palette import STEPS
from donbay.texts import Wording
from donbay.web.look.charts import Cell, MapFigure, Slider, Stop, figure, plain
from donbay.web.look.framing import frame_of_map
from donbay.web.look.grounds import Ground, Page, of_one_level
from donbay.web.look.places import Levels
from donbay.web.look.titles import Titles
from donbay.web.portal.published import Seen, of_programme_and, seen_of
from donbay.web.programmes.models import Programme
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation
from donbay.web.territory.queries import boundaries_mark

DAY = timedelta(days=1)
# What a promise means to who lives there, in the order in which it is told.
GROUPS: Mapping[str, Collection[Status]] = {
    "late": (Status.OFF_TRACK, Status.MISSED, Status.AT_RISK),
    "under_way": (Status.ON_TRACK, Status.OPEN),
    "met": (Status.ACHIEVED,),
    "not_known": (Status.NO_DATA,),
}
NOT_CARRIED = {"map", "chart", "file", "as"}


def _mark(_: Programme, live: Evaluation | None) -> object:
    kept = results.on_earlier_maps(live) if live else []
    return boundaries_mark(), [(one.pk, one.seq) for one in kept]


of_programme_with_maps = of_programme_and(_mark)
"""As `of_programme`, for a page whose mark says which areas and maps there are."""


@dataclass(frozen=True, slots=True)
class OnMap:
    """What the map of a page stands on, and the other maps there are."""

    seen: Seen
    slider: Slider | None


def on_asked_map(request: HttpRequest, seen: Seen) -> OnMap:
    """The map of `?map=` if it is there, else today's."""
    kept = {one.map: one for one in results.on_earlier_maps(seen.evaluation)}
    asked = request.GET.get("map", "")
    chosen = next((day for day in kept if day.isoformat() == asked), None)
    if not kept:
        return OnMap(seen, None)
    shown = seen_of(seen.programme, kept[chosen]) if chosen else seen
    carried = [
        (name, value)
        for name, values in request.GET.lists()
        if name not in NOT_CARRIED
        for value in values
    ]
    behind = shown.evaluation.seq < seen.evaluation.seq
    return OnMap(shown, Slider(_stops(seen.titles, [*kept], chosen), carried, behind))


def _stops(titles: Titles, days: Sequence[date], chosen: date | None) -> list[Stop]:
    """Each map by the days that it holds for; today's is the last."""
    words, stops = titles.words, []
    ends = titles.territory.changed_before(titles.days.on)
    for day in days:
        earlier = [end for end in ends if end < day]
        last = words.day(day)
        told = words.say("map.until", day=last)
        if earlier:
            first = words.day(earlier[-1] + DAY)
            told = words.say("map.between", first=first, last=last)
        stops.append(Stop(day.isoformat(), told, day == chosen))
    since = words.day(ends[-1] + DAY)
    stops.append(Stop("", words.say("map.since", day=since), chosen is None))
    return stops


def page_of(seen: Seen) -> Page:
    """The address of a place's page; of one that is no more, too."""
    language, programme = seen.titles.words.language, seen.programme.pk

    def page(unit: str) -> str:
        return reverse("portal:place", args=[language, programme, unit])

    return page


# --- how many promises are late ------------------------------------------------------


def late_map(seen: Seen) -> MapFigure | None:
    """Of all places of one level."""
    return _late(seen, of_one_level(seen.titles, _promised(seen)), frozenset())


def late_map_of(seen: Seen, unit: str) -> MapFigure | None:
    """Of the places below one, or of those around it, with it marked.

    On an earlier map, those that its land was in are marked.
    """
    titles, some = seen.titles, _promised(seen)
    kin = set(titles.territory.kin(unit, titles.days.map))
    above = {one: set(_above(seen, one)) for one in some}
    if units := of_one_level(titles, [one for one in some if above[one] & kin]):
        return _late(seen, units, frozenset())
    own = titles.ground.get(unit) or titles.territory.versions[unit][-1]
    levels = {titles.place_level(one) for one in kin}
    beside = [one for one in some if titles.place_level(one) in levels]
    near = [one for one in beside if own.parent in above[one]]
    return _late(seen, of_one_level(titles, near if kin <= {*near} else beside), kin)


def _promised(seen: Seen) -> list[str]:
    """Places of the map of which something may be promised."""
    targets = seen.titles.targets.values()
    levels = {level for target in targets for level in target.levels}
    named = {unit for target in targets for unit in target.units}
    ground = seen.titles.ground.items()
    return [unit for unit, v in ground if v.level in levels or unit in named]


def _above(seen: Seen, unit: str) -> list[str]:
    return list(seen.titles.territory.ancestors(unit, seen.days.map))


def _late(
    seen: Seen, units: Sequence[str], marked: Collection[str]
) -> MapFigure | None:
    """Circles as large as how many are late; the table has the others too."""
    titles, words = seen.titles, seen.titles.words
    counts = results.tally_at(seen.evaluation, units)
    told = {unit: _grouped(counts[unit]) for unit in units if unit in counts}
    ground = Ground(titles, list(told), page_of(seen))
    if not ground.enough:
        return None
    late = {unit: some["late"] if _knows(some) else None for unit, some in told.items()}
    key = [("accent", words.say("map.late"))]
    if None in late.values():
        key.append(("no_data", words.say("portal.group.not_known")))
    title, count = words.say("map.late_title"), words.number(len(told))
    found = AreaMap(
        frame_of_map(titles, title, words.say("map.promises")),
        [
            ground.area(
                *(unit, "accent", _said(words, some), late[unit]),
                marked=unit in marked,
            )
            for unit, some in told.items()
        ],
        key,
        ground.note,
        words.say("map.late_summary", count=count),
        circles=True,
    )
    groups = [words.say(f"portal.group.{group}") for group in GROUPS]
    rows = [
        [
            plain(titles.place(unit)),
            *(figure(words.number(n), n) for n in some.values()),
        ]
        for unit, some in told.items()
    ]
    return MapFigure("map", [words.say("heading.unit_name"), *groups], rows, found)


def _said(words: Wording, groups: Mapping[str, int]) -> str:
    every, late = words.number(sum(groups.values())), words.number(groups["late"])
    found = words.say("map.late_told", late=late, all=every)
    if groups["not_known"]:
        lacks = words.number(groups["not_known"])
        found = words.say("map.late_unknown", told=found, unknown=lacks)
    return found


def _knows(groups: Mapping[str, int]) -> bool:
    """Whether anything is known of its promises: if not, none late is not said."""
    return any(count for group, count in groups.items() if group != "not_known")


def _grouped(counts: Mapping[str, int]) -> dict[str, int]:
    return {
        group: sum(counts.get(status, 0) for status in statuses)
        for group, statuses in GROUPS.items()
    }


# --- levels --------------------------------------------------------------------------


def level_map(seen: Seen, name: str) -> MapFigure | None:
    """The level that places reach in a set, from light to dark."""
    titles, words = seen.titles, seen.titles.words
    rows = {
        r.unit: Levels(titles, r) for r in results.levels(seen.evaluation, set=name)
    }
    ground = Ground(titles, of_one_level(titles, rows), page_of(seen))
    if not ground.enough:
        return None
    kinds = steps_of_ladder([level.id for level in titles.sets[name].levels])
    shown = [(unit, rows[unit]) for unit in ground.units]
    key = [(kind, titles.rung(name, rung)) for rung, kind in kinds.items()]
    if any(one.row.reached == "unknown" for _, one in shown):
        key.append(("no_data", titles.rung(name, "unknown")))
    title = words.say("map.levels_title", set=titles.set(name))
    count = words.number(len(shown))
    found = AreaMap(
        frame_of_map(titles, title, words.say("heading.reached")),
        [
            ground.area(
                unit,
                kinds.get(one.row.reached, "no_data"),
                words.say(
                    "map.levels_told", reached=one.reached, recognised=one.recognised
                ),
            )
            for unit, one in shown
        ],
        key,
        ground.note,
        words.say("map.levels_summary", set=titles.set(name), count=count),
    )
    heads = ("unit_name", "reached", "recognised")
    headings = [words.say(f"heading.{head}") for head in heads]
    cells = [_rungs(titles, unit, one) for unit, one in shown]
    return MapFigure(f"map-{name}", headings, cells, found)


def _rungs(titles: Titles, unit: str, one: Levels) -> list[Cell]:
    return [
        plain(titles.place(unit)),
        Cell(one.reached, one.row.reached),
        Cell(one.recognised, one.row.recognised),
    ]


def steps_of_ladder(levels: Sequence[str]) -> dict[str, str]:
    """From none, the lightest, to the highest, the darkest; ladders have few rungs."""
    rungs = ["none", *levels]
    last = max(len(rungs) - 1, 1)
    return {
        rung: STEPS[round(n * (len(STEPS) - 1) / last)] for n, rung in enumerate(rungs)
    }
