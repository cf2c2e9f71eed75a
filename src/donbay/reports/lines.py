"""Texts of pictures broken into lines, by the widths of the letters they are set in."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_BOLDER = 1.06  # bold letters are a little wider
_UNKNOWN = 0.6
_SIGN = re.compile(r"\s%")  # 95 % is one word
_SPACE = re.compile(r"[^\S\u00a0]+")  # where a line may end


@cache
def widths() -> dict[str, float]:
    """How wide each letter is, in parts of the size of the font."""
    table: dict[str, list[int]] = json.loads(
        (FONTS / "widths.json").read_text(encoding="ascii")
    )
    return {
        chr(letter): int(wide) / 1000
        for wide, letters in table.items()
        for letter in letters
    }


def unknown(text: str) -> str:
    """The letters that our fonts do not have; marks of direction are no letters."""
    known = widths()
    return "".join(
        x for x in text if x not in known and unicodedata.category(x)[0] not in "CZ"
    )


def width(text: str, size: float, *, bold: bool = False) -> float:
    known = widths()
    sum_ = sum(known.get(letter, _UNKNOWN) for letter in text)
    return sum_ * size * (_BOLDER if bold else 1)


def broken(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines of whole words that fit the room; a longer word stands alone."""
    lines: list[str] = []
    for word in _SPACE.split(_SIGN.sub("\u00a0%", text).strip()):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
