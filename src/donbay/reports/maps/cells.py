"""Schematic areas: each place's cell grows from its point until it meets a neighbour's.

A cell is a round of fixed size cut along the middle lines to the points around it. It
says who lies beside whom, roughly; it is not a boundary and is never called one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

Point = tuple[float, float]
Ring = tuple[Point, ...]
SIDES = 28  # of the round that a cell grows to where nobody is near
REACH = 1.25  # of the usual distance to the next point
_SMALL = 1e-12


Name = TypeVar("Name", bound=Hashable)


def plane(points: Mapping[Name, Point]) -> dict[Name, Point]:
    """Degrees (lat, lon) as distances on a flat sheet, north up."""
    if not points:
        return {}
    middle = sum(lat for lat, _ in points.values()) / len(points)
    narrow = math.cos(math.radians(middle))
    return {name: (lon * narrow, -lat) for name, (lat, lon) in points.items()}


def grown(spots: Mapping[str, Point]) -> dict[str, Ring]:
    """A cell for each point on the sheet; points in one spot share a cell's outline."""
    reach = _reach(list(spots.values()))
    return {name: _cell(spot, spots.values(), reach) for name, spot in spots.items()}


def _reach(spots: Sequence[Point]) -> float:
    """How far a cell grows where nothing stops it."""
    nearest = sorted(
        min(
            (d for other in spots if (d := math.dist(one, other)) > _SMALL), default=1.0
        )
        for one in spots
    )
    return REACH * nearest[len(nearest) * 3 // 4] if nearest else 1.0


def _cell(spot: Point, others: Collection[Point], reach: float) -> Ring:
    x, y = spot
    turn = 2 * math.pi / SIDES
    ring: list[Point] = [
        (x + reach * math.cos(n * turn), y + reach * math.sin(n * turn))
        for n in range(SIDES)
    ]
    near = [other for other in others if _SMALL < math.dist(spot, other) < 2 * reach]
    for other in sorted(near, key=lambda one: math.dist(spot, one)):
        ring = _nearer(ring, spot, other)
    return tuple(ring)


def _nearer(ring: Sequence[Point], spot: Point, other: Point) -> list[Point]:
    """The part of a ring that lies nearer to the spot than to the other."""
    dx, dy = other[0] - spot[0], other[1] - spot[1]
    edge = (other[0] ** 2 + other[1] ** 2 - spot[0] ** 2 - spot[1] ** 2) / 2
    kept: list[Point] = []
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        a, b = edge - dx * ax - dy * ay, edge - dx * bx - dy * by
        if a >= 0:
            kept.append((ax, ay))
        if (a < 0) != (b < 0):
            part = a / (a - b)
            kept.append((ax + part * (bx - ax), ay + part * (by - ay)))
    return kept
