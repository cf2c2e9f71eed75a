"""The words by which a language writes figures, made ready for matching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from donbay.documents.folding import fold, folded, longest_first

LANGUAGES = ("vi", "en", "fr", "ar")
PREFIXES = "(?:[وفبلك]|ال|بال|وال|لل|ول|وب)?"
"""What Arabic writes together with the word that follows."""


def load(language: str) -> dict[str, Any]:
    """The file of a language; every scalar is text."""
    path = files(__package__) / "words" / f"{language}.yaml"
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- the base loader makes only text
    return dict(loaded)


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return "|".join(re.escape(p) for p in longest_first(map(folded, phrases)))


@dataclass(frozen=True)
class Lexicon:
    """Patterns over folded text, and what the matched words mean."""

    language: str
    words: Mapping[str, Any]
    magnitudes: Mapping[str, Decimal]
    units: Mapping[str, str]
    months: Mapping[str, int]
    spelled: Mapping[str, int]
    vague: Mapping[str, int]
    magnitude: re.Pattern[str]
    unit: re.Pattern[str]

    def list_of(self, key: str) -> list[str]:
        found: list[str] = self.words.get(key, [])
        return found

    def phrases(self, key: str) -> re.Pattern[str]:
        return _phrases(self.language, key)

    def bound(self, name: str) -> re.Pattern[str]:
        return _bound(self.language, name)


def word_pattern(choice: str, language: str) -> str:
    """Whole words only; Arabic glues particles to the front."""
    front = PREFIXES if language == "ar" else ""
    return rf"(?<!\w){front}(?:{choice})(?!\w)" if choice else r"(?!)"


@cache
def _phrases(language: str, key: str) -> re.Pattern[str]:
    found = lexicon(language).list_of(key)
    return re.compile(word_pattern(alternatives(found), language))


@cache
def _bound(language: str, name: str) -> re.Pattern[str]:
    known = lexicon(language).words
    found = known["bounds"].get(name, [])
    choice = alternatives(found) or "(?!)"
    fillers = alternatives(known["fillers"])
    money = alternatives(known["units"]["VND"] + known["units"]["USD"])
    front = PREFIXES if language == "ar" else ""
    between = rf"(?:(?:{fillers}|{money})\s*){{0,3}}"
    return re.compile(rf"(?<!\w){front}(?:{choice})\s*{between}$")


@cache
def lexicon(language: str) -> Lexicon:
    words = load(language)
    magnitudes = {folded(k): Decimal(v) for k, v in words["magnitudes"].items()}
    units = {folded(p): unit for unit, some in words["units"].items() for p in some}
    glued = "" if language != "ar" else "(?:ال)?"
    return Lexicon(
        language,
        words,
        magnitudes,
        units,
        {folded(k): int(v) for k, v in words["months"].items()},
        {fold(k).lower: int(v) for k, v in words["spelled"].items()},
        {folded(k): int(v) for k, v in words["vague"].items()},
        re.compile(rf"\s*{glued}(?P<word>{alternatives(magnitudes)})(?!\w)"),
        re.compile(
            rf"\s*(?:de |d'|en |of |in )?{glued}(?P<word>{alternatives(units)})(?![\w])"
        ),
    )
