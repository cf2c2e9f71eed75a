"""Targets side by side, with what judges them and what is found of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from donbay.domain.periods import Period
from donbay.engine.fast.arrays import Floats, Ints
from donbay.engine.fast.cells import INCOMPLETE, Cells
from donbay.engine.fast.marks import cut

FAR = 1 << 40  # days before any day

At = tuple[int | slice | Ints, ...]
"""What picks cells out of an array."""


@dataclass
class Verdicts:
    """Of [units x columns]: what a judgement finds; -1 and NaN are none.

    `at`, `first_met` and `when` number into the group's periods.
    """

    status: Ints
    reason: Ints
    when: Ints
    at: Ints
    value: Floats
    coverage: Floats
    pace: Floats
    progress: Floats
    exceeded: Floats
    first_met: Ints

    @classmethod
    def blank(cls, shape: tuple[int, int]) -> Verdicts:
        def code() -> Ints:
            return np.full(shape, -1, dtype=np.int64)

        def number() -> Floats:
            return np.full(shape, np.nan)

        return cls(
            status=code(),
            reason=code(),
            when=code(),
            at=code(),
            value=number(),
            coverage=number(),
            pace=number(),
            progress=number(),
            exceeded=number(),
            first_met=code(),
        )


@dataclass
class Group:
    """Targets side by side on the columns of a sheet; a cell holds at most one.

    Arrays are [units x columns]. `sought` numbers the target of a cell, -1 none.
    `last` is the last candidate period of each cell, `first` the first after its
    baseline, `base` NaN where there is none. `later`: periods after the last
    candidate may still say that a verdict was met late, or lost since.
    """

    cells: Cells
    periods: tuple[Period, ...]
    columns: Ints
    shape: tuple[int, int]
    offset: int
    milestones: tuple[tuple[int, float], ...] = ()
    later: bool = True

    def __post_init__(self) -> None:
        shape = self.shape
        self.days = np.array([p.last.toordinal() for p in self.periods], dtype=np.int64)
        self.sought = np.full(shape, -1, dtype=np.int64)
        self.number = np.full(shape, np.nan)
        self.up = np.ones(shape, dtype=bool)
        self.strict = np.zeros(shape, dtype=bool)
        self.deadline = np.zeros(shape, dtype=np.int64)
        self.passed = np.zeros(shape, dtype=bool)
        self.held = np.zeros(shape, dtype=bool)
        self.at_end = np.zeros(shape, dtype=bool)
        self.last = np.full(shape, -1, dtype=np.int64)
        self.first = np.zeros(shape, dtype=np.int64)
        self.base = np.full(shape, np.nan)
        self.base_day = np.full(shape, -FAR, dtype=np.int64)
        self.has_base = np.zeros(shape, dtype=bool)
        self.base_at = np.full(shape, -1, dtype=np.int64)

    def ready(self) -> None:
        """Compute what follows from the numbers, once all targets are in."""
        self.sign = np.where(self.up, 1.0, -1.0)
        self.cut = cut(self.sign * self.number, self.strict)
        good = self.sign * self.base >= self.cut
        self.base_good = good & ~self.at_end
        self.yes = np.zeros((len(self.periods), *self.shape), dtype=bool)
        self.no = np.zeros((len(self.periods), *self.shape), dtype=bool)
        self.all_up = bool(self.up.all())

    def rebase(self, k: int, units: Ints) -> None:
        """Take the baselines of some units anew from the k-th period."""
        row, column = np.nonzero(self.base_at[units] == k)
        if not len(row):
            return
        row = units[row]
        source = (k, row, self.columns[column])
        self.base[row, column] = own_baseline(self.cells, source)
        good = self.sign[row, column] * self.base[row, column] >= self.cut[row, column]
        self.base_good[row, column] = good & ~self.at_end[row, column]

    def compare(self, k: int, units: slice | Ints) -> None:
        """Tell of the k-th period which values satisfy, and which surely do not."""
        cells, chosen = self.cells, self._at(units)
        least, most = cells.least[k][chosen], cells.most[k][chosen]
        judged = cells.judged[k][chosen]
        up = self.up[units]
        worst = least if self.all_up else np.where(up, least, -most)
        best = most if self.all_up else np.where(up, most, -least)
        goal = self.cut[units]
        yes = (worst >= goal) & judged
        self.yes[k, units] = yes
        self.no[k, units] = (best < goal) & judged & ~yes

    def _at(self, units: slice | Ints) -> At:
        if isinstance(units, slice):
            return (units, self.columns)
        return np.ix_(units, self.columns)


def own_baseline(cells: Cells, at: At) -> Floats:
    """A unit's own value to pace from: whole, judged and a point (MEANING 23)."""
    complete = (cells.want[at] & INCOMPLETE) == 0
    point = (cells.low[at] == cells.high[at]) & cells.judged[at] & complete
    return np.where(point, cells.value[at], np.nan)
