"""What is computed from other indicators at each unit: shares, counts, formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from donbay.domain.formulas import Formula, Number, Operand, Operation, Operator
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Period
from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats, Picks
from donbay.engine.fast.cells import (
    INCOMPLETE,
    LOW_COVERAGE,
    NOT_REPORTED,
    ZERO_DENOMINATOR,
    Cells,
    first_want,
    from_ranged,
)
from donbay.engine.fast.crosswalk import Crosswalk
from donbay.engine.fast.marks import Marks
from donbay.engine.fast.ranges import Ranged

PLANES = 4  # of sums a tested column: expected, decided, yes, reported


class Base(NamedTuple):
    """Cells that conditions are tested on: which columns of them, and for which.

    `points`: no value is a range.
    """

    cells: Cells
    columns: Picks
    conditions: Picks
    points: bool


class Tested:
    """Shares or counts of units that meet a condition, side by side.

    Arrays are [units x columns] of few columns: they are kept column by column, since
    rows of few are slow.
    """

    def __init__(self, indicators: Sequence[Indicator], own: int) -> None:
        self.own, self.n = own, len(indicators)
        conditions = [i.condition for i in indicators if i.condition]
        self.marks = Marks(
            [c.comparator for c in conditions], [c.value for c in conditions]
        )
        self.counts = indicators[0].roll_up is RollUp.COUNT
        scales = [1.0 if self.counts else i.scale for i in indicators]
        self.scale = np.array(scales)

    def tests(self, bases: Sequence[Base], units: Picks) -> Floats:
        """[units x planes]: expected, decided, yes, reported, by tested unit."""
        least = self._read(bases, "least", units)
        points = all(base.points for base in bases)
        most = least if points else self._read(bases, "most", units)
        expected = self._read(bases, "expected", units)
        judged: Bools = self._read(bases, "judged", units) & expected
        yes: Bools = judged & self.marks.satisfied(least, most)
        no = judged & self.marks.failed(least, most)
        told = self._read(bases, "reported", units) & expected
        planes = (expected, yes | no, yes, told)
        return np.concatenate(planes, axis=1, dtype=np.float64)

    def _read(self, bases: Sequence[Base], name: str, units: Picks) -> Array:
        """What the conditions are tested on, of some units."""
        if len(bases) == 1:
            (base,) = bases
            return _columns(getattr(base.cells, name), base.columns, units)
        parts = [
            _columns(getattr(base.cells, name), base.columns, units) for base in bases
        ]
        found: Array = np.empty((self.n, len(parts[0])), parts[0].dtype).T
        for base, one in zip(bases, parts, strict=True):
            found[:, base.conditions] = one
        return found

    def climb(self, tree: Crosswalk, tests: Floats) -> Floats:
        totals = np.zeros((tree.nodes, tests.shape[1]))
        totals[: self.own] = tests
        tree.climb(totals)
        return totals

    def finish(self, totals: Floats, out: Cells) -> Bools:
        """Write the cells of the nodes whose sums are given, all but wants below.

        Tells which cells have no value.
        """
        planes = np.ascontiguousarray(totals.T).reshape(PLANES, self.n, len(totals))
        expected, known, yes, told = planes.transpose(0, 2, 1)
        part, none = known < expected, np.equal(known, 0)
        value, least, most = self._ends(expected, known, yes)
        out.coverage[...] = known / expected
        value[none] = least[none] = most[none] = np.nan
        out.value[...], out.least[...], out.most[...] = value, least, most
        out.want[...] = np.multiply(part & ~none, INCOMPLETE)
        out.reported[...], out.expected[...] = told > 0, expected > 0
        return none

    def _ends(
        self, expected: Floats, known: Floats, yes: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """The value, and what it is at least and at most."""
        reach = yes + (expected - known)
        if self.counts:
            return yes.copy(), yes, reach
        scaled = self.scale * yes
        return scaled / known, scaled / expected, self.scale * reach / expected

    def own_wants(self, bases: Sequence[Base], units: Picks, tests: Floats) -> Bytes:
        """Why the condition is not known at tested units, where it should be."""
        found: Bytes = self._read(bases, "want", units).copy()
        none = np.isnan(self._read(bases, "value", units))
        found[~none] |= INCOMPLETE
        found[tests[:, : self.n] == 0] = 0
        return found


def _columns(part: Array, columns: Picks, units: Picks) -> Array:
    """Some columns of some units, column by column."""
    if isinstance(units, slice):
        return part.T[columns, units].T
    rows: Array = part.take(units, axis=0)
    return (
        rows[:, columns] if isinstance(columns, slice) else rows.take(columns, axis=1)
    )


@dataclass
class Worked:
    """A formula's value at every unit, with what its operands lack."""

    number: Ranged
    coverage: Floats
    judged: Bools
    reported: Bools
    expected: Bools
    lacking: Bytes
    partial: Bools
    zero: Bools

    def join(self, other: Worked, number: Ranged, zero: Bools) -> Worked:
        coverage = np.minimum(self.coverage, other.coverage)
        return Worked(
            number,
            coverage,
            self.judged & other.judged,
            self.reported | other.reported,
            self.expected | other.expected,
            self.lacking | other.lacking,
            self.partial | other.partial,
            self.zero | other.zero | zero,
        )


class Formulas:
    """Evaluates a formula at all units of a level and above in a period."""

    def __init__(self, fetch: Callable[[Operand, Period], Cells], units: int) -> None:
        self.fetch, self.units = fetch, units

    def cells(self, formula: Formula, period: Period) -> Cells:
        worked = self._work(formula, period)
        none = np.isnan(worked.number.value)
        zero = worked.zero & (worked.lacking == 0)
        missing = np.where(zero, ZERO_DENOMINATOR, first_want(worked.lacking))
        shown = np.where(worked.partial, INCOMPLETE, 0)
        shown = np.where(worked.judged, shown, shown | LOW_COVERAGE)
        want = np.where(none, missing, shown).astype(np.uint8)
        return from_ranged(
            worked.number,
            coverage=worked.coverage,
            want=want,
            judged=worked.judged,
            reported=worked.reported,
            expected=worked.expected,
        )

    def _work(self, formula: Formula, period: Period) -> Worked:
        match formula:
            case Number(value=value):
                return self._constant(value)
            case Operand():
                return self._operand(formula, period)
            case Operation(operator=operator, left=left, right=right):
                return self._operate(
                    operator, self._work(left, period), self._work(right, period)
                )
        raise TypeError(formula)

    def _constant(self, value: float) -> Worked:
        shape = (self.units, 1)
        yes, no = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
        return Worked(
            Ranged.exact(np.full(shape, value)),
            np.full(shape, np.inf),
            yes,
            no,
            no,
            np.zeros(shape, dtype=np.uint8),
            no,
            no,
        )

    def _operand(self, operand: Operand, period: Period) -> Worked:
        cells = self.fetch(operand, period).tail(self.units)
        none = np.isnan(cells.value)
        expected = np.broadcast_to(cells.expected, none.shape)
        missing = np.where(expected, cells.want, NOT_REPORTED)
        number = cells.ranged
        number.value = np.where(expected, number.value, np.nan)
        none = np.isnan(number.value)
        return Worked(
            number,
            np.where(expected, cells.coverage, np.nan),
            cells.judged,
            cells.reported & expected,
            expected,
            np.where(none, missing, 0).astype(np.uint8),
            ~none & ((cells.want & INCOMPLETE) > 0),
            np.zeros(none.shape, dtype=bool),
        )

    def _operate(self, operator: Operator, left: Worked, right: Worked) -> Worked:
        zero = np.zeros(left.zero.shape, dtype=bool)
        match operator:
            case Operator.ADD:
                number = left.number + right.number
            case Operator.SUBTRACT:
                number = left.number - right.number
            case Operator.MULTIPLY:
                number = left.number * right.number
            case Operator.DIVIDE:
                number = left.number / right.number
                zero = ~np.isnan(left.number.value) & (right.number.value == 0)
        return left.join(right, number, zero)


def blank(
    periods: int, units: int, columns: int, *, exact: bool = True, points: bool = False
) -> Cells:
    """Room for a stack; where values are exact the ends shown are those judged.

    `points`: no value is ever a range, so its ends are the value itself. Numbers lie
    one after another, and so do flags: see `strands.together`.
    """
    shape = (periods, units, columns)
    numbers = np.empty((2 if points else 4, *shape))
    value, coverage = numbers[0], numbers[-1]
    least, most = (value, value) if points else numbers[1:3]
    flags = np.zeros((3, *shape), dtype=np.uint8)
    want, judged, reported = flags[0], *(flags[i].view(np.bool_) for i in (1, 2))
    judged[...] = True
    expected = np.zeros(shape, dtype=bool)
    ends = (least, most, least, most)
    found = Cells(value, *ends, coverage, want, judged, reported, expected)
    if not exact:
        found.low, found.high = np.empty(shape), np.empty(shape)
        found.low_open, found.high_open, found.about = (
            np.zeros(shape, dtype=bool) for _ in range(3)
        )
    return found
