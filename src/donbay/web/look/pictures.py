"""Small pictures as SVG, drawn here: how far on the road, and a trend with its pace.

All their numbers stand beside them in words or in a table; no style is set in place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDE, HIGH = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 14, 28
LINES = 4
Point = tuple[date, float]


def pace_bar(
    progress: float | None, pace: float | None, status: str, label: str
) -> SafeString:
    """How much of the road from baseline to target is done, and where the pace is.

    Both are shares of the road; nothing is drawn of what is not known.
    """
    if progress is None:
        return SafeString("")
    done = min(max(progress, 0.0), 1.0)
    mark = ""
    if pace is not None:
        x = f"{min(max(pace, 0.0), 1.0) * 100:.1f}"
        mark = format_html('<path class="pace-mark" d="M{} 0V12"/>', x)
    return format_html(
        '<svg class="pace-bar" viewBox="0 0 100 12" preserveAspectRatio="none"'
        ' role="img" aria-label="{}"><rect class="pace-road" x=".25" y="3" width="99.5"'
        ' height="6" rx="1"/><rect class="pace-done pace-done-{}" y="3" width="{}"'
        ' height="6" rx="1"/>{}</svg>',
        label,
        status,
        f"{done * 100:.1f}",
        mark,
    )


def along(value: float | None, start: float | None, end: float) -> float | None:
    """Where a value lies between the baseline (0) and the target (1)."""
    if value is None or start is None or start == end:
        return None
    return (value - start) / (end - start)


def _step(span: float) -> float:
    """Between two lines of the grid: 1, 2 or 5 times a power of ten."""
    rough = span / LINES
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class Trend:
    """Values by day, the pace that they should follow, and the target."""

    values: Sequence[Point]
    pace: Sequence[Point]
    target: float
    label: str

    def draw(self, number: Callable[[float], str]) -> SafeString:
        """`number` writes a figure as the reader does."""
        days = [day for day, _ in (*self.values, *self.pace)]
        if len(set(days)) < 2:  # noqa: PLR2004 -- a line has two ends
            return SafeString("")
        return _Drawing(self, number).svg()


class _Drawing:
    def __init__(self, trend: Trend, number: Callable[[float], str]) -> None:
        self.trend, self.number = trend, number
        days = [day.toordinal() for day, _ in (*trend.values, *trend.pace)]
        self.first, self.last = min(days), max(days)
        amounts = [v for _, v in (*trend.values, *trend.pace)] + [trend.target]
        low, high = min(amounts), max(amounts)
        self.step = _step(high - low or abs(high) or 1.0)
        self.low = math.floor(low / self.step) * self.step
        self.high = (
            max(math.ceil(high / self.step), 1 + self.low / self.step) * self.step
        )

    def x(self, day: date) -> float:
        part = (day.toordinal() - self.first) / (self.last - self.first)
        return LEFT + part * (WIDE - LEFT - RIGHT)

    def y(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return HIGH - BOTTOM - part * (HIGH - TOP - BOTTOM)

    def _line(self, name: str, points: Sequence[Point]) -> SafeString:
        path = " ".join(f"{self.x(d):.1f},{self.y(v):.1f}" for d, v in points)
        return format_html('<polyline class="{}" points="{}"/>', name, path)

    def _grid(self) -> SafeString:
        count = round((self.high - self.low) / self.step)
        steps = [self.low + self.step * i for i in range(count + 1)]
        return format_html_join(
            "",
            '<path class="trend-grid" d="M{} {}H{}"/><text x="{}" y="{}"'
            ' text-anchor="end">{}</text>',
            (
                (
                    *(LEFT, f"{self.y(v):.1f}", WIDE - RIGHT, LEFT - 6),
                    *(f"{self.y(v) + 4:.1f}", self.number(v)),
                )
                for v in steps
            ),
        )

    def _years(self) -> SafeString:
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
        apart = max(1, len(years) // 8)
        return format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            (
                (f"{self.x(date(year, 1, 1)):.1f}", HIGH - 8, str(year))
                for year in years[::apart]
            ),
        )

    def svg(self) -> SafeString:
        trend = self.trend
        height = f"{self.y(trend.target):.1f}"
        points = format_html_join(
            "",
            '<circle class="trend-point" cx="{}" cy="{}" r="4"/>',
            ((f"{self.x(d):.1f}", f"{self.y(v):.1f}") for d, v in trend.values),
        )
        return format_html(
            '<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}'
            '<path class="trend-target" d="M{} {}H{}"/>{}{}{}</svg>',
            WIDE,
            HIGH,
            trend.label,
            self._grid(),
            self._years(),
            LEFT,
            height,
            WIDE - RIGHT,
            self._line("trend-pace", trend.pace) if trend.pace else "",
            self._line("trend-value", trend.values),
            points,
        )
