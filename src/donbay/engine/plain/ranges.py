"""Numbers with what they may be: added, compared, widened (MEANING 2 and 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isfinite

from donbay.domain.indicators import Indicator, OverTime, RollUp
from donbay.domain.quantities import Range
from donbay.engine.plain.figures import Guess

ZERO = Range(0.0, 0.0)


def total(guesses: Sequence[Guess]) -> Guess:
    number, span = 0.0, ZERO
    for value, may_be in guesses:
        number, span = number + value, span + may_be
    return number, span


def average(guesses: Sequence[Guess]) -> Guess:
    number, span = total(guesses)
    count = len(guesses)
    low, high = span.low / count, span.high / count
    return number / count, Range(low, high, span.low_open, span.high_open, span.about)


def greatest(guesses: Sequence[Guess]) -> Guess:
    """The maximum is above an open low end if any that attains it is open."""
    ranges = [span for _, span in guesses]
    low, high = max(r.low for r in ranges), max(r.high for r in ranges)
    span = Range(
        low,
        high,
        any(r.low_open for r in ranges if r.low == low),
        all(r.high_open for r in ranges if r.high == high),
        any(r.about for r in ranges if r.low == low or r.high == high),
    )
    return max(number for number, _ in guesses), span


def least(guesses: Sequence[Guess]) -> Guess:
    number, span = greatest([(-number, span.scaled(-1.0)) for number, span in guesses])
    return -number, span.scaled(-1.0)


def product(x: Guess, y: Guess) -> Guess:
    return x[0] * y[0], x[1] * y[1]


def scaled(guess: Guess, by: float) -> Guess:
    return guess[0] * by, guess[1].scaled(by)


def quotient(x: Guess, y: Guess) -> Guess | None:
    """None where the divisor shown is 0."""
    if y[0] == 0:
        return None
    span = x[1] / y[1]
    return (x[0] / y[0], span) if span else None


def up_the_tree(roll_up: RollUp, guesses: Sequence[Guess]) -> Guess:
    if roll_up is RollUp.MIN:
        return least(guesses)
    if roll_up is RollUp.MAX:
        return greatest(guesses)
    return total(guesses)


def over_time(rule: OverTime, guesses: Sequence[Guess]) -> Guess:
    match rule:
        case OverTime.SUM:
            return total(guesses)
        case OverTime.MEAN:
            return average(guesses)
        case OverTime.MAX:
            return greatest(guesses)
    return guesses[-1]


def widened(indicator: Indicator, guess: Guess) -> Guess:
    """What it may be when some who are to report did not."""
    number, span = guess
    floor = 0.0 if indicator.non_negative else -inf
    if indicator.roll_up is RollUp.MIN:
        low = min(floor, span.low)
        return number, replace(span, low=low, low_open=False)
    if indicator.roll_up is RollUp.MAX or indicator.non_negative:
        return number, replace(span, high=inf, high_open=False)
    return number, Range(-inf, inf, about=span.about)


def shown(end: float) -> float | None:
    """An end as tables show it; None where there is none."""
    return end if isfinite(end) else None
