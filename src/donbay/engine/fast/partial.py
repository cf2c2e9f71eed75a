"""Rows of some places of the map, read board by board: a few rows cost little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import numpy as np

from donbay.domain.periods import Period
from donbay.domain.verdicts import Reason, TargetRow, ValueRow
from donbay.engine.fast.arrays import Array, Ints
from donbay.engine.fast.cells import Cells
from donbay.engine.fast.groups import Group, Verdicts
from donbay.engine.fast.judgement import REASONS, STATUSES
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import Request, Sheet
from donbay.engine.fast.targets import Targets

FIRST_WANT = [(w & -w).bit_length() - 1 for w in range(256)]
"""By the bits of a cell: the number of the lowest, -1 for none."""
Stated = Mapping[str, Mapping[tuple[int, Period], float]]
Numbered = tuple[int, int, ValueRow | TargetRow]
"""A row with its place and the number of its indicator or target."""


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
    def _boards(self) -> list[tuple[Sheet, Cells, Ints, list[tuple[int, str]]]]:
        """A board with the columns that indicators have on it, and which those are."""
        found: dict[int, tuple[Sheet, Cells, list[int], list[tuple[int, str]]]] = {}
        for number, name in enumerate(self.run.programme.indicators):
            request = self.run.widened(Request(name, None, frozenset()))
            sheet, column = self.run.at[request]
            sheet.room()
            board = sheet.board()
            made = found.setdefault(id(board), (sheet, board, [], []))
            made[2].append(sheet.first + column)
            made[3].append((number, name))
        return [(s, b, np.array(c), names) for s, b, c, names in found.values()]

    def values(self, only: Only) -> list[ValueRow]:
        """Rows of `values`, place by place, period by period."""
        rows: list[tuple[int, Period, int, ValueRow]] = []
        for sheet, board, columns, names in self._boards:
            nodes = only.places - sheet.offset
            nodes = nodes[(nodes >= 0) & (nodes < sheet.units)]
            periods = sheet.periods if only.period is None else (only.period,)
            for period in periods:
                k = sheet.index.get(period)
                if k is not None and len(nodes):
                    part = _Part(board.at(k), nodes, columns)
                    rows += self._values(part, nodes + sheet.offset, period, names)
        rows.sort(key=lambda row: row[:3])
        return [row[3] for row in rows]

    def _values(
        self, part: _Part, places: Ints, period: Period, names: list[tuple[int, str]]
    ) -> Iterator[tuple[int, Period, int, ValueRow]]:
        for i, j, value, low, high, coverage, want in part.cells():
            number, name = names[j]
            place = int(places[i])
            why = FIRST_WANT[want]
            there = value == value  # noqa: PLR0124 -- not NaN
            row = ValueRow(
                self.units[place],
                name,
                period,
                value if there else None,
                low if there and abs(low) < np.inf else None,
                high if there and abs(high) < np.inf else None,
                None if isnan(coverage) else coverage,
                self.stated.get(name, {}).get((place, period)),
                self.wants[why] if why >= 0 else None,
            )
            yield place, period, number, row

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
        numbers = [_or_none(row) for row in verdicts.numbers.take(cells, axis=1)]
        codes = verdicts.codes.take(cells, axis=1).tolist()
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


class _Part:
    """Some units and columns of a period's cells, as plain numbers."""

    def __init__(self, cells: Cells, nodes: Ints, columns: Ints) -> None:
        self.nodes, self.columns, self.of = nodes, columns, cells

    def _of(self, part: Array) -> Array:
        columns = np.minimum(self.columns, part.shape[1] - 1)  # one may stand for all
        found: Array = part[self.nodes[:, None], columns]
        return found

    def cells(self) -> Iterator[tuple[int, int, float, float, float, float, int]]:
        """Node, column and what stands there, where anybody is expected."""
        at = np.nonzero(self._of(self.of.expected))
        every = (self.of.value, self.of.low, self.of.high, self.of.coverage)
        numbers = (self._of(part)[at].tolist() for part in every)
        wants = self._of(self.of.want)[at].tolist()
        return zip(at[0].tolist(), at[1].tolist(), *numbers, wants, strict=True)


def _or_none(row: Array) -> list[float | None]:
    return [None if value != value else value for value in row.tolist()]  # noqa: PLR0124 -- NaN


def _reason(code: int, period: Period | None) -> Reason | None:
    if code < 0:
        return None
    return Reason(REASONS[code], None if period is None else str(period))
