"""Columns into CSV, JSON or Parquet: UTF-8, ISO days, decimal points, nulls empty."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from donbay.tables.arrays import filled

FORMATS = ("csv", "json", "parquet")
Columns = Mapping[str, pa.Array | Sequence[object]]


def write_rows(columns: Columns, form: str, output: IO[bytes]) -> None:
    """Write columns of one length; NaN and infinity are written as nothing.

    CSV is for machines: a text that begins with `=` stays as it is. A spreadsheet
    for people is made elsewhere.
    """
    table = pa.table({name: _finite(column) for name, column in columns.items()})
    if form == "csv":
        pacsv.write_csv(_plain(table), output)
    elif form == "parquet":
        pq.write_table(_declared(table), output, compression="zstd")
    elif form == "json":
        _write_json(table, output)
    else:
        raise ValueError(form)


def _finite(column: pa.Array | Sequence[object]) -> pa.Array:
    array = column if isinstance(column, pa.Array) else pa.array(column)
    if not pa.types.is_floating(array.type):
        return array
    numbers = filled(array.cast(pa.float64()), np.float64, np.nan)
    return pa.array(numbers, mask=~np.isfinite(numbers))


def _declared(table: pa.Table) -> pa.Table:
    """With columns declared as never empty where no cell is: quicker to decode."""
    fields = [
        field.with_nullable(part.null_count > 0 or pa.types.is_null(field.type))
        for field, part in zip(table.schema, table.columns, strict=True)
    ]
    return table.cast(pa.schema(fields))


def _plain(table: pa.Table) -> pa.Table:
    """Without dictionaries, which the CSV writer does not take."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            texts = table.column(place).cast(field.type.value_type)
            table = table.set_column(place, field.name, texts)
    return table


def _write_json(table: pa.Table, output: IO[bytes]) -> None:
    """One list with a row a line, so that it can be read as a whole or by lines."""
    separator = b"[\n"
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            text = json.dumps(row, ensure_ascii=False, default=_iso)
            output.write(separator + text.encode())
            separator = b",\n"
    output.write(b"\n]\n" if separator == b",\n" else b"[]\n")


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
