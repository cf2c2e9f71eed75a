"""Numbers known only within bounds: many of `domain.quantities.Range` at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from donbay.domain.quantities import TOLERANCE, Bound
from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats

BOUNDS = tuple(Bound)


@dataclass
class Ranged:
    """A number (NaN: none) and the ends it may lie between, elementwise."""

    value: Floats
    low: Floats
    high: Floats
    low_open: Bools
    high_open: Bools
    about: Bools

    @classmethod
    def exact(cls, value: Floats) -> Ranged:
        no = np.zeros(value.shape, dtype=bool)
        return cls(value, value, value, no, no, no)

    def each(self, change: Callable[..., Array]) -> Ranged:
        """The same change (an index, a broadcast) of every array."""
        return Ranged(*(change(part) for part in self.parts))

    def both(
        self, numbers: Callable[[Floats], Floats], flags: Callable[[Bools], Bools]
    ) -> Ranged:
        """One change of the numbers, and one of what is known of the ends."""
        return Ranged(
            numbers(self.value),
            numbers(self.low),
            numbers(self.high),
            flags(self.low_open),
            flags(self.high_open),
            flags(self.about),
        )

    @property
    def parts(self) -> tuple[Floats, Floats, Floats, Bools, Bools, Bools]:
        return (
            self.value,
            self.low,
            self.high,
            self.low_open,
            self.high_open,
            self.about,
        )

    def where(self, keep: Bools, other: Ranged) -> Ranged:
        pairs = zip(self.parts, other.parts, strict=True)
        return Ranged(*(np.where(keep, mine, theirs) for mine, theirs in pairs))

    def scaled(self, by: float) -> Ranged:
        if by == 0:
            zero = np.where(np.isnan(self.value), np.nan, 0.0)
            found = Ranged.exact(zero)
            found.about = self.about
            return found
        ends = (self.low * by, self.high * by)
        opens = (self.low_open, self.high_open)
        if by < 0:
            ends, opens = ends[::-1], opens[::-1]
        return Ranged(self.value * by, *ends, *opens, self.about)

    def __add__(self, other: Ranged) -> Ranged:
        with np.errstate(invalid="ignore"):
            return Ranged(
                self.value + other.value,
                self.low + other.low,
                self.high + other.high,
                self.low_open | other.low_open,
                self.high_open | other.high_open,
                self.about | other.about,
            )

    def __sub__(self, other: Ranged) -> Ranged:
        found = self + other.scaled(-1.0)
        found.value = self.value - other.value
        return found

    def __mul__(self, other: Ranged) -> Ranged:
        ends = [
            (_times(a, b), ao | bo) for a, ao in self._ends() for b, bo in other._ends()
        ]
        value = self.value * other.value
        return Ranged(value, *_hull(ends), self.about | other.about)

    def __truediv__(self, other: Ranged) -> Ranged:
        """Value NaN where the divisor's number is 0."""
        with np.errstate(all="ignore"):
            value = np.where(other.value == 0, np.nan, self.value / other.value)
            low_zero, high_zero = other.low == 0, other.high == 0
            first = np.where(low_zero, np.inf, 1 / other.low)
            second = np.where(high_zero & ~low_zero, -np.inf, 1 / other.high)
            ends = [
                (_times(a, b), ao | bo)
                for a, ao in self._ends()
                for b, bo in (
                    (first, low_zero | other.low_open),
                    (second, high_zero | other.high_open),
                )
            ]
            low, high, low_open, high_open = _hull(ends)
            point = (self.low == self.high) & (other.low == other.high)
            astride = (other.low < 0) & (other.high > 0)
            low = np.where(point, self.low / other.low, low)
            high = np.where(point, low, high)
        return Ranged(
            value,
            np.where(astride, -np.inf, low),
            np.where(astride, np.inf, high),
            low_open & ~astride & ~point,
            high_open & ~astride & ~point,
            self.about | other.about,
        )

    def _ends(self) -> tuple[tuple[Floats, Bools], tuple[Floats, Bools]]:
        return (self.low, self.low_open), (self.high, self.high_open)


def _times(x: Floats, y: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.where((x == 0) | (y == 0), 0.0, x * y)


def _hull(
    ends: list[tuple[Floats, Bools]],
) -> tuple[Floats, Floats, Bools, Bools]:
    numbers = np.stack([end for end, _ in ends])
    opens = np.stack([is_open for _, is_open in ends])
    low, high = numbers.min(axis=0), numbers.max(axis=0)
    return (
        low,
        high,
        (opens | (numbers != low)).all(axis=0),
        (opens | (numbers != high)).all(axis=0),
    )


def pick(stack: Ranged, *, largest: bool, chosen: Bools) -> Ranged:
    """The largest (or smallest) along the first axis among the `chosen`."""
    low, high, low_open, high_open = _ends_of_best(stack, chosen, largest=largest)
    attains = (stack.low == low) | (stack.high == high)
    about = (stack.about & chosen & attains).any(axis=0)
    value = _best(stack.value, chosen, largest=largest)
    return Ranged(value, low, high, low_open, high_open, about)


def _best(numbers: Floats, chosen: Bools, *, largest: bool) -> Floats:
    none = -np.inf if largest else np.inf
    best = np.where(chosen, numbers, none)
    best = best.max(axis=0) if largest else best.min(axis=0)
    return np.where(chosen.any(axis=0), best, np.nan)


def _ends_of_best(
    stack: Ranged, chosen: Bools, *, largest: bool
) -> tuple[Floats, Floats, Bools, Bools]:
    """Of a maximum the low end is open if any that attains it is; the high if all."""
    low = _best(stack.low, chosen, largest=largest)
    high = _best(stack.high, chosen, largest=largest)
    at_low, at_high = chosen & (stack.low == low), chosen & (stack.high == high)
    some_low = (at_low & stack.low_open).any(axis=0)
    all_low = (~at_low | stack.low_open).all(axis=0)
    some_high = (at_high & stack.high_open).any(axis=0)
    all_high = (~at_high | stack.high_open).all(axis=0)
    if largest:
        return low, high, some_low, all_high
    return low, high, all_low, some_high


def reported(value: Floats, bound: Bytes | None, floor: Floats) -> Ranged:
    """What reported numbers with their bounds may be; `floor` is 0 or -inf."""
    if bound is None:
        return Ranged.exact(value)
    upward = (bound == BOUNDS.index(Bound.MORE_THAN)) | (
        bound == BOUNDS.index(Bound.AT_LEAST)
    )
    under = bound == BOUNDS.index(Bound.UNDER)
    downward = under | (bound == BOUNDS.index(Bound.AT_MOST))
    there = ~np.isnan(value)
    return Ranged(
        value,
        np.where(downward & there, np.minimum(floor, value), value),
        np.where(upward & there, np.inf, value),
        there & (bound == BOUNDS.index(Bound.MORE_THAN)),
        there & under,
        there & (bound == BOUNDS.index(Bound.ABOUT)),
    )


def decisive_ends(
    low: Floats,
    high: Floats,
    low_open: Bools,
    high_open: Bools,
    about: Bools,
) -> tuple[Floats, Floats]:
    """Ends moved by a little more than the tolerance, so that plain comparison decides.

    An open end moves inwards (its own number does not belong to it); an `about` end
    moves outwards (it never decides an edge).
    """
    raw_low, raw_high = low, high
    with np.errstate(invalid="ignore"):
        low_step = 3 * TOLERANCE * np.maximum(1.0, np.abs(low))
        high_step = 3 * TOLERANCE * np.maximum(1.0, np.abs(high))
        low = np.where(about, low - low_step, np.where(low_open, low + low_step, low))
        high = np.where(
            about, high + high_step, np.where(high_open, high - high_step, high)
        )
    return np.where(np.isinf(raw_low), raw_low, low), np.where(
        np.isinf(raw_high), raw_high, high
    )
