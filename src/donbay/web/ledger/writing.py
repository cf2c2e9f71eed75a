"""Many rows into a table in one statement, in the way that each database likes best."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from django.db import connection
from django.db.models import Model

AT_ONCE = 10_000  # rows that are put into words together
Rows = Sequence[tuple[object, ...]]


def insert(model: type[Model], names: Sequence[str], rows: Rows) -> None:
    """New rows, their values in the order of `names`: by COPY on PostgreSQL."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        columns = ", ".join(_columns(model, names))
        copied = f"COPY {_table(model)} ({columns}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(copied) as copy:
            for row in rows:
                copy.write_row(row)
        return
    _one_by_one(_insert(model, names), model, names, rows)


def put(
    model: type[Model], key: Sequence[str], said: Sequence[str], rows: Rows
) -> None:
    """Rows over those of the same key; values in the order of `key`, then `said`."""
    if not rows:
        return
    names = (*key, *said)
    over = ", ".join(f"{c} = excluded.{c}" for c in _columns(model, said))
    conflict = f"ON CONFLICT ({', '.join(_columns(model, key))}) DO UPDATE SET {over}"
    if connection.vendor == "postgresql":
        for begin in range(0, len(rows), AT_ONCE):
            _together(model, names, rows[begin : begin + AT_ONCE], conflict)
        return
    _one_by_one(f"{_insert(model, names)} {conflict}", model, names, rows)


def _together(
    model: type[Model], names: Sequence[str], rows: Rows, conflict: str
) -> None:
    """In one statement of PostgreSQL: as JSON, which is quickest, or else as arrays."""
    kinds = [
        _plain(model._meta.get_field(n).db_type(connection))  # noqa: SLF001 -- Django's public name for it
        for n in names
    ]
    columns = _columns(model, names)
    told: object
    if "bytea" in kinds:
        source = f"unnest({', '.join(f'%s::{kind}[]' for kind in kinds)})"
        told = [list(column) for column in zip(*rows, strict=True)]
    else:
        typed = ", ".join(map(" ".join, zip(columns, kinds, strict=True)))
        source = f"json_to_recordset(%s) AS told({typed})"
        told = [json.dumps([dict(zip(names, row, strict=True)) for row in rows])]
    statement = (
        f"INSERT INTO {_table(model)} ({', '.join(columns)}) "  # noqa: S608 -- names of our own models
        f"SELECT * FROM {source} {conflict}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, told)


def _plain(kind: str | None) -> str:
    """The type without its length, which an array of it does not need."""
    return str(kind).partition("(")[0]


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 -- as above


def _columns(model: type[Model], names: Sequence[str]) -> list[str]:
    fields = (model._meta.get_field(name.removesuffix("_id")) for name in names)  # noqa: SLF001 -- as above
    return [connection.ops.quote_name(str(field.column)) for field in fields]  # type: ignore[union-attr]  # all are columns


def _insert(model: type[Model], names: Sequence[str]) -> str:
    marks = ", ".join(["%s"] * len(names))
    columns = ", ".join(_columns(model, names))
    return f"INSERT INTO {_table(model)} ({columns}) VALUES ({marks})"  # noqa: S608 -- names of our own models


def _one_by_one(
    statement: str, model: type[Model], names: Sequence[str], rows: Rows
) -> None:
    """As SQLite has them: days and moments as texts."""
    fields = [model._meta.get_field(name.removesuffix("_id")) for name in names]  # noqa: SLF001 -- as above
    kinds = {"DateField", "DateTimeField"}
    dated = [n for n, f in enumerate(fields) if f.get_internal_type() in kinds]
    if dated:
        rows = [_told(fields, dated, row) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, cast("Any", rows))


def _told(
    fields: Sequence[object], dated: Sequence[int], row: tuple[object, ...]
) -> tuple[object, ...]:
    told = list(row)
    for n in dated:
        if told[n] is not None:
            told[n] = fields[n].get_db_prep_value(told[n], connection)  # type: ignore[attr-defined]  # a field of Django
    return tuple(told)
