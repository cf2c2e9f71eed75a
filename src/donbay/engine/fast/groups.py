"""Targets side by side, with what judges them and what is found of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from donbay.domain.periods import Period
from donbay.engine.fast.arrays import Array, Bools, Floats, Ints, Picks
from donbay.engine.fast.cells import INCOMPLETE, Cells
from donbay.engine.fast.marks import cut, upward

FAR = 1 << 40  # days before any day
SATISFIED, FAILED = np.uint8(1), np.uint8(2)
"""What a group has said of a value; 0 where it may be either."""

At = tuple[int | Picks, ...]
"""What picks cells out of an array."""


class Verdicts:
    """Of [units x columns]: what a judgement finds; -1 and NaN are none.

    `at`, `first_met` and `when` number into the group's periods. `codes` and `numbers`
    have a row of the same for each cell. They hold nothing before they are cleared.
    """

    def __init__(self, shape: tuple[int, int]) -> None:
        size = shape[0] * shape[1]
        self.codes = np.empty((size, 5), dtype=np.int64)
        self.numbers = np.empty((size, 5))
        codes = (column.reshape(shape) for column in self.codes.T)
        self.status, self.at, self.reason, self.when, self.first_met = codes
        numbers = (column.reshape(shape) for column in self.numbers.T)
        self.value, self.coverage, self.pace, self.progress, self.exceeded = numbers

    def clear(self, units: slice) -> None:
        """Nothing is found of some units."""
        width = self.status.shape[1]
        cells = slice(units.start * width, units.stop * width)
        self.codes[cells], self.numbers[cells] = -1, np.nan


@dataclass
class Group:
    """Targets side by side on the columns of a stack; a cell holds at most one.

    Arrays are [units x columns]. `sought` numbers the target of a cell, -1 none.
    `last` is the last candidate period of each cell, `first` the first after its
    baseline, `base` NaN where there is none. `later`: periods after the last
    candidate may still say that a verdict was met late, or lost since.
    """

    cells: Cells
    periods: tuple[Period, ...]
    shape: tuple[int, int]
    offset: int
    milestones: tuple[tuple[int, float], ...] = ()
    later: bool = True

    def __post_init__(self) -> None:
        shape = self.shape
        self.index = {period: k for k, period in enumerate(self.periods)}
        self.days = np.array([p.last.toordinal() for p in self.periods], dtype=np.int64)
        self.size = shape[0] * shape[1]
        self.numbers = np.full((6, self.size), np.nan)
        self.flags = np.zeros((5, self.size), dtype=bool)
        self.spans = np.zeros((self.size, 2), dtype=np.int64)
        self.sought = np.full(shape, -1, dtype=np.int64)
        self.up = np.ones(shape, dtype=bool)
        self.strict = np.zeros(shape, dtype=bool)
        self.base_at = np.full(shape, -1, dtype=np.int64)
        self.baselines: set[int] = set()
        self.rows: Floats | None = None
        number, base, gap, sign, base_day, deadline = self._views(self.numbers)
        self.number, self.base, self.gap, self.sign = number, base, gap, sign
        self.base_day, self.deadline = base_day, deadline
        passed, held, at_end, has_base, base_good = self._views(self.flags)
        self.passed, self.held, self.at_end = passed, held, at_end
        self.has_base, self.base_good = has_base, base_good
        self.last, self.first = self._views(self.spans.T)
        self.base_day[...], self.deadline[...], self.last[...] = -FAR, 0, -1

    def _views(self, rows: Array) -> Iterator[Array]:
        """Each row as [units x columns]: cells are taken from all rows at once."""
        return (row.reshape(self.shape) for row in rows)

    def ready(self) -> None:
        """Compute what follows from the numbers, once all targets are in."""
        self.sign[...] = np.where(self.up, 1.0, -1.0)
        self.cut = cut(self.sign * self.number, self.strict)
        good = self.sign * self.base >= self.cut
        self.base_good[...] = good & ~self.at_end
        self.gap[...] = gap(self.number, self.base)
        self.said = np.zeros((len(self.periods), *self.shape), dtype=np.uint8)
        self.course = (3 * self.passed + 6 * self.held).astype(np.uint8).ravel()
        self.all_up = bool(self.up.all())
        self._filled = np.flatnonzero(self.sought >= 0)
        begins = np.arange(self.shape[0] + 1) * self.shape[1]
        self._starts = self._filled.searchsorted(begins)

    def ended(self, day: int | list[int] | Ints) -> Ints:
        """How many periods have ended by a day."""
        found: Ints = self.days.searchsorted(day, side="right")
        return found

    def places(self, units: Picks) -> Ints:
        """The cells of some units that hold a target, as places in flat arrays."""
        if isinstance(units, slice):
            begin, end = self._starts[[units.start, units.stop]]
            return self._filled[begin:end]
        return self.crossing(units, np.arange(self.shape[1]))

    def crossing(self, units: Ints, columns: Ints) -> Ints:
        """The same where some units cross some columns."""
        found: Ints = (units[:, None] * self.shape[1] + columns).ravel()
        full = len(self._filled) == self.size
        return found if full else found[self.sought.take(found) >= 0]

    def rebase(self, k: int, cells: Ints) -> Bools:
        """Take the baselines of some cells anew from the k-th period.

        Tells which of them are other numbers than before.
        """
        moved = np.zeros(len(cells), dtype=bool)
        if k not in self.baselines:
            return moved
        some = (self.base_at.take(cells) == k).nonzero()[0]
        based = cells[some]
        base = own_baseline(self.cells, (k, *np.divmod(based, self.shape[1])))
        other = base.view(np.int64) != self.base.take(based).view(np.int64)
        moved[some[other]] = True
        self._base_on(based[other], base[other])
        return moved

    def _base_on(self, cells: Ints, base: Floats) -> None:
        """Pace some cells from other numbers."""
        good = self.sign.take(cells) * base >= self.cut.take(cells)
        self.base.put(cells, base)
        self.base_good.put(cells, good & ~self.at_end.take(cells))
        self.gap.put(cells, gap(self.number.take(cells), base))
        if self.rows is not None:
            self.rows[cells] = self.numbers.take(cells, axis=1).T

    def numbers_of(self, cells: Ints) -> Floats:
        """Numbers, baselines, gaps, signs and both days of some cells, row by row."""
        if self.rows is None:
            return self.numbers.take(cells, axis=1)
        return self.rows.take(cells, axis=0).T

    def follow(self) -> None:
        """Lay the numbers of each cell side by side, to take those of few at a time."""
        self.rows = np.ascontiguousarray(self.numbers.T)

    def compare(self, k: int, units: Picks) -> None:
        """Tell of the k-th period which values satisfy, and which surely do not."""
        cells, goal = self.cells, self.cut[units]
        judged = cells.judged[k, units]
        worst, best = self._ends(k, units)
        yes = (worst >= goal) & judged
        no = (best < goal) & judged & ~yes
        self.said[k, units] = yes + FAILED * no

    def _ends(self, k: int, units: Picks) -> tuple[Floats, Floats]:
        """The worst and the best of each value, upward: masks would cost more."""
        cells = self.cells
        least = cells.least[k, units]
        most = least if cells.most is cells.least else cells.most[k, units]
        return (least, most) if self.all_up else upward(self.sign[units], least, most)


def gap(number: Floats, base: Floats) -> Floats:
    """How far a target lies from its baseline; NaN where they are equal."""
    found = number - base
    return np.where(np.abs(found) <= rounding(number, base), np.nan, found)


def rounding(one: Floats, other: Floats) -> Floats:
    """How far two numbers may lie apart and still be the same."""
    found: Floats = 1e-9 * np.maximum(1.0, np.maximum(np.abs(one), np.abs(other)))
    return found


def own_baseline(cells: Cells, at: At) -> Floats:
    """A unit's own value to pace from: whole, judged and a point (MEANING 23)."""
    complete = (cells.want[at] & INCOMPLETE) == 0
    point = (cells.low[at] == cells.high[at]) & cells.judged[at] & complete
    return np.where(point, cells.value[at], np.nan)
