"""An area map as SVG: areas by kind, or circles by amount, with a key and its note."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from donbay.reports.charts.frame import FONT, WIDTH, Frame
from donbay.reports.lines import broken, width
from donbay.reports.maps.cells import Point, Ring, grown, plane
from donbay.reports.palette import LIGHT, Palette

TALLEST = 1.15  # of the width
LABEL, LINES, KEY, MARGIN = 9.5, 3, 12, 10
LARGEST = 0.032  # of the width: the radius of the largest circle
# A pattern for each status beside its colour: lines by their angle, or dots.
PATTERNS: Mapping[str, tuple[str, str]] = {
    "off_track": ("M-1 7L7 -1M3 11L11 3", "paper"),
    "missed": ("M-1 1L7 9M1 -1L9 7", "paper"),
    "at_risk": ("M2 2h1.4M6 6h1.4", "soft"),
    "open": ("M-1 7L7 -1M3 11L11 3", "soft"),
    "on_track": ("M0 4H8", "soft"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A place: its point or its own rings, its kind, and what is said of it.

    `point` is (lat, lon). `rings` are of an imported boundary, in (lat, lon) too.
    `amount` is for circles. `told` is read when it is pointed at or focused.
    """

    unit: str
    name: str
    point: Point | None
    kind: str
    told: str
    href: str = ""
    amount: float | None = None
    rings: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map as data. `note` stands on it: that it is schematic, or whose it is.

    It shows boundaries only where every area has its own; else cells. `key` pairs kinds
    with words.
    """

    frame: Frame
    areas: Sequence[Area]
    key: Sequence[tuple[str, str]]
    note: str
    summary: str
    circles: bool = False

    @property
    def empty(self) -> bool:
        return not any(area.point or area.rings for area in self.areas)

    @property
    def real(self) -> bool:
        """Whether imported boundaries are drawn."""
        return not self.empty and all(area.rings for area in self.areas)


def map_svg(
    found: AreaMap,
    room: int = WIDTH,
    *,
    palette: Palette = LIGHT,
    framed: bool = False,
    name: str = "map",
) -> str:
    """The map as SVG. In a page its classes give the colours of light and dark.

    Framed, it carries title, unit, period, key, note and source with it.
    """
    shapes, spots, high = _laid_out(found, room)
    above = _above(found, room, palette) if framed else ("", 0.0)
    below = _below(found, room, palette, above[1] + high) if framed else ("", 0.0)
    whole = above[1] + high + below[1]
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {room} {whole:.0f}"'
        f' width="{room}" height="{whole:.0f}" class="map" role="group"'
        f' aria-label="{escape(found.summary)}" font-family="{FONT}">'
    )
    paper = f'<rect width="100%" height="100%" fill="{palette["paper"]}"/>'
    parts = [
        opened,
        *_patterns(name, palette),
        paper if framed else "",
        above[0],
        f'<g transform="translate(0 {above[1]:.1f})">',
        *_areas(found, shapes, name, palette),
        *_circles(found, spots, room, palette),
        *_labels(found, shapes, spots, palette),
        "</g>",
        below[0],
        "</svg>",
    ]
    return "".join(parts)


# --- where things lie --------------------------------------------------------------

Shapes = dict[str, tuple[Ring, ...]]


def _laid_out(found: AreaMap, room: int) -> tuple[Shapes, dict[str, Point], float]:
    """Rings and points in pixels, and how high they are."""
    shapes = _real(found) if found.real else _schematic(found)
    every = [point for rings in shapes.values() for ring in rings for point in ring]
    if not every:
        return {}, {}, 0.0
    left, top = min(x for x, _ in every), min(y for _, y in every)
    wide, high = max(x for x, _ in every) - left, max(y for _, y in every) - top
    scale = min((room - 2 * MARGIN) / wide, room * TALLEST / high)
    aside = (room - wide * scale) / 2

    def put(point: Point) -> Point:
        return aside + (point[0] - left) * scale, MARGIN + (point[1] - top) * scale

    placed = {
        unit: tuple(tuple(map(put, ring)) for ring in rings)
        for unit, rings in shapes.items()
    }
    spots = {unit: _middle(rings[0]) for unit, rings in placed.items()}
    return placed, spots, high * scale + 2 * MARGIN


def _schematic(found: AreaMap) -> Shapes:
    points = {area.unit: area.point for area in found.areas if area.point}
    return {unit: (ring,) for unit, ring in grown(plane(points)).items()}


def _real(found: AreaMap) -> Shapes:
    names = {
        f"{area.unit}\n{n}\n{m}": point
        for area in found.areas
        for n, ring in enumerate(area.rings)
        for m, point in enumerate(ring)
    }
    flat = plane(names)
    return {
        area.unit: tuple(
            tuple(flat[f"{area.unit}\n{n}\n{m}"] for m in range(len(ring)))
            for n, ring in enumerate(area.rings)
        )
        for area in found.areas
    }


def _middle(ring: Ring) -> Point:
    """The centre of an outline's area."""
    twice, x, y = 0.0, 0.0, 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        part = ax * by - bx * ay
        twice, x, y = twice + part, x + (ax + bx) * part, y + (ay + by) * part
    return (x / (3 * twice), y / (3 * twice)) if twice else ring[0]


# --- what is drawn -----------------------------------------------------------------


def _patterns(name: str, palette: Palette) -> Iterable[str]:
    yield "<defs>"
    for kind, (path, ink) in PATTERNS.items():
        yield (
            f'<pattern id="{name}-{kind}" width="8" height="8"'
            f' patternUnits="userSpaceOnUse"><rect class="map-{kind}" width="8"'
            f' height="8" fill="{palette[kind]}"/><path class="map-in-{ink}" d="{path}"'
            f' fill="none" stroke="{palette[ink]}" stroke-width="1.4"/></pattern>'
        )
    yield "</defs>"


def _filled(kind: str, name: str, palette: Palette) -> str:
    if kind in PATTERNS:
        return f'fill="url(#{name}-{kind})"'
    return f'class="map-{kind}" fill="{palette[kind]}"'


def _areas(
    found: AreaMap, shapes: Shapes, name: str, palette: Palette
) -> Iterable[str]:
    for area in found.areas:
        if area.unit not in shapes:
            continue
        path = "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"
            for ring in shapes[area.unit]
        )
        kind = "paper" if found.circles else area.kind
        fill = _filled(kind, name, palette)
        yield _linked(
            area,
            f'<path d="{path}" {fill} fill-rule="evenodd" stroke="{palette["strong"]}"'
            f' stroke-width="0.9" stroke-linejoin="round"/>',
        )


def _linked(area: Area, drawn: str) -> str:
    said = f"{area.name}: {area.told}"
    titled = f"<title>{escape(said)}</title>{drawn}"
    if not area.href:
        return f"<g>{titled}</g>"
    return f'<a href="{escape(area.href)}" aria-label="{escape(said)}">{titled}</a>'


def _circles(
    found: AreaMap, spots: Mapping[str, Point], room: int, palette: Palette
) -> Iterable[str]:
    """Areas of circles are as the amounts are."""
    most = max((a.amount for a in found.areas if a.amount), default=0)
    if not found.circles or not most:
        return
    for area in sorted(found.areas, key=lambda a: -(a.amount or 0)):
        if area.amount and area.unit in spots:
            x, y = spots[area.unit]
            radius = room * LARGEST * math.sqrt(area.amount / most)
            yield (
                f'<circle class="map-circle" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
                f' fill="{palette["accent"]}" fill-opacity="0.75"'
                f' stroke="{palette["ink"]}" stroke-width="0.75"'
                f' pointer-events="none"/>'
            )


def _labels(
    found: AreaMap,
    shapes: Shapes,
    spots: Mapping[str, Point],
    palette: Palette,
) -> Iterable[str]:
    """Names that fit into their areas, on a rim of paper."""
    if found.circles:
        return
    for area in found.areas:
        if area.unit not in spots:
            continue
        x, y = spots[area.unit]
        lines = _fitting(area.name, shapes[area.unit][0], y)
        first = y - (len(lines) - 1) * LABEL * 0.55 + LABEL * 0.35
        for number, line in enumerate(lines):
            yield (
                f'<text class="map-name" x="{x:.1f}"'
                f' y="{first + number * LABEL * 1.1:.1f}" font-size="{LABEL}"'
                f' text-anchor="middle" fill="{palette["ink"]}"'
                f' stroke="{palette["paper"]}" stroke-width="2.6" paint-order="stroke"'
                f' pointer-events="none">{escape(found.frame.told(line))}</text>'
            )


def _fitting(name: str, ring: Ring, y: float) -> list[str]:
    """The name in up to three lines inside the outline; none where it has no room."""
    for room in (_chord(ring, y), _chord(ring, y) * 0.7):
        lines = broken(name, room, LABEL)
        tops = [y + (n - len(lines) / 2) * LABEL * 1.1 for n in range(len(lines) + 1)]
        wide = min(_chord(ring, top) for top in tops)
        if len(lines) <= LINES and all(width(line, LABEL) < wide for line in lines):
            return lines
    return []


def _chord(ring: Ring, y: float) -> float:
    """How wide an outline is at a height."""
    crossed = [
        ax + (y - ay) / (by - ay) * (bx - ax)
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (ay <= y) != (by <= y)
    ]
    return max(crossed) - min(crossed) if crossed else 0.0


# --- the frame ---------------------------------------------------------------------


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


def _above(found: AreaMap, room: int, palette: Palette) -> tuple[str, float]:
    title, top = _block(found, found.frame.title, room, 6, (15, palette["ink"], True))
    under, top = _block(
        found, found.frame.under, room, top, (12.5, palette["soft"], False)
    )
    return title + under, top + 4


def _below(
    found: AreaMap, room: int, palette: Palette, top: float
) -> tuple[str, float]:
    """The key, the note and the source."""
    first = top
    parts: list[str] = []
    left = 6.0
    for kind, word in () if found.circles else found.key:
        wide = 22 + 6 + width(word, KEY) + 14
        if left + wide > room and left > 6:  # noqa: PLR2004 -- the margin
            left, top = 6.0, top + 22
        x = room - left - 22 if found.frame.right_to_left else left
        beside = x - 6 if found.frame.right_to_left else x + 28
        parts.append(
            f'<rect x="{x:.1f}" y="{top + 5:.1f}" width="22" height="13"'
            f' {_filled(kind, "map", palette)} stroke="{palette["ink"]}"'
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
