"""Reads a number from a cell, or says what is wrong with it and what was meant."""

from __future__ import annotations

import re
from math import isinf

from donbay.tables.findings import Fault, fault

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPS = r"[0-9]{1,3}(?:%s[0-9]{3})%s"
_ONE_COMMA = re.compile(rf"[+-]?{_GROUPS % (',', '')}")
_GROUPED = (
    re.compile(rf"[+-]?{_GROUPS % (',', '+')}(?:\.[0-9]+)?"),
    re.compile(rf"[+-]?{_GROUPS % (chr(92) + '.', '{2,}')}(?:,[0-9]+)?"),
    re.compile(rf"[+-]?{_GROUPS % ('[ ’' + chr(39) + '_]', '+')}(?:[.,][0-9]+)?"),
)
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+|[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity|∞|#num!|#div/0!)", re.IGNORECASE)
_ABSENT = re.compile(
    r"[-–—.?]+|n/?a|#n/a|null|none|nil|nd|không|không có|chưa có|néant|لا شيء",
    re.IGNORECASE,
)
_BOUNDS = {
    ">": "more_than", "≥": "at_least", ">=": "at_least", "<": "under", "≤": "at_most",
    "<=": "at_most", "~": "about", "≈": "about", "±": "about",
}  # fmt: skip
_BOUND = re.compile(r"(>=|<=|[><≥≤~≈±])\s*(.+)")
_FRACTION = re.compile(r"([0-9]+)\s*/\s*([0-9]+)")
_WITH_UNIT = re.compile(r"([+-]?[0-9][0-9.,]*)\s*([^\W\d_].*|[€$£₫].*)", re.DOTALL)
_LONGEST = 60


def parse_number(text: str) -> float | Fault:
    """`text` has no space around it. Never gives NaN or infinity."""
    if len(text) <= _LONGEST * 10 and _NUMBER.fullmatch(text):
        number = float(text)
        return fault("number_too_large", found=text) if isinf(number) else number
    return _wrong(text[:_LONGEST])


def _wrong(text: str) -> Fault:
    spaced = re.sub(r"\s", " ", text)
    plain = _plain(spaced)
    if plain != spaced:
        if isinstance(parse_number(plain), float):
            return fault("number_digits", found=text, instead=plain)
        return _wrong(plain)
    if _NOT_FINITE.fullmatch(text):
        return fault("number_not_finite", found=text)
    if _ABSENT.fullmatch(text):
        return fault("number_absent", found=text)
    return _separated(spaced) or _adorned(spaced) or fault("number", found=text)


def _plain(text: str) -> str:
    """With ASCII digits, minus and decimal marks in place of others'."""
    digits = "".join(_digit(c) for c in text)
    return digits.translate(
        {0x2212: "-", 0x66B: ".", 0x66A: "%", 0x66C: "", 0x60C: ","}
    )


def _digit(character: str) -> str:
    if character.isdecimal() and not character.isascii():
        return str(int(character))
    return character


def _separated(text: str) -> Fault | None:
    if _ONE_COMMA.fullmatch(text):
        whole, decimal = text.replace(",", ""), text.replace(",", ".")
        return fault("number_comma", found=text, whole=whole, decimal=decimal)
    if _DECIMAL_COMMA.fullmatch(text):
        instead = text.replace(".", "").replace(",", ".")
        return fault("number_decimal_comma", found=text, instead=instead)
    for mark, pattern in zip((",", ".", " "), _GROUPED, strict=True):
        if pattern.fullmatch(text):
            instead = re.sub(r"[ ’'_]", "", text) if mark == " " else text
            instead = instead.replace(mark, "").replace(",", ".")
            return fault("number_grouped", found=text, instead=instead)
    return None


def _adorned(text: str) -> Fault | None:
    if text.endswith("%"):
        return fault("number_percent", found=text, instead=text[:-1].rstrip())
    if match := _FRACTION.fullmatch(text):
        return fault(
            "number_fraction", found=text, numerator=match[1], denominator=match[2]
        )
    if match := _BOUND.fullmatch(text):
        return fault(
            "number_bound", found=text, instead=match[2], bound=_BOUNDS[match[1]]
        )
    if match := _WITH_UNIT.fullmatch(text):
        return fault("number_unit", found=text, instead=match[1], unit=match[2])
    return None
