"""A map as data, and where its areas lie on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donbay.reports.charts.frame import Frame
from donbay.reports.maps.cells import Point, Ring, grown, plane

TALLEST = 1.15  # of the width
MARGIN = 10


@dataclass(frozen=True, slots=True)
class Area:
    """A place: its point or its own rings, its kind, and what is said of it.

    `point` is (lat, lon). `rings` are of an imported boundary, in (lat, lon) too, the
    outline of the largest part first. `amount` is for circles. `told` is read when it
    is pointed at or focused; a `marked` place has a strong line around it.
    """

    unit: str
    name: str
    point: Point | None
    kind: str
    told: str
    href: str = ""
    amount: float | None = None
    rings: tuple[Ring, ...] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map as data. `note` stands on it: that it is schematic, or whose it is.

    It shows boundaries only where every area has its own; else cells. `key` pairs kinds
    with words. With `circles` the kind is that of a place's circle, as large as its
    amount; a place without an amount is filled as `no_data`.
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

    @property
    def whole(self) -> bool:
        """Whether amounts are counted: none is broken."""
        return all(float(area.amount or 0).is_integer() for area in self.areas)

    @property
    def most(self) -> float:
        """The largest amount that a circle shows; 0 where there is none."""
        return max((a.amount for a in self.areas if a.amount), default=0.0)


Shapes = dict[str, tuple[Ring, ...]]


def laid_out(found: AreaMap, room: int) -> tuple[Shapes, dict[str, Point], float]:
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
    spots = {unit: _spot(rings) for unit, rings in placed.items()}
    return placed, spots, high * scale + 2 * MARGIN


def _schematic(found: AreaMap) -> Shapes:
    points = {area.unit: area.point for area in found.areas if area.point}
    return {unit: (ring,) for unit, ring in grown(plane(points)).items()}


def _real(found: AreaMap) -> Shapes:
    """All rings on one sheet: a plane keeps the order of what it is given."""
    rings = [(area.unit, ring) for area in found.areas for ring in area.rings]
    every = [point for _, ring in rings for point in ring]
    flat = iter(plane(dict(enumerate(every))).values())
    shapes: dict[str, tuple[Ring, ...]] = {}
    for unit, ring in rings:
        told = tuple(next(flat) for _ in ring)
        shapes[unit] = (*shapes.get(unit, ()), told)
    return shapes


def _spot(rings: tuple[Ring, ...]) -> Point:
    """Where a name or circle stands: in the widest part at the height of the centre."""
    x, y = _middle(rings[0])
    crossed = sorted(at for ring in rings for at in crossings(ring, y))
    parts = list(zip(crossed[::2], crossed[1::2], strict=False))
    if not parts or any(left <= x <= right for left, right in parts):
        return x, y
    left, right = max(parts, key=lambda part: part[1] - part[0])
    return (left + right) / 2, y


def _middle(ring: Ring) -> Point:
    """The centre of an outline's area."""
    twice, x, y = 0.0, 0.0, 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        part = ax * by - bx * ay
        twice, x, y = twice + part, x + (ax + bx) * part, y + (ay + by) * part
    return (x / (3 * twice), y / (3 * twice)) if twice else ring[0]


def crossings(ring: Ring, y: float) -> list[float]:
    """Where an outline meets a height."""
    return [
        ax + (y - ay) / (by - ay) * (bx - ax)
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (ay <= y) != (by <= y)
    ]
