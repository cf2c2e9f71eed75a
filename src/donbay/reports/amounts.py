"""Amounts, shares and leverage in words, with what is not known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import isfinite
from typing import Protocol

from donbay.domain.mobilisation import Money
from donbay.domain.quantities import Bound, equal

Write = Callable[[float], str]
BILLION = 1e9


class Says(Protocol):
    """A catalogue of words."""

    def say(self, code: str, **parameters: object) -> str: ...


def surely(money: Money) -> float | None:
    """What there is at the least; none where nothing is known."""
    low = money.range.low
    return low if money.number is not None and isfinite(low) else None


def scale_of(amounts: Iterable[float | None]) -> float:
    """Billions where there are any: a scale has no room for nine noughts."""
    most = max((value for value in amounts if value), default=0.0)
    return BILLION if most >= BILLION else 1.0


def scaled(words: Says, unit: str, scale: float) -> str:
    """What a unit of money is called on such a scale."""
    return words.say("printed.in_billions", unit=unit) if scale > 1 else unit


def over(value: float | None, scale: float) -> float | None:
    return None if value is None else value / scale


def amount_text(words: Says, money: Money, write: Write) -> str:
    """Every number that it may be, not only the one that is shown."""
    say, low, high = words.say, money.range.low, money.range.high
    if isfinite(low) and isfinite(high):
        if equal(low, high):
            return write(low)
        if low != 0:
            return say("bound.between", low=write(low), high=write(high))
    if isfinite(high):
        return say(f"bound.{Bound.AT_MOST}", value=write(high))
    if money.number is None and low == 0:
        return say("word.not_published")
    if isfinite(low):
        return say(f"bound.{Bound.AT_LEAST}", value=write(low))
    return say("word.unbounded")


def share_text(words: Says, share: Money | None, write: Write) -> str:
    """Empty where nothing is known of it."""
    if share is None or (share.range.low <= 0 and share.range.high >= 1):
        return ""
    return amount_text(words, share, write)


def leverage_text(words: Says, ratio: Money | None, write: Write) -> str:
    """What a unit of budget money drew in from all others; empty as above."""
    if ratio is None or (ratio.range.low <= 0 and not isfinite(ratio.range.high)):
        return ""
    return amount_text(words, ratio, write)
