"""What somebody hears of a PDF: its tree of tags as PDFium, Chrome's reader, has it.

PDFium had no part in writing the file. It finds what is marked on a page through the
parent tree, so content that no tag leads to is missed here as it is by a reader.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

NO_NUMBER = -1


@dataclass(frozen=True, slots=True)
class Tag:
    """An element on one page: its parts in order, and the content that it marks."""

    kind: str
    alternative: str = ""
    scope: str = ""
    parts: tuple[Tag | int, ...] = ()

    @property
    def tags(self) -> Iterator[Tag]:
        """Itself and all below it, as they are read."""
        yield self
        for part in self.parts:
            if isinstance(part, Tag):
                yield from part.tags

    @property
    def numbers(self) -> Iterator[int]:
        for part in self.parts:
            if isinstance(part, Tag):
                yield from part.numbers
            else:
                yield part


@dataclass(frozen=True, slots=True)
class Page:
    """Tags, the texts by the number that marks them, and what nothing marks."""

    tags: tuple[Tag, ...]
    texts: Mapping[int, str]
    unmarked: int

    @property
    def numbers(self) -> list[int]:
        return [number for tag in self.tags for number in tag.numbers]

    def said(self, tag: Tag) -> str:
        return "".join(self.texts.get(number, "") for number in tag.numbers)


def read(content: bytes) -> list[Page]:
    with pypdfium2.PdfDocument(content) as file:
        return [_page(file[n]) for n in range(len(file))]


def _page(page: pypdfium2.PdfPage) -> Page:
    texts, unmarked = _marked(page)
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = raw.FPDF_StructTree_CountChildren(tree) if tree else 0
        found = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(count)]
        tags = tuple(_tag(one) for one in found if one)
    finally:
        raw.FPDF_StructTree_Close(tree)
    return Page(tags, texts, unmarked)


def _marked(page: pypdfium2.PdfPage) -> tuple[dict[int, str], int]:
    """What stands on a page by its number; and how much is neither that nor decor."""
    texts: dict[int, str] = defaultdict(str)
    unmarked, told = 0, page.get_textpage()
    for one in page.get_objects(max_depth=1):
        number = raw.FPDFPageObj_GetMarkedContentID(one.raw)
        if number != NO_NUMBER:
            texts[number] += _text(one, told)
        elif "Artifact" not in _marks(one):
            unmarked += 1
    return texts, unmarked


def _text(one: pypdfium2.PdfObject, told: pypdfium2.PdfTextPage) -> str:
    if one.type != raw.FPDF_PAGEOBJ_TEXT:
        return ""
    size = raw.FPDFTextObj_GetText(one.raw, told.raw, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFTextObj_GetText(one.raw, told.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _marks(one: pypdfium2.PdfObject) -> set[str]:
    found = set()
    for n in range(raw.FPDFPageObj_CountMarks(one.raw)):
        mark = raw.FPDFPageObj_GetMark(one.raw, n)
        size = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, None, 0, size)
        name = (ctypes.c_ushort * (size.value // 2))()
        raw.FPDFPageObjMark_GetName(mark, name, size.value, size)
        found.add(bytes(name).decode("utf-16-le").rstrip("\0"))
    return found


def _tag(element: raw.FPDF_STRUCTELEMENT) -> Tag:
    parts: list[Tag | int] = []
    for n in range(raw.FPDF_StructElement_CountChildren(element)):
        below = raw.FPDF_StructElement_GetChildAtIndex(element, n)
        if below:
            parts.append(_tag(below))
        else:
            number = raw.FPDF_StructElement_GetChildMarkedContentID(element, n)
            if number != NO_NUMBER:
                parts.append(number)
    return Tag(
        _told(raw.FPDF_StructElement_GetType, element),
        _told(raw.FPDF_StructElement_GetAltText, element),
        _attribute(element, b"Scope"),
        tuple(parts),
    )


def _told(ask: ctypes._NamedFuncPointer, *of: object) -> str:
    size = ask(*of, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(*of, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _attribute(element: raw.FPDF_STRUCTELEMENT, name: bytes) -> str:
    return _told(raw.FPDF_StructElement_GetStringAttribute, element, name)
