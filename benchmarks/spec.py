"""The national case: its sizes, days, series, indicators, targets and criteria.

Everything is synthetic. The shape is that of Viet Nam in 2025; no figure is real.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SEED = 20250701
MERGER = date(2025, 7, 1)
ON = date(2026, 2, 15)
FIRST_YEAR, YEARS = 2020, 6
PERIODS = tuple(
    f"{FIRST_YEAR + year}-Q{quarter}"
    for year in range(YEARS)
    for quarter in range(1, 5)
)
LAST_DAYS = tuple(
    date(FIRST_YEAR + (n + 1) // 4, (n + 1) % 4 * 3 + 1, 1) - timedelta(days=1)
    for n in range(len(PERIODS))
)
FIRST_ON_NEW_MAP = PERIODS.index("2025-Q3")
BASELINE = PERIODS.index("2020-Q4")
LAST = len(PERIODS) - 1
FRESH = LAST - 1  # a value older than this has two ended periods after it: stale

TOLERANCE = 1e-9
MIN_COVERAGE = 0.8
AT_RISK = 0.8  # of the way that the pace asks for
PERCENT = 100.0
LEVELS = ("commune", "district", "province", "country")
LADDER = ("standard", "advanced", "model")
REGIONS = 7
CRITERIA, SUB_CRITERIA = 19, 57
STATUSES = (
    "no_data",
    "achieved",
    "missed",
    "open",
    "on_track",
    "at_risk",
    "off_track",
)
REASONS = ("", "never", "partial", "before_baseline", "stale", "awaiting_final")
REACHED = ("none", *LADDER, "unknown")


class Kind(StrEnum):
    """How an indicator rolls up."""

    SUM = "sum"
    RATIO = "ratio"
    MEAN = "mean"
    SHARE = "share"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a nation; indicators and quarters are the same in all of them."""

    name: str
    old_communes: int
    new_communes: int
    districts: int
    provinces: int


SCALES = {
    scale.name: scale
    for scale in (
        Scale("0.1M", 42, 13, 3, 1),
        Scale("province", 400, 200, 20, 1),
        Scale("2.5M", 1_060, 332, 70, 3),
        Scale("25M", 10_598, 3_321, 696, 34),
    )
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One judged indicator: `of` is its series, `over` its denominator or weight."""

    id: str
    kind: Kind
    of: int
    over: int | None
    at_least: bool
    condition: tuple[str, float] | None = None

    @property
    def sign(self) -> int:
        return 1 if self.at_least else -1


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of one indicator: a number per level, a deadline, a baseline."""

    indicator: int
    values: tuple[float, ...]
    deadline: date
    from_baseline: bool

    @property
    def passed(self) -> bool:
        return self.deadline < ON


@dataclass(frozen=True, slots=True)
class SubCriterion:
    """A threshold on one indicator, for each level of the ladder and each region."""

    id: str
    criterion: int
    indicator: int
    thresholds: tuple[tuple[float, ...], ...]
