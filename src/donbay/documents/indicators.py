"""Which indicator of a pack a number is most likely a value of, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from donbay.documents.folding import folded
from donbay.documents.names import Heard, Name, Names
from donbay.documents.scopes import Said
from donbay.documents.units import fits

ENOUGH, LIKELY, APART = 0.4, 0.4, 0.03
OTHER, SHARE = 0.7, 0.9  # for naming another thing, or the share of what is counted
ALMOST = 0.7  # of a name, for another one to be taken for it


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
    """`named` is how much of a name is said, and `words` are said of the number."""

    id: str
    score: float
    words: frozenset[str]
    named: float


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What a number of some unit may be of, with its names and their words."""

    candidates: Sequence[tuple[Candidate, Sequence[Name], frozenset[str]]]
    words: frozenset[str]


class Matcher:
    """Finds the indicator of which a text says most, and least beyond it."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self.candidates = {c.id: c for c in candidates}
        self.names = Names(c.phrases for c in self.candidates.values())
        self._fitting: dict[str, _Fitting] = {}

    def one(self, said: Said, unit: str) -> Match | None:
        """The likeliest, where it stands clear of the next or says all that it does."""
        some = [match for match in self.matches(said, unit) if match.score >= LIKELY]
        level = [match for match in some if some[0].score - match.score < APART]
        if not level:
            return None
        most = max(level, key=lambda match: len(match.words))
        others = (match for match in level if match is not most)
        return most if all(m.words < most.words for m in others) else None

    def matches(self, said: Said, unit: str) -> list[Match]:
        """Those whose names are said, the likeliest first."""
        fitting = self._of(unit)
        heard = self.names.heard(said, fitting.words)
        found = (
            max((self._match(one, n, heard, unit) for n in names), key=_score)
            for one, names, words in fitting.candidates
            if not heard.near.isdisjoint(words)
        )
        return sorted((m for m in found if m.score), key=_score, reverse=True)

    def _of(self, unit: str) -> _Fitting:
        if unit not in self._fitting:
            pairs = zip(self.candidates.values(), self.names.names, strict=True)
            some = [
                (one, names, frozenset(word for name in names for word in name))
                for one, names in pairs
                if names and fits(one.unit, unit)
            ]
            words = frozenset(word for *_, words in some for word in words)
            self._fitting[unit] = _Fitting(some, words)
        return self._fitting[unit]

    def _match(self, one: Candidate, name: Name, heard: Heard, unit: str) -> Match:
        """Much of the name is said, and much of what is said is in the name."""
        words = [s for s in name if s in heard.sure]
        named = sum(heard.sure[s] for s in words) / self.names.whole[name]
        own = heard.own.intersection(words)
        if named < ENOUGH or heard.near.isdisjoint(words):
            return Match(one.id, 0.0, own, named)
        told = sum(heard.telling[s] for s in words) / sum(heard.telling.values())
        score = sqrt(named * told)
        if heard.head and heard.head.isdisjoint(words):
            score *= OTHER
        if unit == "ratio" and one.unit == "%":
            score *= SHARE
        return Match(one.id, score, own, named)


def _score(match: Match) -> float:
    return match.score


def rivals(known: Matcher) -> dict[str, frozenset[str]]:
    """Indicators whose names are so alike that a text may well mean the other one."""
    return {
        one.id: frozenset(
            match.id
            for phrase in one.phrases
            for match in known.matches(Said(counted=folded(phrase)), one.unit)
            if match.id != one.id and match.named >= ALMOST
        )
        for one in known.candidates.values()
    }
