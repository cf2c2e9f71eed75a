"""Comparing ends of ranges with numbers, upward and downward alike.

A downward comparator is judged on negated ends, so one cut serves all four.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from donbay.domain.quantities import TOLERANCE, Comparator
from donbay.engine.fast.arrays import Bools, Floats


def cut(number: Floats, strict: Bools) -> Floats:
    """Ends at or above the cut satisfy an upward comparator, within the tolerance."""
    step = TOLERANCE * np.maximum(1.0, np.abs(number))
    return np.where(strict, np.nextafter(number + step, np.inf), weak_cut(number))


def weak_cut(number: Floats) -> Floats:
    """The same of comparators that are not strict."""
    found: Floats = number - TOLERANCE * np.maximum(1.0, np.abs(number))
    return found


def upward(sign: Floats, least: Floats, most: Floats) -> tuple[Floats, Floats]:
    """The worst and the best of values between two ends, signs turned if need be.

    By bits, since masks would cost more; not by order, since ends that decide may
    cross (`ranges.decisive_ends`).
    """
    one = sign * least
    if most is least:
        return one, one
    other = sign * most
    ahead, behind = one.view(np.int64), other.view(np.int64)
    turned = (ahead ^ behind) & (sign.view(np.int64) >> 63)
    return (ahead ^ turned).view(np.float64), (behind ^ turned).view(np.float64)


class Marks:
    """Comparators and numbers to compare columns with; numbers may vary by unit."""

    def __init__(
        self, comparators: Sequence[Comparator], numbers: Sequence[float] | Floats
    ) -> None:
        self.up = np.array([c.upward for c in comparators])
        strict = {Comparator.ABOVE, Comparator.BELOW}
        self.strict = np.array([c in strict for c in comparators])
        number = np.asarray(numbers, dtype=np.float64)
        self.cut = cut(np.where(self.up, number, -number), self.strict)
        self.all_up = bool(self.up.all())

    def satisfied(self, least: Floats, most: Floats) -> Bools:
        """Every number between the ends satisfies the comparator."""
        worst = least if self.all_up else np.where(self.up, least, -most)
        return worst >= self.cut

    def failed(self, least: Floats, most: Floats) -> Bools:
        """No number between the ends satisfies the comparator."""
        best = most if self.all_up else np.where(self.up, most, -least)
        return best < self.cut
