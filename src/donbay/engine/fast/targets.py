"""Targets put on groups: those of one board side by side, and odd ones alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency, Period, last_ended, periods_between
from donbay.domain.quantities import Comparator
from donbay.domain.targets import Target
from donbay.engine.fast.arrays import (
    Bools,
    Floats,
    Ints,
    Picks,
    meet,
    neighbours,
    picks,
)
from donbay.engine.fast.cells import Cells, stacked
from donbay.engine.fast.groups import Group, Verdicts, own_baseline
from donbay.engine.fast.judgement import judge
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import Request, Sheet

PARTS = 4  # in which a group's units are judged side by side


@dataclass(frozen=True)
class Sought:
    """A target, the number it has, and the column that answers its request."""

    number: int
    target: Target
    request: Request
    indicator: Indicator
    sheet: Sheet
    column: int

    @property
    def native(self) -> bool:
        """Whether the sheet's own periods judge it."""
        target = self.target
        own = target.period in {None, self.indicator.frequency}
        return own and target.window is None and not target.milestones


class Batch(NamedTuple):
    """Targets side by side in a group: the same units have them, of one baseline."""

    group: Group
    units: Picks
    beside: list[tuple[int, Sought]]

    @property
    def at(self) -> tuple[Picks | Ints, Picks]:
        """Their cells."""
        units, columns = self.units, picks([column for column, _ in self.beside])
        if isinstance(units, slice) or isinstance(columns, slice):
            return units, columns
        return units[:, None], columns


class Targets:
    """Every target of a programme on the groups that judge it."""

    def __init__(self, run: Run) -> None:
        self.run, self.targets = run, run.programme.targets
        self.groups: list[Group] = []
        self.place: list[tuple[Group, int]] = []
        self._native: dict[int, list[Group]] = {}
        self._taken: dict[tuple[int, int], list[Picks]] = {}
        self._batches: dict[tuple[object, ...], Batch] = {}

    @staticmethod
    def requests(targets: Sequence[Target]) -> list[Request]:
        return [request_of(target) for target in targets]

    def prepare(self) -> None:
        """Put every target on a group; sheets must be filled."""
        for number, target in enumerate(self.targets):
            self._put(self._sought(number, target))
        for batch in self._batches.values():
            batch.beside.sort(key=itemgetter(0))
            self._write(batch)
        for group in self.groups:
            group.ready()

    def judge(self) -> list[Verdicts]:
        """The verdicts of every group, in order."""
        pool = self.run.pool
        every = slice(0, None)
        for group in self.groups:
            work = range(len(group.periods))
            list(pool.map(lambda k, g=group: g.compare(k, every), work))
        return [self._judged(group) for group in self.groups]

    def _judged(self, group: Group) -> Verdicts:
        """All cells of a group, its units in parts side by side."""
        found = Verdicts(group.shape)
        size = -(-group.shape[0] // PARTS)
        begins = range(0, group.shape[0], max(size, 1))
        parts = [slice(b, min(b + size, group.shape[0])) for b in begins]
        list(self.run.pool.map(lambda part: judge(group, part, found), parts))
        return found

    def _sought(self, number: int, target: Target) -> Sought:
        request = self.run.widened(request_of(target))
        indicator = self.run.programme.indicators[target.indicator]
        return Sought(number, target, request, indicator, *self.run.at[request])

    def _put(self, sought: Sought) -> None:
        units, column = self._units(sought), 0
        if sought.native:
            column = sought.sheet.first + sought.column
            group = self._shared(sought.sheet, column, units)
        else:
            group = self._alone(sought)
        self.place.append((group, column))
        self._taken.setdefault((id(group), column), []).append(units)
        target = sought.target
        paced = target.baseline and (target.baseline.period or "number")
        some = repr(units) if isinstance(units, slice) else units.tobytes()
        key = id(group), some, target.window, paced
        batch = self._batches.setdefault(key, Batch(group, units, []))
        batch.beside.append((column, sought))

    def _shared(self, sheet: Sheet, column: int, units: Picks) -> Group:
        """A group on the sheet's board with room for one more target."""
        board = sheet.board()
        layers = self._native.setdefault(id(board), [])
        for group in layers:
            taken = self._taken.get((id(group), column), ())
            if not any(meet(units, others) for others in taken):
                return group
        width = board.value.shape[2]
        group = Group(board, sheet.periods, (sheet.units, width), sheet.offset)
        layers.append(group)
        self.groups.append(group)
        return group

    def _alone(self, sought: Sought) -> Group:
        """A group of its own for one target."""
        target, sheet = sought.target, sought.sheet
        if target.window is not None:
            periods, cells = self._windowed(sought, target.window)
        else:
            periods = self._judged_periods(sought)
            cells = [self.run.cells(sought.request, period) for period in periods]
        points = tuple((m.day.toordinal(), m.value) for m in target.milestones)
        stack = stacked(cells) if cells else sheet.column_of_none()
        later = target.window is None and not isinstance(target.period, Period)
        group = Group(stack, periods, (sheet.units, 1), sheet.offset, points, later)
        self.groups.append(group)
        return group

    def _windowed(
        self, sought: Sought, window: Period
    ) -> tuple[tuple[Period, ...], list[Cells]]:
        """Single periods before a window, then the window so far."""
        run, indicator = self.run, sought.indicator
        parts = window.parts(indicator.frequency)
        inside = [p for p in parts if p.last <= run.days.on]
        before = [p for p in run.periods(indicator) if p.last < window.first]
        whole = run.general(sought.request)
        cells = [whole.over((p,)) for p in before]
        cells += [whole.over(parts[: i + 1]) for i in range(len(inside))]
        return (*before, *inside), cells

    def _judged_periods(self, sought: Sought) -> tuple[Period, ...]:
        run, period, indicator = self.run, sought.target.period, sought.indicator
        if isinstance(period, Period):
            return (period,) if period.last <= run.days.on else ()
        if period is None or period is indicator.frequency:
            return run.periods(indicator)
        if run.start is None:
            return ()
        return tuple(periods_between(run.start, run.days.on, Frequency(period)))

    def _units(self, sought: Sought) -> Picks:
        """Units of the sheet that have a row (semantics 9)."""
        places, target, offset = self.run.places, sought.target, sought.sheet.offset
        expected = self._expected(sought)
        levels = target.levels or (() if target.units else places.rising[-1:])
        if len(levels) == 1:
            (level,) = levels
            begin = max(places.start[level] - offset, 0)
            told = expected[begin : max(places.end(level) - offset, 0)]
            if told.all():
                return slice(begin, begin + len(told))
            return neighbours(begin + told.nonzero()[0])
        if levels:
            ranges = [(places.start[x], places.end(x)) for x in levels]
            found = np.concatenate([np.arange(*ends) for ends in ranges])
        else:
            known = (places.index[u] for u in target.units if u in places.index)
            found = np.fromiter(known, np.int64)
        at: Ints = found[found >= offset] - offset
        return neighbours(at[expected[at]])

    def _expected(self, sought: Sought) -> Bools:
        """Who is expected in the last period that ended by the deadline."""
        run, target, request = self.run, sought.target, sought.request
        indicator = sought.indicator
        until = min(run.days.on, target.deadline)
        if target.window is not None:
            parts = target.window.parts(indicator.frequency)
            ended = sum(p.last <= until for p in parts)
            cells = run.general(request).over(parts[: max(ended, 1)])
            return cells.expected[:, 0]
        if isinstance(target.period, Period):
            return run.expected(request, target.period)
        frequency = target.period or indicator.frequency
        if frequency is Frequency.SPAN:
            spans = sorted(indicator.spans, key=lambda s: (s.last, s.first))
            past = [s for s in spans if s.last <= until]
            chosen = past[-1] if past else spans[0]
        else:
            chosen = last_ended(until, Frequency(frequency))
        return run.expected(request, chosen)

    def _write(self, batch: Batch) -> None:
        group, at, on = batch.group, batch.at, self.run.days.on.toordinal()
        targets = [sought.target for _, sought in batch.beside]
        upward = np.array([t.comparator.upward for t in targets])
        deadline = np.array([t.deadline.toordinal() for t in targets])
        group.sought[at] = [sought.number for _, sought in batch.beside]
        group.number[at] = [t.value for t in targets]
        group.up[at] = upward
        group.strict[at] = [
            t.comparator in {Comparator.ABOVE, Comparator.BELOW} for t in targets
        ]
        group.deadline[at], group.passed[at] = deadline, on > deadline
        group.last[at] = group.ended(np.minimum(on, deadline)) - 1
        window, baseline = targets[0].window, targets[0].baseline
        if window is not None:
            group.base[at] = 0.0
            group.base_day[at] = window.first.toordinal() - 1
            group.has_base[at] = True
            group.first[at] = group.ended(window.first.toordinal() - 1)
            group.at_end[at] = ~upward
            group.held[at] = ~upward & (on <= deadline)
        elif baseline is not None and baseline.period is not None:
            self._pace_from(batch, baseline.period)
        elif baseline is not None:
            bases = [t.baseline for t in targets if t.baseline is not None]
            given = [np.nan if base.value is None else base.value for base in bases]
            days = zip(bases, deadline.tolist(), strict=True)
            self._pace(
                batch, given, [b.day.toordinal() if b.day else late for b, late in days]
            )

    def _pace_from(self, batch: Batch, period: Period) -> None:
        """From what units had themselves in a period."""
        group, at = batch.group, batch.at
        _, sought = batch.beside[0]
        if sought.native and period in group.index:
            base = own_baseline(group.cells.at(group.index[period]), at)
        else:
            base = np.stack(
                [self._own(s, period, batch.units) for _, s in batch.beside], axis=1
            )
        if period in group.index:
            k = group.index[period]
            group.base_at[at] = k
            group.baselines.add(k)
        self._pace(batch, base, period.last.toordinal())

    def _pace(
        self, batch: Batch, base: Floats | list[float], day: int | list[int]
    ) -> None:
        """Straight lines begin at a base on a day."""
        group, at = batch.group, batch.at
        group.base[at], group.base_day[at], group.has_base[at] = base, day, True
        group.first[at] = group.ended(day)

    def _own(self, sought: Sought, period: Period, units: Picks) -> Floats:
        """What units had themselves in the period of a baseline."""
        k = sought.sheet.index.get(period)
        if k is not None:
            return own_baseline(sought.sheet.room(), (k, units, sought.column))
        return own_baseline(self.run.cells(sought.request, period), (units, 0))


def request_of(target: Target) -> Request:
    scope = frozenset({target.scope}) if target.scope else frozenset()
    return Request(target.indicator, target.category, scope)
