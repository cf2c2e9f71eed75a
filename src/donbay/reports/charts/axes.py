"""Scales: round steps, and their figures as the reader writes them.

ECharts would write figures itself, in one language, so a scale has two axes: the one
that measures says nothing, and one of plain texts at even steps lies over it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from donbay.reports.charts.frame import SMALL, Frame, Option

STEPS = 4
YEARS = 9  # at most so many are written under a line
BESIDE = 0.9  # of a step: what a figure beside a bar takes
LINE = 15  # high, of a name that is broken


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` by whole steps."""

    low: float
    high: float
    step: float

    @property
    def marks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self._clean(self.low + self.step * n) for n in range(count + 1)]

    def _clean(self, value: float) -> float:
        """Without the dust of adding tenths."""
        return round(value, max(0, 2 - math.floor(math.log10(self.step))))


def scale(values: Iterable[float], *, zero: bool) -> Scale:
    """That holds all values; with `zero` among them where lengths are compared.

    Of whole numbers no parts are marked: nobody counts half a place.
    """
    some = [*values, 0.0] if zero else list(values)
    low, high = min(some), max(some)
    step = _step(high - low or abs(high) or 1.0)
    if all(float(value).is_integer() for value in some):
        step = max(step, 1.0)
    bottom = math.floor(low / step + 1e-9) * step
    top = math.ceil(high / step - 1e-9) * step
    return Scale(bottom, max(top, bottom + step), step)


def with_room(found: Scale, values: Sequence[float]) -> Scale:
    """A step longer where the figure beside the longest bar would cover the names."""
    least, most = min(values), max(values)
    room = found.step * BESIDE
    low, high = found.low, found.high
    if least < 0 and least - low < room:
        low -= found.step
    if most > 0 and high - most < room:
        high += found.step
    return Scale(low, high, found.step)


def _step(span: float) -> float:
    """1, 2 or 5 times a power of ten."""
    rough = span / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))


def measured(found: Scale, *, inverse: bool = False) -> Option:
    """The axis that measures."""
    return {
        "type": "value",
        "min": found.low,
        "max": found.high,
        "interval": found.step,
        "inverse": inverse,
        "axisLabel": {"show": False},
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"lineStyle": {"color": "$line"}},
    }


def told(frame: Frame, texts: list[str], side: str, *, inverse: bool = False) -> Option:
    """The axis of texts that lies over it."""
    return {
        "type": "category",
        "boundaryGap": False,
        "position": side,
        "inverse": inverse,
        "data": [frame.told(text) for text in texts],
        "axisLabel": {"color": "$soft", "fontSize": SMALL, "interval": 0},
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"show": False},
        "axisPointer": {"show": False},
    }


def figures(frame: Frame, found: Scale, side: str = "bottom") -> Option:
    """The figures of a scale."""
    texts = [frame.number(mark) for mark in found.marks]
    inverse = side == "bottom" and frame.right_to_left
    return told(frame, texts, side, inverse=inverse)


def named(frame: Frame, side: str, *, inverse: bool = False) -> Option:
    """An axis of things compared; `names` are fitted to the room."""
    return {
        "type": "category",
        "position": side,
        "inverse": inverse,
        "axisLabel": {
            "color": "$ink",
            "fontSize": SMALL,
            "interval": 0,
            "lineHeight": LINE,
            "align": frame.end if side != "bottom" else "center",
        },
        "axisLine": {"lineStyle": {"color": "$strong"}},
        "axisTick": {"show": False},
    }


def names(frame: Frame, some: Sequence[str], room: float) -> tuple[list[str], int]:
    """Names broken at the room, and how many lines the longest has."""
    told = [frame.lines(name, room) for name in some]
    return told, max((one.count("\n") + 1 for one in told), default=1)


def moment(day: date) -> float:
    """A day as a part of its year: the last day of a year stands at its number."""
    days = (date(day.year, 12, 31) - date(day.year - 1, 12, 31)).days
    return day.year - 1 + day.timetuple().tm_yday / days


def years(days: Iterable[date]) -> Scale:
    """Whole years around all days, with few enough between them to be written."""
    some = [moment(day) for day in days]
    low, high = math.floor(min(some)), math.ceil(max(some))
    high = max(high, low + 1)
    step = max(1, math.ceil((high - low) / YEARS))
    return Scale(low, low + math.ceil((high - low) / step) * step, step)
