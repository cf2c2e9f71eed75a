"""Which period a number is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from donbay.documents.dates import Dated
from donbay.documents.folding import Folded, folded
from donbay.documents.lexicon import Lexicon, alternatives, lexicon
from donbay.documents.scanning import Mention

COMPARED = {
    "vi": "so với",
    "en": "compared (?:to|with)|than (?:in )?|versus|(?:%|points?) (?:up )?(?:on|over)",
    "fr": "rapport a|que celle de|qu'en|(?:%|points?) sur",
    "ar": "مقارنه (?:ب|مع)(?:عام|العام)?|عن عام",
}
LATER = 25
"""A date behind a number must be this much nearer than one before it."""


@dataclass(frozen=True)
class Times:
    """The dates of a text, and what `this year` and `so far` stand for."""

    dates: Sequence[Dated]
    text: Folded
    words: Lexicon
    year: int | None

    @cached_property
    def _in_order(self) -> Sequence[Dated]:
        return sorted(self.dates, key=lambda d: d.start)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [d.start for d in self._in_order]

    def of(
        self,
        mention: Mention,
        clause: tuple[int, int],
        sentence: tuple[int, int],
        before: tuple[int, int] | None,
    ) -> str | None:
        for stretch in (clause, sentence, before):
            if stretch is None:
                continue
            first, last = (self.text.find(p) for p in stretch)
            if found := self._nearest(mention, first, last):
                return found
            if self._now(first, mention.start):
                return str(self.year) if self.year else None
        return None

    def _nearest(self, mention: Mention, first: int, last: int) -> str | None:
        begin, end = bisect_left(self._starts, first), bisect_left(self._starts, last)
        here = [
            d
            for d in self._in_order[begin:end]
            if d.sure and d.end <= last and not self._is_base(d)
        ]
        before = [d for d in here if d.end <= mention.start]
        after = [d for d in here if d.start >= mention.end]
        relative = self._relative(first, mention.start)
        if before and relative is None:
            near = before[-1]
            if after and self._is_nearer(after[0], near, mention):
                near = after[0]
            return _period(near.value)
        if relative is not None:
            return relative
        return _period(after[0].value) if after else None

    def _is_nearer(self, after: Dated, before: Dated, mention: Mention) -> bool:
        behind = after.start - mention.end
        between = self.text.bare[mention.end : after.start]
        far = mention.start - before.end
        return behind + LATER < far and not re.search(r"[0-9,;:]", between)

    def _is_base(self, dated: Dated) -> bool:
        head = self.text.bare[max(0, dated.start - 30) : dated.start]
        return bool(_compared(self.words.language).search(head))

    def _relative(self, first: int, start: int) -> str | None:
        known = self.words.words["relative"]
        found = None
        for match in _relatives(self.words.language).finditer(
            self.text.bare, first, start
        ):
            found = match[1]
        if found is None or self.year is None:
            return None
        shifts = {folded(k): int(v) for k, v in known.items()}
        return str(self.year + shifts[found])

    def _now(self, first: int, start: int) -> bool:
        return bool(self.words.phrases("now").search(self.text.bare[first:start]))


def _period(value: str) -> str | None:
    """A day without its year tells no period."""
    return None if value.startswith("--") else value


@cache
def _compared(language: str) -> re.Pattern[str]:
    return re.compile(folded(rf"(?:{COMPARED[language]})[^0-9.;,]{{0,14}}$"))


@cache
def _relatives(language: str) -> re.Pattern[str]:
    known = alternatives(lexicon(language).words["relative"])
    return re.compile(rf"(?<!\w)(?:[وفبل])?({known})(?!\w)")
