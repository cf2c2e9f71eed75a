"""Rows of a table as lines of JSON, the same from both databases."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import Field, Model

MANY = 500
LEFT_OUT = {"sessions.Session"}  # who is signed in stays with the secret of the home


def tables() -> dict[str, type[Model]]:
    """Every table with rows of ours, those that are pointed at before who points."""
    found: dict[str, type[Model]] = {}

    def visit(model: type[Model]) -> None:
        table = model._meta.db_table  # noqa: SLF001 -- Django's documented name
        if table in found or table in waiting:
            return
        waiting.add(table)
        for field in model._meta.local_fields:  # noqa: SLF001 -- as above
            other = field.remote_field and field.remote_field.model
            if other and other is not model:
                visit(other)
        found[table] = model

    waiting: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label not in LEFT_OUT:  # noqa: SLF001 -- as above
            visit(model)
    return found


def dump_table(table: str, path: Path) -> int:
    """Returns the number of rows."""
    model = tables()[table]
    names = [f.attname for f in _fields(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)  # noqa: SLF001 -- as above
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(names) + "\n")
        for row in rows.iterator(chunk_size=2000):
            file.write(json.dumps([_plain(v) for v in row], ensure_ascii=False) + "\n")
            count += 1
    return count


def load_table(table: str, file: IO[bytes]) -> int:
    """Add the rows of a dump; returns their number."""
    model = tables()[table]
    lines = iter(file)
    names = json.loads(next(lines))
    fields = {f.attname: f for f in _fields(model)}
    readers = [_reader(fields[name]) for name in names]
    size = connection.ops.bulk_batch_size(list(fields.values()), [model()] * MANY)
    count = 0
    while some := list(islice(lines, size)):
        made = []
        for line in some:
            row = zip(names, json.loads(line), readers, strict=True)
            made.append(model(**{n: v if v is None else read(v) for n, v, read in row}))
        # Raw: as they were, without the moments that saving would set.
        model._base_manager.all()._insert(  # type: ignore[attr-defined]  # noqa: SLF001 -- bulk_create cannot be told to
            made, fields=list(fields.values()), using="default", raw=True
        )
        count += len(made)
    return count


def count_on(model: type[Model]) -> None:
    """PostgreSQL's counters go on after the rows that were brought."""
    if connection.vendor == "postgresql":
        from django.core.management.color import no_style  # noqa: PLC0415 -- only here

        with connection.cursor() as cursor:
            for line in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(line)


def _fields(model: type[Model]) -> list[Field[object, object]]:
    return list(model._meta.local_concrete_fields)  # noqa: SLF001 -- Django's documented name


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _reader(field: Field[object, object]) -> Callable[[object], object]:
    """From JSON to what the field holds."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.DateTimeField):
        return lambda v: datetime.fromisoformat(str(v))
    if isinstance(field, models.DateField):
        return lambda v: date.fromisoformat(str(v))
    if isinstance(field, models.BinaryField):
        return lambda v: base64.b64decode(str(v))
    if isinstance(field, models.UUIDField):
        return lambda v: UUID(str(v))
    return lambda v: v
