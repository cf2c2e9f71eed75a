"""Plain text and Markdown as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from donbay.documents.model import Block

_MARKS = re.compile(
    r"^(#{1,6}\s+|>\s?|[-*+]\s+(?=\S))|(\*\*|__|`)|!?\[([^\]]*)\]\([^)]*\)",
    re.MULTILINE,
)
_ROW = re.compile(r"^\s*\|?(?:\s*:?-{3,}:?\s*\|?)+\s*$", re.MULTILINE)
CAPTION = 90
Piece = tuple[str, str]


def joined(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Pieces of (kind, text) as one visible text with a line for each."""
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for kind, text in pieces:
        texts.append(text)
        blocks.append(Block(at, at + len(text), kind))
        at += len(text) + 1
    return "\n".join(texts), repeats(tuple(blocks), "\n".join(texts))


def lines(text: str) -> tuple[Block, ...]:
    """The lines of a plain text, where they stand."""
    found = [
        Block(m.start(), m.end(), _kind(m[0]))
        for m in re.finditer(r"[^\n]*\S[^\n]*", text)
    ]
    return repeats(tuple(found), text)


def _kind(line: str) -> str:
    """Short lines without a full stop are headings or captions of pictures."""
    bare = line.strip()
    return (
        "caption" if len(bare) < CAPTION and bare[-1] not in ".!?؟:;؛|" else "paragraph"
    )


def repeats(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """Each block that was there before names the first."""
    first: dict[str, int] = {}
    found = []
    for number, block in enumerate(blocks):
        said = " ".join(text[block.start : block.end].split())
        earlier = first.setdefault(said, number) if said else number
        again = earlier if earlier != number else None
        found.append(Block(block.start, block.end, block.kind, again))
    return tuple(found)


def markdown(text: str) -> Iterator[Piece]:
    """What a reader sees of Markdown: no marks of headings, emphasis and links."""
    fenced = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        if fenced or not line.strip() or _ROW.match(line):
            continue
        kind = "heading" if line.startswith("#") else "paragraph"
        shown = _MARKS.sub(lambda m: m[3] or "", line).strip()
        if shown.startswith("|"):
            for cell in shown.strip("|").split("|"):
                yield "cell", cell.strip()
        elif shown:
            yield kind, shown
