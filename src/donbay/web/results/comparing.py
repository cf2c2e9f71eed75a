"""Which places say something else after all was evaluated anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from donbay.domain.periods import parse_period
from donbay.domain.verdicts import CriterionRow, LevelRow
from donbay.engine.fast import Coded, Only, Result
from donbay.engine.fast.columns import Columns

Row = CriterionRow | LevelRow


@dataclass(frozen=True)
class Snapshot:
    """What a result said, column by column, before it moves on."""

    places: tuple[str, ...]
    values: Columns
    targets: Columns
    rest: dict[str, list[Row]]

    @classmethod
    def of(cls, result: Result) -> Snapshot:
        return cls(result.units, result.values(), result.targets(), _by_unit(result))

    def changed(self, result: Result) -> tuple[Only, ...] | None:
        """Where rows differ; None where there are other rows than before."""
        now = Snapshot.of(result)
        values = _moved(self.values, now.values)
        targets = _moved(self.targets, now.targets)
        if self.places != now.places or values is None or targets is None:
            return None
        units, periods = _codes(now.values, "unit"), now.values["period"]
        assert isinstance(periods, Coded)  # noqa: S101 -- of this table always
        found = []
        for code in np.unique(periods.codes[values]):
            at = values[periods.codes[values] == code]
            when = parse_period(periods.names[code])
            found.append(Only(np.unique(units[at]), when))
        judged = _codes(now.targets, "unit")[targets]
        rest = _places_moved(result, self.rest, now.rest)
        return (*found, *_verdicts_of(np.concatenate([judged, rest])))


@dataclass(frozen=True)
class Standing:
    """Criteria and levels before other acts hold: values and targets stay."""

    rest: dict[str, list[Row]]

    @classmethod
    def of(cls, result: Result) -> Standing:
        return cls(_by_unit(result))

    def changed(self, result: Result) -> tuple[Only, ...]:
        return _verdicts_of(_places_moved(result, self.rest, _by_unit(result)))


def _places_moved(
    result: Result, before: dict[str, list[Row]], now: dict[str, list[Row]]
) -> np.ndarray:
    places = {place: i for i, place in enumerate(result.units)}
    moved = (u for u, rows in now.items() if repr(rows) != repr(before.get(u)))
    return np.array([places[unit] for unit in moved], dtype=np.int64)


def _verdicts_of(places: np.ndarray) -> tuple[Only, ...]:
    """No value: there is none of this period."""
    return (Only(np.unique(places), parse_period("1000")),) if len(places) else ()


def _by_unit(result: Result) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    rows: Iterable[Row] = (*result.criteria_rows(), *result.level_rows())
    for row in rows:
        found.setdefault(row.unit, []).append(row)
    return found


def _codes(columns: Columns, name: str) -> np.ndarray:
    column = columns.get(name)
    return column.codes if isinstance(column, Coded) else np.zeros(0, dtype=np.int64)


def _moved(before: Columns, now: Columns) -> np.ndarray | None:
    """Numbers of the rows that differ in any column; None if they are other rows."""
    size = len(_codes(now, "unit"))
    if before.keys() != now.keys() or len(_codes(before, "unit")) != size:
        return None
    differ = np.zeros(size, dtype=np.bool_)
    for name, column in now.items():
        old = before[name]
        if isinstance(column, Coded) and isinstance(old, Coded):
            if column.names != old.names:
                return None
            moved = column.codes != old.codes
            if name in {"unit", "indicator", "target"} and moved.any():
                return None
            differ |= moved
        else:
            one, other = np.asarray(old), np.asarray(column)
            differ |= one.view(np.int64) != other.view(np.int64)
    return np.flatnonzero(differ)
