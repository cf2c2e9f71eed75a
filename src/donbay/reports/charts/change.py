"""What became more and what became less since another day, to both sides of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donbay.reports.charts import axes
from donbay.reports.charts.bars import lying_fit
from donbay.reports.charts.frame import (
    SMALL,
    Chart,
    Entry,
    Frame,
    Option,
    chart,
    nothing,
    option_of,
)
from donbay.reports.charts.marks import STATUS_PATTERNS, style


@dataclass(frozen=True, slots=True)
class Change:
    """By how much, and whether that is for the better; None where it is neither."""

    name: str
    value: float | None
    better: bool | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """What the looks are called."""

    better: str
    worse: str
    neither: str


def changes(frame: Frame, rows: Sequence[Change], sides: Sides, summary: str) -> Chart:
    """Bars from a middle line; better and worse also differ by pattern and sign."""
    some = [row.value for row in rows if row.value is not None]
    if not some:
        return nothing(frame, summary)
    found = axes.with_room(axes.scale(some, zero=True), some)
    turned = frame.right_to_left
    marks = [_signed(frame, mark) for mark in found.marks]
    present = [
        (name, kind, look)
        for name, kind, look in _looks(sides)
        if any(row.better is kind and row.value is not None for row in rows)
    ]
    option = option_of(
        xAxis=[
            axes.measured(found, inverse=turned),
            axes.told(frame, marks, "bottom", inverse=turned),
        ],
        yAxis=axes.named(frame, frame.start, inverse=True)
        | {"axisLine": {"onZero": True, "lineStyle": {"color": "$ink"}}},
        series=[_side(frame, rows, name, look, kind) for name, kind, look in present],
    )
    entries = [Entry(name, "rect") for name, _, _ in present]
    fit = lying_fit(frame, [row.name for row in rows], entries)
    return chart(frame, option, fit, summary)


def _looks(sides: Sides) -> tuple[tuple[str, bool | None, Option], ...]:
    return (
        (sides.better, True, style("achieved")),
        (sides.worse, False, style("off_track", STATUS_PATTERNS["off_track"])),
        (sides.neither, None, style("no_data")),
    )


def _signed(frame: Frame, value: float) -> str:
    return f"+{frame.number(value)}" if value > 0 else frame.number(value)


def _side(
    frame: Frame,
    rows: Sequence[Change],
    name: str,
    look: Option,
    kind: bool | None,  # noqa: FBT001 -- what is told apart
) -> Option:
    return {
        "type": "bar",
        "stack": "all",
        "name": frame.told(name),
        "barMaxWidth": 20,
        "itemStyle": look,
        "data": [_bar(frame, row) if row.better is kind else None for row in rows],
        "label": {"show": True, "color": "$ink", "fontSize": SMALL},
    }


def _bar(frame: Frame, row: Change) -> Option | None:
    if row.value is None:
        return None
    text = _signed(frame, row.value)
    side = frame.end if row.value >= 0 else frame.start
    return {
        "value": row.value,
        "name": frame.told(f"{row.name}: {frame.told(text)}"),
        "label": {"position": side, "formatter": frame.told(text)},
    }
