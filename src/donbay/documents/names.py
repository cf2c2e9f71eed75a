"""The words of the names that indicators have, and which of them a text says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log

from donbay.documents.folding import folded
from donbay.documents.scopes import Said
from donbay.documents.stems import forms_in, is_near, measures, stems

SLIGHT = 0.1  # what a word like `rate` weighs
SURE = {"far": 0.4, "shared": 0.7, "own": 0.9, "counted": 1.0}
"""How surely a word is said of a number, by where it stands."""
TELLING = {"far": 0.0, "shared": 0.1, "own": 0.8, "counted": 1.0}
"""How much it tells against a name that lacks it."""

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of names that are said of a number, with what each of them weighs.

    Those that are `near` name something, those that are its `own` are not shared with
    others, and those of the `head` name what is counted, known or not.
    """

    sure: Mapping[str, float]
    telling: Mapping[str, float]
    near: frozenset[str]
    own: frozenset[str]
    head: frozenset[str]


class Names:
    """Stems by name, weighed so that words in every name count little."""

    def __init__(self, phrases: Iterable[Iterable[str]]) -> None:
        self.names = [_names(some) for some in phrases]
        counts = Counter(s for some in self.names for name in some for s in name)
        weights = {s: 1 / (1 + log(n)) for s, n in counts.items()}
        self.weights = weights | dict.fromkeys(weights.keys() & measures(), SLIGHT)
        self.whole = {
            name: sum(self.weights[s] for s in name)
            for some in self.names
            for name in some
        }
        self._alike: dict[str, list[str]] = defaultdict(list)
        for one in self.weights:
            self._alike[one[:2]].append(one)

    def heard(self, said: Said, among: AbstractSet[str]) -> Heard:
        """Of the words `among`, those that are said; the nearest place counts."""
        places: dict[str, str] = {}
        for place in SURE:
            for forms in forms_in(getattr(said, place)):
                places |= dict.fromkeys(among & set(self._meant(forms)), place)
        return Heard(
            {s: SURE[place] * self.weights[s] for s, place in places.items()},
            {s: TELLING[place] * self.weights[s] for s, place in places.items()},
            frozenset(s for s, place in places.items() if TELLING[place]) - measures(),
            frozenset(s for s, place in places.items() if place in {"own", "counted"}),
            frozenset(self._heads(said.head)),
        )

    def _heads(self, noun: str) -> Iterator[str]:
        for forms in forms_in(noun):
            if forms[0] not in measures():
                yield from self._meant(forms) or forms[:1]

    def _meant(self, forms: tuple[str, ...]) -> list[str]:
        """The words of names that a word may be a form of."""
        exact = [form for form in forms if form in self.weights]
        alike = self._alike.get(forms[0][:2], [])
        return exact[:1] or [one for one in alike if is_near(one, forms[0])]


def _names(phrases: Iterable[str]) -> Sequence[Name]:
    """As printed, and without what is said in brackets."""
    said = [
        one for phrase in phrases for one in (phrase, re.sub(r"\(.*?\)", "", phrase))
    ]
    found = (tuple(dict.fromkeys(stems(folded(one)))) for one in said)
    return tuple(name for name in dict.fromkeys(found) if name)
