"""Where targets stand: a group of them, judged for all units at once."""

from __future__ import annotations

import numpy as np

from donbay.domain.verdicts import Status
from donbay.engine.fast.arrays import Array, Bools, Floats, Ints
from donbay.engine.fast.cells import STALE_AFTER
from donbay.engine.fast.groups import Group, Verdicts
from donbay.engine.fast.marks import weak_cut

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
NO_DATA = CODE[Status.NO_DATA]
UNDECIDED = -1
FEW = 5_000  # cells for which all periods are judged at once


def judge(group: Group, units: Ints, kept: Verdicts) -> None:
    """Write the status of every cell of some units over what was kept."""
    with np.errstate(all="ignore"):
        found = _Judgement(group, group.places(units))
        found.search(np.flatnonzero(found.last >= found.first))
        found.write(kept)


def rejudge(group: Group, units: Ints, kept: Verdicts, k: int) -> Ints:
    """The same where nothing but the k-th period has changed.

    What stands later than that is not looked at but for the day when it was met.
    Gives the cells of which anything is said that was not said before.
    """
    cells = group.places(units)
    before = group.yes[k].take(cells)
    group.compare(k, units)
    moved = group.rebase(k, cells)
    status, at = kept.codes[:2].take(cells, axis=1)
    stands = (at > k) & ~moved
    turned = stands & (status == ACHIEVED) & (before != group.yes[k].take(cells))
    with np.errstate(all="ignore"):
        met = _meet_first(group, cells[turned], kept)
        rest = ~stands
        found, based = _Judgement(group, cells[rest]), moved[rest]
        found.search_again(kept, k, based.nonzero()[0])
        news = found.write_news(kept, based)
    return np.sort(np.concatenate([news, met])) if len(met) else news


def _meet_first(group: Group, cells: Ints, kept: Verdicts) -> Ints:
    """Tell anew when achieved cells were first so; gives the cells."""
    if len(cells):
        met = _Judgement(group, cells).first_met(np.arange(len(cells)))
        kept.first_met.put(cells, met)
    return cells


class _Judgement:
    """One pass over some cells, flat: only cells with a target."""

    def __init__(self, group: Group, cells: Ints) -> None:
        self.group, self.cell, self.size = group, cells, len(cells)
        self.number, self.base, self.gap, self.sign, self.base_day, self.deadline = (
            group.numbers.take(cells, axis=1)
        )
        self.passed, self.held, self.at_end, self.has_base, self.base_good = (
            group.flags.take(cells, axis=1)
        )
        self.last, self.first = group.spans.take(cells, axis=1)
        self.codes = np.full((5, self.size), -1)
        self.numbers = np.full((5, self.size), np.nan)
        self.status, self.at, self.reason, self.when, self.met = self.codes

    def read(self, cube: Array, k: int | Ints, some: Ints) -> Array:
        """Of [periods x units x columns], the cells in a period."""
        units, width = self.group.shape
        found: Array = cube.take(self.cell[some] + k * (units * width))
        return found

    def write(self, kept: Verdicts) -> None:
        """Say of every cell whatever follows from what was found."""
        self._conclude()
        for rows, found in ((kept.codes, self.codes), (kept.numbers, self.numbers)):
            for row, flat in zip(rows, found, strict=True):
                row[self.cell] = flat

    def write_news(self, kept: Verdicts, based: Bools) -> Ints:
        """The same of a few cells; gives those of which it differs by a bit.

        `based`: those that have another baseline are given too.
        """
        self._conclude()
        numbers = self.numbers.view(np.int64)
        differ = (kept.codes.take(self.cell, axis=1) != self.codes).any(axis=0)
        was = kept.numbers.take(self.cell, axis=1).view(np.int64)
        differ |= (was != numbers).any(axis=0)
        differ |= based
        cells: Ints = self.cell[differ]
        kept.codes[:, cells] = self.codes[:, differ]
        kept.numbers[:, cells] = self.numbers[:, differ]
        return cells

    def _conclude(self) -> None:
        self._reason()
        self._look_later()
        self._number()

    def search_again(self, kept: Verdicts, k: int, moved: Ints) -> None:
        """Where only the k-th period has changed, and the baselines of some cells."""
        self.codes[:2] = kept.codes[:2].take(self.cell, axis=1)
        rest = ((self.first <= k) & (k <= self.last)).nonzero()[0]
        codes = self._status(k, rest)
        decided = codes != UNDECIDED
        lost = rest[~decided & (self.at[rest] == k)]
        rest = rest[decided]
        self.at[rest], self.status[rest] = k, codes[decided]
        self.at[lost] = self.at[moved] = -1
        self._search_all(k - 1, lost)
        self.search(moved)

    def search(self, rest: Ints) -> None:
        """The last usable period of cells not yet found, and the status there."""
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
        yes, no = self.read(group.yes, k, some), self.read(group.no, k, some)
        passed, held = self.passed[some], self.held[some]
        codes = np.where(yes & (passed | ~held), ACHIEVED, UNDECIDED)
        codes[no & passed] = MISSED
        ahead = (~passed & (no | held)).nonzero()[0]
        if len(ahead):
            when = k if isinstance(k, int) else k[ahead]
            codes[ahead] = self._ahead(when, some[ahead])
        return codes

    def _ahead(self, k: int | Ints, some: Ints) -> Ints:
        """Status by the pace, of values that do not satisfy yet."""
        cells = self.group.cells
        least, most = self.read(cells.least, k, some), self.read(cells.most, k, some)
        sign, base = self.sign[some], self.base[some]
        pace, up = self.pace(k, some), sign > 0
        worst, best = np.where(up, least, -most), np.where(up, most, -least)
        goal = weak_cut(sign * pace)
        near = weak_cut(sign * (base + 0.8 * (pace - base)))
        better = sign * pace > sign * base + 1e-9 * np.maximum(
            1.0, np.maximum(np.abs(pace), np.abs(base))
        )
        on = worst >= goal
        behind = (best < goal) & ~on
        codes = np.full(len(some), UNDECIDED)
        codes[on] = CODE[Status.ON_TRACK]
        codes[behind & better & (worst >= near)] = CODE[Status.AT_RISK]
        codes[behind & (~better | (best < near))] = CODE[Status.OFF_TRACK]
        codes[np.isnan(base)] = CODE[Status.OPEN]
        there = self.read(cells.judged, k, some) & ~np.isnan(worst)
        codes[~there] = UNDECIDED
        return codes

    def pace(self, k: int | Ints, some: Ints) -> Floats:
        """Where the straight lines stand on the last day of a period."""
        group = self.group
        if not len(group.days):
            return np.full(len(some), np.nan)
        day, target, base = group.days[k], self.number[some], self.base[some]
        start, end = self.base_day[some], self.deadline[some]
        if group.milestones:
            found = self._bent(day, some)
        else:
            found = base + (target - base) * ((day - start) / (end - start))
        there = (day >= end) | self.base_good[some]
        return np.where(np.isnan(base), np.nan, np.where(there, target, found))

    def _bent(self, day: Array, some: Ints) -> Floats:
        """The same where milestones bend the lines."""
        points = self.group.milestones
        days, values = [d for d, _ in points], [v for _, v in points]
        found = np.empty(len(some))
        for i, cell in enumerate(some.tolist()):
            x = [self.base_day[cell], *days, self.deadline[cell]]
            y = [self.base[cell], *values, self.number[cell]]
            found[i] = np.interp(day if np.ndim(day) == 0 else day[i], x, y)
        return found

    def _reason(self) -> None:
        """Why nothing can be said, where that is so."""
        found = self.at >= 0
        stale = found & (self.last - self.at >= STALE_AFTER)
        waits = found & ~stale & self.passed & (self.at < self.last)
        self.reason[stale] = WHY["stale"]
        self.reason[waits] = WHY["awaiting_final"]
        self.status[~found | stale | waits] = NO_DATA
        self._why_missing((~found).nonzero()[0])

    def _why_missing(self, some: Ints) -> None:
        """Partly reported since the baseline, only before it, or never."""
        if not len(some):
            return
        group = self.group
        ks = np.arange(len(group.periods))[:, None]
        told = self.read(group.cells.reported, ks, some)
        first, last = self.first[some], self.last[some]
        early = (told & (ks < first)).any(axis=0) & self.has_base[some]
        late = (told & (ks >= first) & (ks <= last)).any(axis=0)
        reason = np.where(early, WHY["before_baseline"], WHY["never"])
        self.reason[some] = np.where(late, WHY["partial"], reason)

    def _look_later(self) -> None:
        """What later periods say of a verdict that stands (MEANING 25)."""
        group = self.group
        if not group.later:
            return
        final = (self.status == ACHIEVED) | (self.status == MISSED)
        rest = (self.passed & final).nonzero()[0]
        if not len(rest):
            return
        for k in range(int(self.last[rest].min()) + 1, len(group.periods)):
            won = self.status[rest] == ACHIEVED
            yes, no = (self.read(cube, k, rest) for cube in (group.yes, group.no))
            told = np.where(won, no, yes) & (k > self.last[rest])
            turned = rest[told]
            late, lost = WHY["met_late"], WHY["lost_since"]
            self.reason[turned] = np.where(won[told], lost, late)
            self.when[turned] = k
            rest = rest[~told]

    def _number(self) -> None:
        value, coverage, pace, progress, exceeded = self.numbers
        some, cells = (self.at >= 0).nonzero()[0], self.group.cells
        if not len(some):
            return
        at = self.at[some]
        value[some] = self.read(cells.value, at, some)
        coverage[some] = self.read(cells.coverage, at, some)
        some = (self.status != NO_DATA).nonzero()[0]
        pace[some] = self.pace(self.at[some], some)
        progress[some] = ((value - self.base) / self.gap)[some]
        some = (self.status == ACHIEVED).nonzero()[0]
        if len(some):
            at, number, up = self.at[some], self.number[some], self.sign[some] > 0
            low, high = self.read(cells.low, at, some), self.read(cells.high, at, some)
            exceeded[some] = np.where(up, low - number, number - high)
            self.met[some] = self.first_met(some)

    def first_met(self, some: Ints) -> Ints:
        """The first period in which cells that are achieved were so."""
        ks = np.arange(len(self.group.periods))[:, None]
        cube = self.read(self.group.yes, ks, some)
        last = self.last[some]
        cube &= (ks >= np.where(self.at_end[some], last, self.first[some])) & (
            ks <= last
        )
        found: Ints = cube.argmax(axis=0)
        return found
