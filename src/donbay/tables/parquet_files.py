"""Parquet into cells, a row group at a time, the next ones decoded meanwhile."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

import pyarrow as pa
import pyarrow.parquet as pq

from donbay.tables.arrays import single
from donbay.tables.cells import Cells
from donbay.tables.columns import Column, Kind, Layout
from donbay.tables.findings import Findings, fault
from donbay.tables.headers import check_header

AHEAD = 3  # row groups decoded or waiting: about 150 MB of a million rows each


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
        for table in _tables(path, wanted, meta):
            columns = {name: single(table[name]) for name in table.column_names}
            yield Cells(columns, range(first, first + table.num_rows))
            first += table.num_rows
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


def _tables(
    path: Path, wanted: list[Column], meta: pq.FileMetaData
) -> Iterator[pa.Table]:
    """The row groups in order; a few are decoded while the caller is at work."""
    opened = local()
    names = [column.name for column in wanted]

    def decode(group: int) -> pa.Table:
        if not hasattr(opened, "file"):
            opened.file = pq.ParquetFile(path, read_dictionary=names, memory_map=True)
        columns = _telling(wanted, meta.row_group(group))
        return opened.file.read_row_group(group, columns=columns, use_threads=False)

    groups = meta.num_row_groups
    if groups == 1:
        yield decode(0)
        return
    with ThreadPoolExecutor(min(os.cpu_count() or 1, AHEAD)) as pool:
        waiting = deque(pool.submit(decode, group) for group in range(groups)[:AHEAD])
        try:
            for group in range(groups):
                table = waiting.popleft().result()
                if group + AHEAD < groups:
                    waiting.append(pool.submit(decode, group + AHEAD))
                yield table
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
