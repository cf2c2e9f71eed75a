"""Straight lines from baselines to targets, of some cells of a group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from donbay.engine.fast.arrays import Bools, Floats, Ints
from donbay.engine.fast.groups import Group


class Lines(NamedTuple):
    """From a baseline on its day to a target at its deadline.

    `sign` is 1 upward, -1 downward; `good`: the baseline already satisfies. `base` is
    NaN where there is none.
    """

    number: Floats
    base: Floats
    gap: Floats
    sign: Floats
    base_day: Floats
    deadline: Floats
    good: Bools

    @classmethod
    def of(cls, group: Group, cells: Ints) -> Lines:
        number, base, gap, sign, start, end = group.numbers_of(cells)
        return cls(number, base, gap, sign, start, end, group.base_good.take(cells))

    def pace(self, group: Group, k: int | Ints) -> Floats:
        """Where they stand on the last day of a period."""
        if not len(group.days):
            return np.full(len(self.base), np.nan)
        day, start, end = group.days[k], self.base_day, self.deadline
        if group.milestones:
            found = self._bent(group.milestones, np.broadcast_to(day, start.shape))
        else:
            way = (day - start) / (end - start)
            found = self.base + (self.number - self.base) * way
        there = (day >= end) | self.good
        known = np.where(there, self.number, found)
        return np.where(np.isnan(self.base), np.nan, known)

    def _bent(self, milestones: tuple[tuple[int, float], ...], day: Ints) -> Floats:
        """The same where milestones bend them."""
        days, values = zip(*milestones, strict=True)
        found = np.full(len(day), np.nan)
        for i in np.flatnonzero(~np.isnan(self.base)).tolist():
            x = [self.base_day[i], *days, self.deadline[i]]
            y = [self.base[i], *values, self.number[i]]
            found[i] = np.interp(day[i], x, y)
        return found
