"""Areas for stories: squares side by side on a map of 2026, as GeoJSON.

Tràng Xá (tx) lies west of La Hiên (lh), Hoàng Nông (hn) south of both. All share lines.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

Ring = list[list[float]]
SHARED = (
    Path(__file__).parents[2] / "shared/data/boundaries"
)  # beside the project, or not
CODES = {"tx": "05716", "lh": "05728", "hn": "05800"}
NAMES = {"tx": "Tràng Xá", "lh": "La Hiên", "hn": "Hoàng Nông"}
CORNERS = {  # west, south, east, north
    "tx": (105.6, 21.7, 106.0, 22.0),
    "lh": (106.0, 21.7, 106.4, 22.0),
    "hn": (105.6, 21.4, 106.4, 21.7),
}


def square(west: float, south: float, east: float, north: float) -> Ring:
    """With many positions on its lines, clockwise as many files have it."""
    steps = [n / 10 for n in range(10)]
    wide, high = east - west, north - south
    return [
        *([west, south + high * n] for n in steps),
        *([west + wide * n, north] for n in steps),
        *([east, north - high * n] for n in steps),
        *([east - wide * n, south] for n in steps),
        [west, south],
    ]


def feature(
    code: object, rings: object, name: str = "", kind: str = "Polygon"
) -> object:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": kind, "coordinates": rings},
    }


def place(unit: str) -> object:
    return feature(CODES[unit], [square(*CORNERS[unit])], NAMES[unit])


def file_of(folder: Path, features: Sequence[object], **more: object) -> Path:
    path = folder / "areas.geojson"
    told = {"type": "FeatureCollection", "features": list(features), **more}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def whole(folder: Path) -> Path:
    return file_of(folder, [place(unit) for unit in CODES])
