"""Sentences, and the clauses that semicolons part them into."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from donbay.documents.model import Block

LONGEST = 2_000  # letters

_END = re.compile(
    r"(?:[!?؟…]|(?<![0-9])\.|(?<=[0-9])\.)(?:[\"”»)’']*)(?=\s)(?!\s+[a-zà-öø-ÿđ])"
)
_CLAUSE = re.compile(r"[;؛]")
_NO_END = re.compile(
    r"(?:\b(?:n[°ºo]|no|mr|mrs|ms|dr|st|vs|art|ts|pgs|gs|tp|tx|tt)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_DOTS_LAST = re.compile(r"(?:\.{3}|…)\s*$")
_DOTS_FIRST = re.compile(r"(?:\.{3}|…)\s*")


class Sentences:
    """Stretches of the visible text, looked up by position."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.sentences: list[tuple[int, int]] = []
        self.clauses: list[tuple[int, int]] = []
        for block in blocks:
            for start, end in _parts(text, block.start, block.end, _END):
                if self.sentences and _goes_on(text, self.sentences[-1], start, block):
                    start = self.sentences.pop()[0]  # noqa: PLW2901 -- two are one
                self.sentences.append((start, end))
        self.sentences = [
            piece for one in self.sentences for piece in _pieces(text, *one)
        ]
        for start, end in self.sentences:
            self.clauses += _parts(text, start, end, _CLAUSE)
        self._starts = [s for s, _ in self.sentences]
        self._clause_starts = [s for s, _ in self.clauses]

    def sentence(self, position: int) -> tuple[int, int]:
        return self.sentences[max(0, bisect_right(self._starts, position) - 1)]

    def number(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def clause(self, position: int) -> tuple[int, int]:
        return self.clauses[max(0, bisect_right(self._clause_starts, position) - 1)]


def _goes_on(text: str, last: tuple[int, int], start: int, block: Block) -> bool:
    """Behind an abbreviation, or from three dots to three dots over a break."""
    if last[0] >= block.start:
        return bool(_NO_END.search(text[max(start - 6, 0) : start].rstrip()))
    dots = _DOTS_FIRST.match(text, block.start)
    return bool(
        dots
        and start <= dots.end()
        and _DOTS_LAST.search(text[max(0, last[1] - 5) : last[1]])
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What has no end for so long is a table or worse, and is read in pieces."""
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start, start + LONGEST) for mark in " \n")
        stop = cut + 1 if cut > start else start + LONGEST
        yield start, stop
        start = stop
    yield start, end


def _parts(
    text: str, start: int, end: int, pattern: re.Pattern[str]
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for match in pattern.finditer(text, start, end):
        found.append((at, match.end()))
        at = match.end()
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        found.append((at, end))
    return found
