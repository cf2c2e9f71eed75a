"""The period that judges each cell of a group, and the status there."""

from __future__ import annotations

import numpy as np

from donbay.domain.verdicts import Status
from donbay.engine.fast.arrays import Bools, Ints
from donbay.engine.fast.groups import FAILED, SATISFIED, Group, rounding
from donbay.engine.fast.lines import Lines
from donbay.engine.fast.marks import upward, weak_cut

STATUSES = tuple(Status)
NO_DATA, ACHIEVED, MISSED, OPEN, ON_TRACK, AT_RISK, OFF_TRACK = map(
    STATUSES.index,
    (
        Status.NO_DATA,
        Status.ACHIEVED,
        Status.MISSED,
        Status.OPEN,
        Status.ON_TRACK,
        Status.AT_RISK,
        Status.OFF_TRACK,
    ),
)
UNDECIDED, BY_PACE = -1, -2
FEW = 5_000  # cells for which all periods are judged at once


def _outcome(said: int, *, passed: bool, held: bool) -> int:
    """What a value comes to before or after the deadline of its target.

    `held`: what satisfies now must still do so when the window has ended.
    """
    if said == SATISFIED and (passed or not held):
        return ACHIEVED
    if said == FAILED and passed:
        return MISSED
    return BY_PACE if not passed and (said == FAILED or held) else UNDECIDED


OUTCOMES = np.array(
    [
        _outcome(said, passed=passed, held=held)
        for held in (False, True)
        for passed in (False, True)
        for said in (0, int(SATISFIED), int(FAILED))
    ]
)
"""By what is said of a value and the course of its cell (`Group.course`)."""


def _paced(said: int) -> int:
    """What a value comes to by its pace, of what is said of it bit by bit."""
    behind, better, near, far, on, baseless, judged, missing = (
        bool(said >> bit & 1) for bit in range(8)
    )
    if missing or not judged:
        return UNDECIDED
    if baseless:
        return OPEN
    if on:
        return ON_TRACK
    if behind and (far or not better):
        return OFF_TRACK
    return AT_RISK if behind and near else UNDECIDED


PACED = np.array([_paced(said) for said in range(256)])
"""By the bits that `Search` finds."""


class Search:
    """The last usable period of some cells, flat, and the status there.

    `codes` are rows of the verdicts to be; of these it writes `status` and `at`.
    """

    def __init__(self, group: Group, cells: Ints, codes: Ints) -> None:
        self.group, self.cell = group, cells
        self.spans = group.spans.take(cells, axis=0)
        self.last, self.first = self.spans.T
        self.codes = codes
        self.status, self.at = codes[:2]

    def again(self, k: int, moved: Bools) -> Bools:
        """Where only the k-th period has changed, and the baselines of some cells.

        Tells for which the period or the status may be another.
        """
        rest = ((self.first <= k) & (k <= self.last)).nonzero()[0]
        codes = self._status(k, rest)
        decided = codes != UNDECIDED
        lost = rest[~decided & (self.at[rest] == k)]
        rest, touched = rest[decided], moved.copy()
        self.at[rest], self.status[rest] = k, codes[decided]
        touched[rest] = touched[lost] = True
        self.at[lost] = self.at[moved] = -1
        self._all_at_once(k - 1, lost)
        self.run(moved.nonzero()[0])
        return touched

    def run(self, rest: Ints) -> None:
        """Search cells not yet found, from their last period down."""
        if not len(rest):
            return
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
                self._all_at_once(k, rest)
                return

    def _all_at_once(self, top: int, rest: Ints) -> None:
        """The same for a few cells, over all earlier periods together."""
        if top < 0 or not len(rest):
            return
        group, cells, ks = self.group, self.cell[rest], np.arange(top, -1, -1)
        places = cells + ks[:, None] * group.size
        codes = OUTCOMES.take(group.said.take(places) + group.course.take(cells))
        outside = ks[:, None] > self.last[rest]
        outside |= ks[:, None] < self.first[rest]
        np.copyto(codes, UNDECIDED, where=outside)
        row, column = (codes == BY_PACE).nonzero()
        if len(row):
            at = row, column
            codes[at] = self._by_pace(ks[row], cells[column], places[at])
        first = (codes != UNDECIDED).argmax(axis=0)
        status = codes[first, np.arange(len(rest))]
        done = status != UNDECIDED
        self.at[rest[done]] = ks[first[done]]
        self.status[rest[done]] = status[done]

    def _status(self, k: int, some: Ints) -> Ints:
        """The status of cells in one period, by pace if nothing else tells."""
        group, cells = self.group, self.cell[some]
        places = cells + k * group.size
        codes: Ints = OUTCOMES.take(group.said.take(places) + group.course.take(cells))
        open_ = (codes == BY_PACE).nonzero()[0]
        if len(open_):
            codes[open_] = self._by_pace(k, cells[open_], places[open_])
        return codes

    def _by_pace(self, k: int | Ints, cells: Ints, places: Ints) -> Ints:
        """Status of values that do not satisfy yet; upward, signs turned if need be."""
        stack, lines = self.group.cells, Lines.of(self.group, cells)
        least, most = stack.least.take(places), stack.most.take(places)
        worst, best = upward(lines.sign, least, most)
        base, pace = lines.sign * lines.base, lines.sign * lines.pace(self.group, k)
        near, on = weak_cut(base + 0.8 * (pace - base)), weak_cut(pace)
        said = np.empty((8, len(cells)), dtype=bool)
        np.less(best, on, out=said[0])
        np.greater(pace, base + rounding(pace, base), out=said[1])
        np.greater_equal(worst, near, out=said[2])
        np.less(best, near, out=said[3])
        np.greater_equal(worst, on, out=said[4])
        np.isnan(base, out=said[5])
        stack.judged.take(places, out=said[6])
        np.isnan(worst, out=said[7])
        found: Ints = PACED.take(np.packbits(said, axis=0, bitorder="little")[0])
        return found
