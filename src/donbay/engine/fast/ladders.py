"""Results joined into results, and levels into a ladder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from donbay.domain.quantities import equal
from donbay.engine.fast.arrays import Ints
from donbay.engine.fast.bars import (
    BASICALLY,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    RESULTS,
    UNKNOWN,
)

TABLED = 5  # levels of which every outcome is known beforehand


def share_met(codes: list[int], percent: float) -> int:
    """The result of a share of units whose results are given."""
    if not codes:
        return NOT_APPLICABLE
    yes = 100 * codes.count(MET) / len(codes)
    may = 100 * (codes.count(MET) + codes.count(UNKNOWN)) / len(codes)
    if yes > percent or equal(yes, percent):
        return MET
    return UNKNOWN if may > percent or equal(may, percent) else NOT_MET


def _table(order: Sequence[int]) -> tuple[Ints, Ints]:
    """Rank of each result, and the result of each rank; not applicable is lowest."""
    back = np.array([NOT_APPLICABLE, *order])
    rank = np.empty(len(back), dtype=np.int64)
    rank[back] = np.arange(len(back))
    return rank, back


WORST = _table((MET, BASICALLY, UNKNOWN, NOT_MET))

BEST = _table((NOT_MET, UNKNOWN, BASICALLY, MET))


def joined_all(parts: list[Ints], size: int) -> Ints:
    """not_met > unknown > basically_met > met; only not applicable: that."""
    return _highest(parts, WORST, size)


def joined_any(parts: list[Ints], size: int) -> Ints:
    """The other way round, and only not applicable: that."""
    return _highest(parts, BEST, size)


def _highest(parts: list[Ints], table: tuple[Ints, Ints], size: int) -> Ints:
    if not parts:
        return np.full(size, NOT_APPLICABLE)
    rank, back = table
    found: Ints = back[rank[np.array(parts, dtype=np.int64)].max(axis=0)]
    return found


def joined_at_least(parts: list[Ints], count: int, size: int) -> Ints:
    """At least `count` met, or basically met, or perhaps (MEANING 28)."""

    def number(code: int) -> Ints:
        counts = [part == code for part in parts]
        return np.sum(counts, axis=0) if counts else np.zeros(size, dtype=np.int64)

    met, basically, unknown = number(MET), number(BASICALLY), number(UNKNOWN)
    applicable = len(parts) - number(NOT_APPLICABLE)
    found = np.full(size, NOT_MET)
    found[met + basically + unknown >= count] = UNKNOWN
    found[met + basically >= count] = BASICALLY
    found[met >= count] = MET
    return np.where(applicable == 0, NOT_APPLICABLE, found)


def incomplete(level: Ints) -> Ints:
    """A level whose criteria are not all given: it may fail, but is never met."""
    return np.where(level == NOT_MET, level, UNKNOWN)


def ladder(levels: Sequence[Ints] | Ints, size: int) -> tuple[Ints, Ints]:
    """The rung reached (-1 none, -2 unknown) and the highest possible (-1 none)."""
    if not 0 < len(levels) <= TABLED:
        return _climbed(levels, size)
    reached, possible = _every_ladder(len(levels))
    weights = len(RESULTS) ** np.arange(len(levels))
    at = weights @ np.asarray(levels)
    return reached.take(at), possible.take(at)


@cache
def _every_ladder(count: int) -> tuple[Ints, Ints]:
    """The same of whatever so many levels may come to, the first one changing first."""
    size = len(RESULTS) ** count
    return _climbed(
        np.indices((len(RESULTS),) * count).reshape(count, size)[::-1], size
    )


def _climbed(levels: Sequence[Ints] | Ints, size: int) -> tuple[Ints, Ints]:
    reached, possible = np.full(size, -1), np.full(size, -1)
    climbing, hoping = np.ones(size, dtype=bool), np.ones(size, dtype=bool)
    first = np.ones(size, dtype=bool)
    for rung, result in enumerate(levels):
        counts = result != NOT_APPLICABLE
        reached[counts & climbing & first & (result == UNKNOWN)] = -2
        reached[counts & climbing & (result == MET)] = rung
        climbing &= ~counts | (result == MET)
        possible[counts & hoping & (result != NOT_MET)] = rung
        hoping &= ~counts | (result != NOT_MET)
        first &= ~counts
    return reached, possible
