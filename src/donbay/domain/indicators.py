"""What is measured: how it is collected, rolled up the tree and over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from donbay.domain.formulas import Formula
from donbay.domain.periods import Frequency, Period
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Source


class RollUp(StrEnum):
    """How a unit's value follows from those below it."""

    SUM = "sum"
    RATIO = "ratio"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    SHARE = "share"
    COUNT = "count"
    NONE = "none"
    FORMULA = "formula"

    @property
    def collected(self) -> bool:
        """Whether reports carry the indicator itself; the others are computed."""
        return self in {RollUp.SUM, RollUp.MEAN, RollUp.MIN, RollUp.MAX, RollUp.NONE}


class OverTime(StrEnum):
    """How a coarser period's value follows from its sub-periods."""

    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    LAST = "last"


class Measure(StrEnum):
    """A stock is a level on a day; a flow is what happened during a period."""

    STOCK = "stock"
    FLOW = "flow"


class Direction(StrEnum):
    """Which way is better, for display and for `both_sexes`."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a `share` or `count` asks of each unit of its level."""

    indicator: str
    comparator: Comparator
    value: float
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """A text in each language it was given in."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def in_(self, language: str, default: str = "") -> str:
        """In `language`; failing that in any other, in the order given."""
        found = self.by_language.get(language)
        return found or next(iter(self.by_language.values()), default)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One quantity.

    - `level`: where it is collected; for `share` and `count` the level whose units are
      tested; for `formula` the lowest level at which it is computed.
    - `numerator`, `denominator`, `scale`: of a `ratio`; `scale` (100) also of `share`.
    - `weight`: the indicator that weighs a `mean`; None weighs each unit 1.
    - `carry`: operands, parts or weights of which the last value found is taken,
      however old (MEANING 7).
    - `categories`: the declared ones; a row without category is the total.
    - `scope`: units with any of these tags; empty is everywhere.
    - `spans`: the periods of an indicator whose frequency is a span of years.
    """

    id: str
    level: str
    frequency: Frequency
    roll_up: RollUp
    measure: Measure = Measure.STOCK
    over_time: OverTime | None = None
    direction: Direction = Direction.HIGHER
    unit: str = ""
    numerator: str | None = None
    denominator: str | None = None
    scale: float = 1.0
    weight: str | None = None
    condition: Condition | None = None
    formula: Formula | None = None
    carry: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()
    non_negative: bool = True
    min_coverage: float = 0.8
    scope: frozenset[str] = frozenset()
    spans: tuple[Period, ...] = ()
    decimals: int | None = None
    low: float | None = None
    high: float | None = None
    title: Texts = field(default_factory=Texts)
    description: Texts = field(default_factory=Texts)
    category_titles: Mapping[str, Texts] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: Source | None = None
