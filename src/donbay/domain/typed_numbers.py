"""Numbers as people type them in four languages; what is ambiguous is said to be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 40
LARGEST = Decimal(10) ** 18  # beyond it, nothing that a place reports
SMALLEST = 1 / LARGEST
_DECIMAL_MARK = {"vi": ",", "fr": ","}  # elsewhere a point
_MINUS = "-\u2010\u2011\u2012\u2013\u2212"
_SPACED = "'\u2019\u066c"  # marks that only ever group; as does any space
_ONLY_DECIMAL = "\u066b"
_ARABIC_COMMA = "\u060c"
_INFINITE = {"nan", "inf", "infinity", "∞"}
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([ .,])\d{3})(?:\1\d{3})*")
_SPLIT = re.compile(r"(?P<whole>[\d .,]*)(?P<mark>[.,!])(?P<rest>\d+)")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two readings of one text; first the one that the language would write so."""

    text: str
    readings: tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class NotANumber:
    """Why a text cannot be read: empty, too_long, not_finite, dash, letters, marks."""

    text: str
    code: str


def read_number(text: str, language: str) -> Decimal | Ambiguous | NotANumber:
    """`398,925` is ambiguous in every language; `1.234,5` and `1,234.5` are not."""
    bare = _plain(text)
    if why := _unfit(bare):
        return NotANumber(text, why)
    sign, digits = ("-", bare[1:]) if bare[0] == "-" else ("", bare.removeprefix("+"))
    readings = _readings(digits.strip(), _DECIMAL_MARK.get(language, "."))
    found = [Decimal(sign + reading) for reading in readings]
    if not found:
        return NotANumber(text, "marks")
    if len(found) > 1 and found[0] != found[1]:
        return Ambiguous(text, (found[0], found[1]))
    return found[0]


def _plain(text: str) -> str:
    """ASCII digits; a space for what only groups, `!` for what only parts decimals."""
    return "".join(map(_plain_letter, text)).strip()


def _plain_letter(letter: str) -> str:
    if (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    if unicodedata.category(letter) == "Cf":  # marks of direction
        return ""
    if letter in _SPACED or letter.isspace():
        return " "
    if letter in _MINUS:
        return "-"
    return {_ONLY_DECIMAL: "!", _ARABIC_COMMA: ","}.get(letter, letter)


def _unfit(bare: str) -> str | None:
    if not bare:
        return "empty"
    if len(bare) > LONGEST:
        return "too_long"
    if bare.lstrip("+-").strip().lower() in _INFINITE:
        return "not_finite"
    if not bare.strip("- "):
        return "dash"
    return "letters" if re.search(r"[^\d .,!+-]|.[+-]", bare) else None


def _readings(digits: str, decimal_mark: str) -> list[str]:
    """Every number that the marks may mean, the language's own way first."""
    whole = _whole(digits)
    split = _SPLIT.fullmatch(digits)
    parted = None
    if split:
        mark, before = split["mark"], split["whole"]
        left = _whole(before) if before else "0"
        if left is not None and mark not in before:
            parted = f"{left}.{split['rest']}"
    ordered = (
        (parted, whole)
        if split and split["mark"] == decimal_mark
        else (
            whole,
            parted,
        )
    )
    return [reading for reading in ordered if reading is not None]


def _whole(digits: str) -> str | None:
    """A whole number, its thousands apart or not."""
    if digits.isdecimal():
        return digits
    return re.sub(r"[ .,]", "", digits) if _GROUPED.fullmatch(digits) else None
