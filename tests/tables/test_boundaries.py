"""Areas from GeoJSON: everything wrong is told at once, neighbours keep one line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
from tests.areas import CODES, CORNERS, SHARED, feature, file_of, place, square, whole

from donbay.domain.problems import Problem, Refused
from donbay.domain.territory import Territory, Version
from donbay.folder.study import open_folder
from donbay.tables.boundaries import Boundaries, Wanted, read_boundaries

BEFORE, ON = date(2025, 6, 30), date(2026, 1, 1)
POINTS = {"tx": (21.8, 105.8), "lh": (21.8, 106.2), "hn": (21.5, 106.0)}
PLACES = Territory(
    [
        Version("tn", "19", "Tỉnh Thái Nguyên", "province"),
        # Its code was a township's before.
        Version("old", "05716", "Thị trấn", "commune", "tn", valid_to=BEFORE),
        *(
            Version(
                unit,
                CODES[unit],
                f"Xã {name}",
                "commune",
                "tn",
                date(2025, 7, 1),
                lat=POINTS[unit][0],
                lon=POINTS[unit][1],
            )
            for unit, name in (
                ("tx", "Tràng Xá"),
                ("lh", "La Hiên"),
                ("hn", "Hoàng Nông"),
            )
        ),
    ]
)


def read(path: Path, **more: object) -> Boundaries:
    return read_boundaries(path, PLACES, Wanted(**{"day": ON, **more}))  # type: ignore[arg-type]  # each test gives its own


def refused(path: Path, **more: object) -> list[Problem]:
    with pytest.raises(Refused) as stop:
        read(path, **more)
    return list(stop.value.problems)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code.removeprefix("boundaries.") for problem in problems]


def one(folder: Path, rings: object, kind: str = "Polygon") -> list[Problem]:
    """What is said of Tràng Xá where the two others are sound."""
    wrong = feature(CODES["tx"], rings, "Tràng Xá", kind)
    path = file_of(folder, [wrong, place("lh"), place("hn")])
    return refused(path)


def test_areas_are_those_of_the_units_of_the_day(tmp_path: Path) -> None:
    found = read(whole(tmp_path))
    assert [b.unit for b in found.boundaries] == ["tx", "lh", "hn"]
    assert {b.day for b in found.boundaries} == {ON}
    assert not found.far
    assert not found.left_out


def test_a_code_that_was_anothers_before_is_not_mistaken(tmp_path: Path) -> None:
    path = file_of(tmp_path, [place("tx")])
    (boundary,) = read(path, day=BEFORE).boundaries
    assert boundary.unit == "old"


def test_neighbours_keep_one_line_between_them(tmp_path: Path) -> None:
    found = read(whole(tmp_path), tolerance=500.0)
    assert found.after < found.before / 3
    shapes = [
        shapely.MultiPolygon([(p[0], list(p[1:])) for p in b.polygons])
        for b in found.boundaries
    ]
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).area == pytest.approx(0.8 * 0.6)


def test_narrow_gaps_are_closed_and_wide_laps_refused(tmp_path: Path) -> None:
    west, south, east, north = CORNERS["tx"]
    notch = [[east, 21.95], [east - 0.0005, 21.9], [east, 21.75]]
    ring = [[west, south], [west, north], [east, north], *notch, [east, south]]
    gaping = feature(CODES["tx"], [[*ring, ring[0]]])
    path = file_of(tmp_path, [gaping, place("lh"), place("hn")])
    shapes = [shapely.Polygon(b.polygons[0][0]) for b in read(path).boundaries]
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).area == pytest.approx(0.8 * 0.6)
    lapping = feature(CODES["tx"], [square(west, south, east + 0.1, north)])
    path = file_of(tmp_path, [lapping, place("lh"), place("hn")])
    assert codes(refused(path)) == ["overlap"]


def test_outlines_run_against_the_clock_whatever_the_file_does(tmp_path: Path) -> None:
    for boundary in read(whole(tmp_path), tolerance=0.0).boundaries:
        for outline, *_ in boundary.polygons:
            assert outline[0] == outline[-1]
            assert shapely.LinearRing(outline).is_ccw


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    bow = [[[105.6, 21.7], [106.0, 22.0], [106.0, 21.7], [105.6, 22.0], [105.6, 21.7]]]
    path = file_of(
        tmp_path,
        [
            feature(CODES["tx"], bow, "Tràng Xá"),
            place("lh"),
            place("lh"),
            feature("99999", [square(107, 20, 107.2, 20.2)], "Đảo xa"),
            feature(None, [square(107, 20, 107.2, 20.2)], "Không mã"),
        ],
    )
    assert codes(refused(path)) == [
        "crosses",
        "twice",
        "no_code",
        "no_unit",
        "no_area_for",
    ]


@pytest.mark.parametrize(
    ("rings", "kind", "code"),
    [
        ([[[1, 2], [2, 3], [1, 2]]], "Polygon", "too_few"),
        ([[[1, 2], [2, 3], [3, 2], [1, 1]]], "Polygon", "open_ring"),
        ([[[581000, 2400000], [1, 2], [2, 2], [1, 2]]], "Polygon", "out_of_range"),
        ([[["1", 2], [1, 2], [2, 2], [1, 2]]], "Polygon", "no_position"),
        ([[[True, 2], [1, 2], [2, 2], [1, 2]]], "Polygon", "no_position"),
        ("somewhere", "Polygon", "no_position"),
        ([], "Polygon", "no_geometry"),
        ([105.8, 21.8], "Point", "no_area"),
        ([square(0, 0, 1, 1), square(2, 2, 3, 3)], "Polygon", "holes"),
        ([[square(0, 0, 2, 2)], [square(1, 1, 3, 3)]], "MultiPolygon", "crosses"),
    ],
)
def test_what_is_no_area_is_refused_where_it_stands(
    tmp_path: Path, rings: object, kind: str, code: str
) -> None:
    (problem,) = one(tmp_path, rings, kind)
    assert problem.code == f"boundaries.{code}"
    assert problem.parameters["key"] == CODES["tx"]


def test_a_feature_without_geometry_is_told(tmp_path: Path) -> None:
    bare = {"type": "Feature", "properties": {"code": CODES["tx"]}, "geometry": None}
    path = file_of(tmp_path, [bare, place("lh"), place("hn"), "no feature at all"])
    assert codes(refused(path)) == [*("no_geometry", "no_code", "no_geometry")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "no_json"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "no_json"),
        ("[" * 100_000, "no_json"),
        ('{"type": "Topology", "features": []}', "no_collection"),
        ('{"type": "FeatureCollection", "features": []}', "no_features"),
        ("\xff", "no_json"),
    ],
)
def test_what_is_no_collection_is_refused(
    tmp_path: Path, content: str, code: str
) -> None:
    path = tmp_path / "areas.geojson"
    path.write_bytes(content.encode("latin-1"))
    assert codes(refused(path)) == [code]
    assert codes(refused(tmp_path / "none.geojson")) == ["no_file"]


def test_another_grid_is_refused_and_degrees_by_any_name_read(tmp_path: Path) -> None:
    def crs(name: str) -> object:
        return {"type": "name", "properties": {"name": name}}

    some = [place(unit) for unit in CODES]
    for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"):
        assert read(file_of(tmp_path, some, crs=crs(name))).boundaries
    path = file_of(tmp_path, some, crs=crs("urn:ogc:def:crs:EPSG::3405"))
    assert codes(refused(path)) == ["other_grid"]


def test_a_place_of_like_name_is_offered_and_taken_by_hand(tmp_path: Path) -> None:
    odd = feature("06978", [square(*CORNERS["tx"])], "Tràng Xá")
    path = file_of(tmp_path, [odd, place("lh"), place("hn")])
    without, no_unit = sorted(refused(path), key=lambda p: p.code)
    assert no_unit.code == "boundaries.no_unit_near"
    assert no_unit.parameters["near"] == CODES["tx"]
    assert without.code == "boundaries.no_area_for"
    found = read(path, instead={"06978": CODES["tx"]})
    assert [b.unit for b in found.boundaries] == ["tx", "lh", "hn"]


def test_two_features_for_one_unit_by_hand_are_refused(tmp_path: Path) -> None:
    odd = feature("06978", [square(107, 20, 107.2, 20.2)], "Đảo")
    path = file_of(tmp_path, [odd, place("tx"), place("lh"), place("hn")])
    assert codes(refused(path, instead={"06978": CODES["tx"]})) == ["twice"]


def test_a_part_is_taken_where_that_is_asked(tmp_path: Path) -> None:
    path = file_of(tmp_path, [place("tx"), feature("9", [square(107, 20, 108, 21)])])
    found = read(path, part=True)
    assert [b.unit for b in found.boundaries] == ["tx"]
    assert codes(list(found.left_out)) == ["no_unit", "no_area_for", "no_area_for"]


def test_a_code_of_two_levels_asks_for_one(tmp_path: Path) -> None:
    both = Territory(
        [
            Version("p", "19", "Tỉnh", "province"),
            Version("c", "19", "Xã", "commune", "p"),
        ]
    )
    path = file_of(tmp_path, [feature("19", [square(0, 0, 1, 1)])])
    with pytest.raises(Refused) as stop:
        read_boundaries(path, both, Wanted(ON))
    assert codes(list(stop.value.problems)) == ["several_units"]
    found = read_boundaries(path, both, Wanted(ON, level="commune"))
    assert [b.unit for b in found.boundaries] == ["c"]


def test_a_point_far_outside_is_worth_a_look(tmp_path: Path) -> None:
    swapped = [
        feature(CODES["tx"], [square(*CORNERS["lh"])]),
        feature(CODES["lh"], [square(*CORNERS["tx"])]),
        place("hn"),
    ]
    found = read(file_of(tmp_path, swapped))
    assert [name for name, _ in found.far] == ["Xã Tràng Xá", "Xã La Hiên"]


def test_a_lake_stays_a_hole(tmp_path: Path) -> None:
    lake = square(105.7, 21.75, 105.8, 21.85)
    with_lake = feature(CODES["tx"], [square(*CORNERS["tx"]), lake])
    found = read(file_of(tmp_path, [with_lake, place("lh"), place("hn")]))
    (polygon,) = found.boundaries[0].polygons
    outline, hole = polygon
    assert shapely.Polygon(hole).area == pytest.approx(0.01)
    assert not shapely.LinearRing(hole).is_ccw
    assert json.loads(json.dumps(polygon))[0][0] == list(outline[0])


@pytest.mark.slow
def test_areas_of_four_provinces_are_those_of_the_examples() -> None:
    """Where they lie beside the project: it does not contain them."""
    for path in sorted(SHARED.glob("*.geojson")):
        (folder,) = Path("examples").glob(f"{path.stem}-*")
        places = open_folder(folder, None).territory
        instead = {"06978": "06970"} if path.stem == "quang-ninh" else {}
        wanted = Wanted(date(2025, 7, 1), instead=instead)
        found = read_boundaries(path, places, wanted)
        communes = places.of_level("commune", wanted.day)
        assert {b.unit for b in found.boundaries} == set(communes)
        assert len(found.far) <= 3
        assert found.after < found.before
