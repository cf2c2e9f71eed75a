"""What the plain engine hands from step to step: cells, portions and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from donbay.domain.periods import Period
from donbay.domain.quantities import Range
from donbay.domain.verdicts import Want

Clauses = frozenset[frozenset[str]]
NO_ROWS: frozenset[int] = frozenset()
NOTHING = Want(0)
Guess = tuple[float, Range]  # the number shown, and what it may be


@dataclass(frozen=True, slots=True)
class Cell:
    """What one reporting unit said, and the rows that said it."""

    guess: Guess
    rows: frozenset[int]


class Said(NamedTuple):
    """What one reporting unit said, and the rows that it said it with.

    Without a cell the rows came to nothing: some categories are missing.
    """

    cell: Cell | None
    heard: frozenset[int]


SILENCE = Said(None, NO_ROWS)


@dataclass(frozen=True, slots=True)
class Portion:
    """What one group of map units has, in a sub-period or over time.

    `weight` is what the guess is divided or weighed by in a ratio or mean; `expected`
    and `reporting` count units by their share of land; `rows` made the guess, `heard`
    are all rows said for it, also those that came to nothing. `brittle`: without any
    one of `rows` there is no guess; `sure`: without one, it counts for less.
    """

    guess: Guess | None
    expected: float
    reporting: float
    wants: Want
    rows: frozenset[int]
    heard: frozenset[int]
    brittle: bool
    sure: bool
    weight: Guess | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a unit has for an indicator in a period.

    `expected`: somebody is to report it; `judged`: it may decide a verdict; `sure`:
    without any one of `rows` the coverage is another; `brittle`: there is no number.
    """

    guess: Guess | None
    expected: bool
    coverage: float | None
    wants: Want
    judged: bool
    rows: frozenset[int]
    heard: frozenset[int]
    sure: bool = False
    brittle: bool = False

    @property
    def number(self) -> float | None:
        return self.guess[0] if self.guess else None

    @property
    def span(self) -> Range | None:
        """What the number may be, where it may decide a verdict."""
        return self.guess[1] if self.guess and self.judged else None


NOBODY = Figure(
    guess=None,
    expected=False,
    coverage=None,
    wants=Want.NOT_REPORTED,
    judged=False,
    rows=NO_ROWS,
    heard=NO_ROWS,
)


class Ask(NamedTuple):
    """A question: which indicator, over whom, in which period.

    `running`: the total of all sub-periods, whatever the indicator's own time rule.
    """

    indicator: str
    category: str | None
    clauses: Clauses
    period: Period
    running: bool = False


def reason_for(wants: Want, heard: frozenset[int]) -> Want:
    """The first that applies: not reported only if nothing was, or nothing else."""
    others = wants & ~Want.NOT_REPORTED
    return first(others if heard and others else wants)


def first(wants: Want) -> Want:
    """A missing figure has one reason, and passes on no other."""
    return Want(int(wants) & -int(wants))
