"""Calendar periods: years, halves, quarters, months and spans of years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Frequency(StrEnum):
    """How often an indicator is reported; `SPAN` means a declared span of years."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SPAN = "span"


MONTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF: 6,
    Frequency.YEAR: 12,
}
_PATTERN = re.compile(
    r"(?P<year>[12]\d{3})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])"
    r"|(?P<month>0[1-9]|1[0-2]))|/(?P<until>[12]\d{3}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`index` counts months from year 0 to the first month; `months` is the length.

    Periods sort by their first month, then by their length.
    """

    index: int
    months: int
    frequency: Frequency

    @property
    def first(self) -> date:
        return date(self.index // 12, self.index % 12 + 1, 1)

    @property
    def last(self) -> date:
        return _last_day(self.index + self.months)

    def shift(self, by: int) -> Period:
        """The period `by` lengths later (earlier when negative)."""
        return Period(self.index + by * self.months, self.months, self.frequency)

    def parts(self, frequency: Frequency) -> tuple[Period, ...]:
        """The periods of a finer (or the same) frequency that make this one up.

        Raises ValueError when `frequency` does not divide this period.
        """
        if frequency is self.frequency:
            return (self,)
        step = MONTHS.get(frequency, 0)
        if not step or self.months % step:
            msg = f"{self} has no parts by {frequency}"
            raise ValueError(msg)
        ends = range(self.index, self.index + self.months, step)
        return tuple(Period(i, step, frequency) for i in ends)

    def __str__(self) -> str:
        year, month = divmod(self.index, 12)
        match self.frequency:
            case Frequency.SPAN:
                return f"{year}/{year + self.months // 12 - 1}"
            case Frequency.YEAR:
                return f"{year}"
            case Frequency.HALF:
                return f"{year}-H{month // 6 + 1}"
            case Frequency.QUARTER:
                return f"{year}-Q{month // 3 + 1}"
        return f"{year}-{month + 1:02d}"


@lru_cache(maxsize=4096)
def _last_day(next_month: int) -> date:
    return date(next_month // 12, next_month % 12 + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read `2024`, `2024-H1`, `2024-Q3`, `2024-06` or `2021/2025`.

    Raises ValueError for anything else, and for a span that ends before it begins.
    """
    found = _PATTERN.fullmatch(text)
    if not found:
        raise ValueError(text)
    year = int(found["year"])
    if found["until"]:
        years = int(found["until"]) - year + 1
        if years < 1:
            raise ValueError(text)
        return Period(year * 12, years * 12, Frequency.SPAN)
    if found["half"]:
        return Period(year * 12 + (int(found["half"]) - 1) * 6, 6, Frequency.HALF)
    if found["quarter"]:
        month = (int(found["quarter"]) - 1) * 3
        return Period(year * 12 + month, 3, Frequency.QUARTER)
    if found["month"]:
        return Period(year * 12 + int(found["month"]) - 1, 1, Frequency.MONTH)
    return Period(year * 12, 12, Frequency.YEAR)


def period_of(day: date, frequency: Frequency) -> Period:
    """The regular period of `frequency` that holds `day`."""
    step = MONTHS[frequency]
    index = day.year * 12 + day.month - 1
    return Period(index - index % step, step, frequency)


def last_ended(day: date, frequency: Frequency) -> Period:
    """The last regular period of `frequency` whose last day is on or before `day`."""
    running = period_of(day, frequency)
    return running if running.last <= day else running.shift(-1)


def periods_between(first: date, until: date, frequency: Frequency) -> list[Period]:
    """From the period that holds `first` to the last one ended by `until`."""
    period, found = period_of(first, frequency), []
    while period.last <= until:
        found.append(period)
        period = period.shift(1)
    return found
