"""Whose words are whose: what a text says of each of the numbers in a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from donbay.documents.context import is_noun, noun_end
from donbay.documents.folding import Folded
from donbay.documents.lexicon import Lexicon, alternatives, lexicon
from donbay.documents.model import QUALITIES
from donbay.documents.scanning import Mention
from donbay.documents.sentences import Sentences

BEFORE, BEHIND, AROUND = 140, 120, 400  # letters
FEW = 3  # words, such as `more than` between `and` and a number
_SILENT = {"day", "period", "name", "unread"}
_BRACKETS = re.compile(r"\([^()]*\)")
_CUT = re.compile("[,،:(]")
_LETTER, _WORD = re.compile(r"\s?[^\W\d]"), re.compile(r"[^\W\d]{3,}")


@dataclass(frozen=True, slots=True)
class Said:
    """Folded words, from those that are surely of a number to those far from it.

    `head` is the noun among those `counted`, without what it is of.
    """

    head: str = ""
    counted: str = ""
    own: str = ""
    shared: str = ""
    far: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A number with its own words, from `start` to `end`.

    Up to `noun` stand those that it counts, and up to `tail` an addition that may be
    of the whole list. `inside` is a part of what was told before.
    """

    number: Mention
    clause: int
    start: int
    noun: int
    end: int
    tail: int
    inside: bool

    @property
    def leads(self) -> bool:
        return self.noun > self.number.end


class Scopes:
    """The items of each sentence: one for each number in it."""

    def __init__(
        self,
        text: Folded,
        sentences: Sentences,
        mentions: Sequence[Mention],
        words: Lexicon,
    ) -> None:
        self.text, self.bare = text, text.bare
        self.sentences, self.words = sentences, words
        self.numbers = [
            m for m in mentions if m.form not in _SILENT and m.unit not in QUALITIES
        ]
        self.starts = [m.start for m in self.numbers]
        self._read: tuple[int, list[Item]] = (-1, [])

    def said(self, number: Mention) -> Said:
        items = self._items(*self._sentence(number.start))
        item = next(i for i in items if i.number == number)
        counted = self.bare[number.end : item.noun]
        before = self.bare[item.start : number.start]
        return Said(
            _head(counted, self.words),
            counted,
            f"{before} {self.bare[item.noun : item.end]}",
            " ".join(self._shared(item, items)),
            self._far(number),
        )

    def _items(self, start: int, end: int) -> list[Item]:
        """Of one sentence; those of the last one asked for are kept."""
        if self._read[0] != start:
            first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
            here = self.numbers[first:last]
            edges = [start, *(self._edge(a, b) for a, b in pairwise(here)), end]
            pairs = zip(here, pairwise(edges), strict=True)
            self._read = start, [self._item(n, start, *edge) for n, edge in pairs]
        return self._read[1]

    def _edge(self, left: Mention, right: Mention) -> int:
        """Where the words of one number end and those of the next begin."""
        between = self.bare[left.end : right.start]
        blank = _BRACKETS.sub(lambda found: " " * len(found[0]), between)
        marks = [
            mark
            for mark in _marks(self.words.language).finditer(blank)
            if mark.start() <= 1
            or not mark[0].strip().isalpha()
            or len(between[mark.end() :].split()) <= FEW
        ]
        if not marks:
            return right.start
        return left.end + marks[-1 if self._leads(left) else 0].end()

    def _item(self, number: Mention, sentence: int, start: int, end: int) -> Item:
        clause, stop = self._clause(number.start)
        start, tail = max(start, clause), min(end, stop, number.end + BEHIND)
        inside = self._is_inside(number, sentence, start)
        noun = number.end
        if self._leads(number):
            noun += noun_end(self.bare[noun:tail], self.words)
            cuts = _CUT.finditer(self.bare, start, number.start)
            start = max((cut.end() for cut in cuts), default=start)
        cut = _CUT.search(self.bare, noun, tail)
        end = cut.start() if cut else tail
        start = max(start, number.start - BEFORE)
        return Item(number, clause, start, noun, end, tail, inside)

    def _is_inside(self, number: Mention, sentence: int, start: int) -> bool:
        """In brackets or behind a colon in the sentence, behind `of which` here."""
        told = self.bare[sentence : number.start]
        clause = self.bare[self._clause(number.start)[0] : number.start]
        return (
            told.rfind("(") > told.rfind(")")
            or ":" in self.bare[sentence:start]
            or bool(self.words.phrases("part").search(clause))
        )

    def _leads(self, number: Mention) -> bool:
        """Whether what is counted stands behind the number."""
        behind = self.bare[number.end : number.end + BEHIND]
        parted = _marks(self.words.language).match(behind)
        return (
            bool(_LETTER.match(behind)) and not parted and is_noun(behind, self.words)
        )

    def _shared(self, item: Item, items: Sequence[Item]) -> Iterator[str]:
        """What is said once for all: before a list, behind it, and of its whole."""
        listed = [
            i for i in items if (i.clause, i.inside) == (item.clause, item.inside)
        ]
        first, last = listed[0], listed[-1]
        if first.leads or item is first:
            start = max(first.clause, first.number.start - BEFORE)
            yield self.bare[start : first.number.start]
        if item is not last:
            yield self.bare[last.noun : last.tail]
        yield self.bare[item.end : item.tail]
        if whole := self._whole(item, items):
            yield self.bare[whole.start : whole.end]

    def _whole(self, item: Item, items: Sequence[Item]) -> Item | None:
        """What an item is a part or a measure of, told before it."""
        earlier = items[: items.index(item)]
        if item.inside:
            some = [*self._before(items[0]), *earlier]
            return next((i for i in reversed(some) if not i.inside), None)
        measured = earlier and earlier[-1].leads and not item.leads
        return earlier[-1] if measured else None

    def _before(self, item: Item) -> list[Item]:
        """The items of the sentence before, in the same block."""
        at = bisect_left(self.starts, item.number.start) - 1
        if at < 0 or "\n" in self.bare[self.starts[at] : item.number.start]:
            return []
        return self._items(*self._sentence(self.starts[at]))

    def _far(self, number: Mention) -> str:
        """The sentence whole, with the one before, in which things were named."""
        start, end = self._sentence(number.start)
        if start and self.bare[start - 1] != "\n":
            start = self._sentence(start - 1)[0]
        return self.bare[max(start, number.start - AROUND) : end]

    def _sentence(self, at: int) -> tuple[int, int]:
        start, end = self.sentences.sentence(self.text.at[at])
        return self.text.find(start), self.text.find(end)

    def _clause(self, at: int) -> tuple[int, int]:
        start, end = self.sentences.clause(self.text.at[at])
        return self.text.find(start), self.text.find(end)


def _head(counted: str, words: Lexicon) -> str:
    """English puts its adjectives before the noun, the others behind."""
    if words.language == "en":
        return counted.split(" of ", maxsplit=1)[0]
    first = _WORD.search(counted)
    return first[0] if first else ""


@cache
def _marks(language: str) -> re.Pattern[str]:
    """What parts one item from the next."""
    some = alternatives(lexicon(language).list_of("joining"))
    joined = " و" if language == "ar" else rf" (?:{some})(?!\w)"
    return re.compile(rf"[,;:()،؛]|{joined}")
