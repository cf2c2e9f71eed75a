"""What stands around a map that is not in a page: title, key, note and source."""

from __future__ import annotations

from html import escape

from donbay.reports.lines import broken, width
from donbay.reports.maps.areas import AreaMap
from donbay.reports.maps.fills import filled
from donbay.reports.palette import Palette

KEY = 12


def _text(found: AreaMap, text: str, at: tuple[float, float], look: str) -> str:
    x, y = at
    anchor = "end" if found.frame.right_to_left else "start"
    at_x = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {at_x} {look}>{escape(text)}</text>"


def _block(
    found: AreaMap, text: str, room: int, top: float, look: tuple[float, str, bool]
) -> tuple[str, float]:
    """A text in lines, and where it ends."""
    size, color, bold = look
    x = room - 6 if found.frame.right_to_left else 6
    weight = ' font-weight="bold"' if bold else ""
    said = f'font-size="{size}" fill="{color}"{weight}'
    parts = []
    for line in broken(text, room - 12, size, bold=bold):
        top += size * 1.35
        told = found.frame.told(line, text)
        parts.append(_text(found, told, (x, top - size * 0.3), said))
    return "".join(parts), top


def above(found: AreaMap, room: int, palette: Palette) -> tuple[str, float]:
    title, top = _block(found, found.frame.title, room, 6, (15, palette["ink"], True))
    under, top = _block(
        found, found.frame.under, room, top, (12.5, palette["soft"], False)
    )
    return title + under, top + 4


def below(
    found: AreaMap, room: int, name: str, palette: Palette, top: float
) -> tuple[str, float]:
    """The key, the note and the source."""
    first = top
    parts: list[str] = []
    left = 6.0
    for kind, word in found.key:
        wide = 22 + 6 + width(word, KEY) + 14
        if left + wide > room and left > 6:  # noqa: PLR2004 -- the margin
            left, top = 6.0, top + 22
        x = room - left - 22 if found.frame.right_to_left else left
        beside = x - 6 if found.frame.right_to_left else x + 28
        parts.append(
            f'<rect x="{x:.1f}" y="{top + 5:.1f}" width="22" height="13"'
            f' {filled(kind, name, palette)} stroke="{palette["ink"]}"'
            f' stroke-width="0.75"/>'
        )
        look = f'font-size="{KEY}" fill="{palette["ink"]}"'
        told = found.frame.told(word)
        parts.append(_text(found, told, (beside, top + 16), look))
        left += wide
    top += 24 if parts else 0
    note, top = _block(found, found.note, room, top, (11.5, palette["ink"], True))
    source, top = _block(
        found, found.frame.source, room, top, (11.5, palette["soft"], False)
    )
    return "".join([*parts, note, source]), top + 6 - first
