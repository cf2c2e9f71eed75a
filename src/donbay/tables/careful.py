"""CSV row by row: finds the lines that are not well formed, and reads the others."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import numpy as np

from donbay.tables.arrays import encoded
from donbay.tables.cells import Cells
from donbay.tables.findings import Fault, Findings, fault

ROWS = 200_000
LONGEST = 200  # lines of one record; more is a quote that was never closed
_CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
_RECORD = re.compile(rf"{_CELL}(?:,{_CELL})*")


def careful_cells(
    block: bytes, places: dict[str, int], width: int, line: int, findings: Findings
) -> Iterator[Cells]:
    """The block's well-formed rows, with the lines on which they begin."""
    rows: list[list[str]] = []
    lines: list[int] = []
    for number, row in _records(_lines(block), line, findings):
        wrong = _wrong(row, width)
        if wrong:
            findings.add(wrong, line=number)
        elif any(row):
            rows.append(row)
            lines.append(number)
        if len(rows) == ROWS:
            yield _cells(rows, lines, places)
            rows, lines = [], []
    yield _cells(rows, lines, places)


def _lines(block: bytes) -> list[str]:
    text = block.decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _records(
    lines: list[str], first: int, findings: Findings
) -> Iterator[tuple[int, list[str]]]:
    """Records with their first line; after one that never ends, begin a line later."""
    at = 0
    while at < len(lines):
        if '"' not in lines[at]:
            if lines[at]:
                yield first + at, lines[at].split(",")
            at += 1
            continue
        end = _end(lines, at)
        row = _row(lines[at:end]) if end else None
        if row is None:
            findings.add(fault("quotes"), line=first + at)
        else:
            yield first + at, row
        at = end if end and row is not None else at + 1


def _end(lines: list[str], at: int) -> int | None:
    """The line after the record that begins at `at`, by the parity of its quotes."""
    quotes = 0
    for end in range(at, min(at + LONGEST, len(lines))):
        quotes += lines[end].count('"')
        if quotes % 2 == 0:
            return end + 1
    return None


def _row(lines: list[str]) -> list[str] | None:
    text = "\n".join(lines)
    if not _RECORD.fullmatch(text):
        return None
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error:  # a cell over the module's limit of 128 KiB
        return None


def _wrong(row: list[str], width: int) -> Fault | None:
    if not all(map(str.isascii, row)) and not all(map(_is_utf8, row)):
        return fault("not_utf8")
    if len(row) > width and any(row):
        return fault("cells_too_many", found=len(row), expected=width)
    if len(row) < width and any(row):
        return fault("cells_too_few", found=len(row), expected=width)
    return None


def _is_utf8(cell: str) -> bool:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _cells(rows: list[list[str]], lines: list[int], places: dict[str, int]) -> Cells:
    columns = {
        name: encoded(row[place] for row in rows) for name, place in places.items()
    }
    return Cells(columns, np.array(lines, np.int64))
