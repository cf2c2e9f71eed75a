"""A file of any of the formats as one visible text with its blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import PurePath

from donbay.documents.folding import OVERRIDES
from donbay.documents.languages import detect
from donbay.documents.limits import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_DIGITS,
    TooMuch,
    Unreadable,
)
from donbay.documents.model import Block, Document
from donbay.documents.pdf_file import pieces_of_pdf
from donbay.documents.plain_text import Piece, joined, lines, markdown
from donbay.documents.web_page import pieces_of_html
from donbay.documents.word_file import pieces_of_docx
from donbay.domain.problems import Problem, Refused

FORMATS = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_LANGUAGE_TAG = re.compile(
    r"(?:^|[;.:]\s|\n)(?:Français|Anglais|English|French|Vietnamese|Vietnamien)\s+(?=\w)(?!(?:language|et|and|is|est)\b)"
)
_DIGITS = re.compile(rf"\d{{{MOST_DIGITS}}}")


def open_document(data: bytes, name: str, language: str | None = None) -> Document:
    """Raises Refused for what is too large, of another format, or an attack."""
    try:
        text, blocks = _opened(data, PurePath(name).suffix.lower())
    except TooMuch as much:
        raise Refused([Problem(f"documents.too_much_{much.what}", name)]) from None
    except Unreadable as unreadable:
        raise Refused(
            [Problem(f"documents.unreadable_{unreadable.form}", name)]
        ) from None
    return text_document(text, name, language, blocks)


def text_document(
    text: str,
    name: str = "",
    language: str | None = None,
    blocks: tuple[Block, ...] | None = None,
) -> Document:
    """A text that is at hand as a document; its lines are blocks unless given."""
    whole = unicodedata.normalize("NFC", text) if blocks is None else text
    if len(whole) > MOST_CHARACTERS:
        raise Refused([Problem("documents.too_much_characters", name)])
    if _DIGITS.search(whole):
        raise Refused([Problem("documents.too_much_digits", name)])
    doubts = []
    if set(whole) & OVERRIDES:
        doubts.append("overrides")
    if _LANGUAGE_TAG.search(whole):
        doubts.append("language_tag")
    found = blocks if blocks is not None else lines(whole)
    if any(b.repeats is not None and b.end - b.start > 1 for b in found):
        doubts.append("repeats")
    return Document(name, language or detect(whole), whole, found, tuple(doubts))


def _opened(data: bytes, suffix: str) -> tuple[str, tuple[Block, ...]]:
    if len(data) > MOST_BYTES:
        raise TooMuch("bytes")
    pieces: dict[str, Callable[[], Iterable[Piece]]] = {
        ".docx": lambda: pieces_of_docx(data),
        ".pdf": lambda: pieces_of_pdf(data),
        ".html": lambda: pieces_of_html(_text(data)),
        ".htm": lambda: pieces_of_html(_text(data)),
        ".md": lambda: markdown(_text(data)),
    }
    if suffix in pieces:
        return joined((k, unicodedata.normalize("NFC", t)) for k, t in pieces[suffix]())
    if suffix != ".txt":
        raise Unreadable("format")
    text = unicodedata.normalize("NFC", _text(data))
    return text, lines(text)


def _text(data: bytes) -> str:
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("text")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
