"""Where targets stand: a group of them, judged for all units at once."""

from __future__ import annotations

import numpy as np

from donbay.engine.fast.arrays import Bools, Ints
from donbay.engine.fast.cells import STALE_AFTER
from donbay.engine.fast.groups import FAILED, SATISFIED, Group, Verdicts
from donbay.engine.fast.lines import Lines
from donbay.engine.fast.search import ACHIEVED, MISSED, NO_DATA, Search

REASONS = (
    "never",
    "partial",
    "before_baseline",
    "stale",
    "awaiting_final",
    "met_late",
    "lost_since",
)
WHY = {reason: i for i, reason in enumerate(REASONS)}
MET = 4  # where codes tell the period in which a target was first met


def judge(group: Group, units: slice, kept: Verdicts) -> None:
    """Write the status of every cell of some units."""
    kept.clear(units)
    cells = group.places(units)
    codes = np.full((5, len(cells)), -1)
    with np.errstate(all="ignore"):
        search = Search(group, cells, codes)
        search.run((search.last >= search.first).nonzero()[0])
        found = _Judgement(group, cells, search.spans, codes)
        found.conclude()
        found.meet()
        found.write(kept)


def rejudge(group: Group, at: tuple[Ints, Ints], kept: Verdicts, k: int) -> Ints:
    """The same at some units and columns where only the k-th period has changed.

    What stands later than that is not looked at but for the day when it was met.
    NumPy should not warn of numbers that are none. Gives the cells of which anything
    is said that was not said before.
    """
    cells = group.crossing(*at)
    before = group.said[k].take(cells)
    group.compare(k, at[0])
    turned = before != group.said[k].take(cells)
    moved = group.rebase(k, cells)
    was = kept.codes.take(cells, axis=0)
    _, found, _, _, met = was.T
    open_ = (found <= k) | moved
    early = cells[turned & ~open_ & (met >= k)]
    if len(early):
        kept.codes[early, MET] = first_met(group, early)
    rest = open_.nonzero()[0]
    search = Search(group, cells[rest], was.take(rest, axis=0).T)
    based = moved[rest]
    touched = search.again(k, based) | turned[rest]
    touched |= _may_be_told(search, k)
    news = _conclude_again(search, touched.nonzero()[0], kept, based, k)
    return np.sort(np.concatenate([news, early])) if len(early) else news


def _may_be_told(search: Search, k: int) -> Bools:
    """Cells without a period for which the k-th may give another reason."""
    found: Bools = search.at < 0
    if found.any():
        told = search.group.cells.reported[k].take(search.cell)
        partly = search.codes[2] == WHY["partial"]
        found &= ~(partly & (told | (search.first > k)))
    return found


def _conclude_again(
    search: Search, some: Ints, kept: Verdicts, based: Bools, k: int
) -> Ints:
    """Say anew what follows for some of the cells; gives those where it differs.

    `based`: those that have another baseline are given too.
    """
    if not len(some):
        return search.cell[:0]
    cells, codes = search.cell[some], search.codes.T.take(some, axis=0)
    spans, codes = search.spans.take(some, axis=0), np.ascontiguousarray(codes.T)
    found = _Judgement(search.group, cells, spans, codes)
    found.conclude()
    found.meet(k)
    return found.write_news(kept, based[some])


def first_met(group: Group, cells: Ints) -> Ints:
    """The first period in which cells that are achieved were so."""
    ks = np.arange(len(group.periods))[:, None]
    last, first = group.spans.take(cells, axis=0).T
    begin = np.where(group.at_end.take(cells), last, first)
    won = group.said.take(cells + ks * group.size) == SATISFIED
    won &= (ks >= begin) & (ks <= last)
    found: Ints = won.argmax(axis=0)
    return found


class _Judgement:
    """What follows for some cells, flat, from the period and status that were found.

    `codes` are rows of verdicts; what is kept of them beside those is written over.
    """

    def __init__(self, group: Group, cells: Ints, spans: Ints, codes: Ints) -> None:
        self.group, self.cell = group, cells
        self.last, self.first = spans.T
        self.codes, self.numbers = codes, np.full((5, len(cells)), np.nan)
        self.status, self.at, self.reason, self.when, self.met = codes

    def conclude(self) -> None:
        """All but the day when cells were first achieved."""
        self.codes[2:4] = -1
        self._reason()
        self._look_later()
        self._number()

    def write(self, kept: Verdicts) -> None:
        """Write it over what was kept."""
        kept.codes[self.cell], kept.numbers[self.cell] = self.codes.T, self.numbers.T

    def write_news(self, kept: Verdicts, based: Bools) -> Ints:
        """The same of a few cells; gives those that are based or differ by a bit."""
        cells, numbers = self.cell, self.numbers.view(np.int64)
        differ = (self.codes != kept.codes.take(cells, axis=0).T).any(axis=0)
        was = kept.numbers.take(cells, axis=0).view(np.int64)
        differ |= (numbers != was.T).any(axis=0)
        self.write(kept)
        news: Ints = cells[differ | based]
        return news

    def meet(self, k: int = 0) -> None:
        """When achieved cells were first so; what was before the k-th period stands."""
        won = self.status == ACHIEVED
        self.met[~won] = -1
        some = (won & ((self.met < 0) | (self.met >= k))).nonzero()[0]
        if len(some):
            self.met[some] = first_met(self.group, self.cell[some])

    def _reason(self) -> None:
        """Why nothing can be said, where that is so."""
        late = ((self.at < self.last) | (self.at < 0)).nonzero()[0]
        if not len(late):
            return
        at = self.at[late]
        found, stale = at >= 0, self.last[late] - at >= STALE_AFTER
        waits = ~stale & self.group.passed.take(self.cell[late])
        reason = np.where(
            stale, WHY["stale"], np.where(waits, WHY["awaiting_final"], -1)
        )
        self.reason[late] = reason
        self.status[late[~found | stale | waits]] = NO_DATA
        self._why_missing(late[~found])

    def _why_missing(self, some: Ints) -> None:
        """Partly reported since the baseline, only before it, or never."""
        if not len(some):
            return
        group, cells = self.group, self.cell[some]
        ks = np.arange(len(group.periods))[:, None]
        told = group.cells.reported.take(cells + ks * self.group.size)
        first, last = self.first[some], self.last[some]
        since = ks >= first
        early = (told & ~since).any(axis=0) & group.has_base.take(cells)
        late = (told & since & (ks <= last)).any(axis=0)
        reason = np.where(early, WHY["before_baseline"], WHY["never"])
        self.reason[some] = np.where(late, WHY["partial"], reason)

    def _look_later(self) -> None:
        """What later periods say of a verdict that stands (MEANING 25)."""
        group, top = self.group, len(self.group.periods) - 1
        if not group.later:
            return
        rest = (self.last < top).nonzero()[0]
        if len(rest):
            status = self.status[rest]
            final = (status == ACHIEVED) | (status == MISSED)
            rest = rest[final & group.passed.take(self.cell[rest])]
        if not len(rest):
            return
        for k in range(int(self.last[rest].min()) + 1, top + 1):
            won = self.status[rest] == ACHIEVED
            said = group.said[k].take(self.cell[rest])
            told = (said == np.where(won, FAILED, SATISFIED)) & (k > self.last[rest])
            turned = rest[told]
            late, lost = WHY["met_late"], WHY["lost_since"]
            self.reason[turned] = np.where(won[told], lost, late)
            self.when[turned] = k
            rest = rest[~told]

    def _number(self) -> None:
        """Numbers of the period found, and how they lie to the target."""
        group, cells = self.group, self.group.cells
        found, none = self.at >= 0, self.status == NO_DATA
        if not found.any():
            return
        value, coverage, pace, progress, exceeded = self.numbers
        places = self.cell + self.at * self.group.size
        lines = Lines.of(group, self.cell)
        value[...], coverage[...] = (
            cells.value.take(places),
            cells.coverage.take(places),
        )
        pace[...] = lines.pace(group, self.at)
        progress[...] = (value - lines.base) / lines.gap
        low, high = cells.low.take(places), cells.high.take(places)
        over = np.where(lines.sign > 0, low - lines.number, lines.number - high)
        np.copyto(exceeded, over, where=self.status == ACHIEVED)
        np.copyto(self.numbers[:2], np.nan, where=~found)
        np.copyto(self.numbers[2:4], np.nan, where=none)
