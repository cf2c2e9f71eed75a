"""An official with a spreadsheet program: reads, types, renames, and worse."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from io import BytesIO
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

ANSWER, NOTE, FAULTS = "G", "H", "I"


@dataclass(frozen=True)
class Excel:
    """A workbook that is open on somebody's desk; every change gives a new one."""

    content: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @property
    def sheets(self) -> list[str]:
        names = re.findall(rb'<sheet name="([^"]*)"', self.parts["xl/workbook.xml"])
        return [unescape(name.decode()) for name in names]

    def rows(self, sheet: int = 0) -> list[list[object]]:
        book = CalamineWorkbook.from_filelike(BytesIO(self.content))
        found = book.get_sheet_by_index(sheet)
        return [list(row) for row in found.to_python(skip_empty_area=False)]

    def row_of(self, field: str, unit: str = "tx") -> int:
        """The line on which a question to a place stands, as Excel counts."""
        for number, row in enumerate(self.rows(), 1):
            if str(row[0]).endswith(f"|{unit}|{field}"):
                return number
        raise KeyError(field)

    def seen(self, field: str, unit: str = "tx") -> list[object]:
        return self.rows()[self.row_of(field, unit) - 1]

    def typed(self, unit: str = "tx", /, **answers: float | str) -> Excel:
        """With answers typed into the cells of a place; a text stays a text."""
        made = self
        for field, answer in answers.items():
            made = made.cell(f"{ANSWER}{self.row_of(field, unit)}", answer)
        return made

    def noted(self, field: str, note: str, unit: str = "tx") -> Excel:
        return self.cell(f"{NOTE}{self.row_of(field, unit)}", note)

    def cell(self, place: str, content: float | str) -> Excel:
        if isinstance(content, str):
            text = escape(content)
            return self.xml(place, f't="inlineStr"><is><t>{text}</t></is></c>')
        return self.xml(place, f"><v>{content}</v></c>")

    def formula(self, place: str, formula: str) -> Excel:
        return self.xml(place, f"><f>{escape(formula)}</f></c>")

    def xml(self, place: str, inner: str) -> Excel:
        pattern = rf'<c r="{place}"( s="\d+")?[^>]*?(/>|>.*?</c>)'

        def put(sheet: bytes) -> bytes:
            text = sheet.decode()
            found = re.search(pattern, text)
            assert found, place
            cell = f'<c r="{place}"{found[1] or ""} {inner}'
            return (text[: found.start()] + cell + text[found.end() :]).encode()

        return self.part("xl/worksheets/sheet1.xml", put)

    def part(self, name: str, put: Callable[[bytes], bytes]) -> Excel:
        return self.saved({**self.parts, name: put(self.parts.get(name, b""))})

    def saved(self, parts: Mapping[str, bytes]) -> Excel:
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return replace(self, content=made.getvalue())

    @property
    def notes(self) -> str:
        """All that the notes at cells say."""
        names = [
            name for name in self.parts if "comments" in name and ".rels" not in name
        ]
        return " ".join(unescape(self.parts[name].decode()) for name in sorted(names))
