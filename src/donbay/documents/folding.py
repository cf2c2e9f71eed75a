"""A text as it is matched: without case, marks, styles of digits and hidden characters.

Every character of the folded text knows where it stands in the text that people see.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_SPECIAL = {
    "đ": "d",
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "`": "'",
    "٪": "%",
    "–": "-",
    "—": "-",
    "‑": "-",
    "‒": "-",
    "−": "-",
    "ة": "ه",
    "ى": "ي",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ؤ": "و",
    "ئ": "ي",
    "\t": " ",
    "\r": " ",
    "\u200e": "",
    "\u200f": "",
    "ـ": "",
}
OVERRIDES = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
"""Characters that make a reader see other digits than the file holds."""


@dataclass(frozen=True)
class Folded:
    """`lower` keeps the marks of letters, `bare` does not; both have one length."""

    text: str
    lower: str
    bare: str
    at: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the visible one."""
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]

    def find(self, position: int) -> int:
        return bisect_left(self.at, position)


@lru_cache(maxsize=8192)
def _letters(character: str) -> tuple[str, str]:
    """One letter with its marks and the same without; both empty if not seen."""
    if character in _SPECIAL:
        plain = _SPECIAL[character]
        return (character.lower() if plain.isalpha() else plain), plain
    category = unicodedata.category(character)
    if category in {"Mn", "Cf"}:
        return "", ""
    if category == "Zs":
        return " ", " "
    if category == "Nd":
        digit = str(unicodedata.decimal(character))
        return digit, digit
    lower = character.lower()
    lower = lower if len(lower) == 1 else character
    bare = unicodedata.normalize("NFD", lower)[:1]
    bare = _SPECIAL.get(bare, bare)
    return lower, bare if bare and category != "So" else lower


def fold(text: str) -> Folded:
    lower: list[str] = []
    bare: list[str] = []
    at: list[int] = []
    for position, character in enumerate(text):
        one, plain = _letters(character)
        if plain:
            lower.append(one)
            bare.append("2" if character == "²" else "3" if character == "³" else plain)
            at.append(position)
    at.append(len(text))
    return Folded(text, "".join(lower), "".join(bare), tuple(at))


@lru_cache(maxsize=4_096)
def folded(phrase: str) -> str:
    """A phrase as it stands in `bare`."""
    return fold(unicodedata.normalize("NFC", phrase)).bare


def longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(set(phrases), key=lambda p: (-len(p), p))
