"""Where a target should stand on a day: straight lines in days (MEANING 20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from donbay.domain.quantities import Comparator, Range, less
from donbay.domain.targets import Target
from donbay.domain.verdicts import Status

NEAR = 0.8
Point = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Start:
    """Where the road begins: the day, and the value if there is one."""

    day: date
    value: float | None


def waits(target: Target) -> bool:
    """A running total that must not exceed: kept only once the window is over."""
    return target.window is not None and not target.comparator.upward


def pace(target: Target, start: Start | None, day: date) -> float | None:
    """None without a baseline to pace from."""
    if start is None or start.value is None:
        return None
    there = Range(start.value, start.value).satisfies(target.comparator, target.value)
    if day >= target.deadline or (there and not waits(target)):
        return target.value
    points = [(start.day, start.value)]
    points += [(milestone.day, milestone.value) for milestone in target.milestones]
    return _on_lines([*points, (target.deadline, target.value)], day)


def _on_lines(points: Sequence[Point], day: date) -> float:
    for (before, low), (after, high) in pairwise(points):
        if day <= after:
            return low + (high - low) * ((day - before).days / (after - before).days)
    return points[-1][1]


def status(
    target: Target, start: Start | None, span: Range, day: date, *, over: bool
) -> Status | None:
    """Of a value at the end of its period; None: not every number agrees."""
    satisfied = span.satisfies(target.comparator, target.value)
    if over:
        return _final(satisfied)
    if not waits(target):
        if satisfied is None:
            return None
        if satisfied:
            return Status.ACHIEVED
    due = pace(target, start, day)
    if start is None or start.value is None or due is None:
        return Status.OPEN
    return _against_pace(target, start.value, span, due)


def _final(satisfied: bool | None) -> Status | None:  # noqa: FBT001 -- three answers
    if satisfied is None:
        return None
    return Status.ACHIEVED if satisfied else Status.MISSED


def _against_pace(
    target: Target, base: float, span: Range, due: float
) -> Status | None:
    """Risk needs a pace strictly better than the baseline (MEANING 19)."""
    upward = target.comparator.upward
    as_good = Comparator.AT_LEAST if upward else Comparator.AT_MOST
    on_track = span.satisfies(as_good, due)
    if on_track is not False:
        return Status.ON_TRACK if on_track else None
    if not (less(base, due) if upward else less(due, base)):
        return Status.OFF_TRACK
    near = span.satisfies(as_good, base + NEAR * (due - base))
    if near is None:
        return None
    return Status.AT_RISK if near else Status.OFF_TRACK
