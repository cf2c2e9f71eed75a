"""What a promise still takes: how far it is, how many periods, how many places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Frequency, Period, periods_between
from donbay.domain.quantities import Range
from donbay.domain.targets import Target
from donbay.domain.verdicts import Status, TargetRow

DAY = timedelta(days=1)
UNDER_WAY = {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.OPEN}


@dataclass(frozen=True, slots=True)
class Remaining:
    """The way from the last value to the promise, signed as the value has to move.

    `periods` end between the two; `so_far` is what each period since the baseline has
    brought on average, where there is one.
    """

    gap: float
    periods: int
    so_far: float | None

    @property
    def each(self) -> float | None:
        """What every period that is left must bring."""
        return self.gap / self.periods if self.periods else None


def start_of(target: Target) -> date | None:
    """The day from which a target is paced; None without a baseline."""
    if target.window is not None:
        return target.window.first - DAY
    baseline = target.baseline
    if baseline is None:
        return None
    return baseline.period.last if baseline.period is not None else baseline.day


def remaining(target: Target, row: TargetRow) -> Remaining | None:
    """None where nothing is left to do, or no value says how much."""
    if row.status not in UNDER_WAY or row.value is None or row.period is None:
        return None
    if row.period.frequency is Frequency.SPAN or _allowance(target):
        return None
    left = _periods(row.period.last, target.deadline, row.period)
    return Remaining(target.value - row.value, left, _so_far(target, row, row.period))


def _allowance(target: Target) -> bool:
    """A total that must not be exceeded asks for nothing to be done."""
    return target.window is not None and not target.comparator.upward


def _so_far(target: Target, row: TargetRow, period: Period) -> float | None:
    start = start_of(target)
    if start is None or row.baseline is None or row.value is None:
        return None
    behind = _periods(start, period.last, period)
    return (row.value - row.baseline) / behind if behind else None


def _periods(after: date, until: date, like: Period) -> int:
    """How many begin after a day and end by another."""
    found = periods_between(after + DAY, until, like.frequency)
    return len([period for period in found if period.first > after])


def still_to_pass(
    target: Target, indicator: Indicator, met: int, of: int
) -> int | None:
    """How many more places must satisfy the condition of a share or count.

    None where it is neither, or where not even all of them would do.
    """
    if indicator.roll_up not in {RollUp.SHARE, RollUp.COUNT} or not of:
        return None
    for more in range(of - met + 1):
        number = float(met + more)
        if indicator.roll_up is RollUp.SHARE:
            number = number / of * indicator.scale
        if Range(number, number).satisfies(target.comparator, target.value):
            return more
    return None
