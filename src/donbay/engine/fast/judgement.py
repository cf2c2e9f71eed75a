"""Where targets stand: a group of them, judged for all units at once."""

from __future__ import annotations

import numpy as np

from donbay.domain.verdicts import Status
from donbay.engine.fast.arrays import Array, Bools, Floats, Ints
from donbay.engine.fast.cells import STALE_AFTER
from donbay.engine.fast.groups import Group, Verdicts
from donbay.engine.fast.marks import cut

STATUSES = tuple(Status)
REASONS = (
    "never",
    "partial",
    "before_baseline",
    "stale",
    "awaiting_final",
    "met_late",
    "lost_since",
)
CODE = {status: i for i, status in enumerate(STATUSES)}
WHY = {reason: i for i, reason in enumerate(REASONS)}
ACHIEVED, MISSED = CODE[Status.ACHIEVED], CODE[Status.MISSED]
UNDECIDED = -1
FEW = 5_000  # cells for which all periods are judged at once


def rejudge(group: Group, units: Ints, kept: Verdicts) -> None:
    """Write the status of every cell of some units over what was kept."""
    _Judgement(group, units).write(kept)


class _Judgement:
    """One pass over the cells of some units, flat: only cells with a target."""

    def __init__(self, group: Group, units: Ints) -> None:
        self.group = group
        row, column = np.nonzero(group.sought[units] >= 0)
        self.row = units[row]
        self.cell = self.row * group.shape[1] + column
        width = group.cells.value.shape[2]
        self.source = self.row * width + group.columns[column]
        self.size = len(row)

    def of(self, params: Array, some: Ints | None = None) -> Array:
        """Of [units x columns], the cells."""
        return params.take(self.cell if some is None else self.cell[some])

    def told(self, cube: Array, k: int | Ints, some: Ints) -> Array:
        """Of [periods x units x columns], the cells in a period."""
        units, width = self.group.shape
        return cube.take(self.cell[some] + k * (units * width))

    def read(self, part: Array, k: int | Ints, some: Ints) -> Array:
        """The same of the board that the values stand on."""
        _, units, width = self.group.cells.value.shape
        found: Array = part.take(self.source[some] + k * (units * width))
        return found

    def write(self, kept: Verdicts) -> None:
        group = self.group
        self.at = np.full(self.size, -1, dtype=np.int64)
        self.status = np.full(self.size, UNDECIDED, dtype=np.int64)
        self.last, self.first = self.of(group.last), self.of(group.first)
        self.passed = self.of(group.passed)
        self._search()
        found = self.at >= 0
        stale = found & (self.last - self.at >= STALE_AFTER)
        waits = found & ~stale & self.passed & (self.at < self.last)
        self.reason = np.full(self.size, -1, dtype=np.int64)
        self.when = np.full(self.size, -1, dtype=np.int64)
        self.reason[stale] = WHY["stale"]
        self.reason[waits] = WHY["awaiting_final"]
        self._why_missing(np.flatnonzero(~found))
        self.status[~found | stale | waits] = CODE[Status.NO_DATA]
        self._look_later()
        for name, flat in self._numbers(found).items():
            getattr(kept, name).reshape(-1)[self.cell] = flat

    def _search(self) -> None:
        """The last usable period of each cell, and the status there."""
        rest = np.flatnonzero(self.last >= self.first)
        k = int(self.last[rest].max(initial=-1))
        while k >= 0 and len(rest):
            inside = (k <= self.last[rest]) & (k >= self.first[rest])
            turn = rest if inside.all() else rest[inside]
            codes = self._status(k, turn)
            done = codes != UNDECIDED
            chosen = turn[done]
            self.at[chosen] = k
            self.status[chosen] = codes[done]
            rest = rest[(self.at[rest] < 0) & (self.first[rest] < k)]
            k -= 1
            if len(rest) <= FEW:
                self._search_all(k, rest)
                return

    def _search_all(self, top: int, rest: Ints) -> None:
        """The same for a few cells, over all earlier periods at once."""
        if top < 0 or not len(rest):
            return
        ks = np.arange(top, -1, -1)
        shape = (len(ks), len(rest))
        each = np.broadcast_to(ks[:, None], shape).ravel()
        cells = np.broadcast_to(rest, shape).ravel()
        codes = self._status(each, cells)
        codes[(each > self.last[cells]) | (each < self.first[cells])] = UNDECIDED
        codes = codes.reshape(shape)
        first = (codes != UNDECIDED).argmax(axis=0)
        status = codes[first, np.arange(len(rest))]
        done = status != UNDECIDED
        self.at[rest[done]] = ks[first[done]]
        self.status[rest[done]] = status[done]

    def _status(self, k: int | Ints, some: Ints) -> Ints:
        group = self.group
        yes, no = (self.told(cube, k, some) for cube in (group.yes, group.no))
        passed, held = self.passed[some], self.of(group.held, some)
        codes = np.full(len(some), UNDECIDED, dtype=np.int64)
        codes[yes & (passed | ~held)] = CODE[Status.ACHIEVED]
        codes[no & passed] = CODE[Status.MISSED]
        ahead = np.flatnonzero(~passed & (no | held))
        if len(ahead):
            when = k if isinstance(k, int) else k[ahead]
            codes[ahead] = self._ahead(when, some[ahead])
        return codes

    def _ahead(self, k: int | Ints, some: Ints) -> Ints:
        """Status by the pace, of values that do not satisfy yet."""
        group = self.group
        least, most = (
            self.read(part, k, some) for part in (group.cells.least, group.cells.most)
        )
        judged = self.read(group.cells.judged, k, some)
        sign = self.of(group.sign, some)
        worst = np.where(sign > 0, least, -most)
        best = np.where(sign > 0, most, -least)
        base, pace = self.of(group.base, some), self.pace(k, some)
        weak = np.zeros(len(some), dtype=bool)
        goal = cut(sign * pace, weak)
        near = cut(sign * (base + 0.8 * (pace - base)), weak)
        better = sign * pace > sign * base + 1e-9 * np.maximum(
            1.0, np.maximum(np.abs(pace), np.abs(base))
        )
        open_, there = np.isnan(base), judged & ~np.isnan(worst)
        on = worst >= goal
        behind = (best < goal) & ~on
        risk, lost = (
            behind & better & (worst >= near),
            behind & (~better | (best < near)),
        )
        codes = np.full(len(some), UNDECIDED, dtype=np.int64)
        codes[there & on] = CODE[Status.ON_TRACK]
        codes[there & risk] = CODE[Status.AT_RISK]
        codes[there & lost] = CODE[Status.OFF_TRACK]
        codes[there & open_] = CODE[Status.OPEN]
        return codes

    def pace(self, k: int | Ints, some: Ints) -> Floats:
        """Where the straight lines stand on the last day of a period."""
        group = self.group
        if not len(group.days):
            return np.full(len(some), np.nan)
        day = group.days[k]
        target, base = self.of(group.number, some), self.of(group.base, some)
        start, end = self.of(group.base_day, some), self.of(group.deadline, some)
        with np.errstate(all="ignore"):
            if group.milestones:
                days = [d for d, _ in group.milestones]
                found = np.empty(len(some))
                for i in range(len(some)):
                    x = [start[i], *days, end[i]]
                    y = [base[i], *(v for _, v in group.milestones), target[i]]
                    at = day if np.ndim(day) == 0 else day[i]
                    found[i] = np.interp(at, x, y)
            else:
                found = base + (target - base) * ((day - start) / (end - start))
        found = np.where(day >= end, target, found)
        found = np.where(self.of(group.base_good, some), target, found)
        return np.where(np.isnan(base), np.nan, found)

    def _why_missing(self, some: Ints) -> None:
        """Partly reported since the baseline, only before it, or never."""
        if not len(some):
            return
        group = self.group
        ks = np.arange(len(group.periods))[:, None]
        told = self.read(group.cells.reported, ks, some)
        first, last = self.first[some], self.last[some]
        early = (told & (ks < first)).any(axis=0) & self.of(group.has_base, some)
        late = (told & (ks >= first) & (ks <= last)).any(axis=0)
        reason = np.where(early, WHY["before_baseline"], WHY["never"])
        self.reason[some] = np.where(late, WHY["partial"], reason)

    def _look_later(self) -> None:
        """What later periods say of a verdict that stands (MEANING 25)."""
        group = self.group
        if not group.later:
            return
        final = (self.status == ACHIEVED) | (self.status == MISSED)
        settled = self.passed & final
        rest = np.flatnonzero(settled)
        if not len(rest):
            return
        for k in range(int(self.last[rest].min()) + 1, len(group.periods)):
            won = self.status[rest] == CODE[Status.ACHIEVED]
            yes, no = (self.told(cube, k, rest) for cube in (group.yes, group.no))
            told = np.where(won, no, yes) & (k > self.last[rest])
            turned = rest[told]
            late, lost = WHY["met_late"], WHY["lost_since"]
            self.reason[turned] = np.where(won[told], lost, late)
            self.when[turned] = k
            rest = rest[~told]

    def _numbers(self, found: Bools) -> dict[str, Array]:
        group, some = self.group, np.flatnonzero(found)
        at = self.at[some]
        value, coverage = np.full(self.size, np.nan), np.full(self.size, np.nan)
        value[some] = self.read(group.cells.value, at, some)
        coverage[some] = self.read(group.cells.coverage, at, some)
        no_data = self.status == CODE[Status.NO_DATA]
        everything = np.arange(self.size)
        pace = np.where(no_data, np.nan, self.pace(np.maximum(self.at, 0), everything))
        base, number = self.of(group.base), self.of(group.number)
        gap = number - base
        small = np.abs(gap) <= 1e-9 * np.maximum(
            1.0, np.maximum(np.abs(number), np.abs(base))
        )
        with np.errstate(all="ignore"):
            progress = np.where(no_data | small, np.nan, (value - base) / gap)
        exceeded, first_met = self._achieved()
        return {
            "status": self.status,
            "reason": self.reason,
            "when": self.when,
            "at": self.at,
            "value": value,
            "coverage": coverage,
            "pace": pace,
            "progress": progress,
            "exceeded": exceeded,
            "first_met": first_met,
        }

    def _achieved(self) -> tuple[Floats, Ints]:
        group = self.group
        exceeded = np.full(self.size, np.nan)
        first_met = np.full(self.size, -1, dtype=np.int64)
        some = np.flatnonzero(self.status == CODE[Status.ACHIEVED])
        if not len(some):
            return exceeded, first_met
        at, up, number = (
            self.at[some],
            self.of(group.up, some),
            self.of(group.number, some),
        )
        low, high = (
            self.read(part, at, some) for part in (group.cells.low, group.cells.high)
        )
        exceeded[some] = np.where(up, low - number, number - high)
        ks = np.arange(len(group.periods))[:, None]
        cube = self.told(group.yes, ks, some)
        first = np.where(self.of(group.at_end, some), self.last[some], self.first[some])
        cube &= (ks >= first) & (ks <= self.last[some])
        first_met[some] = cube.argmax(axis=0)
        return exceeded, first_met
