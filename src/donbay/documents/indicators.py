"""Which indicator of a pack a number is most likely a value of, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import log

from rapidfuzz import fuzz

from donbay.documents.folding import folded

ENOUGH, APART = 0.55, 0.04
ALMOST = 0.7  # of a name, for another one to be taken for it
STEM, SHORTEST, ALIKE = 6, 3, 84
MONEY = {"VND", "USD", "EUR"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator with the names by which a language may call it."""

    id: str
    phrases: tuple[str, ...]
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """`words` are those of the name that were found around the number."""

    id: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Matcher:
    """Names weighed so that words in every name count little."""

    candidates: tuple[Candidate, ...]
    stems: tuple[tuple[tuple[str, ...], ...], ...] = field(default=())
    weights: dict[str, float] = field(default_factory=dict)

    def matches(self, context: str, unit: str, limit: int = 3) -> list[Match]:
        """The likeliest first; `context` is folded."""
        seen = set(_stems(context))
        found = [
            match
            for candidate, some in zip(self.candidates, self.stems, strict=True)
            if _fits(candidate.unit, unit)
            and (match := self._best(candidate, some, seen)).score >= ENOUGH
        ]
        return sorted(found, key=lambda m: -m.score)[:limit]

    def one(self, context: str, unit: str, counted: str = "") -> Match | None:
        """The likeliest, where it stands clear of the next.

        `counted`, folded, is what the number counts: a name that says nothing of it is
        the name of something else nearby.
        """
        some = self.matches(context, unit)
        if not some or (len(some) > 1 and some[0].score - some[1].score < APART):
            return None
        return some[0] if not counted or self._names(some[0], counted) else None

    def _names(self, match: Match, counted: str) -> bool:
        place = self.candidates.index(self.candidate(match.id))
        known = {stem for phrase in self.stems[place] for stem in phrase}
        return any(s in known or _near(s, known) for s in _stems(counted))

    def candidate(self, name: str) -> Candidate:
        return next(c for c in self.candidates if c.id == name)

    def _best(
        self, candidate: Candidate, some: Sequence[tuple[str, ...]], seen: set[str]
    ) -> Match:
        return max(
            (self._match(candidate.id, stems, seen) for stems in some),
            key=lambda m: m.score,
            default=Match(candidate.id, 0.0, ()),
        )

    def _match(self, name: str, stems: tuple[str, ...], seen: set[str]) -> Match:
        total = sum(self.weights[s] for s in stems) or 1.0
        there = tuple(s for s in stems if s in seen or _near(s, seen))
        return Match(name, sum(self.weights[s] for s in there) / total, there)


def rivals(known: Matcher) -> dict[str, frozenset[str]]:
    """Indicators whose names are so alike that a text may well mean the other one."""
    return {
        one.id: frozenset(
            match.id
            for phrase in one.phrases
            for match in known.matches(folded(phrase), one.unit, len(known.candidates))
            if match.id != one.id and match.score >= ALMOST
        )
        for one in known.candidates
    }


def matcher(candidates: Iterable[Candidate]) -> Matcher:
    kept = tuple(c for c in candidates if c.phrases)
    stems = tuple(
        tuple(tuple(dict.fromkeys(_stems(folded(p)))) for p in c.phrases) for c in kept
    )
    counts = Counter(s for some in stems for phrase in some for s in set(phrase))
    return Matcher(kept, stems, {s: 1 / (1 + log(n)) for s, n in counts.items()})


def _stems(text: str) -> list[str]:
    """Beginnings of words, which stay when endings change."""
    words = re.findall(r"[^\W\d_]+", text)
    return [_unglued(w)[:STEM] for w in words if len(w) >= SHORTEST]


def _unglued(word: str) -> str:
    return re.sub(r"^(?:[وفبلك]?ال|لل|[وبل](?=\w{4}))", "", word)


def _near(stem: str, seen: set[str]) -> bool:
    return len(stem) >= STEM and any(
        fuzz.ratio(stem, other) >= ALIKE for other in seen if other[:2] == stem[:2]
    )


def _fits(wanted: str, unit: str) -> bool:
    """Money is money, a percentage a percentage; all else may be counted."""
    if wanted == "%" or unit in {"%", "pp"}:
        return wanted == "%" and unit in {"%", "pp", "ratio"}
    money = wanted.split("/", maxsplit=1)[0] in MONEY
    return money == (unit.split("/", maxsplit=1)[0] in MONEY)
