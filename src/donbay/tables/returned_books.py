"""Workbooks that came back: looked through before anything in them is believed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from donbay.domain.problems import Problem, Refused
from donbay.tables.columns import Column, Kind
from donbay.tables.findings import Findings
from donbay.tables.sheet_xml import BROKEN, UnreadableError, scan, sheet_part
from donbay.tables.workbooks import ANSWER, HEAD, IDENTITY, KEY, NOTE
from donbay.tables.xlsx_files import text_of

MOST_PARTS = 2_000
MOST_BYTES = 200 << 20  # unpacked, all parts together
MOST_RATIO = 200  # unpacked over packed, where it is much
SMALL = 8 << 20
MOST_ROWS = 60_000
_MACROS = ("vbaproject", "macrosheets/", "activex/")
# A cell must be written plainly: what only a parser would see could hide from us how
# far it lies, and the reader lays out everything before it.
_ATTRIBUTE = rb"""[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*')"""
_REFERENCE = re.compile(
    rb"<(?:\w+:)?c(?:\s+(?!r\s*=)" + _ATTRIBUTE + rb")*"
    rb"""\s+r\s*=\s*["']([A-Z]+)([0-9]+)["'](?:\s+""" + _ATTRIBUTE + rb")*\s*/?>"
)
_CELL = re.compile(rb"<(?:[^\s<>/!?:]*:)?c[\s/>]")
_SHEET = re.compile(rb"<(?:[^\s<>/!?:]*:)?sheetData[\s/>]")
_INPUTS = {
    ANSWER: Column("answer", Kind.NUMBER, "", ""),
    NOTE: Column("note", Kind.TEXT, "", ""),
}


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """What stands in the open cells of a line. `number`: a number, not a text."""

    row: int
    key: str
    answer: str
    note: str
    number: bool = False


@dataclass(frozen=True)
class ReturnedBook:
    """A workbook's identity, its lines by sheet, and cells that cannot be taken."""

    identity: str
    sheets: Mapping[str, Sequence[ReturnedLine]]
    problems: tuple[Problem, ...]


def read_book(path: Path) -> ReturnedBook:
    """Raises Refused with every reason why the file is no workbook of ours."""
    try:
        look_into(path)
        return _read(path)
    except (CalamineError, UnreadableError, OSError, *BROKEN) as stop:
        raise _refusal("book_unreadable") from stop
    except BaseException as stop:
        if type(stop).__name__ != "PanicException":  # of the library's Rust
            raise
        raise _refusal("book_unreadable") from stop


def _refusal(code: str, **parameters: object) -> Refused:
    given = {name: str(value) for name, value in parameters.items()}
    return Refused([Problem(f"tables.{code}", "", None, None, given)])


def look_into(path: Path) -> None:
    """Refuse what is no workbook, would burst when unpacked, or runs programs."""
    if not zipfile.is_zipfile(path):
        raise _refusal("book_unreadable")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        size, packed = sum(p.file_size for p in parts), path.stat().st_size
        burst = size > SMALL and size > packed * MOST_RATIO
        if len(parts) > MOST_PARTS or size > MOST_BYTES or burst:
            raise _refusal("book_too_large")
        names = [one.filename.lower() for one in parts]
        if not _one_workbook(names):
            raise _refusal("book_unreadable")
        kinds = _bounded(archive, "[Content_Types].xml").lower()
        macros = any(mark in name for name in names for mark in _MACROS)
        if macros or b"macroenabled" in kinds or b"vbaproject" in kinds:
            raise _refusal("book_macros")
        for one in parts:
            _bounded(archive, one.filename)


def _one_workbook(names: Sequence[str]) -> bool:
    """One of Excel's, without a second part or program that a reader might prefer."""
    alone = not {"content.xml", "xl/workbook.bin"} & set(names)
    return alone and "xl/workbook.xml" in names and len(set(names)) == len(names)


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part as it really is: what its header says of its size may be a lie."""
    said = archive.getinfo(name).file_size
    with archive.open(name) as file:
        content = file.read(said + 1)
        if len(content) > said or file.read(1):
            raise _refusal("book_too_large")
    return content


def _read(path: Path) -> ReturnedBook:
    with zipfile.ZipFile(path) as archive:
        book = CalamineWorkbook.from_path(path)
        names = list(book.sheet_names)
        title_of = {sheet_part(archive, name): name for name in names}
        for one in archive.namelist():
            xml = _bounded(archive, one)
            if one in title_of or _SHEET.search(xml):
                _in_size(title_of.get(one, one), xml)
    if IDENTITY not in names:
        raise _refusal("book_no_identity")
    hidden = book.get_sheet_by_name(IDENTITY).to_python()
    identity = "".join(str(row[0]) for row in hidden if row)
    sheets: dict[str, list[ReturnedLine]] = {}
    problems: list[Problem] = []
    for name in names:
        if not name.startswith("_"):
            sheets[name] = list(_lines(book, name))
            problems += _untaken(path, name, sheets[name])
    return ReturnedBook(identity, sheets, tuple(problems))


def _in_size(name: str, xml: bytes) -> None:
    """A far-off cell alone would make the reader lay out everything before it."""
    if b"\0" in xml or b"<!" in xml or xml.count(b"<?") > 1:
        raise _refusal("book_unreadable")
    found = 0
    for match in _REFERENCE.finditer(xml):
        found += 1
        if int(match[2]) > MOST_ROWS or len(match[1]) > 1 + (match[1] < b"BH"):
            raise _refusal("book_too_many_rows", sheet=name, most=MOST_ROWS)
    if found != len(_CELL.findall(xml)):
        raise _refusal("book_unreadable")


def _lines(book: CalamineWorkbook, name: str) -> Iterator[ReturnedLine]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for number, row in enumerate(rows, 1):
        cells = [*row, *[""] * (NOTE + 1 - len(row))]
        key = str(cells[KEY])
        if number > HEAD and key:
            answer = cells[ANSWER]
            yield ReturnedLine(
                number,
                key,
                text_of(answer) or "",
                str(text_of(cells[NOTE]) or ""),
                isinstance(answer, float | int) and not isinstance(answer, bool),
            )


def _untaken(path: Path, name: str, lines: Sequence[ReturnedLine]) -> Iterator[Problem]:
    """Formulas, error cells and percentages among the open cells."""
    findings = Findings(name)
    scan(path, name, _INPUTS, HEAD, findings)
    rows = {line.row for line in lines}
    for problem in findings.problems():
        if problem.line in rows:
            cell = problem.parameters.get("cell", "")
            yield Problem(
                problem.code, name, problem.line, cell, dict(problem.parameters)
            )
