"""Writes places as GeoJSON (RFC 7946): degrees of WGS 84, longitude first.

Outlines run counter-clockwise and holes clockwise, whatever way they came. A place
without a geometry has null for it, and a number that is not known is null, never 0.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from donbay.domain.boundaries import Polygons, Position, Ring

DIGITS = 6  # of a degree: a hand's breadth
# What a collection may not carry beside its features (RFC 7946, section 7.1).
TAKEN = {"type", "features", "coordinates", "geometries", "geometry", "properties"}


@dataclass(frozen=True, slots=True)
class Feature:
    """A place: its area if there is one, else its point, else nothing."""

    id: str
    properties: Mapping[str, object]
    polygons: Polygons = ()
    point: Position | None = None


def write_features(
    about: Mapping[str, object], features: Iterable[Feature], output: IO[bytes]
) -> None:
    """Write a collection, a feature a line; `about` stands beside the features.

    Raises ValueError where a name in `about` is one that GeoJSON keeps for itself.
    """
    if taken := TAKEN & about.keys():
        raise ValueError(taken)
    output.write(b'{"type": "FeatureCollection"')
    for name, value in about.items():
        output.write(f",\n{_json(name)}: {_json(value)}".encode())
    separator = ',\n"features": [\n'
    for feature in features:
        output.write(f"{separator}{_json(_told(feature))}".encode())
        separator = ",\n"
    end = "\n]}\n" if separator == ",\n" else f"{separator}]}}\n"
    output.write(end.encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _told(feature: Feature) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": _geometry(feature),
        "properties": {k: _known(value) for k, value in feature.properties.items()},
    }


def _known(value: object) -> object:
    """GeoJSON has no NaN and no infinity: neither is known."""
    lost = isinstance(value, float) and not math.isfinite(value)
    return None if lost else value


def _geometry(feature: Feature) -> dict[str, object] | None:
    if parts := [_rings(polygon) for polygon in feature.polygons]:
        one = len(parts) == 1
        kind = "Polygon" if one else "MultiPolygon"
        return {"type": kind, "coordinates": parts[0] if one else parts}
    if feature.point is not None:
        return {"type": "Point", "coordinates": _position(feature.point)}
    return None


def _rings(polygon: tuple[Ring, ...]) -> list[list[list[float]]]:
    return [
        [_position(p) for p in (ring if (_turn(ring) > 0) == (n == 0) else ring[::-1])]
        for n, ring in enumerate(polygon)
    ]


def _turn(ring: Ring) -> float:
    """Twice the area in degrees; above 0 where the ring runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def _position(position: Position) -> list[float]:
    return [round(position[0], DIGITS), round(position[1], DIGITS)]
