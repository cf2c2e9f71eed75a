"""Which indicator of a pack a number is most likely a value of, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from donbay.documents.folding import folded
from donbay.documents.names import TELLING, Heard, Name, Names
from donbay.documents.scopes import Said
from donbay.documents.stems import measures
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
    words: Name
    named: float


@dataclass(frozen=True, slots=True)
class _Fitting:
    """Candidates that a number of some unit may belong to, with all their words."""

    names: Sequence[tuple[Candidate, Sequence[Name]]]
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
        return most if all(set(m.words) < set(most.words) for m in others) else None

    def matches(self, said: Said, unit: str) -> list[Match]:
        """Those whose names are said, the likeliest first."""
        fitting = self._of(unit)
        heard = self.names.heard(said, fitting.words)
        found = (
            max((self._match(one, n, heard, unit) for n in names), key=_score)
            for one, names in fitting.names
        )
        return sorted((m for m in found if m.score), key=_score, reverse=True)

    def _of(self, unit: str) -> _Fitting:
        if unit not in self._fitting:
            pairs = zip(self.candidates.values(), self.names.names, strict=True)
            some = [(c, names) for c, names in pairs if names and fits(c.unit, unit)]
            words = frozenset(s for _, names in some for name in names for s in name)
            self._fitting[unit] = _Fitting(some, words)
        return self._fitting[unit]

    def _match(self, one: Candidate, name: Name, heard: Heard, unit: str) -> Match:
        """Much of the name is said, and much of what is said is in the name."""
        weight = self.names.weight
        words = tuple(s for s in name if s in heard.sure)
        named = weight(words, heard.sure) / weight(name)
        own = tuple(s for s in words if heard.telling[s] >= TELLING["own"])
        here = {s for s in words if heard.telling[s]} - measures()
        if named < ENOUGH or not here:
            return Match(one.id, 0.0, own, named)
        told = weight(words, heard.telling) / weight(heard.telling, heard.telling)
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
