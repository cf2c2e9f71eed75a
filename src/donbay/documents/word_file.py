"""DOCX as blocks, read from its parts so that a hostile file can be contained."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from donbay.documents.limits import MOST_UNPACKED, TooMuch, Unreadable
from donbay.documents.plain_text import Piece

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PART = "word/document.xml"
_PARTS = (_PART, "word/footnotes.xml", "word/endnotes.xml")


def pieces_of_docx(data: bytes) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _PART not in names:
                raise Unreadable("docx")
            for name in _PARTS:
                if name in names:
                    yield from _Part().read(_unpacked(archive, name))
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        raise Unreadable("docx") from error


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """What a part really holds, and no more than is allowed, whatever it declares."""
    with archive.open(name) as part:
        data = part.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise TooMuch("unpacked")
    return data


class _Part:
    """Paragraphs of one XML part. Documents have no need of a DTD: it is refused."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._kind = "paragraph"
        self._cells = self._deleted = 0
        self._in_text = False

    def read(self, data: bytes) -> list[Piece]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.buffer_text = True
        parser.Parse(data, True)  # noqa: FBT003 -- expat takes it by position
        return self.pieces

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if space != _W:
            return
        if tag == "t":
            self._in_text = True
        elif tag == "tc":
            self._cells += 1
        elif tag in {"del", "moveFrom"}:
            self._deleted += 1
        elif tag in {"br", "tab", "cr"}:
            self._words.append(" ")
        elif tag == "noBreakHyphen":
            self._words.append("-")
        elif tag == "pStyle":
            self._kind = _style(attributes.get(f"{_W} val", ""))

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "t":
            self._in_text = False
        elif tag == "tc":
            self._cells -= 1
        elif tag in {"del", "moveFrom"}:
            self._deleted -= 1
        elif tag == "p":
            shown = "".join(self._words).strip()
            if shown:
                self.pieces.append(("cell" if self._cells else self._kind, shown))
            self._words.clear()
            self._kind = "paragraph"

    def _data(self, data: str) -> None:
        if self._in_text and not self._deleted:
            self._words.append(data)


def _style(name: str) -> str:
    low = name.lower()
    if low.startswith(("heading", "title")):
        return "heading"
    return "caption" if "caption" in low else "item" if "list" in low else "paragraph"


def _refuse(*_: object) -> None:
    raise Unreadable("doctype")
