"""Logs of reports: corrections, withdrawals, bounds, categories, gaps and ties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from tests.engine.worlds.dice import Dice
from tests.engine.worlds.indicators import Draft

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.ledger import Observation
from donbay.domain.periods import Frequency, Period, period_of
from donbay.domain.quantities import Bound
from donbay.domain.territory import Territory

MOST_PERIODS = 7
LOCAL = timezone(timedelta(hours=7))
BOUNDS = {
    Bound.ABOUT: 2.0,
    Bound.MORE_THAN: 1.0,
    Bound.AT_LEAST: 2.0,
    Bound.UNDER: 1.0,
    Bound.AT_MOST: 2.0,
}
# How an indicator tends to be reported: the share of units that do.
DILIGENCE = {1.0: 5.0, 0.85: 3.0, 0.5: 1.5, 0.1: 0.5}
WITH_CATEGORIES = {
    (True, False): 1.0,  # the total alone
    (False, True): 3.0,  # the categories alone
    (True, True): 1.0,
}


@dataclass(frozen=True)
class Habit:
    """How one indicator is reported."""

    indicator: Indicator
    grid: tuple[float, ...]
    diligence: float
    bounded: float
    withdrawn: float
    corrected: float
    stated: float


def write(dice: Dice, draft: Draft) -> list[Observation]:
    """Every report on every indicator, in the order of the log."""
    rows: list[Observation] = []
    for name, indicator in draft.indicators.items():
        habit = habit_of(dice.fork(name), indicator, draft.grids[name] or (0, 50, 100))
        rows += reports(dice.fork(name, "rows"), draft, habit)
    if rows and dice.chance(0.04):
        land = draft.land.territory
        rows += [nonsense(dice, dice.choice(rows), land) for _ in range(5)]
    if dice.chance(0.6):
        rows.sort(key=lambda row: row.recorded_at)
    elif dice.chance(0.5):
        dice.shuffle(rows)
    return [replace(row, row=number) for number, row in enumerate(rows)]


def nonsense(dice: Dice, row: Observation, land: Territory) -> Observation:
    """What `tables` would refuse, and the engines ignore."""
    wrong: list[dict[str, object]] = [
        {"unit": "nowhere"},
        {"indicator": "nothing"},
        {"category": "none_such"},
    ]
    month, year = (
        period_of(row.period.first, other)
        for other in (Frequency.MONTH, Frequency.YEAR)
    )
    before, after = row.period.shift(-9), row.period.shift(3)
    wrong += [
        {"period": period}
        for period, refused in (
            (month, row.period.frequency is not Frequency.MONTH),
            (year, row.period.frequency is not Frequency.YEAR),
            (before, land.version(row.unit, before.last) is None),
            (after, land.version(row.unit, after.last) is None),
        )
        if refused
    ]
    return replace(row, **dice.choice(wrong))  # type: ignore[arg-type]


def habit_of(dice: Dice, indicator: Indicator, grid: tuple[float, ...]) -> Habit:
    return Habit(
        indicator,
        tuple(map(float, grid)),
        diligence=dice.of(DILIGENCE),
        bounded=dice.of({0.0: 3.0, 0.1: 1.0, 0.5: 0.5}),
        withdrawn=dice.of({0.0: 3.0, 0.05: 1.0, 0.2: 0.5}),
        corrected=dice.of({0.0: 2.0, 0.15: 1.0}),
        stated=dice.of({0.0: 1.5, 0.4: 1.0}),
    )


def reports(dice: Dice, draft: Draft, habit: Habit) -> Iterator[Observation]:
    indicator, territory = habit.indicator, draft.land.territory
    for period in periods(dice, draft, indicator):
        for unit, version in territory.on(period.last).items():
            own = version.level == indicator.level and indicator.roll_up.collected
            often = habit.diligence if own else habit.stated * 0.3
            if dice.random() < often:
                yield from report(dice, habit, unit, period)


def periods(dice: Dice, draft: Draft, indicator: Indicator) -> list[Period]:
    """A run of the indicator's periods, at times with one left out."""
    if indicator.spans:
        return list(indicator.spans)
    first = period_of(date(draft.years[0], 1, 1), indicator.frequency)
    end = date(draft.years[-1], 12, 31)
    found = [first.shift(n) for n in range(len(draft.years) * 12 // first.months)]
    start = dice.choice((0, 0, 0, 1, 2)) if len(found) > 3 else 0
    found = [p for p in found[start:] if p.last <= end][:MOST_PERIODS]
    if dice.chance(0.2):
        found = found[: max(1, len(found) // 2)]
    if len(found) > 2 and dice.chance(0.15):
        found.pop(dice.randrange(len(found)))
    return found


def report(
    dice: Dice, habit: Habit, unit: str, period: Period
) -> Iterator[Observation]:
    """One unit's rows for one period, with what was put right later."""
    for category in keys(dice, habit.indicator):
        row = first_word(dice, habit, unit, period, category)
        yield row
        while dice.random() < habit.corrected:
            row = second_word(dice, habit, row)
            yield row


def keys(dice: Dice, indicator: Indicator) -> list[str | None]:
    if not indicator.categories:
        return [None]
    total, parts = dice.of(WITH_CATEGORIES)
    if indicator.roll_up is not RollUp.SUM and dice.chance(0.7):
        total = True
    found: list[str | None] = [None] if total else []
    if parts:
        found += [c for c in indicator.categories if dice.chance(0.92)]
    return found


def first_word(
    dice: Dice, habit: Habit, unit: str, period: Period, category: str | None
) -> Observation:
    moment = datetime(period.last.year, period.last.month, 28, 0, 0, tzinfo=UTC)
    moment += timedelta(days=dice.choice((0, 5, 5, 5, 40)))
    if dice.random() < 0.1:
        moment += timedelta(microseconds=dice.randrange(86_400_000_000))
    bounded = dice.random() < habit.bounded
    withdrawn = dice.random() < habit.withdrawn
    return Observation(
        unit=unit,
        indicator=habit.indicator.id,
        period=period,
        value=None if withdrawn else dice.choice(habit.grid),
        recorded_at=moment.astimezone(LOCAL) if dice.chance(0.2) else moment,
        row=0,
        category=category,
        bound=dice.of(BOUNDS) if bounded else Bound.EXACT,
    )


def second_word(dice: Dice, habit: Habit, row: Observation) -> Observation:
    """A correction: mostly later, sometimes at the same moment or dated before."""
    later = timedelta(days=dice.choice((30, 30, 1, 0, 0, -3)))
    return replace(
        row,
        value=None if dice.chance(0.15) else dice.choice(habit.grid),
        bound=Bound.EXACT,
        recorded_at=row.recorded_at + later,
    )
