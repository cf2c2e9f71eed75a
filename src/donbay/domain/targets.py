"""What was promised: a value of an indicator by a deadline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from donbay.domain.indicators import Texts
from donbay.domain.periods import Frequency, Period
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Source


@dataclass(frozen=True, slots=True)
class Milestone:
    """A value to have reached on a day, between baseline and target."""

    day: date
    value: float
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the road begins: a value with its day, or each unit's own at `period`."""

    value: float | None = None
    day: date | None = None
    period: Period | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A promise.

    - `deadline`: the last day of a period of the indicator's frequency, or of `period`
      where the target judges a coarser one (a frequency, or one span of years).
    - `window`: for a flow, the span in which a running total is judged (MEANING 20).
    - `levels`: judged for every unit of these levels (`by` in a pack); `units`: for
      these; neither: for the top level (MEANING 12).
    - `scope`: only over units with any of these tags.
    """

    id: str
    indicator: str
    comparator: Comparator
    value: float
    deadline: date
    category: str | None = None
    baseline: Baseline | None = None
    milestones: tuple[Milestone, ...] = ()
    period: Frequency | Period | None = None
    window: Period | None = None
    levels: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    scope: frozenset[str] = frozenset()
    objective: str | None = None
    owner: str | None = None
    title: Texts = field(default_factory=Texts)
    source: Source | None = None
