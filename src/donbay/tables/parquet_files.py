"""Parquet into cells, a batch of rows at a time, the next ones decoded meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from donbay.tables.cells import Cells
from donbay.tables.columns import Column, Kind, Layout
from donbay.tables.findings import Findings, fault
from donbay.tables.headers import check_header

BATCH = 1 << 17  # rows: few enough that what is made of them stays in the cache
AHEAD = 3  # batches decoded or waiting


def read_parquet(
    path: Path, layout: Layout, findings: Findings, leave_out: Collection[str] = ()
) -> Iterator[Cells]:
    """Rows are numbered from 1, since there are no lines."""
    try:
        with pq.ParquetFile(path) as file:
            schema, meta = file.schema_arrow, file.metadata
        places = check_header(schema.names, layout, findings)
        wanted = [
            column
            for column in layout.columns
            if column.name in places
            and column.name not in leave_out
            and _readable(column, schema.types[places[column.name]], findings)
        ]
        first = 1
        for batch in _ahead(_batches(path, wanted, meta)):
            columns = dict(zip(batch.schema.names, batch.columns, strict=True))
            yield Cells(columns, range(first, first + batch.num_rows))
            first += batch.num_rows
    except (pa.ArrowException, OSError) as problem:
        detail = str(problem).splitlines()[0][:200]
        findings.add(fault("file_unreadable", detail=detail))


def first_and_last_year(path: Path) -> tuple[int, int] | None:
    """By the statistics of the column `period`: its texts begin with a year."""
    try:
        with pq.ParquetFile(path) as file:
            groups = [file.metadata.row_group(n) for n in range(file.num_row_groups)]
    except (pa.ArrowException, OSError):
        return None
    years: list[int] = []
    for group in groups:
        columns = [group.column(n) for n in range(group.num_columns)]
        told = [c.statistics for c in columns if c.path_in_schema == "period"]
        if not told or told[0] is None or not told[0].has_min_max:
            return None
        ends = (str(told[0].min)[:4], str(told[0].max)[:4])
        if not all(end.isdecimal() for end in ends):
            return None
        years += map(int, ends)
    return (min(years), max(years)) if years else None


def _batches(
    path: Path, wanted: list[Column], meta: pq.FileMetaData
) -> Iterator[pa.RecordBatch]:
    names = [column.name for column in wanted]
    with pq.ParquetFile(path, read_dictionary=names, memory_map=True) as file:
        for group in range(meta.num_row_groups):
            columns = _telling(wanted, meta.row_group(group))
            yield from file.iter_batches(BATCH, [group], columns, use_threads=False)


def _ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same, decoded in another thread while the caller is at work."""
    with ThreadPoolExecutor(1) as pool:
        waiting = deque(pool.submit(next, batches, None) for _ in range(AHEAD))
        try:
            while (batch := waiting.popleft().result()) is not None:
                waiting.append(pool.submit(next, batches, None))
                yield batch
        finally:
            pool.shutdown(cancel_futures=True)


def _telling(wanted: list[Column], group: pq.RowGroupMetaData) -> list[str]:
    """The columns of a row group without those that only say what an absent one says.

    The file's own statistics tell which these are.
    """
    silent = set()
    optional = {column.name: column for column in wanted if not column.needed}
    for number in range(group.num_columns):
        part = group.column(number)
        column = optional.get(part.path_in_schema)
        said = part.statistics
        if column is None or said is None or not said.has_null_count:
            continue
        empty = said.null_count == part.num_values
        same = said.has_min_max and said.min == said.max == column.default
        if empty or (same and column.default is not None):
            silent.add(column.name)
    return [column.name for column in wanted if column.name not in silent]


def _readable(column: Column, kind: pa.DataType, findings: Findings) -> bool:
    """Whether a column of this type can hold what is asked."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    types = pa.types
    fits = types.is_string(kind) or types.is_large_string(kind) or types.is_null(kind)
    if column.kind in {Kind.DATE, Kind.MOMENT}:
        fits = fits or types.is_date(kind) or types.is_timestamp(kind)
    elif column.kind is Kind.TAGS:
        fits = fits or types.is_list(kind) or types.is_large_list(kind)
    else:
        fits = fits or types.is_integer(kind) or types.is_floating(kind)
        fits = fits or types.is_decimal(kind)
    if not fits:
        findings.add(
            fault("column_type", found=kind, expected=column.kind), column.name
        )
    return bool(fits)
