"""What follows: the rows of the four result tables, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntFlag, StrEnum

from donbay.domain.criteria import Result
from donbay.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Days:
    """The three days of every result.

    `known` is a moment: rows recorded after it are not seen; None sees all.
    """

    on: date
    map: date
    known: datetime | None = None


class Want(IntFlag):
    """Why a value is missing or partial; the lowest set bit is the reason given."""

    NOT_REPORTED = 1
    INCOMPLETE = 2
    GAP = 4
    SHARE_NOT_PUBLISHED = 8
    NOT_WHOLE = 16
    ZERO_DENOMINATOR = 32
    LOW_COVERAGE = 64
    MAP_OLDER_THAN_DATA = 128

    @property
    def first(self) -> str | None:
        """The first reason that applies, in the order of MEANING 10."""
        lowest = int(self) & -int(self)
        return Want(lowest).name.lower() if lowest else None  # type: ignore[union-attr]


class Status(StrEnum):
    """Where a target stands for a unit."""

    NO_DATA = "no_data"
    ACHIEVED = "achieved"
    MISSED = "missed"
    OPEN = "open"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with parameters, put in words by the catalogues.

    Written `code` or `code:value` in tables, e.g. `stale` and `met_late:2026-Q1`.
    """

    code: str
    parameter: str | None = None

    def __str__(self) -> str:
        return f"{self.code}:{self.parameter}" if self.parameter else self.code


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A unit's value of an indicator in a period; `low`/`high` None are unbounded."""

    unit: str
    indicator: str
    period: Period
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    stated: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """Where a target stands for a unit, and the value that says so."""

    unit: str
    target: str
    indicator: str
    target_value: float
    status: Status
    reason: Reason | None = None
    period: Period | None = None
    value: float | None = None
    coverage: float | None = None
    baseline: float | None = None
    pace: float | None = None
    progress: float | None = None
    exceeded: float | None = None
    first_met: Period | None = None


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """The result of a sub-criterion, or of a criterion (`sub_criterion` None)."""

    unit: str
    set: str
    criterion: str
    sub_criterion: str | None
    value: float | None
    threshold: float | None
    result: Result
    reason: Reason | None
    verified: bool


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The level that figures reach, might reach, and that acts recognise.

    `reached` is a level, "none" or "unknown"; the others a level or "none".
    """

    unit: str
    set: str
    reached: str
    possible: str
    recognised: str


@dataclass(frozen=True)
class Evaluation:
    """The four tables, with the days they hold for."""

    days: Days
    values: tuple[ValueRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    criteria: tuple[CriterionRow, ...] = ()
    levels: tuple[LevelRow, ...] = ()
    evidence: Mapping[tuple[str, ...], frozenset[int]] = field(default_factory=dict)
