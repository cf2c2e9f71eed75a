"""Evaluated values: each unit of the map by period and column, with all that judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields

import numpy as np

from donbay.domain.verdicts import Want
from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats, Ints
from donbay.engine.fast.ranges import Ranged, decisive_ends

INCOMPLETE = np.uint8(Want.INCOMPLETE)
NOT_REPORTED = np.uint8(Want.NOT_REPORTED)
ZERO_DENOMINATOR = np.uint8(Want.ZERO_DENOMINATOR)
LOW_COVERAGE = np.uint8(Want.LOW_COVERAGE)
GAP = np.uint8(Want.GAP)
SHORT = 1 - 1e-9
"""Less than this part of the expected weight is incomplete; more is rounding."""
STALE_AFTER = 2
"""A value that is older by so many periods no longer judges."""


def first_want(wants: Bytes) -> Bytes:
    """Of each the lowest bit: a missing value has one reason, and passes it on."""
    found: Bytes = wants & (~wants + np.uint8(1))
    return found


@dataclass
class Cells:
    """[units x columns], or stacked [periods x units x columns].

    `value` NaN: none. `low` and `high` are the ends shown; `least` and `most` the ends
    that decide (`ranges.decisive_ends`). `coverage` NaN: not known. `want` holds
    `Want` bits; `judged` is False where coverage is too low; `expected` tells the
    cells in whose place anybody is expected.
    """

    value: Floats
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    coverage: Floats
    want: Bytes
    judged: Bools
    reported: Bools
    expected: Bools
    low_open: Bools | None = None
    high_open: Bools | None = None
    about: Bools | None = None

    def column(self, at: int) -> Cells:
        """One column, still two-dimensional; `expected` may hold one for all."""
        return self.columns(at, at + 1)

    def columns(self, begin: int, end: int) -> Cells:
        """Views of columns that lie side by side."""

        def narrow(part: Array) -> Array:
            whole = part.shape[-1] > 1 or begin == 0
            return part[..., begin:end] if whole else part

        return self.each(narrow)

    def tail(self, units: int) -> Cells:
        """The last `units` units: those of a higher level and above."""
        skip = self.value.shape[-2] - units
        return self.each(lambda part: part[..., skip:, :])

    def at(self, k: int) -> Cells:
        """Views of the k-th period of a stack."""
        return self.each(lambda part: part[k])

    def each(self, change: Callable[[Array], Array]) -> Cells:
        """The same change (a view, a copy) of every array that there is.

        What is one array (ends that are the value) stays one.
        """
        parts = {n: part for n, part in vars(self).items() if part is not None}
        changed = {
            at: change(part) for at, part in {id(p): p for p in parts.values()}.items()
        }
        return Cells(**{n: changed[id(part)] for n, part in parts.items()})

    def mend(self, other: Cells) -> None:
        """Where there is no value take all that another has, if it has one."""
        lacking = np.isnan(self.value) & ~np.isnan(other.value)
        none = np.zeros(lacking.shape, dtype=bool)
        for name, part in vars(self).items():
            more = getattr(other, name)
            if part is not None or more is not None:
                mine, theirs = (none if x is None else x for x in (part, more))
                setattr(self, name, np.where(lacking, theirs, mine))

    @property
    def ranged(self) -> Ranged:
        no = np.zeros(self.value.shape, dtype=bool)
        opens = (self.low_open, self.high_open, self.about)
        rest = (no if o is None else o for o in opens)
        return Ranged(self.value, self.low, self.high, *rest)


def from_ranged(
    found: Ranged,
    *,
    coverage: Floats,
    want: Bytes,
    judged: Bools,
    reported: Bools,
    expected: Bools,
) -> Cells:
    """Cells of a range; where there is no number there are no ends either."""
    there = ~np.isnan(found.value)
    low = np.where(there, found.low, np.nan)
    high = np.where(there, found.high, np.nan)
    opens = (found.low_open, found.high_open, found.about)
    least, most = decisive_ends(low, high, *opens)
    return Cells(
        found.value,
        low,
        high,
        least,
        most,
        coverage,
        want,
        judged,
        reported,
        expected,
        *opens,
    )


CLOSED = tuple(f.name for f in fields(Cells) if f.default is MISSING)
"""What there always is; opens are not needed once the decisive ends are known."""


def stacked(cells: Sequence[Cells]) -> Cells:
    """Cells of several periods as one array each."""
    return Cells(**{n: np.stack([getattr(c, n) for c in cells]) for n in CLOSED})


def side_by_side(cells: Sequence[Cells], width: int, at: slice | Ints) -> Cells:
    """Single columns put at some of `width` places; the others stay empty."""
    places = np.arange(width)[at]

    def gathered(parts: Sequence[Array]) -> Array:
        room = np.zeros((len(parts[0]), width), dtype=parts[0].dtype)
        for place, part in zip(places, parts, strict=True):
            room[:, place] = part[:, 0]
        return room

    return Cells(**{n: gathered([getattr(c, n) for c in cells]) for n in CLOSED})


def nobody(units: int) -> Cells:
    """One column in which nobody is expected."""
    none, no = np.full((units, 1), np.nan), np.zeros((units, 1), dtype=bool)
    want = np.full((units, 1), NOT_REPORTED)
    return Cells(none, none, none, none, none, none, want, ~no, no, no)
