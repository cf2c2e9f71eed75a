"""What areas are filled with: a colour by kind, and for most a pattern beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from donbay.reports.palette import Palette

# A pattern for each status beside its colour: lines by their angle, or dots.
PATTERNS: Mapping[str, tuple[str, str]] = {
    "off_track": ("M-1 7L7 -1M3 11L11 3", "paper"),
    "missed": ("M-1 1L7 9M1 -1L9 7", "paper"),
    "at_risk": ("M2 2h1.4M6 6h1.4", "soft"),
    "open": ("M-1 7L7 -1M3 11L11 3", "soft"),
    "on_track": ("M0 4H8", "soft"),
}


def patterns(name: str, palette: Palette) -> Iterable[str]:
    yield "<defs>"
    for kind, (path, ink) in PATTERNS.items():
        yield (
            f'<pattern id="{name}-{kind}" width="8" height="8"'
            f' patternUnits="userSpaceOnUse"><rect class="map-{kind}" width="8"'
            f' height="8" fill="{palette[kind]}"/><path class="map-in-{ink}" d="{path}"'
            f' fill="none" stroke="{palette[ink]}" stroke-width="1.4"/></pattern>'
        )
    yield "</defs>"


def filled(kind: str, name: str, palette: Palette) -> str:
    if kind in PATTERNS:
        return f'fill="url(#{name}-{kind})"'
    return f'class="map-{kind}" fill="{palette[kind]}"'
