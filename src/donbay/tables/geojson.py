"""Reads areas from GeoJSON (RFC 7946): every feature looked at, every problem told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from donbay.domain.problems import Problem, Refused

LARGEST = 64 << 20  # bytes of a file
MOST = 20_000  # features: more than twice the communes before 2025
FEWEST_POSITIONS = 4  # of a ring, the last of which is the first
FURTHEST = (180.0, 90.0)  # degrees east or west, north or south
_DEGREES = re.compile(r"(CRS:?:?84|EPSG:?:?4326)$", re.IGNORECASE)
_WHY = {
    "Self-intersection": "crosses",
    "Ring Self-intersection": "crosses",
    "Hole lies outside shell": "holes",
    "Holes are nested": "holes",
    "Interior is disconnected": "holes",
    "Nested shells": "overlapping_parts",
    "Duplicate Rings": "overlapping_parts",
}


@dataclass(frozen=True, slots=True)
class Areas:
    """What is sound in a file, what is wrong with the rest, and every code in it."""

    sound: tuple[Area, ...]
    problems: tuple[Problem, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Area:
    """A feature with its code, its name if it has one, and its place in the file."""

    number: int
    code: str
    name: str
    shape: BaseGeometry

    @property
    def told(self) -> dict[str, str]:
        """How problems name it."""
        return {"feature": str(self.number), "key": self.code, "name": self.name}


class Wrong(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """What is wrong with one geometry."""

    def __init__(self, code: str, **about: object) -> None:
        self.code = f"boundaries.{code}"
        self.about = {name: str(value) for name, value in about.items()}
        super().__init__(code)


def read_areas(path: Path, code: str = "code", name: str = "name") -> Areas:
    """Raises Refused where the file as a whole cannot be read."""
    areas: list[Area] = []
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for number, feature in enumerate(_features(path), start=1):
        found = feature if isinstance(feature, dict) else {}
        told = found.get("properties")
        properties = told if isinstance(told, dict) else {}
        own, named = (_text(properties.get(key)) for key in (code, name))
        about = {"feature": str(number), "key": own, "name": named}
        if not own:
            about["property"] = code
            problems.append(_problem(path, "boundaries.no_code", code, about))
        elif own in first:
            about["other"] = str(first[own])
            problems.append(_problem(path, "boundaries.twice", code, about))
        try:
            shape = shape_of(found.get("geometry"))
        except Wrong as wrong:
            about |= wrong.about
            problems.append(_problem(path, wrong.code, "geometry", about))
        else:
            if own and own not in first:
                areas.append(Area(number, own, named, shape))
        first.setdefault(own, number)
    return Areas(tuple(areas), tuple(problems), frozenset(first))


def _text(found: object) -> str:
    """A code that a program took for a number has lost its zeros: it will not match."""
    told = isinstance(found, str | int) and not isinstance(found, bool)
    return str(found).strip() if told else ""


def _problem(
    path: Path, code: str, column: str | None = None, about: Mapping[str, str] = {}
) -> Problem:
    return Problem(code, path.name, None, column, dict(about))


def _features(path: Path) -> Sequence[object]:
    """Raises Refused: no file, too large, no JSON, no collection, other grids."""
    if not path.is_file():
        raise _refused(path, "no_file")
    if path.stat().st_size > LARGEST:
        raise _refused(path, "too_large", most=LARGEST >> 20)
    try:
        found = json.loads(path.read_bytes(), parse_constant=_no_number)
    except (ValueError, RecursionError) as why:
        raise _refused(path, "no_json", detail=why) from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise _refused(path, "no_collection")
    if not features:
        raise _refused(path, "no_features")
    if len(features) > MOST:
        raise _refused(path, "too_many", count=len(features), most=MOST)
    if "crs" in found and not _in_degrees(found["crs"]):
        raise _refused(path, "other_grid", grid=json.dumps(found["crs"])[:120])
    return features


def _no_number(text: str) -> float:
    raise ValueError(text)


def _in_degrees(crs: object) -> bool:
    """An older form of GeoJSON names its grid; only degrees are read."""
    told = crs.get("properties") if isinstance(crs, dict) else None
    name = told.get("name") if isinstance(told, dict) else None
    return crs is None or (isinstance(name, str) and bool(_DEGREES.search(name)))


def _refused(path: Path, code: str, **about: object) -> Refused:
    said = {name: str(value) for name, value in about.items()}
    return Refused([_problem(path, f"boundaries.{code}", None, said)])


# --- one geometry --------------------------------------------------------------------


def shape_of(geometry: object) -> BaseGeometry:
    """A valid polygon or several, outlines counter-clockwise. Raises Wrong."""
    found = geometry if isinstance(geometry, dict) else {}
    kind, parts = found.get("type"), found.get("coordinates")
    if geometry is None:
        raise Wrong("no_geometry")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise Wrong("no_area", kind=str(kind)[:40])
    polygons = [parts] if kind == "Polygon" else parts
    made = [shapely.Polygon(rings[0], rings[1:]) for rings in _polygons(polygons)]
    if not made:
        raise Wrong("no_geometry")
    shape = made[0] if len(made) == 1 else shapely.MultiPolygon(made)
    if not shapely.is_valid(shape):
        raise _invalid(shapely.is_valid_reason(shape))
    return shapely.orient_polygons(shape)


def _polygons(polygons: object) -> Iterator[list[list[tuple[float, float]]]]:
    for rings in _list(polygons):
        found = [_ring(ring) for ring in _list(rings)]
        if not found:
            raise Wrong("no_geometry")
        yield found


def _ring(ring: object) -> list[tuple[float, float]]:
    found = [_position(position) for position in _list(ring)]
    if len(found) < FEWEST_POSITIONS:
        raise Wrong("too_few", count=len(found), fewest=FEWEST_POSITIONS)
    if found[0] != found[-1]:
        raise Wrong("open_ring", lon=found[0][0], lat=found[0][1])
    return found


def _position(position: object) -> tuple[float, float]:
    """A height, which may stand third, is of no use here."""
    numbers = _list(position)[:2]
    if len(numbers) != len(FURTHEST) or not all(
        isinstance(n, int | float) and not isinstance(n, bool) for n in numbers
    ):
        raise Wrong("no_position", text=json.dumps(position)[:40])
    lon, lat = (float(n) for n in numbers if isinstance(n, int | float))
    if abs(lon) > FURTHEST[0] or abs(lat) > FURTHEST[1]:
        raise Wrong("out_of_range", lon=lon, lat=lat)
    return lon, lat


def _list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise Wrong("no_position", text=json.dumps(found)[:40])
    return found


def _invalid(reason: str) -> Wrong:
    """GEOS says what and where, as `Self-intersection[105.1 20.3]`."""
    what, _, where = reason.partition("[")
    return Wrong(_WHY.get(what, "broken"), where=where.rstrip("]"), detail=what)
