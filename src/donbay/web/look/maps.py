"""Where a target stands at every place, as an area map beside its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from donbay.domain.indicators import RollUp
from donbay.domain.targets import Target
from donbay.domain.territory import Territory
from donbay.reports.maps import AreaMap
from donbay.web.look.charts import Cell, MapFigure, Step, figure, plain
from donbay.web.look.framing import frame_of_target
from donbay.web.look.grounds import Ground, Page, of_one_level
from donbay.web.look.lines import WORST_FIRST, TargetLine
from donbay.web.look.titles import Titles

STEPS = 6  # days at most that are led to
ADDED = (RollUp.SUM, RollUp.COUNT)
"""What adds up to more where more people live: circles, or a large place shouts."""


def map_of(
    titles: Titles,
    target: Target,
    lines: Sequence[TargetLine],
    page: Page,
    steps: Sequence[Step] = (),
) -> MapFigure | None:
    """The level with the most places whose points are known; none with too few.

    Of a rate the areas show the status; of what adds up circles do, as large as it is.
    """
    ground = Ground(titles, of_one_level(titles, [x.unit for x in lines]), page)
    if not ground.enough:
        return None
    by_unit = {line.unit: line for line in lines}
    shown = [by_unit[unit] for unit in ground.units]
    words = titles.words
    present = {line.status for line in shown}
    name, count = titles.target(target.id), words.number(len(shown))
    circles = titles.pack.programme.indicators[target.indicator].roll_up in ADDED
    said = "map.circles" if circles else "map.summary"
    found = AreaMap(
        frame_of_target(titles, target),
        [
            ground.area(x.unit, x.status, _told(x), x.row.value if x.row else None)
            for x in shown
        ],
        [(s, words.say(f"status.{s}")) for s in WORST_FIRST if s in present],
        ground.note,
        words.say(said, target=name, count=count),
        circles,
    )
    heads = ("unit_name", "status", "value", "pace", "period")
    headings = [words.say(f"heading.{head}") for head in heads]
    return MapFigure("map", headings, [_cells(line) for line in shown], found, steps)


def _told(line: TargetLine) -> str:
    say = line.titles.words.say
    return say("map.told", status=line.status_word, value=line.value or say("map.none"))


def _cells(line: TargetLine) -> list[Cell]:
    row, words = line.row, line.titles.words
    period = row.period if row else None
    return [
        plain(line.place),
        Cell(line.status_word, line.status),
        figure(line.value, row.value if row else None),
        figure(line.pace, row.pace if row else None),
        Cell(words.period(period) if period else "", str(period or "")),
    ]


def steps_of(
    territory: Territory, shown: date, today: date, request: HttpRequest
) -> list[Step]:
    """The last days before places changed, and today; `?map=` asks for one."""
    days = [*territory.changed_before(today)[-STEPS + 1 :], today]
    if len(days) == 1:
        return []
    current = next((day for day in days if shown <= day), days[-1])
    asked = {k: request.GET[k] for k in ("on", "known") if k in request.GET}
    return [Step(day, _address(asked, day, today), day == current) for day in days]


def _address(asked: Mapping[str, object], day: date, today: date) -> str:
    given = asked if day == today else {**asked, "map": day.isoformat()}
    return f"?{urlencode(given)}"
