"""Areas of a file matched with the places of a day, cleaned and simplified together.

Matching is by code among the units of the day on which the areas were drawn: a code is
used again for another unit after a merger. Neighbours are simplified as one sheet, so
that they keep one line between them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from donbay.domain.boundaries import FINENESS, Boundary, Polygon, Polygons, Ring
from donbay.domain.problems import Problem, Refused
from donbay.domain.territory import Territory, Version
from donbay.tables.geojson import Area, Areas, read_areas
from donbay.tables.nearest import Nearest

METRES = 111_320.0  # of a degree of latitude
OVERLAP = 0.01  # of the smaller area: more is no sliver
FAR = 2.0  # kilometres from a place's own point to its area: worth a look
DIGITS = 6  # of a degree: a hand's breadth


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a file is read: the day it shows, and where in it the codes stand.

    `instead` holds codes of the file that stand for others; `part` takes what matches
    and leaves the rest.
    """

    day: date
    level: str | None = None
    code: str = "code"
    name: str = "name"
    instead: Mapping[str, str] = field(default_factory=dict)
    part: bool = False
    tolerance: float = FINENESS


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What a file gives: areas, what was left out, and what is worth a look."""

    boundaries: tuple[Boundary, ...]
    before: int
    after: int
    left_out: tuple[Problem, ...] = ()
    far: tuple[tuple[str, float], ...] = ()


def read_boundaries(path: Path, territory: Territory, wanted: Wanted) -> Boundaries:
    """Raises Refused with every problem of the file; nothing is half-taken."""
    areas = read_areas(path, wanted.code, wanted.name)
    problems = list(areas.problems)
    matched, unmatched = _matched(path, areas, territory, wanted)
    if not wanted.part:
        problems += unmatched
    problems += _twice(path, matched) + _overlaps(path, [a for a, _ in matched])
    if problems or not matched:
        raise Refused(problems or unmatched)
    shapes = [area.shape for area, _ in matched]
    after = simplified(shapes, wanted.tolerance)
    found = [
        Boundary(version.unit, wanted.day, polygons_of(shape))
        for (_, version), shape in zip(matched, after, strict=True)
    ]
    left = tuple(unmatched) if wanted.part else ()
    return Boundaries(
        tuple(found), _positions(shapes), _positions(after), left, _far(matched)
    )


# --- by code and day -----------------------------------------------------------------

Match = tuple[Area, Version]


def _matched(
    path: Path, areas: Areas, territory: Territory, wanted: Wanted
) -> tuple[list[Match], list[Problem]]:
    """Areas with their units; areas of no unit, then units beside them without one."""
    ground = territory.on(wanted.day)
    by_code: dict[str, list[Version]] = defaultdict(list)
    for version in ground.values():
        if wanted.level in {None, version.level}:
            by_code[version.code].append(version)
    nearest = Nearest(v.name for some in by_code.values() for v in some)
    matched: list[Match] = []
    problems: list[Problem] = []
    for area in areas.sound:
        some = by_code.get(wanted.instead.get(area.code, area.code), [])
        if len(some) == 1:
            matched.append((area, some[0]))
        else:
            told = {**area.told, "day": str(wanted.day)}
            code = "boundaries.several_units" if some else "boundaries.no_unit"
            if not some and (near := _near(area, by_code, nearest)):
                told |= {"near": near.code, "near_name": near.name}
                code = "boundaries.no_unit_near"
            problems.append(Problem(code, path.name, None, wanted.code, told))
    return matched, problems + _without(path, matched, ground, wanted, areas.codes)


def _near(
    area: Area, by_code: Mapping[str, list[Version]], nearest: Nearest
) -> Version | None:
    """Whose name ends as the area's does, or is nearly the same; only if one is."""
    every = [v for some in by_code.values() for v in some]
    same = [v for v in every if area.name and v.name.endswith(f" {area.name}")]
    if not same and area.name:
        same = [v for v in every if v.name == nearest.to(area.name)]
    return same[0] if len(same) == 1 else None


def _without(
    path: Path,
    matched: Sequence[Match],
    ground: Mapping[str, Version],
    wanted: Wanted,
    told: frozenset[str],
) -> list[Problem]:
    """Units beside those that were matched, of one level under one unit, not told."""
    beside = {(v.level, v.parent) for _, v in matched}
    there = {v.unit for _, v in matched}
    return [
        Problem(
            "boundaries.no_area_for",
            path.name,
            parameters={"key": v.code, "name": v.name, "day": str(wanted.day)},
        )
        for v in ground.values()
        if (v.level, v.parent) in beside and v.unit not in there
        if v.code not in told
    ]


def _twice(path: Path, matched: Sequence[Match]) -> list[Problem]:
    """Two codes that were told to be one unit's."""
    first: dict[str, Area] = {}
    problems: list[Problem] = []
    for area, version in matched:
        other = first.setdefault(version.unit, area)
        if other is not area and other.code != area.code:
            told = {**area.told, "other": str(other.number)}
            problems.append(Problem("boundaries.twice", path.name, None, "code", told))
    return problems


def _far(matched: Sequence[Match]) -> tuple[tuple[str, float], ...]:
    """Places whose own point lies far outside: the wrong day, code or point."""
    found: list[tuple[str, float]] = []
    for area, v in matched:
        if v.lat is not None and v.lon is not None:
            away = area.shape.distance(shapely.Point(v.lon, v.lat)) * METRES / 1000
            if away > FAR:
                found.append((v.name, away))
    return tuple(sorted(found, key=lambda one: -one[1]))


# --- as one sheet --------------------------------------------------------------------


def _overlaps(path: Path, areas: Sequence[Area]) -> list[Problem]:
    shapes = np.array([area.shape for area in areas], dtype=object)
    if len(shapes) < 2:  # noqa: PLR2004 -- a pair
        return []
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    problems: list[Problem] = []
    for one, other in pairs[pairs[:, 0] < pairs[:, 1]].tolist():
        smaller = min(shapes[one].area, shapes[other].area)
        part = shapely.intersection(shapes[one], shapes[other]).area / smaller
        if part > OVERLAP:
            told = {
                **areas[one].told,
                "other": str(areas[other].number),
                "other_name": areas[other].name or areas[other].code,
                "share": f"{part:.0%}",
            }
            problems.append(
                Problem("boundaries.overlap", path.name, None, "geometry", told)
            )
    return problems


def simplified(
    shapes: Sequence[BaseGeometry], tolerance: float = FINENESS
) -> list[BaseGeometry]:
    """Shapes with fewer positions; gaps and laps narrower than that are closed.

    Longitudes are narrowed meanwhile, so that a metre is one to the east as to the
    north. A tolerance of 0 leaves every position.
    """
    narrow = math.cos(math.radians(shapely.total_bounds(list(shapes))[1::2].mean()))
    flat = shapely.transform(list(shapes), lambda x: x * (narrow, 1.0))
    width = tolerance / METRES
    if not shapely.coverage_is_valid(flat):
        flat = shapely.coverage_clean(flat, gap_width=width)
    flat = shapely.coverage_simplify(flat, width)
    found = shapely.transform(flat, lambda x: np.round(x / (narrow, 1.0), DIGITS))
    return list(shapely.orient_polygons(found))


def polygons_of(shape: BaseGeometry) -> Polygons:
    """Plain tuples, the largest polygon first."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return tuple(_polygon(part) for part in parts if not part.is_empty)


def _polygon(part: BaseGeometry) -> Polygon:
    return tuple(_ring(ring) for ring in shapely.get_rings(part))


def _ring(ring: BaseGeometry) -> Ring:
    return tuple((x, y) for x, y in shapely.get_coordinates(ring).tolist())


def _positions(shapes: Sequence[BaseGeometry]) -> int:
    return int(shapely.get_num_coordinates(np.array(shapes, dtype=object)).sum())
