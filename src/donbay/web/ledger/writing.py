"""Many rows into a table in one statement, in the way that each database likes best."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import numpy as np
from django.db import connection
from django.db.models import Model

from donbay.web.ledger.columns import Array, Coded, Lines, Table, is_coded

MANY = 20_000  # rows for which memory is worth its while
CACHE = 262_144  # KiB of it at most
AT_ONCE = 10_000  # rows that are put into words together
SOME = 100  # statements of SQLite that are made ready together
CELLS = 960  # that a statement of SQLite takes at once; older ones take 999
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Rows = Sequence[tuple[object, ...]]


@contextmanager
def inserted(model: type[Model], names: Sequence[str], table: Table) -> Iterator[None]:
    """New rows, from columns in the order of `names`: by COPY on PostgreSQL.

    Inside, the database may still be at work on them: nothing else can be asked of it.
    """
    size = len(table[0])
    if size and connection.vendor == "postgresql":
        with _copied(model, names, table):
            yield
        return
    if size:
        with _much_in_memory(size):
            _many_at_once(model, names, _as_sqlite(model, names, table))
    yield


@contextmanager
def _copied(model: type[Model], names: Sequence[str], table: Table) -> Iterator[None]:
    """Many lines are sent beside the writing of the next ones."""
    from psycopg.copy import LibpqWriter, QueuedLibpqWriter  # noqa: PLC0415 -- where PostgreSQL is used

    size = len(table[0])
    statement = f"COPY {_table(model)} ({', '.join(_columns(model, names))}) FROM STDIN"
    with connection.cursor() as cursor:
        copied = cursor.cursor.copy  # not by way of what counts statements
        writer = (QueuedLibpqWriter if size > MANY else LibpqWriter)(cursor.cursor)
        with copied(statement, writer=writer) as copy:
            for some in _lines(table):
                copy.write(some)
            yield


def next_key(model: type[Model]) -> int:
    """The key of the next row, which is ours from now on."""
    table = model._meta.db_table  # noqa: SLF001 -- as below
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            given = "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
        else:  # whoever writes to SQLite writes alone
            given = (
                "SELECT 1 + coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s"
            )
        cursor.execute(given, [table])
        return int(cursor.fetchone()[0])


@contextmanager
def _much_in_memory(rows: int) -> Iterator[None]:
    """Pages of SQLite that do not fit are written again and again."""
    if rows < MANY:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


@contextmanager
def unawaited() -> Iterator[None]:
    """Each `put` inside is sent without waiting for the one before it.

    So PostgreSQL is at work on rows while the next ones are made; what it refuses is
    raised at the end.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.connection.pipeline():
        yield


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
    statement = f"{_insert(model, names)} {conflict}"
    table = _as_sqlite(model, names, list(zip(*rows, strict=True)))
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), AT_ONCE):
            some = (column[begin : begin + AT_ONCE] for column in table)
            cursor.executemany(statement, cast("Any", list(zip(*some, strict=True))))


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
        short = [f"c{n}" for n in range(len(kinds))]
        typed = ", ".join(map(" ".join, zip(short, kinds, strict=True)))
        source = f"json_to_recordset(%s) AS told({typed})"
        told = [json.dumps([dict(zip(short, row, strict=True)) for row in rows])]
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


def _insert(model: type[Model], names: Sequence[str], rows: int = 1) -> str:
    marks = f"({', '.join(['%s'] * len(names))})"
    columns = ", ".join(_columns(model, names))
    return f"INSERT INTO {_table(model)} ({columns}) VALUES {', '.join([marks] * rows)}"  # noqa: S608 -- names of our own models


def _lines(table: Table) -> Iterator[bytes | str]:
    """As COPY reads them: a line for each row, a tab between its cells."""
    lines = Lines(table, _cell, "\t", "\n") if is_coded(table) else None
    for begin in range(0, len(table[0]), AT_ONCE):
        at = slice(begin, begin + AT_ONCE)
        if lines:
            yield lines.of(at)[0]
        else:
            columns = [_cells(column[at]) for column in table]
            yield "\n".join(map("\t".join, zip(*columns, strict=True))) + "\n"


def _cells(column: Sequence[object]) -> Iterable[str]:
    """Words and days come again and again; numbers are as they are."""
    if {float, int} & set(map(type, column)):
        return ["\\N" if cell is None else repr(cell) for cell in column]
    told = {cell: _cell(cell) for cell in set(column)}
    return map(told.__getitem__, column)


def _cell(cell: object) -> str:
    if isinstance(cell, bytes):
        return rf"\\x{cell.hex()}"
    return "\\N" if cell is None else str(cell).translate(ESCAPED)


def _many_at_once(model: type[Model], names: Sequence[str], table: Table) -> None:
    """A statement of SQLite takes some rows: it is begun and ended less often."""
    width, size = len(names), len(table[0])
    together = CELLS // width
    with connection.cursor() as cursor:
        for begin in range(0, size, together * SOME):
            cells = _cells_of(table, slice(begin, begin + together * SOME))
            whole = len(cells) // together * together
            if whole:
                rows = cells[:whole].reshape(-1, together * width).tolist()
                cursor.executemany(_insert(model, names, together), rows)
            if whole < len(cells):
                cursor.executemany(_insert(model, names), cells[whole:].tolist())


def _cells_of(table: Table, at: slice) -> Array:
    """Rows of a table, with an object for each cell."""
    size = len(table[0][at])
    cells = np.empty((size, len(table)), dtype=object)
    for place, column in enumerate(table):
        cells[:, place] = (
            column.objects(at) if isinstance(column, Coded) else column[at]
        )
    return cells


def _as_sqlite(model: type[Model], names: Sequence[str], table: Table) -> Table:
    """Days and moments as texts, each put in words once."""
    fields = [model._meta.get_field(name.removesuffix("_id")) for name in names]  # noqa: SLF001 -- as above
    kinds = {"DateField", "DateTimeField"}
    return [
        _told(field, column) if field.get_internal_type() in kinds else column
        for field, column in zip(fields, table, strict=True)
    ]


def _told(field: Any, column: Sequence[object]) -> Sequence[object]:  # noqa: ANN401 -- a field of Django
    def word(day: object) -> object:
        return field.get_db_prep_value(day, connection)

    if isinstance(column, Coded):
        return column.put(word)
    words = {day: word(day) for day in set(column)}
    return [words[day] for day in column]
