"""Checks of targets: deadline, baseline, milestones, window, where they are judged."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from donbay.domain.indicators import Measure, OverTime, RollUp
from donbay.domain.periods import MONTHS, Frequency, Period, period_of
from donbay.domain.quantities import Comparator
from donbay.packs.check_indicators import (
    check_category,
    check_period,
    judged_at,
    plausible,
    span_ends,
)
from donbay.packs.checking import Checking
from donbay.packs.reader import Found


def check_targets(c: Checking) -> None:
    for target in c.book.targets.values():
        _references(c, target)
        _place_of_judgement(c, target)
        _deadline(c, target)
        _baseline(c, target)
        _milestones(c, target)
        name = target.get("indicator", str)
        plausible(c, name, target.get("value", float), target.at("value"))


def _references(c: Checking, target: Found) -> None:
    name = target.get("indicator", str)
    c.refer(target, "indicator", "unknown_indicator", c.indicator_ids())
    c.refer(target, "objective", "unknown_objective", c.book.ids("objectives"))
    c.refer_all(target, "by", "unknown_level", c.book.level_ids)
    c.scope(target)
    if name:
        check_category(c, name, target.get("category", str), target.at("category"))


def _place_of_judgement(c: Checking, target: Found) -> None:
    if target.has("by") and target.has("units"):
        c.add(target.at("units"), "by_and_units")
    name = target.get("indicator", str) or ""
    levels = list(target.each("by", str))
    if not levels and not target.has("units") and c.book.level_ids:
        levels = [(c.book.level_ids[0], target.at("indicator"))]
    for level, place in levels:
        judged_at(c, name, level, place)


def _deadline(c: Checking, target: Found) -> None:
    deadline = target.get("deadline", date)
    name = target.get("indicator", str) or ""
    indicator = c.book.indicators.get(name)
    if target.has("window"):
        _window(c, target, name)
        return
    said = target.values.get("period")
    period = said.value if said and isinstance(said.value, Frequency | Period) else None
    if period is not None:
        check_period(c, name, period, target.at("period"))
    if indicator is None or deadline is None:
        return
    wanted = period or indicator.get("frequency", Frequency)
    ends = _ends(wanted, deadline, indicator)
    if ends and deadline not in ends:
        days = ", ".join(str(day) for day in ends)
        c.add(
            target.at("deadline"),
            "deadline_day",
            day=deadline,
            period=wanted,
            days=days,
        )


def _ends(
    wanted: Frequency | Period | None, deadline: date, indicator: Found
) -> list[date]:
    """The last days that would do, those near the deadline where there are many."""
    if isinstance(wanted, Period):
        return [wanted.last]
    if wanted is Frequency.SPAN:
        return list(span_ends(indicator))
    if wanted is None:
        return []
    inside = period_of(deadline, wanted)
    return sorted({inside.shift(-1).last, inside.last})


def _window(c: Checking, target: Found, name: str) -> None:
    indicator, place = c.book.indicators.get(name), target.at("window")
    window, deadline = target.get("window", Period), target.get("deadline", date)
    for key in ("baseline", "period"):
        if target.has(key):
            c.add(target.at(key), "window_with", key=key)
    if window and deadline and deadline != window.last:
        c.add(
            target.at("deadline"),
            "window_deadline",
            day=deadline,
            window=window,
            last=window.last,
        )
    if indicator is None:
        return
    flow = indicator.get("measure", Measure) is Measure.FLOW
    summed = indicator.get("roll_up", RollUp) is RollUp.SUM
    added = indicator.get("over_time", OverTime) is OverTime.SUM
    if not (flow and summed and added):
        c.add(place, "window_not_flow", indicator=name)
    frequency = indicator.get("frequency", Frequency)
    if (
        window
        and frequency
        and window.months % MONTHS.get(frequency, window.months + 1)
    ):
        c.add(place, "period_finer", period=window, indicator=name, frequency=frequency)


def _baseline(c: Checking, target: Found) -> None:
    baseline = target.get("baseline", Found)
    if baseline is None:
        return
    explicit = baseline.has("value") or baseline.has("day")
    if baseline.has("period") == explicit:
        c.add(baseline.place, "baseline_either")
    elif explicit and not (baseline.has("value") and baseline.has("day")):
        missing = "day" if baseline.has("value") else "value"
        c.add(baseline.place, "baseline_half", key=missing)
    name = target.get("indicator", str)
    plausible(c, name, baseline.get("value", float), baseline.at("value"))
    day, deadline = baseline_day(target), target.get("deadline", date)
    if day and deadline and day >= deadline:
        c.add(baseline.place, "baseline_late", day=day, deadline=deadline)
    if period := baseline.get("period", Period):
        _baseline_period(c, target, period)


def _baseline_period(c: Checking, target: Found, period: Period) -> None:
    name = target.get("indicator", str) or ""
    said = target.values.get("period")
    asked = said.value if said else None
    baseline = target.get("baseline", Found)
    place = baseline.at("period") if baseline else target.place
    if isinstance(asked, Frequency) and period.frequency is not asked:
        c.add(place, "baseline_frequency", period=period, frequency=asked)
        return
    check_period(c, name, period, place)


def baseline_day(target: Found) -> date | None:
    """The day from which the road is drawn; for a window the day before it."""
    window = target.get("window", Period)
    if window:
        return window.first - timedelta(days=1)
    baseline = target.get("baseline", Found)
    if baseline is None:
        return None
    period = baseline.get("period", Period)
    return period.last if period else baseline.get("day", date)


def _milestones(c: Checking, target: Found) -> None:
    stones = target.all("milestones", Found)
    first, last = baseline_day(target), target.get("deadline", date)
    for stone in stones:
        day = stone.get("day", date)
        name = target.get("indicator", str)
        plausible(c, name, stone.get("value", float), stone.at("value"))
        if day and ((first and day <= first) or (last and day >= last)):
            c.add(
                stone.at("day"),
                "milestone_outside",
                day=day,
                first=first or "-",
                last=last or "-",
            )
    for one, other in pairwise(stones):
        before, after = one.get("day", date), other.get("day", date)
        if before and after and after <= before:
            c.add(other.at("day"), "milestones_order", day=after, before=before)
    _milestone_values(c, target, stones)


def _milestone_values(c: Checking, target: Found, stones: tuple[Found, ...]) -> None:
    comparator, end = target.get("comparator", Comparator), target.get("value", float)
    if comparator is None or end is None:
        return
    sign = 1 if comparator.upward else -1
    baseline = target.get("baseline", Found)
    start = baseline.get("value", float) if baseline else None
    start = 0.0 if target.has("window") else start
    reached = start
    for stone in stones:
        value = stone.get("value", float)
        if value is None:
            continue
        if sign * value > sign * end or (
            reached is not None and sign * value < sign * reached
        ):
            c.add(
                stone.at("value"),
                "milestone_value",
                value=value,
                low="-" if reached is None else reached,
                high=end,
            )
        else:
            reached = value
