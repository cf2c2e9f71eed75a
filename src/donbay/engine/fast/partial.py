"""Rows of some places of the map, read board by board: a few rows cost little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from donbay.domain.periods import Period
from donbay.domain.verdicts import Reason, TargetRow, ValueRow
from donbay.engine.fast.arrays import Array, Bools, Floats, Ints
from donbay.engine.fast.cells import Cells
from donbay.engine.fast.columns import Coded
from donbay.engine.fast.groups import Group, Verdicts
from donbay.engine.fast.judgement import REASONS
from donbay.engine.fast.run import Run
from donbay.engine.fast.search import STATUSES
from donbay.engine.fast.sheets import Request, Sheet
from donbay.engine.fast.targets import Targets

FIRST_WANT = np.array([(w & -w).bit_length() - 1 for w in range(256)])
"""By the bits of a cell: the number of the lowest, -1 for none."""
Stated = Mapping[str, Mapping[tuple[int, Period], float]]
Line = tuple[
    str,
    float | None,
    float | None,
    float | None,
    float | None,
    float | None,
    str | None,
]
"""Indicator, value, low, high, coverage, stated and reason."""


@dataclass(frozen=True)
class Told:
    """Values as columns, place by place and in these period by period.

    `numbers` are value, low, high, coverage and stated; NaN where there is none.
    """

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    place: Ints
    period: Ints
    indicator: Coded
    numbers: tuple[Floats, ...]
    reason: Coded

    def groups(self) -> Iterator[tuple[str, Period, int, int]]:
        """Each place and period, with where its rows begin and end."""
        if not len(self.place):
            return
        moved = (np.diff(self.place) != 0) | (np.diff(self.period) != 0)
        begins = [0, *(np.flatnonzero(moved) + 1).tolist()]
        ends = [*begins[1:], len(self.place)]
        for begin, end in zip(begins, ends, strict=True):
            unit, period = self.place[begin], self.period[begin]
            yield self.units[unit], self.periods[period], begin, end

    def lines(self) -> Iterator[Line]:
        """Row by row as plain tuples."""
        numbers = (_or_none(column) for column in self.numbers)
        names, reasons = self.indicator.texts(), self.reason.texts()
        return zip(names, *numbers, reasons, strict=True)


@dataclass(frozen=True, slots=True)
class Only:
    """Places of the map, and of their values those of one period: None is all.

    `cells`: by the number of a group of targets, the cells that say something else;
    None is all of the places.
    """

    places: Ints
    period: Period | None = None
    cells: Mapping[int, Ints] | None = None

    def among(self, units: Ints) -> Ints:
        """Which of some places of the map are meant, as positions."""
        return np.flatnonzero(np.isin(units, self.places))


def joined(several: Sequence[Only]) -> tuple[Only, ...]:
    """As few as there are periods."""
    by_period: dict[Period | None, list[Only]] = {}
    for one in several:
        by_period.setdefault(one.period, []).append(one)
    return tuple(
        some[0]
        if len(some) == 1
        else Only(_union(o.places for o in some), period, _cells(some))
        for period, some in by_period.items()
    )


def _cells(several: Sequence[Only]) -> dict[int, Ints] | None:
    given = [one.cells for one in several]
    if any(cells is None for cells in given):
        return None
    known = [cells for cells in given if cells is not None]
    numbers = {number for cells in known for number in cells}
    return {n: _union(cells[n] for cells in known if n in cells) for n in numbers}


def _union(several: Iterable[Ints]) -> Ints:
    return np.unique(np.concatenate(list(several)))


class Partial:
    """What a result says of some places."""

    def __init__(
        self,
        run: Run,
        judged: tuple[Targets, Sequence[Verdicts]],
        wants: Sequence[str],
        stated: Stated,
    ) -> None:
        self.run, self.wants, self.stated = run, wants, stated
        self.judged, self.verdicts = judged
        self.units = tuple(run.places.units)

    @cached_property
    def _boards(self) -> list[tuple[Sheet, Cells, Ints, Ints]]:
        """A board with the columns that indicators have on it, and their numbers."""
        found: dict[int, tuple[Sheet, Cells, list[int], list[int]]] = {}
        for number, name in enumerate(self.run.programme.indicators):
            request = self.run.widened(Request(name, None, frozenset()))
            sheet, column = self.run.at[request]
            sheet.room()
            board = sheet.board()
            made = found.setdefault(id(board), (sheet, board, [], []))
            made[2].append(sheet.first + column)
            made[3].append(number)
        return [(s, b, np.array(c), np.array(n)) for s, b, c, n in found.values()]

    def values(self, only: Only) -> list[ValueRow]:
        """Rows of `values`, place by place, period by period."""
        told = self.told(only)
        given = zip(*(key.tolist() for key in (told.place, told.period)), strict=True)
        return [
            ValueRow(self.units[place], line[0], told.periods[period], *line[1:])
            for (place, period), line in zip(given, told.lines(), strict=True)
        ]

    def told(self, only: Only) -> Told:
        """The same as columns, without an object for each of its rows."""
        parts = [part for part in self._parts(only) if len(part.place)]
        periods = sorted({part.period for part in parts})
        index = {period: k for k, period in enumerate(periods)}
        when = [np.full(len(part.place), index[part.period]) for part in parts]
        period, place, number = _stacked(when, parts, "place", "number")
        order = np.lexsort((number, period, place))
        keys = place[order], period[order], number[order]
        cells = [[part.cells[n] for part in parts] for n in range(5)]
        value, low, high, coverage, want = (_end_to_end(c)[order] for c in cells)
        unknown = np.isnan(value)
        return Told(
            *(self.units, tuple(periods), *keys[:2]),
            Coded(keys[2], self._names),
            (
                *(value, _finite(low, unknown), _finite(high, unknown), coverage),
                self._stated_beside(keys, periods),
            ),
            Coded(FIRST_WANT[want.astype(np.int64)], tuple(self.wants)),
        )

    def _parts(self, only: Only) -> Iterator[_Part]:
        """Board by board, period by period."""
        for sheet, board, columns, numbers in self._boards:
            nodes = only.places - sheet.offset
            nodes = nodes[(nodes >= 0) & (nodes < sheet.units)]
            periods = sheet.periods if only.period is None else (only.period,)
            for period in periods:
                k = sheet.index.get(period)
                if k is not None and len(nodes):
                    yield _part(
                        board.at(k), (nodes, columns), (sheet.offset, numbers), period
                    )

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.run.programme.indicators)

    def _stated_beside(
        self, keys: tuple[Ints, Ints, Ints], periods: Sequence[Period]
    ) -> Floats:
        found = np.full(len(keys[0]), np.nan)
        if not self.stated:
            return found
        index = {period: k for k, period in enumerate(periods)}
        number = {name: n for n, name in enumerate(self._names)}
        given = {
            (place, index[period], number[name]): value
            for name, some in self.stated.items()
            for (place, period), value in some.items()
            if period in index
        }
        rows = zip(*(key.tolist() for key in keys), strict=True)
        found[:] = [given.get(row, np.nan) for row in rows]
        return found

    def targets(self, only: Only) -> list[TargetRow]:
        """Rows of `targets`, place by place."""
        rows: list[tuple[int, int, TargetRow]] = []
        for number, group in enumerate(self.judged.groups):
            cells = self._cells(number, group, only)
            if len(cells):
                rows += self._targets(group, self.verdicts[number], cells)
        rows.sort(key=lambda row: row[:2])
        return [row[2] for row in rows]

    def _cells(self, number: int, group: Group, only: Only) -> Ints:
        if only.cells is not None:
            return only.cells.get(number, np.zeros(0, dtype=np.int64))
        nodes = only.places - group.offset
        return group.places(nodes[(nodes >= 0) & (nodes < group.shape[0])])

    def _targets(
        self, group: Group, verdicts: Verdicts, cells: Ints
    ) -> Iterator[tuple[int, int, TargetRow]]:
        places = (cells // group.shape[1] + group.offset).tolist()
        sought = group.sought.ravel().take(cells).tolist()
        base = _or_none(group.base.ravel().take(cells))
        numbers = [_or_none(row) for row in verdicts.numbers.take(cells, axis=0).T]
        codes = verdicts.codes.take(cells, axis=0).T.tolist()
        given = zip(places, sought, base, *codes, *numbers, strict=True)
        periods, targets = group.periods, self.run.programme.targets
        for place, number, baseline, *said in given:
            status, at, why, when, first_met = said[:5]
            value, coverage, pace, progress, exceeded = said[5:]
            target = targets[number]
            row = TargetRow(
                self.units[place],
                target.id,
                target.indicator,
                float(target.value),
                STATUSES[status],
                _reason(why, periods[when] if when >= 0 else None),
                periods[at] if at >= 0 else None,
                *(value, coverage, baseline, pace, progress, exceeded),
                periods[first_met] if first_met >= 0 else None,
            )
            yield place, number, row


@dataclass(frozen=True, slots=True)
class _Part:
    """Cells of a period on one board, where anybody is expected."""

    period: Period
    place: Ints
    number: Ints
    cells: tuple[Array, ...]  # value, low, high, coverage, want


def _part(
    cells: Cells,
    chosen: tuple[Ints, Ints],
    known: tuple[int, Ints],
    period: Period,
) -> _Part:
    nodes, columns = chosen
    offset, numbers = known

    def of(part: Array) -> Array:
        at = np.minimum(columns, part.shape[1] - 1)  # one may stand for all
        found: Array = part[nodes[:, None], at]
        return found

    at = np.nonzero(of(cells.expected))
    every = (cells.value, cells.low, cells.high, cells.coverage, cells.want)
    told = tuple(of(part)[at] for part in every)
    return _Part(period, nodes[at[0]] + offset, numbers[at[1]], told)


def _stacked(
    first: Sequence[Ints], parts: Sequence[_Part], *names: str
) -> Iterator[Ints]:
    yield _end_to_end(first).astype(np.int64)
    for name in names:
        column = _end_to_end([getattr(part, name) for part in parts])
        yield column.astype(np.int64)


def _end_to_end(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0)


def _finite(ends: Floats, unknown: Bools) -> Floats:
    return np.where(unknown | np.isinf(ends), np.nan, ends)


def _or_none(row: Array) -> list[float | None]:
    return [None if value != value else value for value in row.tolist()]  # noqa: PLR0124 -- NaN


def _reason(code: int, period: Period | None) -> Reason | None:
    if code < 0:
        return None
    return Reason(REASONS[code], None if period is None else str(period))
