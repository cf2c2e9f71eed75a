"""Writing rows of an evaluation: only those that differ, many at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import groupby
from typing import TypeVar

from django.db.models import Model

from donbay.domain.verdicts import Evaluation as Verdicts
from donbay.domain.verdicts import LevelRow, TargetRow
from donbay.web.results.models import (
    CriteriaVerdicts,
    Evaluation,
    LevelVerdict,
    TargetVerdict,
    UnitValues,
)
from donbay.web.results.packing import pack_criteria, pack_values

AT_ONCE = 1_000  # rows of one statement to the database
M = TypeVar("M", bound=Model)
JUDGED = (
    *("indicator", "target_value", "status", "reason", "period", "value"),
    *("coverage", "baseline", "pace", "progress", "exceeded", "first_met"),
)
LADDER = ("reached", "possible", "recognised")
TABLES: tuple[tuple[type[Model], tuple[str, ...], tuple[str, ...]], ...] = (
    (UnitValues, ("unit_id", "period"), ("packed",)),
    (TargetVerdict, ("unit_id", "target"), JUDGED),
    (CriteriaVerdicts, ("unit_id", "set"), ("packed",)),
    (LevelVerdict, ("unit_id", "set"), LADDER),
)
Kept = dict[Hashable, Model]


def made(evaluation: Evaluation, found: Verdicts) -> list[Kept]:
    """The rows of the four tables, each by its key."""
    of = {"evaluation": evaluation}
    values = (
        UnitValues(**of, unit_id=unit, period=str(period), packed=pack_values(rows))
        for (unit, period), rows in _together(
            found.values, lambda row: (row.unit, row.period)
        )
    )
    criteria = (
        CriteriaVerdicts(**of, unit_id=unit, set=name, packed=pack_criteria(rows))
        for (unit, name), rows in _together(
            found.criteria, lambda row: (row.unit, row.set)
        )
    )
    targets = (TargetVerdict(**of, **_judged(row)) for row in found.targets)
    levels = (LevelVerdict(**of, **_rungs(row)) for row in found.levels)
    each: tuple[Iterable[Model], ...] = (values, targets, criteria, levels)
    return [
        {_key(row, key): row for row in rows}
        for rows, (_, key, _) in zip(each, TABLES, strict=True)
    ]


R = TypeVar("R")
K = TypeVar("K", bound=tuple[object, ...])


def _together(rows: Iterable[R], key: Callable[[R], K]) -> Iterable[tuple[K, list[R]]]:
    """Rows of one key, in their order, wherever they stand."""
    ordered = sorted(rows, key=lambda row: tuple(map(str, key(row))))
    return ((k, list(some)) for k, some in groupby(ordered, key))


def _judged(row: TargetRow) -> dict[str, object]:
    return {
        "unit_id": row.unit,
        "target": row.target,
        "indicator": row.indicator,
        "target_value": row.target_value,
        "status": str(row.status),
        "reason": "" if row.reason is None else str(row.reason),
        "period": "" if row.period is None else str(row.period),
        "first_met": "" if row.first_met is None else str(row.first_met),
        **{
            name: getattr(row, name)
            for name in (
                *("value", "coverage", "baseline", "pace", "progress", "exceeded"),
            )
        },
    }


def _rungs(row: LevelRow) -> dict[str, object]:
    return {
        "unit_id": row.unit,
        "set": row.set,
        **{name: getattr(row, name) for name in LADDER},
    }


def _key(row: Model, names: tuple[str, ...]) -> Hashable:
    return tuple(getattr(row, name) for name in names)


def _said(row: Model, names: tuple[str, ...]) -> str:
    """All that a row says, to the last bit."""
    values = (getattr(row, name) for name in names)
    return repr([bytes(v) if isinstance(v, memoryview) else v for v in values])


def put(evaluation: Evaluation, found: Verdicts) -> int:
    """Write these rows over what is kept under their keys; gives how many."""
    count = 0
    for (model, key, said), rows in zip(TABLES, made(evaluation, found), strict=True):
        _write(model, key, said, rows.values())
        count += len(rows)
    return count


def _write(
    model: type[M],
    key: tuple[str, ...],
    said: tuple[str, ...],
    rows: Iterable[Model],
) -> None:
    fields = [name.removesuffix("_id") for name in key]
    model._default_manager.bulk_create(  # noqa: SLF001 -- Django's public way to it
        rows,  # type: ignore[arg-type]  # of this model, by TABLES
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["evaluation", *fields],
        update_fields=said,
    )


def differences(evaluation: Evaluation, found: Verdicts) -> Mapping[str, list[Model]]:
    """Rows kept otherwise than `found` has them: to write, and to take away."""
    write: list[Model] = []
    gone: list[Model] = []
    for (model, key, said), rows in zip(TABLES, made(evaluation, found), strict=True):
        kept = model._default_manager.filter(evaluation=evaluation)  # noqa: SLF001 -- as above
        seen = set()
        for old in kept.iterator(chunk_size=AT_ONCE):
            name = _key(old, key)
            seen.add(name)
            new = rows.get(name)
            if new is None:
                gone.append(old)
            elif _said(old, said) != _said(new, said):
                write.append(new)
        write += [row for name, row in rows.items() if name not in seen]
    return {"write": write, "gone": gone}


def replace(evaluation: Evaluation, found: Verdicts) -> int:
    """Make what is kept equal to `found`, touching only what differs."""
    moved = differences(evaluation, found)
    for model, key, said in TABLES:
        gone = [row.pk for row in moved["gone"] if isinstance(row, model)]
        for at in range(0, len(gone), AT_ONCE):
            model._default_manager.filter(pk__in=gone[at : at + AT_ONCE]).delete()  # noqa: SLF001 -- as above
        some = [row for row in moved["write"] if isinstance(row, model)]
        if some:
            _write(model, key, said, some)
    return len(moved["gone"]) + len(moved["write"])
