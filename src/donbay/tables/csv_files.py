"""CSV into cells: block by block with Arrow, and row by row where that finds fault."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from donbay.tables.arrays import filled, single
from donbay.tables.careful import careful_cells
from donbay.tables.cells import TEXT, Cells
from donbay.tables.columns import Layout
from donbay.tables.findings import Findings, Ints, fault
from donbay.tables.headers import check_header

BLOCK = 1 << 24
LONGEST = 1 << 25  # bytes of one record; more is a quote that was never closed
MANY_NUMBERS = {"value"}  # columns of so many numbers that Arrow should read them
BOM = b"\xef\xbb\xbf"
_QUOTE, _COMMA, _LF, _CR = b'",\n\r'
_BESIDE = np.zeros(256, np.bool_)  # what a cell in quotes may have beside it
_BESIDE[[_COMMA, _LF, _CR]] = True


def read_csv(path: Path, layout: Layout, findings: Findings) -> Iterator[Cells]:
    """Rows that are not well formed are findings and left out."""
    with path.open("rb") as file:
        head, rest = _header_line(file)
        names = _names(head, findings)
        places = check_header(names, layout, findings) if names else {}
        if not places:
            return
        width, line = len(names or ()), 2
        for block, well_formed in _blocks(file, rest):
            cells = _quick(block, places, width, line) if well_formed else None
            if cells is not None:
                yield cells
            else:
                yield from careful_cells(block, places, width, line, findings)
            line += block.count(b"\n") + _lone_returns(block)


def _header_line(file: BinaryIO) -> tuple[bytes, bytes]:
    start = file.read(BLOCK).removeprefix(BOM).replace(b"\r\n", b"\n")
    while start.startswith(b"\n"):
        start = start[1:]
    head, _, rest = start.partition(b"\n")
    if b"\r" in head:
        head, _, more = head.partition(b"\r")
        rest = more + b"\n" + rest
    return head, rest


def _names(head: bytes, findings: Findings) -> list[str] | None:
    """The names in the header; None where the file cannot be a CSV of ours."""
    problem = None
    if not head.strip():
        problem = fault("file_empty")
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        problem = fault("file_utf16")
    elif head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"%PDF")):
        problem = fault("file_not_csv")
    else:
        try:
            return _split(head.decode("utf-8"), findings)
        except UnicodeDecodeError:
            problem = fault("not_utf8")
    findings.add(problem, line=1)
    return None


def _split(head: str, findings: Findings) -> list[str] | None:
    for mark, name in ((";", ";"), ("\t", "TAB"), ("|", "|")):
        if mark in head and "," not in head:
            findings.add(fault("file_separator", found=name), line=1)
            return None
    try:
        return next(csv.reader([head], strict=True))
    except csv.Error:
        findings.add(fault("quotes"), line=1)
        return None


def _blocks(file: BinaryIO, rest: bytes) -> Iterator[tuple[bytes, bool]]:
    """Whole records, with whether their quotes are as they should be.

    After the first that is not, blocks just end with a line: where the records end can
    no longer be told without reading them one by one.
    """
    well_formed = True
    while rest or (rest := file.read(BLOCK)):
        more = file.read(BLOCK)
        if well_formed:
            end, well_formed = _last_end(rest, final=not more)
            well_formed = well_formed and (end > 0 or len(rest) <= LONGEST)
        if not well_formed:
            end = rest.rfind(b"\n") + 1 if more else len(rest)
        if end:
            yield rest[:end], well_formed
        rest = rest[end:] + more


def _last_end(block: bytes, *, final: bool) -> tuple[int, bool]:
    if _QUOTE not in block:
        return (len(block) if final else block.rfind(b"\n") + 1), True
    data = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    if final:
        return len(block), not len(quotes) % 2 and _rfc_4180(data, quotes)
    end = len(block)
    while (end := block.rfind(b"\n", 0, end)) >= 0:
        before = int(np.searchsorted(quotes, end))
        if not before % 2:
            return end + 1, _rfc_4180(data[: end + 1], quotes[:before])
    return 0, True


def _rfc_4180(data: np.ndarray[tuple[int], np.dtype[np.uint8]], quotes: Ints) -> bool:
    """Whether every quote opens a cell, closes one, or is one of two inside a cell."""
    padded = np.concatenate([[_LF], data, [_LF]])
    before, after = padded[quotes[::2]], padded[quotes[1::2] + 2]
    opens, closes = _BESIDE[before], _BESIDE[after]
    inner = np.diff(quotes)[1::2] == 1
    opens[1:] |= inner
    closes[:-1] |= inner
    return bool(opens.all() and closes.all())


def _quick(block: bytes, places: dict[str, int], width: int, line: int) -> Cells | None:
    """The block's cells, or None where somebody must look at it row by row."""
    if _lone_returns(block):
        return None
    names = [f"#{place}" for place in range(width)]
    for name, place in places.items():
        names[place] = name
    numbers = MANY_NUMBERS & set(places)
    for kind in (pa.float64(), TEXT):
        types = {name: kind if name in numbers else TEXT for name in places}
        try:
            table = _parse(block, names, types)
        except (pa.ArrowInvalid, pa.ArrowKeyError):
            continue
        if kind is TEXT or all(_finite(table[name]) for name in numbers):
            return _whole(table, block, line)
    return None


def _finite(numbers: pa.ChunkedArray) -> bool:
    array = single(numbers)
    odd = np.count_nonzero(~np.isfinite(filled(array, np.float64, np.nan)))
    return bool(odd == array.null_count)


def _lone_returns(block: bytes) -> int:
    """Line ends as old Macintoshes wrote them."""
    return block.count(b"\r") - block.count(b"\r\n") if b"\r" in block else 0


def _parse(block: bytes, names: list[str], types: dict[str, pa.DataType]) -> pa.Table:
    return pacsv.read_csv(
        pa.BufferReader(block),
        pacsv.ReadOptions(
            use_threads=False, block_size=len(block) + 1, column_names=names
        ),
        pacsv.ParseOptions(newlines_in_values=_QUOTE in block),
        pacsv.ConvertOptions(
            column_types=types,
            include_columns=list(types),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def _whole(table: pa.Table, block: bytes, line: int) -> Cells | None:
    """None where a record is blank or longer than a line."""
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    blank = all(column.null_count for column in table.columns)
    if table.num_rows != lines or blank:
        return None
    columns = {name: single(table[name]) for name in table.column_names}
    return Cells(columns, range(line, line + lines))
