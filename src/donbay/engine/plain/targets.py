"""Where each target stands for each unit (MEANING 12 and 18 to 25)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from donbay.domain.periods import Frequency, Period
from donbay.domain.quantities import Range, equal
from donbay.domain.targets import Target
from donbay.domain.territory import DAY
from donbay.domain.verdicts import Reason, Status, TargetRow, Want
from donbay.engine.plain import calendar
from donbay.engine.plain.figures import NO_ROWS, Ask, Figure, Guess
from donbay.engine.plain.pace import Start, pace, status, waits
from donbay.engine.plain.values import Values

STALE = 2  # periods that ended since, without a usable value


class Doubt(NamedTuple):
    """Rows of which some may be idle: `holds` where those left over still do."""

    rows: frozenset[int]
    holds: Callable[[Values], bool]


class Judged(NamedTuple):
    """A row, the rows of the ledger that it surely needs, and those it may need."""

    row: TargetRow
    sure: frozenset[int] = NO_ROWS
    doubts: tuple[Doubt, ...] = ()


def judge(values: Values, target: Target, units: Collection[str]) -> Iterator[Judged]:
    wanted = _units(values, target)
    for unit in values.world.atlas.units:
        if unit in wanted and unit in units:
            case = Case(values, target, unit)
            if case.exists:
                yield case.judged()


def _units(values: Values, target: Target) -> set[str]:
    """Those of the levels, those named, or else those of the top level."""
    atlas, levels = values.world.atlas, target.levels
    if not levels and not target.units:
        levels = values.world.programme.level_ids[:1]
    return {u for level in levels for u in atlas.units_of(level)} | set(target.units)


class Case:
    """One target for one unit."""

    def __init__(self, values: Values, target: Target, unit: str) -> None:
        self.values, self.target, self.unit = values, target, unit
        self.world = values.world
        self.indicator = self.world.indicator(target.indicator)
        self.on = self.world.days.on
        self.over = self.on > target.deadline
        self.until = min(self.on, target.deadline)
        self.start, self.start_figure = self._start()

    # --- periods and figures ---------------------------------------------------------

    @property
    def exists(self) -> bool:
        """Somebody is expected for the last period that ended (MEANING 12)."""
        if self.target.window:
            parts = self.target.window.parts(self.indicator.frequency)
            past = [period for period in parts if period.last <= self.until]
            return self.figure(past[-1] if past else parts[0]).expected
        rhythm = self.target.period
        period = calendar.last_of(self.indicator, rhythm, self.until)
        ahead = calendar.spans(self.indicator, rhythm)
        due = period or (ahead[0] if ahead else None)
        return due is not None and self.figure(due).expected

    def figure(self, period: Period) -> Figure:
        """At the end of a period; with a window, the total since it began."""
        ask = self._ask(period)
        if self.target.window:
            first = self.target.window.index
            months = period.index + period.months - first
            ask = ask._replace(
                period=Period(first, months, Frequency.SPAN), running=True
            )
        return self.values.figure(ask, self.unit)

    def _ask(self, period: Period) -> Ask:
        scope, category = self.target.scope, self.target.category
        return self.values.ask(self.target.indicator, period, category, scope)

    def ended(self, until: date) -> list[Period]:
        """Latest first, from the first that was reported in the programme."""
        rhythm = None if self.target.window else self.target.period
        return calendar.ended(self.world.ledger.start, self.indicator, rhythm, until)

    @property
    def candidates(self) -> list[Period]:
        """Periods that may be judged: ended by then, and after the baseline."""
        found = self.ended(self.until)
        if window := self.target.window:
            found = [
                p for p in found if window.first <= p.first and p.last <= window.last
            ]
        return [p for p in found if self.start is None or p.last > self.start.day]

    def _start(self) -> tuple[Start | None, Figure | None]:
        """The baseline: given, the unit's own, or nothing yet in a window."""
        if self.target.window:
            return Start(self.target.window.first - DAY, 0.0), None
        baseline = self.target.baseline
        if baseline is None:
            return None, None
        if baseline.period is None:
            return (Start(baseline.day, baseline.value) if baseline.day else None), None
        figure = self.values.figure(self._ask(baseline.period), self.unit)
        whole = Want.INCOMPLETE not in figure.wants
        exact = whole and figure.span is not None and figure.span.is_point
        value = figure.number if exact else None
        return Start(baseline.period.last, value), figure if exact else None

    # --- judging ---------------------------------------------------------------------

    def status(self, figure: Figure, period: Period) -> Status | None:
        """None: it may not decide, or not every number agrees."""
        if figure.span is None:
            return None
        return status(self.target, self.start, figure.span, period.last, over=self.over)

    def judged(self) -> Judged:
        for age, period in enumerate(self.candidates):
            figure = self.figure(period)
            found = self.status(figure, period)
            if found is not None:
                return self._found(found, figure, period, age)
        return self._nothing()

    def _row(self, found: Status, reason: Reason | None = None) -> TargetRow:
        return TargetRow(
            unit=self.unit,
            target=self.target.id,
            indicator=self.target.indicator,
            target_value=self.target.value,
            status=found,
            reason=reason,
            baseline=self.start.value if self.start else None,
        )

    def _nothing(self) -> Judged:
        """No usable value: said in part, only before the baseline, or never."""
        after = self._heard(self.candidates, self.figure)
        if after:
            return self._no_data("partial", after)
        if self.start:
            past = self.ended(min(self.start.day, self.until))
            before = self._heard(
                past, lambda p: self.values.figure(self._ask(p), self.unit)
            )
            if before:
                return self._no_data("before_baseline", before)
        return self._no_data("never", NO_ROWS)

    def _heard(
        self, periods: Iterable[Period], figure: Callable[[Period], Figure]
    ) -> frozenset[int]:
        return NO_ROWS.union(*(figure(period).heard for period in periods))

    def _no_data(self, code: str, heard: frozenset[int]) -> Judged:
        row = self._row(Status.NO_DATA, Reason(code))
        if not heard:
            return Judged(row, NO_ROWS, self._base_doubts)
        return Judged(row, NO_ROWS, (*self._base_doubts, self._same(heard, row)))

    def _found(self, found: Status, figure: Figure, period: Period, age: int) -> Judged:
        row = replace(
            self._row(found),
            period=period,
            value=figure.number,
            coverage=figure.coverage,
        )
        late = None
        if age >= STALE:
            row = replace(row, status=Status.NO_DATA, reason=Reason("stale"))
        elif self.over and age:
            row = replace(row, status=Status.NO_DATA, reason=Reason("awaiting_final"))
        elif figure.guess:
            row, late = self._with_margins(row, figure.guess, period)
        if late:
            row = replace(row, reason=self._late_reason(found, late))
        others = [p for p in (row.first_met, late) if p and p != period]
        doubts = (*self._base_doubts, *(self._satisfying(p) for p in others))
        if figure.sure:
            return Judged(row, figure.rows, doubts)
        return Judged(row, NO_ROWS, (self._same(figure.rows, row), *doubts))

    # --- what it rests on ------------------------------------------------------------

    def _again(self, values: Values) -> Case:
        return Case(values, self.target, self.unit)

    def _same(self, rows: frozenset[int], row: TargetRow) -> Doubt:
        return Doubt(rows, lambda values: self._again(values).judged().row == row)

    def _satisfying(self, period: Period) -> Doubt:
        """Rows that make a period say what it says of the target."""
        said = self.satisfied(period)
        return Doubt(
            self.figure(period).rows,
            lambda values: self._again(values).satisfied(period) is said,
        )

    @property
    def _base_doubts(self) -> tuple[Doubt, ...]:
        if self.start_figure is None:
            return ()
        start = self.start
        return (Doubt(self.start_figure.rows, lambda v: self._again(v).start == start),)

    # --- what it shows ---------------------------------------------------------------

    def _with_margins(
        self, row: TargetRow, guess: Guess, period: Period
    ) -> tuple[TargetRow, Period | None]:
        """Pace and progress; when it was met first, and whether that has turned."""
        row = replace(row, progress=self._progress(guess[0]))
        if row.status is not Status.OPEN:
            row = replace(row, pace=pace(self.target, self.start, period.last))
        if row.status is Status.ACHIEVED:
            row = replace(
                row,
                exceeded=self._exceeded(guess[1]),
                first_met=self._first_met(period),
            )
        return row, self._turned(row.status)

    def _progress(self, number: float) -> float | None:
        """The part of the way from the baseline; 1 is there (MEANING 24)."""
        base, goal = self.start.value if self.start else None, self.target.value
        if base is None or equal(goal, base):
            return None
        return (number - base) / (goal - base)

    def _exceeded(self, span: Range) -> float:
        """The margin at the worst number that it may be."""
        worst = span.low if self.target.comparator.upward else span.high
        return abs(worst - self.target.value)

    def satisfied(self, period: Period) -> bool | None:
        span = self.figure(period).span
        if span is None:
            return None
        return span.satisfies(self.target.comparator, self.target.value)

    def _first_met(self, period: Period) -> Period:
        if waits(self.target):
            return period
        met = [p for p in reversed(self.candidates) if self.satisfied(p)]
        return met[0] if met else period

    def _turned(self, found: Status) -> Period | None:
        """After the deadline, the first period that says the contrary (MEANING 25)."""
        fixed = self.target.window or isinstance(self.target.period, Period)
        if fixed or not self.over:
            return None
        contrary = found is Status.MISSED
        for period in reversed(self.ended(self.on)):
            late = period.last > self.target.deadline
            if late and self.satisfied(period) is contrary:
                return period
        return None

    def _late_reason(self, found: Status, period: Period) -> Reason:
        code = "met_late" if found is Status.MISSED else "lost_since"
        return Reason(code, str(period))
