"""What calamine does not tell of a sheet: formulas, error cells, percent formats."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from donbay.tables.columns import Column, Kind
from donbay.tables.findings import Fault, Findings, fault

LARGEST = 1 << 30  # bytes of one part, unpacked
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
_PERCENT = {b"9", b"10"}  # the built-in formats 0% and 0.00%
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c\s*>)", re.DOTALL)
_FORMULA = re.compile(rb"<(?:[^\s<>/!?:]*:)?f[\s/>]")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class UnreadableError(Exception):
    """The archive is not that of a spreadsheet that we can look into."""


def scan(
    path: Path,
    sheet: str,
    columns: Mapping[int, Column],
    header: int,
    findings: Findings,
) -> None:
    """Report cells whose values must not be taken; `columns` by place in the sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            xml = part(archive, sheet_part(archive, sheet))
            percent = _percent_styles(archive)
    except BROKEN as problem:
        raise UnreadableError(str(problem)) from problem
    if not (percent or _FORMULA.search(xml) or b't="e"' in xml or b"t='e'" in xml):
        return
    look = _Look(columns, header, percent, findings)
    for match in _CELL.finditer(xml):
        look.at(dict(_ATTRIBUTE.findall(match[1])), match[2] or b"")


class _Look:
    """Looks at one cell after the other."""

    def __init__(
        self,
        columns: Mapping[int, Column],
        header: int,
        percent: set[bytes],
        findings: Findings,
    ) -> None:
        self._columns, self._header = columns, header
        self._percent, self._findings = percent, findings

    def at(self, attributes: dict[bytes, bytes], inner: bytes) -> None:
        reference = attributes.get(b"r", b"").decode("ascii", "replace")
        place, line = _position(reference)
        column = self._columns.get(place)
        if line and (line <= self._header or column is None):
            return
        found = self._fault(attributes, inner, reference, column)
        if found:
            self._findings.add(found, column.name if column else None, line)

    def _fault(
        self,
        attributes: dict[bytes, bytes],
        inner: bytes,
        reference: str,
        column: Column | None,
    ) -> Fault | None:
        kind = attributes.get(b"t", b"n")
        match = _VALUE.search(inner)
        value = match[1].decode("utf-8", "replace") if match else ""
        if _FORMULA.search(inner):
            return fault("cell_formula", cell=reference)
        if kind == b"e":
            return fault("cell_error", cell=reference, found=value)
        if column is None or column.kind is not Kind.NUMBER or not value:
            return None
        if kind == b"n" and attributes.get(b"s") in self._percent:
            return fault("cell_percent", cell=reference, found=value)
        return None


def _position(reference: str) -> tuple[int, int | None]:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return -1, None
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1, int(match[2])


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise UnreadableError(name)
    with archive.open(name) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(name)
    return content


def sheet_part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where the archive keeps the sheet of this name."""
    book = part(archive, "xl/workbook.xml")
    links = part(archive, "xl/_rels/workbook.xml.rels")
    target_of = {
        found.get(b"Id"): found.get(b"Target", b"")
        for found in _tags(links, b"Relationship")
    }
    for tag in _tags(book, b"sheet"):
        if _unescaped(tag.get(b"name", b"")) == sheet:
            link = next((v for k, v in tag.items() if k.endswith(b":id")), b"")
            target = target_of.get(link, b"").decode("utf-8", "replace")
            absolute = target.startswith("/")
            return target.lstrip("/") if absolute else f"xl/{target}"
    raise UnreadableError(sheet)


def _tags(xml: bytes, name: bytes) -> list[dict[bytes, bytes]]:
    inner = rb"""((?:[^>"']|"[^"]*"|'[^']*')*)"""
    pattern = re.compile(rb"<(?:\w+:)?" + name + rb"\s" + inner + rb">")
    return [dict(_ATTRIBUTE.findall(match[1])) for match in pattern.finditer(xml)]


def _unescaped(text: bytes) -> str:
    plain = text.decode("utf-8", "replace")
    for entity, character in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ):
        plain = plain.replace(entity, character)
    return plain


def _percent_styles(archive: zipfile.ZipFile) -> set[bytes]:
    """The cell styles, by number, whose format shows a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    xml = part(archive, "xl/styles.xml")
    formats = _PERCENT | {
        tag.get(b"numFmtId", b"")
        for tag in _tags(xml, b"numFmt")
        if b"%" in tag.get(b"formatCode", b"")
    }
    cells = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", xml, re.DOTALL)
    styles = _tags(cells[0], b"xf") if cells else []
    return {
        str(number).encode()
        for number, style in enumerate(styles)
        if style.get(b"numFmtId") in formats
    }
