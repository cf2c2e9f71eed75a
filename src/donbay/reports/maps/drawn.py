"""An area map as SVG: areas by kind, or circles by amount, with a key and its note."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from html import escape

from donbay.reports.charts.frame import FONT, WIDTH
from donbay.reports.lines import broken, width
from donbay.reports.maps.areas import MARGIN, Area, AreaMap, Shapes, crossings, laid_out
from donbay.reports.maps.cells import Point, Ring
from donbay.reports.maps.fills import filled, patterns
from donbay.reports.maps.framed import KEY, above, below
from donbay.reports.palette import LIGHT, Palette

LABEL, LINES = 9.5, 3
LARGEST = 0.032  # of the width: the radius of the largest circle


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
    shapes, spots, high = laid_out(found, room)
    sizes, more = _sizes(found, room, high, palette)
    high += more
    head = above(found, room, palette) if framed else ("", 0.0)
    foot = below(found, room, name, palette, head[1] + high) if framed else ("", 0.0)
    whole = head[1] + high + foot[1]
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {room} {whole:.0f}"'
        f' width="{room}" height="{whole:.0f}" class="map" role="group"'
        f' aria-label="{escape(found.summary)}" font-family="{FONT}">'
    )
    paper = f'<rect width="100%" height="100%" fill="{palette["paper"]}"/>'
    parts = [
        opened,
        *patterns(name, palette),
        paper if framed else "",
        head[0],
        f'<g transform="translate(0 {head[1]:.1f})">',
        *_areas(found, shapes, name, palette),
        *_circles(found, spots, room, name, palette),
        sizes,
        *_labels(found, shapes, spots, palette),
        "</g>",
        foot[0],
        "</svg>",
    ]
    return "".join(parts)


# --- what is drawn -----------------------------------------------------------------


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
        fill = filled(_ground(found, area), name, palette)
        line = "ink" if area.marked else "strong"
        marked = ' class="map-marked"' if area.marked else ""
        yield _linked(
            area,
            f'<g{marked}><path d="{path}" {fill} fill-rule="evenodd"'
            f' stroke="{palette[line]}" stroke-width="{2.6 if area.marked else 0.9}"'
            f' stroke-linejoin="round"/></g>',
        )


def _ground(found: AreaMap, area: Area) -> str:
    if not found.circles:
        return area.kind
    return "no_data" if area.amount is None else "paper"


def _linked(area: Area, drawn: str) -> str:
    said = f"{area.name}: {area.told}"
    titled = f"<title>{escape(said)}</title>{drawn}"
    if not area.href:
        return f"<g>{titled}</g>"
    return f'<a href="{escape(area.href)}" aria-label="{escape(said)}">{titled}</a>'


def _circles(
    found: AreaMap,
    spots: Mapping[str, Point],
    room: int,
    name: str,
    palette: Palette,
) -> Iterable[str]:
    """Areas of circles are as the amounts are; the small lie upon the large."""
    if not found.circles or not found.most:
        return
    for area in sorted(found.areas, key=lambda a: -(a.amount or 0)):
        if area.amount and area.amount > 0 and area.unit in spots:
            x, y = spots[area.unit]
            radius = _radius(found, area.amount, room)
            yield (
                f'<g class="map-circle" pointer-events="none">'
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
                f" {filled(area.kind, name, palette)}"
                f' stroke="{palette["ink"]}" stroke-width="0.75"/></g>'
            )


def _radius(found: AreaMap, amount: float, room: int) -> float:
    return room * LARGEST * math.sqrt(amount / found.most)


def _sizes(
    found: AreaMap, room: int, top: float, palette: Palette
) -> tuple[str, float]:
    """What circles stand for: a round amount near the largest, and a quarter of it."""
    if not found.circles or not found.most:
        return "", 0.0
    large = 10 ** math.floor(math.log10(found.most))
    large *= math.floor(found.most / large)
    amounts = [large, large / 4]
    if found.whole:
        amounts = [large, *([max(1, round(large / 4))] if large > 1 else [])]
    x, middle = float(MARGIN), top + room * LARGEST
    parts: list[str] = []
    for amount in amounts:
        radius = _radius(found, amount, room)
        word = found.frame.number(amount)
        parts.append(
            f'<circle class="map-size" cx="{x + radius:.1f}" cy="{middle:.1f}"'
            f' r="{radius:.1f}" fill="none" stroke="{palette["ink"]}"/>'
            f'<text class="map-word" x="{x + 2 * radius + 6:.1f}"'
            f' y="{middle + KEY * 0.35:.1f}" font-size="{KEY}"'
            f' fill="{palette["ink"]}">{escape(found.frame.told(word))}</text>'
        )
        x += 2 * radius + 6 + width(word, KEY) + 18
    return "".join(parts), 2 * room * LARGEST + MARGIN


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
        lines = _fitting(area.name, shapes[area.unit][0], (x, y))
        first = y - (len(lines) - 1) * LABEL * 0.55 + LABEL * 0.35
        for number, line in enumerate(lines):
            yield (
                f'<text class="map-name" x="{x:.1f}"'
                f' y="{first + number * LABEL * 1.1:.1f}" font-size="{LABEL}"'
                f' text-anchor="middle" fill="{palette["ink"]}"'
                f' stroke="{palette["paper"]}" stroke-width="2.6" paint-order="stroke"'
                f' pointer-events="none">{escape(found.frame.told(line))}</text>'
            )


def _fitting(name: str, ring: Ring, at: Point) -> list[str]:
    """The name in up to three lines inside the outline; none where it has no room."""
    x, y = at
    for room in (_room(ring, at), _room(ring, at) * 0.7):
        lines = broken(name, room, LABEL)
        tops = [y + (n - len(lines) / 2) * LABEL * 1.1 for n in range(len(lines) + 1)]
        wide = min(_room(ring, (x, top)) for top in tops)
        if len(lines) <= LINES and all(width(line, LABEL) < wide for line in lines):
            return lines
    return []


def _room(ring: Ring, at: Point) -> float:
    """How wide an outline is around a spot: twice the way to its nearer side."""
    crossed = crossings(ring, at[1])
    left = max((x for x in crossed if x <= at[0]), default=at[0])
    right = min((x for x in crossed if x >= at[0]), default=at[0])
    return 2 * min(at[0] - left, right - at[0])
