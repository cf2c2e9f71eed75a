"""XLSX into cells. Formulas, errors and percent formats are findings, never values."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from donbay.tables.arrays import encoded
from donbay.tables.cells import Cells, number_text
from donbay.tables.columns import Layout
from donbay.tables.findings import Findings, fault
from donbay.tables.headers import check_header
from donbay.tables.sheet_xml import UnreadableError, scan

Cell = object


def read_xlsx(path: Path, layout: Layout, findings: Findings) -> Iterator[Cells]:
    """The sheet named as the file, or else the only one."""
    try:
        sheet = _sheet(CalamineWorkbook.from_path(path), layout, findings)
        if sheet is not None:
            yield from _cells(path, sheet, layout, findings)
    except (CalamineError, UnreadableError, OSError) as problem:
        findings.add(fault("file_unreadable", detail=str(problem)[:200]))
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # of the library's Rust
            raise
        findings.add(fault("file_unreadable", detail="XLSX"))


def _sheet(
    book: CalamineWorkbook, layout: Layout, findings: Findings
) -> CalamineSheet | None:
    names = book.sheet_names
    if layout.name in names:
        return book.get_sheet_by_name(layout.name)
    if len(names) == 1:
        return book.get_sheet_by_index(0)
    found = ", ".join(names)
    findings.add(fault("sheet_choice", found=found, expected=layout.name))
    return None


def _cells(
    path: Path, sheet: CalamineSheet, layout: Layout, findings: Findings
) -> Iterator[Cells]:
    rows = sheet.to_python(skip_empty_area=True)
    if not rows or sheet.start is None:
        findings.add(fault("file_empty"))
        return
    top, left = sheet.start
    width = _width(rows)
    names = [text_of(cell) or "" for cell in rows[0][:width]]
    places = check_header(names, layout, findings, top + 1)
    columns = {left + place: layout[name] for name, place in places.items()}
    scan(path, sheet.name, columns, top + 1, findings)
    kept = [
        (top + n, row) for n, row in enumerate(rows, 1) if n > 1 and any(map(_has, row))
    ]
    yield Cells(
        {
            name: encoded(text_of(row[place]) or "" for _, row in kept)
            for name, place in places.items()
        },
        np.array([line for line, _ in kept], np.int64),
    )


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """Without columns at the right that hold nothing at all."""
    width = len(rows[0])
    while width and not any(_has(row[width - 1]) for row in rows):
        width -= 1
    return width


def _has(cell: Cell) -> bool:
    return cell is not None and cell != ""


def text_of(cell: Cell) -> str | None:
    """As a person would type it; a day without its midnight."""
    match cell:
        case None | "":
            return None
        case bool():
            return "true" if cell else "false"
        case float() | int():
            return number_text(float(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.datetime() | datetime.date() | datetime.time():
            return cell.isoformat()
    return str(cell)
