"""Workbooks that people fill in: locked words, open cells, lists to choose from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

IDENTITY = "_donbay"  # the sheet that says what a workbook is; no program shows it
LISTS = "_lists"
KEY, ANSWER, NOTE, FAULT = 0, 6, 7, 8  # columns
HEAD = 3  # rows above the first line: title, what to do, headings
CHUNK = 30_000  # letters of a cell; the format allows 32,767
LONGEST = 32_000
MOST_LINES = 50_000  # of a workbook
A4 = 9  # as Excel numbers papers
WIDTHS = (0, 24, 24, 46, 12, 14, 18, 30, 50)
COLOURS = {"hard": "#F8C9C4", "soft": "#FFF0C2"}
Value = str | float | datetime.date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One question to one place. `key` finds it again wherever it is moved to.

    `faults` are severity (hard, soft) and reason: the cell is coloured and annotated.
    """

    key: str
    place: str
    section: str
    title: str
    measure: str = ""
    before: Value = None
    answer: Value = None
    note: str = ""
    whole: bool = False
    choices: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """One form, with a line for each place and question."""

    name: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Book:
    """A workbook in one language; `identity` comes back as it went out."""

    sheets: Sequence[FilledSheet]
    headings: Sequence[str]
    help: str
    identity: str
    right_to_left: bool = False


def write_book(book: Book, file: BinaryIO) -> None:
    """Texts stay texts: nothing that a person typed becomes a formula or a link."""
    plain = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with Workbook(file, plain) as made:
        looks = _Looks(made, book)
        # The lists come last so that the first sheet seen is the first form.
        sheets = [made.add_worksheet(one.name) for one in book.sheets]
        places = _lists(made, book)
        for sheet, one in zip(sheets, book.sheets, strict=True):
            _Filling(sheet, looks, places).fill(book, one)
        _identity(made, book.identity)


class _Looks:
    """The formats of a workbook, made once."""

    def __init__(self, made: Workbook, book: Book) -> None:
        self._made = made
        self._order = 2 if book.right_to_left else 1
        self.title = self._format(bold=True, font_size=14)
        self.help = self._format(italic=True)
        self.heading = self._format(bold=True, bg_color="#DDE6ED", border=1)
        self.word = self._format(text_wrap=True, valign="top")
        self.figure = self._format(valign="top")
        self._open: dict[tuple[str, str], Format] = {}

    def _format(self, **given: object) -> Format:
        return self._made.add_format({"reading_order": self._order, **given})

    def open(self, shape: str, severity: str) -> Format:
        """An unlocked cell, coloured where something is wrong with it."""
        if (shape, severity) not in self._open:
            given: dict[str, object] = {
                "locked": False,
                "border": 1,
                "valign": "top",
                "num_format": shape,
                "bg_color": COLOURS.get(severity, "#FFFFFF"),
            }
            if shape == "@":
                given["text_wrap"] = True
            self._open[shape, severity] = self._format(**given)
        return self._open[shape, severity]


def _lists(made: Workbook, book: Book) -> dict[tuple[str, ...], str]:
    """Each list of choices in a column of a hidden sheet, by its address."""
    wanted = dict.fromkeys(
        line.choices for one in book.sheets for line in one.lines if line.choices
    )
    if not wanted:
        return {}
    sheet = made.add_worksheet(LISTS)
    sheet.very_hidden()
    found = {}
    for column, choices in enumerate(wanted):
        for row, choice in enumerate(choices):
            sheet.write_string(row, column, choice)
        letter = _letters(column)
        found[choices] = f"={LISTS}!${letter}$1:${letter}${len(choices)}"
    return found


def _letters(column: int) -> str:
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


class _Filling:
    """Writes one sheet."""

    def __init__(
        self,
        sheet: Worksheet,
        looks: _Looks,
        places: Mapping[tuple[str, ...], str],
    ) -> None:
        self._sheet, self._looks, self._places = sheet, looks, places

    def fill(self, book: Book, one: FilledSheet) -> None:
        sheet = self._sheet
        if book.right_to_left:
            sheet.right_to_left()
        for column, width in enumerate(WIDTHS):
            hidden = {"hidden": 1} if column == KEY else {}
            sheet.set_column(column, column, width, None, hidden)
        sheet.write_string(0, 1, one.title, self._looks.title)
        sheet.write_string(1, 1, book.help, self._looks.help)
        for column, heading in enumerate(book.headings, 1):
            sheet.write_string(HEAD - 1, column, heading, self._looks.heading)
        for row, line in enumerate(one.lines, HEAD):
            self._line(row, line)
        sheet.freeze_panes(HEAD, 4)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD - 1)
        free = {"format_columns": True, "format_rows": True, "autofilter": True}
        sheet.autofilter(HEAD - 1, 1, HEAD - 1 + len(one.lines), FAULT)
        sheet.protect("", free)

    def _line(self, row: int, line: Line) -> None:
        sheet, looks = self._sheet, self._looks
        words = (line.key, line.place, line.section, line.title, line.measure)
        for column, text in enumerate(words):
            sheet.write_string(row, column, text, looks.word)
        self._value(row, 5, line.before, looks.figure)
        severity = min((kind for kind, _ in line.faults), default="")  # hard < soft
        self._value(row, ANSWER, line.answer, looks.open(_shape(line), severity))
        sheet.write_string(row, NOTE, line.note[:LONGEST], looks.open("@", ""))
        reasons = "\n".join(reason for _, reason in line.faults)
        sheet.write_string(row, FAULT, reasons[:LONGEST], looks.word)
        if reasons:
            size = {"x_scale": 2.5, "y_scale": 1.5}
            sheet.write_comment(row, ANSWER, reasons[:LONGEST], size)
        if line.choices:
            listed = {"validate": "list", "source": self._places[line.choices]}
            sheet.data_validation(row, ANSWER, row, ANSWER, listed)

    def _value(self, row: int, column: int, value: Value, look: Format) -> None:
        sheet = self._sheet
        match value:
            case None | "":
                sheet.write_blank(row, column, None, look)
            case str():
                sheet.write_string(row, column, value[:LONGEST], look)
            case datetime.date():
                sheet.write_datetime(row, column, value, look)
            case _:
                sheet.write_number(row, column, value, look)


def _shape(line: Line) -> str:
    match line.answer:
        case datetime.date():
            return "yyyy-mm-dd"
        case str() if line.answer:
            return "@"
    return "#,##0" if line.whole else "General"


def _identity(made: Workbook, identity: str) -> None:
    sheet = made.add_worksheet(IDENTITY)
    sheet.very_hidden()
    for row, text in enumerate(_chunks(identity)):
        sheet.write_string(row, 0, text)
    sheet.protect()


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, len(text), CHUNK):
        yield text[start : start + CHUNK]
