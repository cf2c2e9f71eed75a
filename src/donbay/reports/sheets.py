"""A report as XLSX: its tables as they are read, and every figure as a number."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from donbay.reports.model import (
    Block,
    Cell,
    Figure,
    Listing,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = 31  # characters that the name of a sheet may have
LONGEST = 32_000  # characters that a cell may hold, and a little less
WIDTH = 11.0  # of a column with share 1, in characters
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_PLAIN = re.compile(r"\u200e?-?\d[\d.,\s\u00a0\u202f]*")
LARGE = 10_000  # rows of figures from which a sheet keeps no more than its last row
# Nothing that somebody typed is ever more than text.
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx(report: Report, at: datetime) -> bytes:
    """A sheet for each section, and one with every figure and its source."""
    file = BytesIO()
    large = report.figures is not None and len(report.figures.rows) > LARGE
    book = xlsxwriter.Workbook(
        file, {**OPTIONS, "constant_memory": large, "in_memory": not large}
    )
    said = {"title": report.head.title, "author": report.head.issuer}
    book.set_properties({**said, "created": at.astimezone(UTC)})
    Sheets(report, book).write()
    book.close()
    return file.getvalue()


class Sheets:
    """Writes row after row, so that a large sheet need not be kept in memory."""

    def __init__(self, report: Report, book: Workbook) -> None:
        self.report, self.book = report, book
        order = {"reading_order": 2 if report.right_to_left else 1}
        wrapped = {"text_wrap": True, "valign": "top", **order}
        edge = {"border": 1, "border_color": "#9AA0A6"}
        self.text = book.add_format(wrapped)
        self.plain = book.add_format(order)
        self.strong = book.add_format({"bold": True, **order})
        self.title = book.add_format({"bold": True, "font_size": 15, **order})
        self.heading = book.add_format(
            {**wrapped, **edge, "bold": True, "bg_color": "#ECEFF3"}
        )
        self.cell = book.add_format({**wrapped, **edge})
        self.number = book.add_format(
            {**edge, "valign": "top", "num_format": "#,##0.####"}
        )
        self._named: set[str] = set()

    def write(self) -> None:
        self._front()
        for number, section in enumerate(self.report.sections, 1):
            self._section(f"{number}. {section.title}", section)
        if self.report.figures is not None:
            self._figures(self.report.figures)

    def _sheet(self, title: str) -> Worksheet:
        name = _FORBIDDEN.sub(" ", title).strip("' ")[:NAME] or "-"
        tries = 1
        while name.casefold() in self._named:
            tries += 1
            name = f"{name[: NAME - 3]} {tries}"
        self._named.add(name.casefold())
        sheet = self.book.add_worksheet(name)
        if self.report.right_to_left:
            sheet.right_to_left()
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _front(self) -> None:
        head, sheet = self.report.head, self._sheet(self.report.head.title)
        sheet.set_column(0, 0, 100)
        lines = (head.above, head.issuer, head.number, *head.state, head.seat_and_day)
        row = _lines(sheet, 0, lines, self.plain)
        row = _lines(sheet, row, (head.title,), self.title)
        row = _lines(sheet, row, (head.subtitle, *self.report.marks), self.plain)
        signature = self.report.signature
        _lines(sheet, row + 1, (signature.title, signature.name), self.strong)

    def _section(self, title: str, section: Section) -> None:
        sheet = self._sheet(title)
        tables = [one for one in section.blocks if isinstance(one, Table)]
        columns = max((one.columns for one in tables), key=len, default=())
        for place, column in enumerate(columns):
            sheet.set_column(place, place, max(12.0, WIDTH * column.share))
        row = _lines(sheet, 0, (title,), self.title)
        for block in section.blocks:
            row = self._block(sheet, row, block) + 1

    def _block(self, sheet: Worksheet, row: int, block: Block) -> int:
        match block:
            case Paragraph():
                return _lines(sheet, row, (block.text,), self.plain)
            case Listing():
                return _lines(sheet, row, block.points, self.plain)
            case Picture():
                return _lines(
                    sheet, row, (block.caption, block.alternative), self.plain
                )
        row = _lines(sheet, row, (block.caption,), self.strong)
        row = self._rows(sheet, row, block)
        return _lines(sheet, row, (block.note,), self.plain)

    def _rows(self, sheet: Worksheet, row: int, table: Table) -> int:
        for place, column in enumerate(table.columns):
            sheet.write_string(row, place, column.title, self.heading)
        for cells in table.rows:
            row += 1
            for place, cell in enumerate(cells):
                self._cell(sheet, row, place, cell)
        return row + 1

    def _cell(self, sheet: Worksheet, row: int, place: int, cell: Cell) -> None:
        """As it is read; a figure without unit or bound is a number."""
        if isinstance(cell, Figure) and _PLAIN.fullmatch(cell.text):
            sheet.write_number(row, place, cell.value, self.number)
        else:
            text = cell.text if isinstance(cell, Figure) else cell
            sheet.write_string(row, place, text[:LONGEST], self.cell)

    def _figures(self, table: Table) -> None:
        """Numbers are numbers here, so that they can be reckoned with."""
        sheet = self._sheet(table.caption)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, max(12.0, WIDTH * column.share))
            sheet.write_string(0, place, column.title, self.heading)
        for row, cells in enumerate(table.rows, 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, Figure):
                    sheet.write_number(row, place, cell.value)
                elif cell:
                    sheet.write_string(row, place, cell[:LONGEST])


def _lines(sheet: Worksheet, row: int, lines: tuple[str, ...], look: Format) -> int:
    for line in lines:
        if line:
            sheet.write_string(row, 0, line[:LONGEST], look)
            row += 1
    return row
