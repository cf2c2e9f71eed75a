"""Targets of every kind, whose numbers and days meet the values' own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.engine.worlds.builder import TAGS
from tests.engine.worlds.dice import Dice
from tests.engine.worlds.indicators import Draft

from donbay.domain.indicators import Indicator, OverTime, RollUp
from donbay.domain.periods import MONTHS, Frequency, Period, period_of
from donbay.domain.quantities import Comparator
from donbay.domain.targets import Baseline, Milestone, Target
from donbay.domain.territory import DAY

COMPARATORS = {
    Comparator.AT_LEAST: 4.0,
    Comparator.AT_MOST: 3.0,
    Comparator.ABOVE: 1.5,
    Comparator.BELOW: 1.5,
}


@dataclass(frozen=True)
class When:
    """The periods of a target: which, until when, and over which window."""

    period: Frequency | Period | None
    deadline: date
    window: Period | None = None


def draw(dice: Dice, draft: Draft, number: int) -> Target:
    draft.dice = dice
    indicator = dice.choice(list(draft.indicators.values()))
    when = window(dice, draft, indicator) or period(dice, draft, indicator)
    value = draft.number(indicator.id)
    if dice.chance(0.25):
        value *= dice.choice((1.1, 1.25))
    start = None if when.window else baseline(dice, draft, indicator, when)
    steps = milestones(dice, when, start, value)
    if not when.window and not indicator.spans and dice.chance(0.45):
        when, start, steps = long_road(draft, indicator, value)
    levels, units = where(dice, draft, indicator)
    return Target(
        id=f"t{number}",
        indicator=indicator.id,
        comparator=dice.of(COMPARATORS),
        value=value,
        deadline=when.deadline,
        category=draft.category(indicator.id),
        baseline=start,
        milestones=steps,
        period=when.period,
        window=when.window,
        levels=levels,
        units=units,
        scope=frozenset(dice.some(TAGS, 1, 2)) if dice.chance(0.12) else frozenset(),
    )


def where(
    dice: Dice, draft: Draft, indicator: Indicator
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """By level, for named units, or for the top alone."""
    levels = draft.land.above(indicator.level)
    match dice.of({"top": 1.0, "levels": 4.0, "units": 1.0}):
        case "levels":
            return tuple(dice.some(levels, 1, 2)), ()
        case "units":
            return (), tuple(dice.some(draft.land.units(levels), 1, 4))
    return (), ()


def window(dice: Dice, draft: Draft, indicator: Indicator) -> When | None:
    running = indicator.roll_up is RollUp.SUM and indicator.over_time is OverTime.SUM
    if not running or dice.chance(0.4):
        return None
    first = dice.choice(draft.years)
    length = dice.choice((12, 12, 24, 36, 6))
    if length % MONTHS[indicator.frequency]:
        length = 12
    months = first * 12 + (6 if length == 6 and dice.chance(0.5) else 0)
    over = Period(months, length, named(length))
    return When(period=None, deadline=over.last, window=over)


def named(length: int) -> Frequency:
    regular = {months: frequency for frequency, months in MONTHS.items()}
    return regular.get(length, Frequency.SPAN)


def period(dice: Dice, draft: Draft, indicator: Indicator) -> When:
    """Judged by its own periods, by coarser ones, or over one span of years."""
    if indicator.frequency is Frequency.SPAN:
        return When(None, dice.choice(indicator.spans).last)
    day = date(
        dice.choice(draft.years) + dice.choice((0, 0, 0, 1)), dice.randint(1, 12), 1
    )
    if dice.chance(0.45) and draft.coarsens(indicator.id):
        if dice.chance(0.3):
            span = Period(day.year * 12, dice.choice((12, 24, 36)), Frequency.SPAN)
            return When(span, span.last)
        often = MONTHS[indicator.frequency]
        coarser = [f for f, n in MONTHS.items() if n >= often]
        chosen = dice.choice(coarser)
        return When(chosen, period_of(day, chosen).last)
    return When(None, period_of(day, indicator.frequency).last)


def baseline(
    dice: Dice, draft: Draft, indicator: Indicator, when: When
) -> Baseline | None:
    first = date(draft.years[0], 1, 1)
    match dice.of({"none": 1.5, "number": 6.0, "period": 2.0}):
        case "number":
            months = dice.choice((-12, -3, 0, 0, 3, 6, 12))
            month = period_of(first, Frequency.MONTH).shift(months)
            day = month.first - DAY + timedelta(days=dice.choice((0, 0, 0, 14)))
            if day < when.deadline:
                start = 0.0 if dice.chance(0.5) else draft.number(indicator.id)
                return Baseline(start, day)
        case "period":
            return own_period(dice, indicator, when, first)
    return None


def own_period(
    dice: Dice, indicator: Indicator, when: When, first: date
) -> Baseline | None:
    """A period of the kind that the target judges, over before the deadline."""
    if indicator.frequency is Frequency.SPAN:
        found = dice.choice(indicator.spans)
    elif isinstance(when.period, Period):
        found = Period((first.year - 1) * 12, 12, Frequency.YEAR)
    else:
        often = when.period or indicator.frequency
        found = period_of(first, often).shift(dice.choice((-1, 0, 0, 0, 1, 2)))
    return Baseline(period=found) if found.last < when.deadline else None


def milestones(
    dice: Dice, when: When, start: Baseline | None, value: float
) -> tuple[Milestone, ...]:
    """Steps from the baseline to the target, on ends of quarters mostly."""
    if not (start or when.window) or dice.chance(0.35):
        return ()
    since = day_before(when, start)
    days = set()
    for _ in range(dice.choice((1, 1, 2))):
        ahead = (when.deadline - since).days
        within = dice.choice((ahead, min(ahead, 120)))
        day = since + timedelta(days=dice.randrange(1, within)) if ahead > 1 else since
        end = period_of(day, dice.choice((Frequency.QUARTER, Frequency.MONTH))).last
        days.add(end if since < end < when.deadline else day)
    own = start.value if start else 0.0
    if own is None:
        own = dice.choice((0.0, value))
    steps = sorted(dice.choice((0.0, 0.5, 0.8, 1.0, 1.0, 1.0, 1.0)) for _ in days)
    return tuple(
        Milestone(day, own + step * (value - own))
        for day, step in zip(sorted(days), steps, strict=True)
        if since < day < when.deadline
    )


def long_road(
    draft: Draft, indicator: Indicator, value: float
) -> tuple[When, Baseline, tuple[Milestone, ...]]:
    """At the target in a few months, and the deadline far ahead."""
    first = date(draft.years[0], 1, 1)
    after = date(draft.years[-1] + 2, 1, 1)
    deadline = period_of(after, indicator.frequency).shift(-1).last
    step = Milestone(first + timedelta(days=89), value)
    start = value * draft.dice.choice((0.0, 0.0, 0.5, 2.0))
    return When(None, deadline), Baseline(start, first - DAY), (step,)


def day_before(when: When, start: Baseline | None) -> date:
    if when.window:
        return when.window.first - DAY
    if start and start.period:
        return start.period.last
    return start.day if start and start.day else date.min
