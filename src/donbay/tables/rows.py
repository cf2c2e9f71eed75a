"""A small file whole: every cell read and checked by its column's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from donbay.tables.calendar import parse_date
from donbay.tables.cells import EMPTY, Coded, Read, coded, decode, joined, report
from donbay.tables.columns import Column, Kind, Layout
from donbay.tables.files import read_cells
from donbay.tables.findings import Fault, Findings, fault
from donbay.tables.numbers import parse_number

Value: TypeAlias = Any  # what the column's reader gives: each column has its own type


@dataclass
class Rows:
    """Columns of read values. `sound` tells the rows in which nothing was refused."""

    layout: Layout
    findings: Findings
    lines: list[int]
    columns: dict[str, list[Value]]
    sound: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str, default: Value = None) -> list[Value]:
        """A column, or `default` all through where the file has none."""
        return self.columns.get(name) or [default] * len(self)

    def refuse(self, row: int, column: str | None, found: Fault) -> None:
        self.findings.add(found, column, self.lines[row])
        self.sound[row] = False


Reader = Callable[[str], Value | Fault]


def read_rows(
    path: Path, layout: Layout, findings: Findings, readers: Mapping[str, Reader]
) -> Rows:
    """`readers` read the columns whose kind alone does not tell how."""
    chunks = list(read_cells(path, layout, findings))
    cells = joined(chunks, layout.names)
    sound = np.ones(len(cells), np.bool_)
    columns: dict[str, list[Value]] = {}
    for column in layout.columns:
        if column.name in cells.columns:
            text = coded(cells.columns[column.name])
            read = readers.get(column.name) or _reader(column)
            values, faults = decode(text, read)
            if column.filled:
                faults[len(text.words) - 1] = EMPTY
            sound &= ~report(findings, column.name, cells, text.codes, faults)
            columns[column.name] = _spread(text, values)
        elif column.needed:
            sound[:] = False
    lines = np.asarray(cells.lines).tolist()
    return Rows(layout, findings, lines, columns, sound)


def _spread(text: Coded, values: list[Read | None]) -> list[Value]:
    return [values[code] for code in text.codes.tolist()]


def _reader(column: Column) -> Reader:
    match column.kind:
        case Kind.DATE:
            return parse_date
        case Kind.NUMBER:
            return parse_number
        case Kind.TAGS:
            return _tags
    return _text


def _tags(text: str) -> frozenset[str]:
    return frozenset(tag for part in text.split(";") if (tag := part.strip()))


def _text(text: str) -> str | Fault:
    if text.isprintable():
        return text
    control = next((c for c in text if c < " " and c not in "\t\n\r"), None)
    return text if control is None else fault("control", found=repr(control))
