"""What was reported: rows that are only ever added, and the same rows as columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from donbay.domain.periods import Period
from donbay.domain.quantities import Bound


@dataclass(frozen=True, slots=True)
class Observation:
    """One row. `value` None withdraws what the key said before.

    `row` is the position in the log (from 0): of two rows recorded at the same moment
    the later one holds. `recorded_at` is aware of its time zone.
    """

    unit: str
    indicator: str
    period: Period
    value: float | None
    recorded_at: datetime
    row: int
    category: str | None = None
    bound: Bound = Bound.EXACT
    source: str = ""


class Column(Protocol):
    """A column of numbers: a NumPy array in practice, which the core does not know."""

    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Log:
    """The same rows as columns of codes, for millions of them.

    `unit`, `indicator`, `period` and `category` number into the tuples of names (a
    category of -1 is the total); `value` holds 64-bit floats with NaN for withdrawn;
    `bound` numbers into `tuple(Bound)`; `recorded_at` is microseconds since 1970 UTC.
    `bound` and `category` may be None: all exact, all totals.
    """

    units: tuple[str, ...]
    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    categories: tuple[str, ...]
    unit: Column
    indicator: Column
    period: Column
    value: Column
    recorded_at: Column
    category: Column | None = None
    bound: Column | None = None
    ordered: bool = False
