"""Bars: lying ones for places and levels, standing ones for years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from donbay.reports.charts import axes
from donbay.reports.charts.frame import (
    SMALL,
    Chart,
    Entry,
    Fit,
    Frame,
    Option,
    chart,
    legend,
    nothing,
    option_of,
)
from donbay.reports.charts.marks import SERIES_PATTERNS, STATUS_PATTERNS, style
from donbay.reports.palette import SERIES, STATUSES

ROW = 30  # of a lying bar with its air
FOOT, END = 30, 48  # room for the figures of the scale, and of a bar at its end
NAMES = 0.28  # of the room, before a name is broken
STANDING = 260
BETWEEN = 6  # pixels, of names under bars that stand
WORTH_SAYING = 0.045  # of the whole length: a shorter part has its figure in the table


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of bar: its name, its look, and a value for each row or none."""

    name: str
    values: Sequence[float | None]
    look: Option


def statuses_by_place(
    frame: Frame,
    places: Sequence[tuple[str, Mapping[str, int]]],
    words: Mapping[str, str],
    summary: str,
) -> Chart:
    """How many targets of each place (or places of each target) have each status.

    `places` pairs a name with counts by status; `words` says each status. Statuses
    that nobody has are left out. What needs attention stands at the beginning.
    """
    present = [s for s in STATUSES if any(counts.get(s) for _, counts in places)]
    series = [
        Series(
            words[status],
            [float(counts.get(status, 0)) or None for _, counts in places],
            style(status, STATUS_PATTERNS[status]),
        )
        for status in present
    ]
    return _lying(frame, [name for name, _ in places], series, summary, stacked=True)


def bars_by_place(
    frame: Frame, places: Sequence[tuple[str, float | None]], name: str, summary: str
) -> Chart:
    """One value of each place, in the order given; none where nothing is known."""
    series = [Series(name, [v for _, v in places], style("series1"))]
    return _lying(frame, [n for n, _ in places], series, summary)


def levels(
    frame: Frame,
    rungs: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    summary: str,
) -> Chart:
    """A ladder, its highest rung on top: how many places stand on each.

    `rungs` go from the lowest to the highest; each of `series` (reached, recognised)
    has a count for each rung.
    """
    some = [
        Series(name, list(values)[::-1], _look(n))
        for n, (name, values) in enumerate(series)
    ]
    return _lying(frame, list(rungs)[::-1], some, summary)


def mobilisation(
    frame: Frame,
    years: Sequence[str],
    sources: Sequence[tuple[str, Sequence[float | None]]],
    totals: Sequence[float | None],
    summary: str,
) -> Chart:
    """Money by source, stacked over the years; the total of a year stands on it.

    More than six sources have to be joined by whoever calls: a seventh look would not
    be told from the others.
    """
    if len(sources) > len(SERIES):
        raise ValueError(len(sources))
    some = [Series(name, vals, _look(n)) for n, (name, vals) in enumerate(sources)]
    return _standing(frame, list(years), some, totals, summary)


def _look(number: int) -> Option:
    return style(SERIES[number], SERIES_PATTERNS[number])


def _lying(
    frame: Frame,
    names: list[str],
    series: Sequence[Series],
    summary: str,
    *,
    stacked: bool = False,
) -> Chart:
    amounts = _ends(series, len(names), stacked=stacked)
    if not amounts:
        return nothing(frame, summary)
    found = axes.scale(amounts, zero=True)
    turned = frame.right_to_left
    option = option_of(
        xAxis=[axes.measured(found, inverse=turned), axes.figures(frame, found)],
        yAxis=axes.named(frame, frame.start, inverse=True),
        series=[
            {
                **_series(frame, names, one, found, stacked=stacked),
                "barMaxWidth": 20,
                **_label(frame.end, stacked=stacked),
            }
            for one in series
        ],
    )
    thick = 1 if stacked else 1 + 0.6 * (len(series) - 1)
    fit = lying_fit(frame, names, _entries(series), thick)
    return chart(frame, option, fit, summary)


def lying_fit(
    frame: Frame, names: Sequence[str], entries: Sequence[Entry], thick: float = 1
) -> Fit:
    """Rows as high as the longest name beside them; room for figures at their end."""

    def fit(room: int) -> tuple[Option, int]:
        told, lines = axes.names(frame, names, room * NAMES)
        key, top = legend(frame, entries, room) if len(entries) > 1 else ([], 8)
        grid = {"top": top, "bottom": 4, "left": 2, "right": 2, "containLabel": True}
        row = max(ROW * thick, axes.LINE * lines + 8)
        part = {
            "legend": key,
            "grid": grid | {frame.end: END},
            "yAxis": {"data": told},
        }
        return part, round(top + FOOT + row * len(names))

    return fit


def _standing(
    frame: Frame,
    names: list[str],
    series: Sequence[Series],
    totals: Sequence[float | None],
    summary: str,
) -> Chart:
    amounts = _ends(series, len(names), stacked=True)
    if not amounts:
        return nothing(frame, summary)
    found = axes.scale(amounts, zero=True)
    option = option_of(
        xAxis=axes.named(frame, "bottom", inverse=frame.right_to_left),
        yAxis=[axes.measured(found), axes.figures(frame, found, frame.start)],
        series=[
            *(
                {
                    **_series(frame, names, one, found, stacked=True),
                    "barMaxWidth": 44,
                    **_label("top", stacked=True),
                }
                for one in series
            ),
            _totals(frame, names, totals),
        ],
    )

    def fit(room: int) -> tuple[Option, int]:
        told, lines = axes.names(frame, names, room / (len(names) + 1) - BETWEEN)
        key, top = legend(frame, _entries(series), room)
        grid = {
            "top": top + 16,
            "bottom": 4,
            "left": 2,
            "right": 2,
            "containLabel": True,
        }
        return {"legend": key, "grid": grid, "xAxis": {"data": told}}, (
            STANDING + top + axes.LINE * lines
        )

    return chart(frame, option, fit, summary)


def _entries(series: Sequence[Series]) -> list[Entry]:
    return [Entry(one.name, "rect") for one in series]


def _ends(series: Sequence[Series], count: int, *, stacked: bool) -> list[float]:
    """How far bars reach."""
    if not stacked:
        return [v for one in series for v in one.values if v is not None]
    sums = [
        [v for one in series if (v := one.values[row]) is not None]
        for row in range(count)
    ]
    return [sum(some) for some in sums if some]


def _series(
    frame: Frame,
    names: Sequence[str],
    one: Series,
    found: axes.Scale,
    *,
    stacked: bool,
) -> Option:
    least = WORTH_SAYING * (found.high - found.low) if stacked else float("-inf")
    bars = zip(names, one.values, strict=True)
    return {
        "type": "bar",
        "name": frame.told(one.name),
        "itemStyle": one.look,
        "data": [
            None if v is None else _bar(frame, name, one, v, shown=v > least)
            for name, v in bars
        ],
        **({"stack": "all"} if stacked else {}),
    }


def _label(outside: str, *, stacked: bool) -> Option:
    """A figure at the end of its bar, or on paper of its own within it."""
    usual = {"show": True, "position": outside, "color": "$ink", "fontSize": SMALL}
    inside = {"position": "inside", "fontSize": SMALL - 1, "backgroundColor": "$paper"}
    room = {"padding": [1, 3], "borderRadius": 2}
    return {"label": usual | inside | room if stacked else usual}


def _bar(frame: Frame, name: str, one: Series, value: float, *, shown: bool) -> Option:
    return {
        "value": value,
        "name": frame.told(f"{name}, {one.name}: {frame.figure(value)}"),
        "label": {"show": shown, "formatter": frame.told(frame.number(value))},
    }


def _totals(
    frame: Frame, names: Sequence[str], totals: Sequence[float | None]
) -> Option:
    """Texts on top of the stacks, by bars without length."""
    return {
        "type": "bar",
        "stack": "all",
        "silent": True,
        "data": [
            None
            if total is None
            else {
                "value": 0,
                "name": frame.told(name),
                "label": {"formatter": frame.told(frame.number(total))},
            }
            for name, total in zip(names, totals, strict=True)
        ],
        "label": {
            "show": True,
            "position": "top",
            "color": "$ink",
            "fontWeight": "bold",
            "fontSize": SMALL,
        },
    }
