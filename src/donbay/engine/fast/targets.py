"""Where targets stand: groups of targets on one sheet, judged for all units at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency, Period, last_ended, periods_between
from donbay.domain.quantities import Comparator
from donbay.domain.targets import Target
from donbay.engine.fast.arrays import Bools, Ints
from donbay.engine.fast.cells import stacked
from donbay.engine.fast.judgement import (
    PARTS,
    Group,
    Verdicts,
    own_baseline,
)
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import Request, Sheet


class Targets:
    """Every target of a programme on the groups that judge it."""

    def __init__(self, run: Run) -> None:
        self.run, self.targets = run, run.programme.targets
        self.groups: list[Group] = []
        self.place: list[tuple[Group, int]] = []
        self._native: dict[int, list[Group]] = {}

    @staticmethod
    def requests(targets: Sequence[Target]) -> list[Request]:
        return [request_of(target) for target in targets]

    def prepare(self) -> None:
        """Put every target on a group; sheets must be filled."""
        for number, target in enumerate(self.targets):
            self._put(number, target)
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
        found = Verdicts.blank(group.shape)
        size = -(-group.shape[0] // PARTS)
        begins = range(0, group.shape[0], max(size, 1))
        parts = [np.arange(b, min(b + size, group.shape[0])) for b in begins]
        list(self.run.pool.map(lambda part: group.rejudge(part, found), parts))
        return found

    def _put(self, number: int, target: Target) -> None:
        run = self.run
        request = run.widened(request_of(target))
        sheet, column = run.at[request]
        indicator = run.programme.indicators[target.indicator]
        units = self._units(target, sheet, request, indicator)
        plain = target.window is None and target.period in {None, indicator.frequency}
        if plain and not target.milestones:
            sheet.board()
            column += sheet.first
            group = self._shared(sheet, column, units)
        else:
            group = self._alone(target, request, sheet, indicator)
            column = 0
        self.place.append((group, column))
        self._write(group, units, column, number, target, request)

    def _shared(self, sheet: Sheet, column: int, units: Ints) -> Group:
        """A group on the sheet's board with room for one more target."""
        board = sheet.board()
        layers = self._native.setdefault(id(board), [])
        for group in layers:
            if not (group.sought[units, column] >= 0).any():
                return group
        width = board.value.shape[2]
        every, shape = np.arange(width), (sheet.units, width)
        group = Group(board, sheet.periods, every, shape, sheet.offset)
        layers.append(group)
        self.groups.append(group)
        return group

    def _alone(
        self, target: Target, request: Request, sheet: Sheet, indicator: Indicator
    ) -> Group:
        run, window = self.run, target.window
        if window is not None:
            parts = window.parts(indicator.frequency)
            inside = [p for p in parts if p.last <= run.days.on]
            whole = run.general(request)
            before = [p for p in run.periods(indicator) if p.last < window.first]
            periods = (*before, *inside)
            cells = [whole.over((p,)) for p in before]
            cells += [whole.over(parts[: i + 1]) for i in range(len(inside))]
        else:
            periods = self._judged_periods(target, indicator)
            cells = [run.cells(request, period) for period in periods]
        points = tuple((m.day.toordinal(), m.value) for m in target.milestones)
        stack = stacked(cells) if cells else sheet.column_of_none()
        later = window is None and not isinstance(target.period, Period)
        group = Group(
            stack,
            periods,
            np.zeros(1, dtype=np.int64),
            (sheet.units, 1),
            sheet.offset,
            points,
            later,
        )
        self.groups.append(group)
        return group

    def _judged_periods(
        self, target: Target, indicator: Indicator
    ) -> tuple[Period, ...]:
        run, period = self.run, target.period
        if isinstance(period, Period):
            return (period,) if period.last <= run.days.on else ()
        if period is None or period is indicator.frequency:
            return run.periods(indicator)
        if run.start is None:
            return ()
        return tuple(periods_between(run.start, run.days.on, Frequency(period)))

    def _units(
        self, target: Target, sheet: Sheet, request: Request, indicator: Indicator
    ) -> Ints:
        """Units of the sheet that have a row (semantics 9)."""
        places = self.run.places
        if target.levels:
            found = [
                i
                for level in target.levels
                for i in range(places.start[level], places.end(level))
            ]
        elif target.units:
            found = [places.index[u] for u in target.units if u in places.index]
        else:
            top = places.rising[-1]
            found = list(range(places.start[top], places.end(top)))
        at = np.array(
            [i - sheet.offset for i in found if i >= sheet.offset], dtype=np.int64
        )
        expected = self._expected(target, request, indicator)
        return at[expected[at]]

    def _expected(
        self, target: Target, request: Request, indicator: Indicator
    ) -> Bools:
        run = self.run
        until = min(run.days.on, target.deadline)
        if target.window is not None:
            parts = target.window.parts(indicator.frequency)
            ended = sum(p.last <= until for p in parts)
            cells = run.general(request).over(parts[: max(ended, 1)])
            return cells.expected[:, 0]
        if isinstance(target.period, Period):
            return run.cells(request, target.period).expected[:, 0]
        frequency = target.period or indicator.frequency
        if frequency is Frequency.SPAN:
            spans = sorted(indicator.spans, key=lambda s: (s.last, s.first))
            past = [s for s in spans if s.last <= until]
            chosen = past[-1] if past else spans[0]
        else:
            chosen = last_ended(until, Frequency(frequency))
        return run.cells(request, chosen).expected[:, 0]

    def _write(
        self,
        group: Group,
        units: Ints,
        column: int,
        number: int,
        target: Target,
        request: Request,
    ) -> None:
        on, at = self.run.days.on, (units, column)
        until = min(on, target.deadline)
        ended = sum(p.last <= until for p in group.periods)
        strict = target.comparator in {Comparator.ABOVE, Comparator.BELOW}
        group.sought[at] = number
        group.number[at] = target.value
        group.up[at] = target.comparator.upward
        group.strict[at] = strict
        group.deadline[at] = target.deadline.toordinal()
        group.passed[at] = on > target.deadline
        group.last[at] = ended - 1
        window = target.window
        if window is not None:
            group.base[at] = 0.0
            group.base_day[at] = window.first.toordinal() - 1
            group.has_base[at] = True
            group.first[at] = sum(p.last < window.first for p in group.periods)
            group.at_end[at] = not target.comparator.upward
            group.held[at] = not target.comparator.upward and on <= target.deadline
        elif target.baseline is not None:
            self._write_baseline(group, units, column, target, request)

    def _write_baseline(
        self, group: Group, units: Ints, column: int, target: Target, request: Request
    ) -> None:
        baseline, at = target.baseline, (units, column)
        if baseline is None:
            return
        if baseline.period is not None:
            cells = self.run.cells(request, baseline.period)
            group.base[at] = own_baseline(cells, (units, 0))
            if baseline.period in group.periods:
                group.base_at[at] = group.periods.index(baseline.period)
            day: date = baseline.period.last
        else:
            group.base[at] = np.nan if baseline.value is None else baseline.value
            day = baseline.day or target.deadline
        group.base_day[at] = day.toordinal()
        group.has_base[at] = True
        group.first[at] = sum(p.last <= day for p in group.periods)


def request_of(target: Target) -> Request:
    scope = frozenset({target.scope}) if target.scope else frozenset()
    return Request(target.indicator, target.category, scope)
