"""PDF with text as blocks: lines put together again, headers and page numbers left."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium

from donbay.documents.limits import MOST_CHARACTERS, MOST_PAGES, TooMuch, Unreadable
from donbay.documents.plain_text import Piece

_ENDS = re.compile(r"[.!?:;؟؛…»”\"|]\s*$")
_PAGE_NUMBER = re.compile(r"\s*(?:-\s*)?\d{1,4}(?:\s*-|\s*/\s*\d{1,4})?\s*")
SHORT = 0.6


def pieces_of_pdf(data: bytes) -> Iterator[Piece]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable("pdf") from error
    try:
        if len(document) > MOST_PAGES:
            raise TooMuch("pages")
        read = 0
        for page in document:
            text = page.get_textpage().get_text_range()
            read += len(text)
            if read > MOST_CHARACTERS:
                raise TooMuch("characters")
            yield from _paragraphs(text)
            page.close()
        if not read:
            raise Unreadable("pdf_scanned")
    finally:
        document.close()


def _paragraphs(text: str) -> Iterator[Piece]:
    """A line goes on in the next unless it ends a sentence or is short."""
    lines = [line.strip() for line in text.replace("\ufffe", "").splitlines()]
    lines = [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]
    widest = max(map(len, lines), default=0)
    held: list[str] = []
    for line in lines:
        held.append(line)
        if _ENDS.search(line) or len(line) < SHORT * widest:
            yield "paragraph", " ".join(held)
            held = []
    if held:
        yield "paragraph", " ".join(held)
