"""Rows into a plain spreadsheet for people: one sheet, a heading, no formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

WIDEST = 60
NAMED = 31  # letters that Excel takes in the name of a sheet
Head = Sequence[tuple[str, str]]
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def write_spreadsheet(
    columns: Mapping[str, Sequence[object]], file: BinaryIO, *, name: str, head: Head
) -> None:
    """What the rows are stands above them: `head` holds names and what they say.

    A text that begins as a formula does stays a text.
    """
    with Workbook(file, PLAIN) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(name[:NAMED])
        for row, (word, said) in enumerate(head):
            sheet.write_string(row, 0, word, bold)
            sheet.write_string(row, 1, said)
        first = len(head) + 1 if head else 0
        sheet.freeze_panes(first + 1, 0)
        for number, (title, cells) in enumerate(columns.items()):
            sheet.write_string(first, number, title, bold)
            widest = max([len(title), *(len(str(c)) for c in cells if c is not None)])
            sheet.set_column(number, number, min(widest + 2, WIDEST))
            for row, cell in enumerate(cells, start=first + 1):
                _write(sheet, row, number, cell)


def _write(sheet: Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, str(cell))
