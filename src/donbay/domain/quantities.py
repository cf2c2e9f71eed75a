"""Numbers that may be known only within bounds, and how they compare.

Two numbers are equal when they differ by at most 1e-9 max(1, |x|, |y|).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isinf

TOLERANCE = 1e-9


class Bound(StrEnum):
    """What a reported number says of the true one."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"


class Comparator(StrEnum):
    """What a target or threshold asks of a value; it also says which way is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"

    @property
    def upward(self) -> bool:
        return self in {Comparator.AT_LEAST, Comparator.ABOVE}


def equal(x: float, y: float) -> bool:
    if x == y:
        return True
    return (
        abs(x - y) <= TOLERANCE * max(1.0, abs(x), abs(y)) if _finite(x, y) else False
    )


def _finite(x: float, y: float) -> bool:
    return not (isinf(x) or isinf(y))


def less(x: float, y: float) -> bool:
    return x < y and not equal(x, y)


@dataclass(frozen=True, slots=True)
class Range:
    """Every number from `low` to `high`; an open end does not belong to it.

    `about` marks a point or end that decides nothing where it equals the number
    that it is compared with (MEANING 3).
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    about: bool = False

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    def scaled(self, by: float) -> Range:
        """Times a number; `by` may be negative."""
        if by == 0:
            return Range(0.0, 0.0, about=self.about)
        low, high = self.low * by, self.high * by
        if by > 0:
            return Range(low, high, self.low_open, self.high_open, self.about)
        return Range(high, low, self.high_open, self.low_open, self.about)

    def __add__(self, other: Range) -> Range:
        return Range(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
            self.about or other.about,
        )

    def __sub__(self, other: Range) -> Range:
        return self + other.scaled(-1.0)

    def __mul__(self, other: Range) -> Range:
        return _hull(
            [
                (_times(a, b), ao or bo)
                for a, ao in self._ends()
                for b, bo in other._ends()
            ],
            about=self.about or other.about,
        )

    def __truediv__(self, other: Range) -> Range | None:
        """None where the divisor can only be 0; unbounded where it may be 0."""
        if other.low == 0 == other.high:
            return None
        about = self.about or other.about
        if other.low < 0 < other.high:
            return Range(-inf, inf, about=about)
        if other.low == 0:
            ends = [(inf, True), (1 / other.high, other.high_open)]
        elif other.high == 0:
            ends = [(-inf, True), (1 / other.low, other.low_open)]
        else:
            ends = [(1 / other.low, other.low_open), (1 / other.high, other.high_open)]
        if self.is_point and other.is_point:
            point = self.low / other.low
            return Range(point, point, about=about)
        return _hull(
            [(_times(a, b), ao or bo) for a, ao in self._ends() for b, bo in ends],
            about=about,
        )

    def _ends(self) -> tuple[tuple[float, bool], tuple[float, bool]]:
        return (self.low, self.low_open), (self.high, self.high_open)

    def satisfies(self, comparator: Comparator, number: float) -> bool | None:
        """True if every number in the range does, False if none does, else None."""
        if self.about and (equal(self.low, number) or equal(self.high, number)):
            return None
        match comparator:
            case Comparator.AT_LEAST:
                yes, no = not less(self.low, number), self._all_below(number)
            case Comparator.ABOVE:
                yes, no = self._all_above(number), not less(number, self.high)
            case Comparator.AT_MOST:
                yes, no = not less(number, self.high), self._all_above(number)
            case Comparator.BELOW:
                yes, no = self._all_below(number), not less(self.low, number)
        return True if yes else False if no else None

    def _all_below(self, number: float) -> bool:
        return less(self.high, number) or (self.high_open and equal(self.high, number))

    def _all_above(self, number: float) -> bool:
        return less(number, self.low) or (self.low_open and equal(self.low, number))


def _times(x: float, y: float) -> float:
    """0 times an unbounded end is 0: the end stands for ever larger finite numbers."""
    return 0.0 if x == 0 or y == 0 else x * y


def _hull(ends: list[tuple[float, bool]], *, about: bool) -> Range:
    low, high = min(e for e, _ in ends), max(e for e, _ in ends)
    return Range(
        low,
        high,
        all(is_open for e, is_open in ends if e == low),
        all(is_open for e, is_open in ends if e == high),
        about,
    )


def reported_range(value: float, bound: Bound, *, non_negative: bool) -> Range:
    """What a reported number with its bound may be."""
    floor = 0.0 if non_negative else -inf
    match bound:
        case Bound.EXACT:
            return Range(value, value)
        case Bound.ABOUT:
            return Range(value, value, about=True)
        case Bound.MORE_THAN:
            return Range(value, inf, low_open=True)
        case Bound.AT_LEAST:
            return Range(value, inf)
        case Bound.UNDER:
            return Range(min(floor, value), value, high_open=True)
        case Bound.AT_MOST:
            return Range(min(floor, value), value)
