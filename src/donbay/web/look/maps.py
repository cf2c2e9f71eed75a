"""Where a target stands at every place, as an area map beside its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest

from donbay.domain.targets import Target
from donbay.domain.territory import Territory
from donbay.reports.maps import Area, AreaMap
from donbay.web.look.charts import Cell, MapFigure, Step, figure, plain
from donbay.web.look.framing import frame_of_target
from donbay.web.look.lines import WORST_FIRST, TargetLine
from donbay.web.look.titles import Titles

FEWEST, MOST = 3, 800  # places: fewer are a list, more are dots
STEPS = 6  # days at most that are led to


def map_of(
    titles: Titles,
    target: Target,
    lines: Sequence[TargetLine],
    page: Callable[[str], str],
    steps: Sequence[Step] = (),
) -> MapFigure | None:
    """The level with the most places whose points are known; none with too few.

    `page` gives the address of a place's page.
    """
    shown = _of_one_level(titles, lines)
    if not FEWEST <= len(shown) <= MOST:
        return None
    words = titles.words
    present = {line.status for line in shown}
    name = titles.target(target.id)
    found = AreaMap(
        frame_of_target(titles, target),
        [_area(line, page) for line in shown],
        [(s, words.say(f"status.{s}")) for s in WORST_FIRST if s in present],
        words.say("map.schematic"),
        words.say("map.summary", target=name, count=words.number(len(shown))),
    )
    heads = ("unit_name", "status", "value", "pace", "period")
    headings = [words.say(f"heading.{head}") for head in heads]
    return MapFigure("map", headings, [_cells(line) for line in shown], found, steps)


def _of_one_level(titles: Titles, lines: Sequence[TargetLine]) -> list[TargetLine]:
    placed = [line for line in lines if _point(titles, line.unit)]
    count = Counter(line.level for line in placed)
    if not count:
        return []
    level, _ = count.most_common(1)[0]
    some = [line for line in placed if line.level == level]
    return sorted(some, key=lambda line: line.place)


def _point(titles: Titles, unit: str) -> tuple[float, float] | None:
    found = titles.ground.get(unit)
    if found is None or found.lat is None or found.lon is None:
        return None
    return found.lat, found.lon


def _area(line: TargetLine, page: Callable[[str], str]) -> Area:
    say = line.titles.words.say
    told = say("map.told", status=line.status_word, value=line.value or say("map.none"))
    return Area(
        line.unit,
        line.place,
        _point(line.titles, line.unit),
        line.status,
        told,
        page(line.unit),
        line.row.value if line.row else None,
    )


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
    before = sorted({s.date - timedelta(days=1) for s in territory.successions})
    days = [*(day for day in before[-STEPS + 1 :] if day < today), today]
    if len(days) == 1:
        return []
    current = next((day for day in days if shown <= day), days[-1])
    asked = {k: request.GET[k] for k in ("on", "known") if k in request.GET}
    return [Step(day, _address(asked, day, today), day == current) for day in days]


def _address(asked: Mapping[str, object], day: date, today: date) -> str:
    given = asked if day == today else {**asked, "map": day.isoformat()}
    return f"?{urlencode(given)}"
