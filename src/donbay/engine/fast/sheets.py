"""Sheets: columns of one kind that are evaluated together, period by period."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

import numpy as np

from donbay.domain.formulas import Formula
from donbay.domain.periods import Frequency, Period
from donbay.engine.fast.abreast import Abreast
from donbay.engine.fast.arrays import Bools, Bytes, Floats, picks
from donbay.engine.fast.cells import NOT_REPORTED, Cells, first_want
from donbay.engine.fast.computed import Base, Formulas, Tested, blank
from donbay.engine.fast.crosswalk import Crosswalk
from donbay.engine.fast.general import General
from donbay.engine.fast.grounds import wanted_below
from donbay.engine.fast.places import Clauses
from donbay.engine.fast.quick import Kind
from donbay.engine.fast.shown import Where


@dataclass(frozen=True)
class Request:
    """What somebody needs: an indicator, all or one category, under scopes."""

    indicator: str
    category: str | None
    clauses: Clauses


class Frame(NamedTuple):
    """What the columns of a sheet have in common.

    The units are the tail of the map's from `offset` on.
    """

    level: str
    frequency: Frequency
    clauses: Clauses
    offset: int
    units: int
    periods: tuple[Period, ...]


@dataclass
class Sheet(ABC):
    """Columns evaluated together, at their own frequency over `periods`.

    The first fields are those of its `Frame`; a request is answered by the column at
    its place in `requests`. `stack` is [periods x units x columns].
    """

    level: str
    frequency: Frequency
    clauses: Clauses
    offset: int
    units: int
    periods: tuple[Period, ...]
    requests: list[Request]
    index: dict[Period, int] = field(init=False)
    extra: dict[Period, Cells] = field(default_factory=dict, init=False)
    stack: Cells | None = field(default=None, init=False)
    shared: Cells | None = field(default=None, init=False)
    first: int = field(default=0, init=False)
    exact: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self.index = {period: k for k, period in enumerate(self.periods)}

    @property
    def frame(self) -> Frame:
        return Frame(
            self.level,
            self.frequency,
            self.clauses,
            self.offset,
            self.units,
            self.periods,
        )

    @property
    def strand(self) -> tuple[object, ...]:
        """Sheets of a board that have this in common are summed anew as one."""
        return (id(self),)

    @property
    def depth(self) -> int:
        """How many sheets stand under it, one on another."""
        return 0

    @property
    def points(self) -> bool:
        """Whether no value is ever a range."""
        return False

    def board(self) -> Cells:
        """The stack that the sheet shares with others; it begins at column `first`."""
        if self.shared is None:
            self.shared = self._blank(len(self.periods), len(self.requests))
        return self.shared

    def room(self) -> Cells:
        """The sheet's own columns of it, made empty when first asked for."""
        if self.stack is None:
            self.stack = self.board()
        return self.stack

    def _blank(self, periods: int, columns: int) -> Cells:
        return blank(periods, self.units, columns, exact=self.exact)

    def cells(self, period: Period) -> Cells:
        """[units x columns] of a period of its frequency or, if it can, coarser."""
        k = self.index.get(period)
        if k is not None:
            return self.room().at(k)
        if period not in self.extra:
            self.extra[period] = self.evaluate(period)
        return self.extra[period]

    def column_of_none(self) -> Cells:
        """A stack of one column and no period."""
        return self._blank(0, 1)

    def fill(self, k: int) -> None:
        """Evaluate the k-th period into the stack."""
        _store(self.room(), k, self.evaluate(self.periods[k]))

    @abstractmethod
    def evaluate(self, period: Period) -> Cells:
        """Evaluate a period that is not in the stack."""


@dataclass
class SummedSheet(Sheet):
    """Exact values from sums over nodes, which `keep` keeps for what comes later."""

    keep: bool = field(kw_only=True)
    totals: dict[int, Floats] = field(default_factory=dict, init=False)

    def fill(self, k: int) -> None:
        with np.errstate(all="ignore"):
            totals = self._into(self.periods[k], self.room().at(k))
        if self.keep:
            self.totals[k] = totals

    def evaluate(self, period: Period) -> Cells:
        found = self._blank(1, len(self.requests)).at(0)
        with np.errstate(all="ignore"):
            self._into(period, found)
        return found

    @abstractmethod
    def _into(self, period: Period, out: Cells) -> Floats:
        """Write the cells of a period; gives the sums behind them."""


@dataclass
class QuickSheet(SummedSheet):
    """Values of one kind (see `quick`); `reads`: the elements each column is from."""

    kind: Kind
    walk: Callable[[Period], Crosswalk]
    block: Callable[[Period], Floats]
    reads: Sequence[Sequence[int]]

    @property
    def strand(self) -> tuple[object, ...]:
        return (self.level, self.clauses, self.kind.adds)

    @property
    def points(self) -> bool:
        return self.kind.exact

    def parts(self, period: Period) -> tuple[Crosswalk, Floats]:
        """The crosswalk, and the block of the reporting units in scope."""
        walk = self.walk(period)
        block, reporting = self.block(period), walk.planes[0].reporting
        if len(reporting) != len(block):
            block = block[reporting]
        return walk, block

    def _into(self, period: Period, out: Cells) -> Floats:
        kind, (walk, block) = self.kind, self.parts(period)
        alone = Abreast([kind])
        source = alone.source(block)
        totals = kind.ground(walk.planes[0], source)
        kind.climb(walk, totals)
        heard = source[:, -kind.n :] if kind.single else None
        where = Where(walk, slice(0, self.units), block, heard)
        alone.finish(where, totals[: self.units], out, [out])
        out.expected[...] = where.plane.present[: self.units, None]
        return totals


@dataclass
class GeneralSheet(Sheet):
    """One indicator with everything that `general` can do; any period."""

    exact: ClassVar[bool] = False
    general: General
    walk: Callable[[tuple[Period, ...]], Crosswalk]

    def evaluate(self, period: Period) -> Cells:
        return self.over(period.parts(self.frequency))

    def over(self, periods: tuple[Period, ...]) -> Cells:
        """For a run of sub-periods, such as a window so far."""
        needed = self.general.needed(periods)
        return self.general.cells(self.walk(needed), needed)


@dataclass
class TestedSheet(SummedSheet):
    """Shares or counts of units whose cells on other sheets meet conditions, up a tree.

    `bases`: the sheet and its column that each request's condition reads; `coarse`
    gives cells for periods that those sheets do not have.
    """

    tested: Tested
    bases: list[tuple[Sheet, int]]
    coarse: Callable[[Period], Cells]
    tree: Crosswalk

    @property
    def depth(self) -> int:
        return 1 + max(base.depth for base, _ in self.bases)

    def based(self, period: Period) -> list[Base]:
        """What the conditions read in a period, board by board."""
        if period.frequency is not self.bases[0][0].frequency:
            every = picks(range(self.tested.n))
            return [Base(self.coarse(period), every, every, points=False)]
        found: dict[int, tuple[Cells, list[int], list[int]]] = {}
        for condition, (base, column) in enumerate(self.bases):
            k = base.index.get(period)
            key = id(base) if k is None else id(base.board())
            if key not in found:
                cells = base.cells(period) if k is None else base.board().at(k)
                found[key] = cells.tail(self.units), [], []
            found[key][1].append(column if k is None else base.first + column)
            found[key][2].append(condition)
        return [
            Base(cells, picks(columns), picks(n), points=cells.most is cells.least)
            for cells, columns, n in found.values()
        ]

    def _into(self, period: Period, out: Cells) -> Floats:
        bases, tested, own = self.based(period), self.tested, slice(0, self.tested.own)
        tests = tested.tests(bases, own)
        totals = tested.climb(self.tree, tests)
        none = tested.finish(totals[: self.units], out)
        if none.any():
            wants = np.zeros((self.tree.nodes, tested.n), dtype=np.uint8)
            wants[own] = tested.own_wants(bases, own, tests)
            if none[tested.own :].any():
                wants = wanted_below(self.tree, wants)
            reason = given_reason(wants[: self.units], out.reported)
            np.copyto(out.want, reason, where=none)
        return totals


@dataclass
class FormulaSheet(Sheet):
    """One formula over operands on sheets of their own; any period."""

    exact: ClassVar[bool] = False
    formulas: Formulas
    formula: Formula
    bases: tuple[Sheet, ...]
    reads_own_periods: bool

    @property
    def depth(self) -> int:
        return 1 + max((base.depth for base in self.bases), default=0)

    def evaluate(self, period: Period) -> Cells:
        return self.formulas.cells(self.formula, period)


def given_reason(wants: Bytes, reported: Bools) -> Bytes:
    """Not reported only if nothing was, or if there is no other reason."""
    others = wants & ~NOT_REPORTED
    found: Bytes = np.where(reported & (others > 0), others, wants)
    return first_want(np.where(reported, found, NOT_REPORTED))


def _store(stack: Cells, k: int, found: Cells) -> None:
    for name, part in vars(found).items():
        room = getattr(stack, name)
        if room is not None and part is not None:
            room[k] = part


Boards = dict[tuple[object, ...], list[Cells]]
"""Rooms for stacks by their shape, and whether they hold points."""


def shape_of(board: Cells) -> tuple[object, ...]:
    """What a board must have in common with another to serve in its place."""
    return board.value.shape, board.least is board.value


def share_room(sheets: Sequence[Sheet], free: Boards, *, points: bool) -> Cells:
    """Lay the stacks of sheets of the same units and periods side by side.

    A board of the same shape that is no longer used serves again.
    """
    total = sum(len(sheet.requests) for sheet in sheets)
    lead = sheets[0]
    shape = (len(lead.periods), lead.units, total)
    spare = free.get((shape, points))
    common = spare.pop() if spare else blank(*shape, points=points)
    common.judged[...] = True
    first = 0
    for sheet in sheets:
        sheet.shared, sheet.first = common, first
        sheet.stack = common.columns(first, first + len(sheet.requests))
        first += len(sheet.requests)
    return common
