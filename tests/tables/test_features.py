"""Places go out as GeoJSON that another program reads as it was meant."""

from __future__ import annotations

import io
import json
import math
from typing import Any

import pytest
import shapely
from tests.areas import CORNERS, square

from donbay.domain.boundaries import Polygons, Ring
from donbay.tables.features import Feature, write_features

TRANG_XA = tuple((x, y) for x, y in square(*CORNERS["tx"]))  # clockwise
POND = ((105.7, 21.8), (105.8, 21.8), (105.8, 21.9), (105.7, 21.8))  # the other way


def written(*features: Feature, **about: object) -> Any:  # noqa: ANN401 -- JSON
    out = io.BytesIO()
    write_features(about, features, out)
    return json.loads(out.getvalue())


def drawn(polygons: Polygons) -> shapely.Geometry:
    (feature,) = written(Feature("tx", {}, polygons))["features"]
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def test_an_area_is_read_by_geos_with_its_outline_counter_clockwise() -> None:
    found = drawn(((TRANG_XA, POND),))
    assert isinstance(found, shapely.Polygon)
    assert found.is_valid
    assert shapely.is_ccw(found.exterior)
    assert not any(shapely.is_ccw(hole) for hole in found.interiors)
    assert found.bounds == CORNERS["tx"]


def test_an_area_of_two_parts_keeps_both() -> None:
    island: Ring = tuple((x + 1, y) for x, y in TRANG_XA)
    found = drawn(((TRANG_XA,), (island,)))
    assert isinstance(found, shapely.MultiPolygon)
    assert len(found.geoms) == 2


def test_a_place_without_an_area_has_its_point_longitude_first() -> None:
    (feature,) = written(Feature("tx", {}, point=(106.03, 21.72)))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [106.03, 21.72]}


def test_what_is_not_known_is_null_and_zero_stays_zero() -> None:
    told = {"none": None, "nan": math.nan, "inf": math.inf, "zero": 0.0}
    (feature,) = written(Feature("tx", told))["features"]
    assert feature["geometry"] is None
    expected = {"none": None, "nan": None, "inf": None, "zero": 0.0}
    assert feature["properties"] == expected


def test_a_collection_of_nothing_is_one() -> None:
    found = written(on="2026-11-28")
    assert found == {"type": "FeatureCollection", "on": "2026-11-28", "features": []}


@pytest.mark.parametrize("name", ["type", "features", "properties", "geometry"])
def test_a_name_that_geojson_keeps_for_itself_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        written(**{name: "x"})
