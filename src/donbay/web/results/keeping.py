"""Writing rows of an evaluation: only those that differ, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from django.db.models import Model

from donbay.domain.verdicts import LevelRow, TargetRow
from donbay.engine.fast import Only, Result
from donbay.web.ledger import writing
from donbay.web.results.models import (
    CriteriaVerdicts,
    Evaluation,
    LevelVerdict,
    TargetVerdict,
    UnitValues,
)
from donbay.web.results.packing import pack_criteria, packed_values

SOME = 50  # units that are looked at together
AT_ONCE = 500  # units whose rows are taken away together
Said = tuple[object, ...]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A kept table: its rows are known by a unit and `key`, and say `said`."""

    model: type[Model]
    key: str
    said: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return ("unit_id", self.key, *self.said)


VALUES = Table(UnitValues, "period", ("packed",))
CRITERIA = Table(CriteriaVerdicts, "set", ("packed",))
LEVELS = Table(LevelVerdict, "set", ("reached", "possible", "recognised"))
TARGETS = Table(
    TargetVerdict,
    "target",
    (
        *("indicator", "target_value", "status", "reason", "period", "value"),
        *("coverage", "baseline", "pace", "progress", "exceeded", "first_met"),
    ),
)
TABLES = (TARGETS, VALUES, CRITERIA, LEVELS)


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept row that says otherwise than it should; `said` None: it should not be.

    `new`: there is no such row.
    """

    table: Table
    key: Key
    said: Said | None
    new: bool = False

    @property
    def name(self) -> str:
        return f"{self.table.model.__name__} {self.key[0]} {self.key[1]}"


def made(found: Result, only: Only) -> Iterator[tuple[Table, dict[Key, Said]]]:
    """The rows of the four tables, each by its key; those of a key stand together."""
    yield TARGETS, {(r.unit, r.target): judged(r) for r in found.target_rows(only)}
    yield (
        VALUES,
        {
            (unit, str(period)): (packed,)
            for unit, period, packed in packed_values(found.told(only))
        },
    )
    criteria = groupby(found.criteria_rows(only), lambda row: (row.unit, row.set))
    yield CRITERIA, {key: (pack_criteria(rows),) for key, rows in criteria}
    yield LEVELS, {(row.unit, row.set): _rungs(row) for row in found.level_rows(only)}


def judged(row: TargetRow) -> Said:
    """A zero has no sign here: SQLite would forget it, and a full run would differ."""
    return (
        *(row.indicator, _one_zero(row.target_value), str(row.status)),
        "" if row.reason is None else str(row.reason),
        "" if row.period is None else str(row.period),
        *map(_one_zero, (row.value, row.coverage, row.baseline)),
        *map(_one_zero, (row.pace, row.progress, row.exceeded)),
        "" if row.first_met is None else str(row.first_met),
    )


def _one_zero(number: float | None) -> float | None:
    """SQLite knows no negative zero, which a pack may have written."""
    return None if number is None else number + 0.0


def _rungs(row: LevelRow) -> Said:
    return row.reached, row.possible, row.recognised


def put(evaluation: Evaluation, found: Result, only: Only) -> None:
    """Write the rows of some places over what is kept under their keys."""
    with writing.unawaited():
        for table, rows in made(found, only):
            _write(evaluation, table, [(*key, *said) for key, said in rows.items()])


def _write(evaluation: Evaluation, table: Table, rows: Sequence[Said]) -> None:
    key = ("evaluation_id", "unit_id", table.key)
    whole = [(evaluation.pk, *row) for row in rows]
    writing.put(table.model, key, table.said, whole)


# --- all of it -----------------------------------------------------------------------


@dataclass
class Comparison:
    """Kept rows held against a result, some units at a time; None: nothing is kept."""

    evaluation: Evaluation | None
    result: Result
    compared: int = 0

    def differences(self) -> Iterator[Difference]:
        """Every kept row that says otherwise, or is not kept, or should not be."""
        units = self.result.units
        for begin in range(0, len(units), SOME):
            some = units[begin : begin + SOME]
            only = Only(np.arange(begin, begin + len(some)))
            for table, rows in made(self.result, only):
                self.compared += len(rows)
                yield from self._of(table, rows, some)
        yield from self._gone()

    def _of(
        self, table: Table, rows: dict[Key, Said], units: Sequence[str]
    ) -> Iterator[Difference]:
        rest = dict(rows)
        kept = self._kept(table).filter(unit_id__in=units)
        for unit, of, *said in kept.values_list(*table.names):
            key = (unit, of)
            should = rest.pop(key, None)
            if should is None or not same(tuple(said), should):
                yield Difference(table, key, should)
        for key, should in rest.items():
            yield Difference(table, key, should, new=True)

    def _gone(self) -> Iterator[Difference]:
        """Rows of units that are no longer on the map."""
        known = set(self.result.units)
        for table in TABLES:
            units = self._kept(table).values_list("unit_id", flat=True).distinct()
            gone = [unit for unit in units.order_by() if unit not in known]
            rows = self._kept(table).filter(unit_id__in=gone)
            for unit, of in rows.values_list("unit_id", table.key):
                yield Difference(table, (unit, of), None)

    def _kept(self, table: Table):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- a query of whichever model
        return table.model._default_manager.filter(evaluation=self.evaluation)  # noqa: SLF001 -- Django's public way to it


def same(kept: Said, should: Said) -> bool:
    """Whether two rows are one to the last bit: not only equal, and one zero."""
    told = tuple(bytes(x) if isinstance(x, memoryview) else x for x in kept)
    return told == should and (0.0 not in should or repr(told) == repr(should))


def mend(evaluation: Evaluation, differences: Iterable[Difference]) -> int:
    """Make what is kept say what it should; gives how many rows did not."""
    count = 0
    for table, some in groupby(differences, lambda one: one.table):
        found = list(some)
        count += len(found)
        said = [one for one in found if one.said is not None]
        _write(evaluation, table, [_row(one) for one in said if not one.new])
        _insert(evaluation, table, [_row(one) for one in said if one.new])
        _forget(evaluation, table, [one.key for one in found if one.said is None])
    return count


def _row(one: Difference) -> Said:
    return *one.key, *(one.said or ())


def _insert(evaluation: Evaluation, table: Table, rows: Sequence[Said]) -> None:
    if rows:
        names = ("evaluation_id", *table.names)
        columns = [[evaluation.pk] * len(rows), *zip(*rows, strict=True)]
        with writing.inserted(table.model, names, columns):
            pass


def _forget(evaluation: Evaluation, table: Table, keys: Sequence[Key]) -> None:
    by_other: dict[str, list[str]] = {}
    for unit, of in keys:
        by_other.setdefault(of, []).append(unit)
    for of, units in by_other.items():
        for at in range(0, len(units), AT_ONCE):
            table.model._default_manager.filter(  # noqa: SLF001 -- as above
                evaluation=evaluation,
                unit_id__in=units[at : at + AT_ONCE],
                **{table.key: of},
            ).delete()


def replace(evaluation: Evaluation, result: Result) -> int:
    """Make what is kept equal to a result, touching only what differs."""
    return mend(evaluation, Comparison(evaluation, result).differences())
