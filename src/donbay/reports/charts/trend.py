"""A value over time, beside the pace that it should keep and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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

LOWEST = 2  # days: a line has two ends
HEIGHT = 260


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; `named` is how the reader calls its period or day."""

    day: date
    value: float
    named: str
    whole: bool = True  # False where not all have reported


@dataclass(frozen=True, slots=True)
class Names:
    """What the three lines are called."""

    values: str
    pace: str
    target: str
    partial: str = ""


def trend(
    frame: Frame,
    names: Names,
    values: Sequence[Point],
    pace: Sequence[Point],
    *,
    target: float,
    summary: str,
) -> Chart:
    """Values as a line with round marks, the pace dashed, the target a line across.

    A value for which not all have reported has a hollow mark.
    """
    days = [point.day for point in (*values, *pace)]
    if len(set(days)) < LOWEST:
        return nothing(frame, summary)
    across = axes.years(days)
    up = axes.scale(_amounts(values, pace, target), zero=False)
    turned = frame.right_to_left
    partial = [point for point in values if not point.whole]
    years = [f"{mark:.0f}" for mark in across.marks]
    promised = f"{names.target}: {frame.figure(target)}"
    option = option_of(
        xAxis=[
            axes.measured(across, inverse=turned) | {"splitLine": {"show": False}},
            axes.told(frame, years, "bottom", inverse=turned),
        ],
        yAxis=[axes.measured(up), axes.figures(frame, up, frame.start)],
        series=[
            _line(
                frame, names.values, values, _VALUES, said_above=_above(values, target)
            ),
            *([_line(frame, names.partial, partial, _PARTIAL)] if partial else []),
            *([_line(frame, names.pace, pace, _PACE)] if pace else []),
            _target(frame, promised, across, target),
        ],
    )
    entries = [Entry(names.values)]
    entries += [Entry(names.partial)] * bool(partial) + [Entry(names.pace)] * bool(pace)
    return chart(
        frame, option, _fit(frame, [*entries, Entry(promised, _RULE)]), summary
    )


def _fit(frame: Frame, entries: Sequence[Entry]) -> Fit:
    def fit(room: int) -> tuple[Option, int]:
        key, top = legend(frame, entries, room)
        # Half a year's number stands beyond the end of the scale.
        grid = {"top": top + 12, "bottom": 4, "left": 4, "right": 4}
        sides = {"containLabel": True, frame.end: 18}
        return {"legend": key, "grid": grid | sides}, top + HEIGHT

    return fit


def _above(values: Sequence[Point], target: float) -> bool:
    """On that side of the last value on which the target does not lie."""
    last = max(values, key=lambda point: point.day, default=None)
    return last is not None and last.value > target


def _amounts(
    values: Sequence[Point], pace: Sequence[Point], target: float
) -> list[float]:
    return [point.value for point in (*values, *pace)] + [target]


_RULE = "path://M0 6H24V8H0z"  # the target's sign: a line without marks
_SAID: Option = {
    "show": True,
    "color": "$ink",
    "fontWeight": "bold",
    "fontSize": SMALL,
    "backgroundColor": "$paper",
    "padding": [1, 3],
}
_VALUES: Option = {
    "lineStyle": {"color": "$accent", "width": 2.5},
    "itemStyle": {"color": "$accent", "borderColor": "$paper", "borderWidth": 1},
    "symbol": "circle",
    "symbolSize": 9,
    "z": 4,
}
_PARTIAL: Option = {
    "lineStyle": {"width": 0},
    "itemStyle": {"color": "$paper", "borderColor": "$accent", "borderWidth": 2},
    "symbol": "circle",
    "symbolSize": 8,
    "z": 5,
}
_PACE: Option = {
    "lineStyle": {"color": "$soft", "width": 1.75, "type": [6, 4]},
    "itemStyle": {"color": "$paper", "borderColor": "$soft", "borderWidth": 1.5},
    "symbol": "diamond",
    "symbolSize": 8,
}
_TARGET: Option = {
    "lineStyle": {"color": "$ink", "width": 1.5, "type": "solid"},
    "itemStyle": {"color": "$ink"},
    "symbol": "none",
    "silent": True,
}


def _line(
    frame: Frame,
    name: str,
    points: Sequence[Point],
    look: Option,
    *,
    said_above: bool | None = None,
) -> Option:
    """A point for each value; the last one may be said, above or below it."""
    data: list[Option] = [
        {
            "value": [axes.moment(point.day), point.value],
            "name": frame.told(f"{name}, {point.named}: {frame.figure(point.value)}"),
        }
        for point in sorted(points, key=lambda point: point.day)
    ]
    if said_above is not None and data:
        text = frame.told(frame.number(data[-1]["value"][1]))
        place = "top" if said_above else "bottom"
        data[-1]["label"] = {**_SAID, "position": place, "formatter": text}
    return {"type": "line", "name": frame.told(name), "data": data, **look}


def _target(frame: Frame, name: str, across: axes.Scale, target: float) -> Option:
    return {
        "type": "line",
        "name": frame.told(name),
        "data": [[across.low, target], [across.high, target]],
        **_TARGET,
    }
