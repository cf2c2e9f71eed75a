"""The rows of a log as columns, some of them at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from donbay.domain.ledger import Column, Log
from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats, Ints

CHUNK = 1 << 18  # rows that are laid together


def is_in_order(log: Log) -> bool:
    recorded = cast("Array", log.recorded_at)
    return bool((recorded[1:] >= recorded[:-1]).all())


@dataclass
class Rows:
    """The columns of a log that were known by a moment."""

    unit: Ints
    indicator: Ints
    period: Ints
    value: Floats
    recorded: Ints
    category: Ints | None
    bound: Bytes | None

    def __len__(self) -> int:
        return len(self.unit)

    @classmethod
    def of(cls, log: Log, known: datetime | None) -> Rows:
        columns: list[Column | None] = [log.unit, log.indicator, log.period, log.value]
        columns += [log.recorded_at, log.category, log.bound]
        rows = cls(*cast("list[Any]", columns))
        if rows.bound is not None and not rows.bound.any():
            rows.bound = None
        return rows if known is None else rows.until(known)

    def until(self, known: datetime) -> Rows:
        micros = int(known.timestamp() * 1_000_000)
        early = self.recorded <= micros
        return self if early.all() else self.some(early)

    def parts(self) -> list[Rows]:
        """All, so many at a time as are laid together."""
        begins = range(0, len(self), CHUNK)
        return [self.some(slice(begin, begin + CHUNK)) for begin in begins]

    def some(self, which: slice | Bools) -> Rows:
        """Some of the rows."""
        columns = vars(self).values()
        parts: list[Any] = [None if c is None else c[which] for c in columns]
        return Rows(*parts)
