"""How surprising a count or a distance is: the little statistics that screens need."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, inf, lgamma, log, log10
from statistics import median

MOST = 20.0  # no surprise is told as greater
NARROWEST = 1e-3
TO_DEVIATION = 1.4826  # a median distance as a standard deviation, where all is normal


def surprise(chance: float) -> float:
    """In decimal orders: 3 is one chance in a thousand."""
    return MOST if chance <= 0 else min(MOST, -log10(min(chance, 1.0)))


def at_least(count: int, of: int, rate: float) -> float:
    """The chance of so many or more out of `of`, each with a chance of `rate`."""
    if count <= 0:
        return 1.0
    return min(1.0, sum(exp(_log_of(n, of, rate)) for n in range(count, of + 1)))


def _log_of(n: int, of: int, rate: float) -> float:
    ways = lgamma(of + 1) - lgamma(n + 1) - lgamma(of - n + 1)
    hits = n * log(rate) if rate > 0 else (-inf if n else 0.0)
    misses = (of - n) * log(1 - rate) if rate < 1 else (-inf if n < of else 0.0)
    return ways + hits + misses


def spread_of(numbers: Iterable[float]) -> tuple[float, float]:
    """Middle and width, which a few wild ones do not move."""
    some = list(numbers)
    middle = median(some)
    width = median(abs(number - middle) for number in some) * TO_DEVIATION
    return middle, max(width, NARROWEST)
