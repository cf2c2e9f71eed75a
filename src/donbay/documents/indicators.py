"""Which indicator of a pack a number is most likely a value of, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from math import log

from rapidfuzz import fuzz

from donbay.documents.folding import folded
from donbay.documents.lexicon import LANGUAGES, lexicon

ENOUGH, APART, CLEAR, FURTHER = 0.5, 0.04, 0.08, 0.5
SLIGHT = 0.1  # what a word like `rate` weighs
ALMOST = 0.7  # of a name, for another one to be taken for it
STEM, SHORTEST, PAIR, ALIKE = 6, 3, 2, 84
MONEY, RANKED = {"VND", "USD", "EUR"}, {"rank", "places"}

_ARABIC = re.compile("[\u0621-\u064a]")


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


def _fullest(level: Sequence[Match]) -> Match | None:
    """`near-poverty rate` where both it and `poverty rate` are said, else none."""
    most = max(level, key=lambda m: len(m.words))
    others = (m for m in level if m is not most)
    return most if all(set(m.words) < set(most.words) for m in others) else None


@dataclass(frozen=True)
class Matcher:
    """Names weighed so that words in every name count little."""

    candidates: tuple[Candidate, ...]
    stems: tuple[tuple[tuple[str, ...], ...], ...] = field(default=())
    weights: dict[str, float] = field(default_factory=dict)

    def matches(
        self, context: str, unit: str, limit: int = 3, around: str = ""
    ) -> list[Match]:
        """The likeliest first; `context` is folded, and so is what stands `around` it.

        Words further off count for less, and nothing by themselves.
        """
        near, far = set(_stems(context)), set(_stems(around))
        found = [
            match
            for candidate, some in zip(self.candidates, self.stems, strict=True)
            if _fits(candidate.unit, unit)
            and (match := self._best(candidate, some, near, far)).score >= ENOUGH
        ]
        return sorted(found, key=lambda m: -m.score)[:limit]

    def one(
        self, context: str, unit: str, counted: str = "", around: str = ""
    ) -> Match | None:
        """The likeliest, where it stands clear of the next.

        `counted`, folded, is what the number counts: names around it are told apart by
        it, and one that says nothing of it is the name of something else nearby.
        """
        some = self.matches(context, unit, len(self.candidates), around)
        if counted and unit not in RANKED:
            some = self._of(some, set(_stems(counted)), part=unit == "ratio")
        level = [m for m in some[1:] if some[0].score - m.score < APART]
        if not some or not level:
            return some[0] if some else None
        return _fullest([some[0], *level])

    def _of(
        self, some: Sequence[Match], counted: set[str], *, part: bool
    ) -> list[Match]:
        """Those that name what is counted most nearly: no word short, none over.

        The part of a whole is what says more than the whole itself.
        """
        told = [(self._nearly(match, counted), match) for match in some]
        if part:
            kept = [m for near, m in told if near > 0]
            return sorted(kept, key=lambda m: -len(m.words) * m.score)
        most = max((near for near, _ in told), default=0.0)
        return [m for near, m in told if near > 0 and near >= most - CLEAR]

    def _nearly(self, match: Match, counted: set[str]) -> float:
        place = self.candidates.index(self.candidate(match.id))
        return max(self._alike(phrase, counted) for phrase in self.stems[place])

    def _alike(self, phrase: tuple[str, ...], counted: set[str]) -> float:
        """Between the part of the name that is counted and the part counted by it."""
        there = [s for s in phrase if s in counted or _near(s, counted)]
        if not there:
            return 0.0
        total = sum(self.weights[s] for s in phrase)
        named = sum(self.weights[s] for s in there) / total
        told = len(there) / len(counted)
        return 2 * named * told / (named + told)

    def candidate(self, name: str) -> Candidate:
        return next(c for c in self.candidates if c.id == name)

    def _best(
        self,
        candidate: Candidate,
        some: Sequence[tuple[str, ...]],
        near: set[str],
        far: set[str],
    ) -> Match:
        return max(
            (self._match(candidate.id, stems, near, far) for stems in some),
            key=lambda m: m.score,
            default=Match(candidate.id, 0.0, ()),
        )

    def _match(
        self, name: str, stems: tuple[str, ...], near: set[str], far: set[str]
    ) -> Match:
        total = sum(self.weights[s] for s in stems) or 1.0
        there = tuple(s for s in stems if s in near or _near(s, near))
        if not set(there) - _measures():
            return Match(name, 0.0, ())
        beyond = [s for s in stems if s not in there and (s in far or _near(s, far))]
        told = sum(self.weights[s] for s in there)
        told += FURTHER * sum(self.weights[s] for s in beyond)
        return Match(name, told / total, (*there, *beyond))


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
    weights = {s: 1 / (1 + log(n)) for s, n in counts.items()}
    weights |= dict.fromkeys(weights.keys() & _measures(), SLIGHT)
    return Matcher(kept, stems, weights)


def _stems(text: str) -> list[str]:
    """Beginnings of words, which stay when endings change."""
    words = re.findall(r"[^\W\d_]+", text)
    return [_stem(w) for w in words if len(w) >= SHORTEST and w not in _small()]


def _stem(word: str) -> str:
    """Of Arabic the consonants, for its plurals change the vowels inside a word."""
    if not _ARABIC.match(word):
        return word[:STEM]
    bare = _unglued(word)
    root = re.sub(r"[اويىءئؤ]", "", re.sub(r"(?:ات|ون|ين|ان|ه|ة|ا)$", "", bare))
    return (root if len(root) >= PAIR else bare)[:STEM]


@cache
def _measures() -> frozenset[str]:
    """Stems of words that say how something is told, and not of what."""
    some = (lexicon(language).list_of("measures") for language in LANGUAGES)
    return frozenset(
        s for words in some for word in words for s in _stems(folded(word))
    )


@cache
def _small() -> frozenset[str]:
    """Words that join others, in any of the languages; they name nothing."""
    some = (lexicon(language).list_of("common") for language in LANGUAGES)
    return frozenset(folded(word) for words in some for word in words)


def _unglued(word: str) -> str:
    return re.sub(r"^(?:[وفبلك]?ال|لل|[وبل](?=\w{4}))", "", word)


def _near(stem: str, seen: set[str]) -> bool:
    return len(stem) >= STEM and any(
        fuzz.ratio(stem, other) >= ALIKE for other in seen if other[:2] == stem[:2]
    )


def _fits(wanted: str, unit: str) -> bool:
    """Money is money, a rank a rank, a percentage one; all else may be counted."""
    if wanted == "%" or unit in {"%", "pp"}:
        return wanted == "%" and unit in {"%", "pp", "ratio"}
    if RANKED & {wanted, unit}:
        return wanted == unit
    money = wanted.split("/", maxsplit=1)[0] in MONEY
    return money == (unit.split("/", maxsplit=1)[0] in MONEY)
