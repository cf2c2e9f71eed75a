"""Maps show who lies beside whom, say that they are no boundaries, and can be read."""

from __future__ import annotations

import math
import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from tests.reports.pictures import frame

from donbay.reports import drawing
from donbay.reports.maps import Area, AreaMap, grown, map_svg, plane
from donbay.reports.palette import DARK, LIGHT, STATUSES

NOTE = "Sơ đồ, không phải địa giới"
THEME = Path(__file__).parents[2] / "src/donbay/web/look/static/look/theme.css"
POINTS = {
    "Xã Tràng Xá": (21.72, 106.03),
    "Xã La Hiên": (21.74, 105.93),
    "Xã Văn Hán": (21.66, 105.94),
    "Xã <Đồng> Hỷ": (21.63, 105.86),
}


def water(language: str = "vi", *, circles: bool = False) -> AreaMap:
    areas = [
        Area(f"u{n}", name, point, status, "85%", f"/places/u{n}/", amount=n + 1.0)
        for n, ((name, point), status) in enumerate(
            zip(POINTS.items(), STATUSES, strict=False)
        )
    ]
    key = [(status, status) for status in STATUSES[:4]]
    return AreaMap(frame(language), areas, key, NOTE, "bốn nơi", circles)


def inside(spot: tuple[float, float], ring: tuple[tuple[float, float], ...]) -> bool:
    """Whether a point lies in a convex outline, its edge included."""
    turns = [
        (bx - ax) * (spot[1] - ay) - (by - ay) * (spot[0] - ax)
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True)
    ]
    return min(turns) > -1e-9 or max(turns) < 1e-9


def test_each_place_lies_in_its_own_cell_and_in_no_other() -> None:
    spots = plane(POINTS)
    cells = grown(spots)
    for name, ring in cells.items():
        assert [other for other, spot in spots.items() if inside(spot, ring)] == [name]


def test_every_spot_of_a_cell_is_nearest_to_its_own_place() -> None:
    spots = plane(POINTS)
    for name, ring in grown(spots).items():
        for corner in ring:
            own = math.dist(corner, spots[name])
            assert all(own <= math.dist(corner, s) + 1e-9 for s in spots.values())


def test_north_is_up() -> None:
    spots = plane({"bắc": (22.0, 106.0), "nam": (21.0, 106.0)})
    assert spots["bắc"][1] < spots["nam"][1]


def test_places_in_one_spot_do_no_harm() -> None:
    twins = {"a": (21.0, 106.0), "b": (21.0, 106.0), "c": (21.1, 106.0)}
    assert all(len(ring) > 2 for ring in grown(plane(twins)).values())


def test_a_place_is_a_link_that_says_itself() -> None:
    drawn = map_svg(water())
    assert '<a href="/places/u0/" aria-label="Xã Tràng Xá: 85%">' in drawn
    assert "Xã &lt;Đồng&gt; Hỷ: 85%" in drawn
    fromstring(drawn)  # noqa: S314 -- made by us


def test_a_printed_map_carries_its_note_its_source_and_its_key() -> None:
    drawn = map_svg(water(), framed=True)
    assert NOTE in re.sub(r"<[^>]+>", " ", drawn).replace("  ", " ")
    assert all(f">{status}<" in drawn for status in STATUSES[:4])
    assert "13-NQ/TU" in drawn


def test_areas_of_circles_are_as_the_amounts() -> None:
    drawn = map_svg(water(circles=True))
    of_places = r'map-circle"[^>]*><circle cx="[\d.]+" cy="[\d.]+" r="([\d.]+)"'
    radii = [float(r) for r in re.findall(of_places, drawn)]
    assert len(radii) == 4
    assert max(radii) ** 2 / min(radii) ** 2 == pytest.approx(4, rel=0.02)


def test_a_key_says_how_large_a_circle_is_for_how_much() -> None:
    drawn = map_svg(water(circles=True))
    words = re.findall(r'class="map-word"[^>]*>([^<]+)<', drawn)
    assert words == ["4%", "1%"]
    assert 'class="map-size"' not in map_svg(water())


def test_a_place_without_an_amount_is_not_drawn_as_none() -> None:
    areas = [
        Area("a", "A", (21.0, 106.0), "missed", "", amount=0.0),
        Area("b", "B", (21.1, 106.0), "missed", "", amount=None),
        Area("c", "C", (21.2, 106.0), "missed", "", amount=9.0),
    ]
    drawn = map_svg(AreaMap(frame(), areas, [], NOTE, "", circles=True))
    assert drawn.count('map-circle"') == 1
    assert drawn.count('class="map-no_data" fill="#8B9196" fill-rule') == 1


def test_a_name_stands_inside_its_area_however_that_is_bent() -> None:
    bent = (
        *((0.0, 0.0), (0.0, 3.0), (1.0, 3.0), (1.0, 1.0), (2.0, 1.0), (2.0, 3.0)),
        *((3.0, 3.0), (3.0, 0.0)),
    )
    one = Area("a", "A", None, "achieved", "", amount=1.0, rings=(bent,))
    drawn = map_svg(AreaMap(frame(), [one], [], NOTE, "", circles=True))
    (x, y) = re.findall(r'circle cx="([\d.]+)" cy="([\d.]+)"', drawn)[0]
    (path,) = re.findall(r' d="(M[^"]+)Z"', drawn)
    corners = [tuple(map(float, p.split())) for p in path[1:].split("L")]
    crossed = sum(
        float(x) < ax + (float(y) - ay) / (by - ay) * (bx - ax)
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True)
        if (ay <= float(y)) != (by <= float(y))
    )
    assert crossed % 2 == 1


def test_boundaries_are_drawn_only_where_every_place_has_its_own() -> None:
    square = (((21.0, 106.0), (21.0, 106.1), (21.1, 106.1), (21.1, 106.0)),)
    one = Area("a", "A", (21.05, 106.05), "achieved", "", rings=square)
    other = Area("b", "B", (21.05, 106.15), "missed", "")
    some = AreaMap(frame(), [one, other], [], NOTE, "")
    assert not some.real
    whole = AreaMap(frame(), [one], [], NOTE, "")
    assert whole.real
    assert 'd="M' in map_svg(whole)


def test_no_place_with_a_point_is_no_map() -> None:
    nowhere = AreaMap(frame(), [Area("a", "A", None, "missed", "")], [], NOTE, "")
    assert nowhere.empty
    fromstring(map_svg(nowhere, framed=True))  # noqa: S314 -- made by us


@pytest.mark.slow
def test_a_map_is_printed_in_arabic_too() -> None:
    assert drawing.rasterised(map_svg(water("ar"), framed=True)).startswith(b"\x89PNG")


def test_the_page_shows_the_colours_that_are_printed() -> None:
    theme = THEME.read_text(encoding="utf-8")
    for palette in (LIGHT, DARK):
        for status in STATUSES:
            assert f"--map-{status}: {palette[status].lower()};" in theme
