"""Numbers of documents in a text that runs from right to left keep their own order."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from donbay.reports.model import (
    Block,
    Cell,
    Column,
    Figure,
    Listing,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)

# 25-NQ/TW would be read TW/25-NQ: its digits and letters change places.
_NUMBERED = re.compile(r"(?<!\w)(?=\d[\w.]*[-/][\w./-]*[A-Za-zĐđ])")
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"


def told(text: str) -> str:
    """With a mark before each such number, which nobody sees."""
    return _NUMBERED.sub(_LEFT_TO_RIGHT, text)


def apart(text: str) -> str:
    """A part of a text that runs from right to left, kept from what stands beside it.

    Else a number behind a Latin name would move to its other side.
    """
    return f"{_RIGHT_TO_LEFT}{text}{_RIGHT_TO_LEFT}" if text else text


def directed(report: Report) -> Report:
    """The same report, to be read from right to left."""
    head, signature = report.head, report.signature
    lines = {
        one.name: told(text)
        for one in fields(head)
        if isinstance(text := getattr(head, one.name), str)
    }
    return replace(
        report,
        head=replace(head, state=_all(head.state), **lines),
        marks=_all(report.marks),
        sections=tuple(_section(one) for one in report.sections),
        annexes=tuple(_section(one) for one in report.annexes),
        signature=replace(signature, recipients=_all(signature.recipients)),
        figures=None if report.figures is None else _table(report.figures),
    )


def _all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(told(text) for text in texts)


def _section(section: Section) -> Section:
    return Section(told(section.title), tuple(_block(one) for one in section.blocks))


def _block(block: Block) -> Block:
    match block:
        case Paragraph():
            return Paragraph(told(block.text))
        case Listing():
            return Listing(_all(block.points))
        case Picture():
            return replace(block, caption=told(block.caption))
    return _table(block)


def _table(table: Table) -> Table:
    return Table(
        told(table.caption),
        tuple(_column(one) for one in table.columns),
        tuple(tuple(_cell(cell) for cell in row) for row in table.rows),
        told(table.note),
    )


def _column(column: Column) -> Column:
    return replace(column, title=told(column.title))


def _cell(cell: Cell) -> Cell:
    return cell if isinstance(cell, Figure) else told(cell)
