"""Beginnings and roots of words, by which forms of one word are known for one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from donbay.documents.folding import folded
from donbay.documents.lexicon import LANGUAGES, lexicon

STEM, SHORTEST, ALIKE = 6, 3, 84
PAIR, ROOT, LONG = 2, 3, 7  # letters of Arabic roots and words

_ARABIC = re.compile("[\u0621-\u064a]")
_ARTICLE = re.compile("^(?:[وفبلك]?ال|لل)")
_GLUED = re.compile(r"^[وفبلك](?=\w{3})")
_ENDINGS = re.compile(r"(?:هما|هم|هن|ها|نا)?(?:ات|ون|وا|ين|ان|[هةا]|(?<=\w{3})ت)?$")
_VOWELS = re.compile("[اويىءئؤ]")
_DERIVED = re.compile("^(?:مست|ست|مت|م|ت)")


def stems(text: str) -> list[str]:
    """Of the words that name something, in folded text."""
    return [forms[0] for forms in forms_in(text)]


def forms_in(text: str) -> list[tuple[str, ...]]:
    """The stems that each of them may have, the likeliest first."""
    words = re.findall(r"[^\W\d_]+", text)
    return [_forms(w) for w in words if len(w) >= SHORTEST and w not in _small()]


@lru_cache(maxsize=16_384)
def _forms(word: str) -> tuple[str, ...]:
    """The beginning, which stays when endings change; of Arabic the root.

    What Arabic glues to the front may also be the first letter of the word itself.
    """
    if not _ARABIC.match(word):
        return (word[:STEM],)
    bare = _ARTICLE.sub("", word)
    if bare in _measuring():
        return (bare,)
    whole, rest = _root(bare), _root(_GLUED.sub("", bare))
    some = (whole, rest) if len(bare) < LONG else (rest, whole)
    return tuple(dict.fromkeys(some))


def _root(word: str) -> str:
    """The consonants, for plurals change the vowels and derived forms the front."""
    bare = _ENDINGS.sub("", word)
    bones = _VOWELS.sub("", bare)
    if len(bones) < PAIR:
        return word[:STEM]
    derived = _DERIVED.sub("", bones)
    weak = bool(_VOWELS.match(bare[-1]))  # the last letter of a root that is none here
    return (derived if len(derived) + weak >= ROOT else bones)[:STEM]


def is_near(one: str, other: str) -> bool:
    """Spelled a little otherwise, and long enough for that to be told."""
    long = len(one) >= STEM and one[:2] == other[:2]
    return long and fuzz.ratio(one, other) >= ALIKE


@cache
def measures() -> frozenset[str]:
    """Stems of words that say how something is told, and not of what."""
    return frozenset(s for word in _measuring() for s in stems(word))


@cache
def _measuring() -> frozenset[str]:
    some = (lexicon(language).list_of("measures") for language in LANGUAGES)
    return frozenset(_ARTICLE.sub("", folded(w)) for words in some for w in words)


@cache
def _small() -> frozenset[str]:
    """Words that join others, in any of the languages; they name nothing."""
    some = (lexicon(language).list_of("common") for language in LANGUAGES)
    return frozenset(folded(word) for words in some for word in words)
