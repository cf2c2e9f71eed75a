"""The limit that holds for a place and a period, and the value against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from donbay.domain.criteria import CriteriaSet, Limit, Result, Threshold, Times
from donbay.domain.criteria import sub_criteria as leaves_of
from donbay.domain.periods import Period
from donbay.domain.quantities import Range
from donbay.domain.verdicts import Reason
from donbay.engine.plain import calendar
from donbay.engine.plain.figures import NO_ROWS, Figure
from donbay.engine.plain.values import Values
from donbay.engine.plain.world import World

STALE = 2  # periods that ended since, as for targets


class Outcome(NamedTuple):
    """What a leaf says of a unit; `sure` as in figures."""

    result: Result
    reason: Reason | None = None
    value: float | None = None
    threshold: float | None = None
    verified: bool = True
    rests_on: frozenset[int] = NO_ROWS
    sure: bool = True


class Bar(NamedTuple):
    """A limit found; without a number it is known to exist, but not how high."""

    number: float | None
    verified: bool


def against(
    values: Values, rungs: CriteriaSet, rule: Threshold, unit: str, category: str | None
) -> Outcome:
    """As a target judges its value, with the day judged for a deadline."""
    world = values.world
    indicator = world.indicator(rule.indicator)
    ended = calendar.ended(world.ledger.start, indicator, rule.period, world.days.on)
    heard = NO_ROWS
    for age, period in enumerate(ended):
        figure = values.figure(values.ask(rule.indicator, period, category), unit)
        heard |= figure.heard
        if figure.span is None:
            continue
        outcome = _compared(
            _bar(world, rungs, rule, unit, period), rule, figure, figure.span
        )
        if outcome:
            return _aged(outcome, age)
    last = calendar.last_of(indicator, rule.period, world.days.on)
    bar = _bar(world, rungs, rule, unit, last) if last else None
    return Outcome(
        Result.UNKNOWN,
        Reason("partial" if heard else "never"),
        threshold=bar.number if bar else None,
        verified=bar.verified if bar else True,
        rests_on=heard,
        sure=not heard,
    )


def _compared(
    bar: Bar | None, rule: Threshold, figure: Figure, span: Range
) -> Outcome | None:
    """None: the value decides nothing, so an older one is asked."""
    reason, satisfied = None, None
    if bar is None:
        reason = Reason("no_threshold")
    elif bar.number is None:
        reason = Reason("no_number")
    else:
        satisfied = span.satisfies(rule.comparator, bar.number)
        if satisfied is None:
            return None
    result = Result.MET if satisfied else Result.NOT_MET
    return Outcome(
        Result.UNKNOWN if reason else result,
        reason,
        value=figure.number,
        threshold=bar.number if bar else None,
        verified=bar.verified if bar else True,
        rests_on=figure.rows,
        sure=figure.brittle,
    )


def _aged(outcome: Outcome, age: int) -> Outcome:
    if outcome.reason or age < STALE:
        return outcome
    return outcome._replace(result=Result.UNKNOWN, reason=Reason("stale"))


# --- which limit ---------------------------------------------------------------------


def _bar(
    world: World, rungs: CriteriaSet, rule: Threshold, unit: str, period: Period
) -> Bar | None:
    """For the unit's region first; by year, else from a date, else at any time."""
    region = region_of(world, rungs, unit)
    return _limit_at(world, rule, region, period.last)


def region_of(world: World, rungs: CriteriaSet, unit: str) -> str | None:
    version = world.atlas.units[unit]
    by_tag = [region for tag, region in rungs.region_of_tag if tag in version.tags]
    return by_tag[0] if by_tag else version.region


def _limit_at(
    world: World, rule: Threshold, region: str | None, day: date
) -> Bar | None:
    for where in dict.fromkeys([region, None]):
        limits = [limit for limit in rule.limits if limit.region == where]
        limit = _in_time(limits, day)
        if limit:
            return _number(world, limit, region, day)
    return None


def _in_time(limits: Sequence[Limit], day: date) -> Limit | None:
    by_year = [limit for limit in limits if limit.year == day.year]
    dated = [(limit.start, limit) for limit in limits if limit.year is None]
    begun = [(start, limit) for start, limit in dated if start and start <= day]
    plain = [limit for start, limit in dated if start is None]
    if by_year:
        return by_year[0]
    if begun:
        return max(begun, key=lambda pair: pair[0])[1]
    return plain[0] if plain else None


def _number(world: World, limit: Limit, region: str | None, day: date) -> Bar | None:
    verified = limit.source is not None and limit.source.verified
    if not isinstance(limit.value, Times):
        return Bar(limit.value, verified)
    other = _limit_at(world, _rule_of(world, limit.value), region, day)
    if other is None:
        return None
    number = None if other.number is None else limit.value.factor * other.number
    return Bar(number, verified and other.verified)


def _rule_of(world: World, times: Times) -> Threshold:
    for level in world.programme.criteria_set(times.set).levels:
        for criterion in level.criteria:
            for leaf in leaves_of(criterion.node):
                if leaf.id == times.sub_criterion and isinstance(leaf.rule, Threshold):
                    return leaf.rule
    raise KeyError(times)
