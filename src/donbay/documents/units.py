"""Whether a number in one unit may be a value of what is told in another."""

from __future__ import annotations

import re
from functools import cache

from donbay.documents.folding import folded
from donbay.documents.lexicon import LANGUAGES, lexicon

MONEY, RANKED = {"VND", "USD", "EUR"}, {"rank", "places"}
SIZES = {
    "m": "length", "km": "length", "m2": "area", "ha": "area", "km2": "area",
    "m3": "volume", "kg": "mass", "t": "mass", "kWh": "energy", "MW": "power",
}  # fmt: skip


def fits(wanted: str, unit: str) -> bool:
    """Percentages, ranks, money and sizes are themselves; all else may be counted."""
    if wanted == "%" or unit in {"%", "pp"}:
        return wanted == "%" and unit in {"%", "pp", "ratio"}
    if RANKED & {wanted, unit}:
        return wanted == unit
    if _is_money(wanted) or _is_money(unit):
        return _is_money(wanted) and _is_money(unit)
    return not wanted or _size(wanted) == _size(unit)


def _is_money(unit: str) -> bool:
    return unit.split("/", maxsplit=1)[0] in MONEY


@cache
def _size(unit: str) -> str:
    """What `km` and `thousand hectares` measure; nothing of what is counted."""
    known = (_units().get(word, word) for word in re.findall(r"\w+", folded(unit)))
    return next((SIZES[one] for one in known if one in SIZES), "")


@cache
def _units() -> dict[str, str]:
    """By the words of every language."""
    some = (lexicon(language).units for language in LANGUAGES)
    return {word: unit for units in some for word, unit in units.items()}
