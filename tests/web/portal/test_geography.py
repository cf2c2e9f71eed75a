"""Lan draws a map of clean water at home, from the places of the programme."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test import Client
from pytest_django import Settings
from tests.areas import CODES, CORNERS, file_of, place
from tests.web.pages import text
from tests.web.people import POINTS
from tests.web.portal.story import reported

from donbay.tables.boundaries import Wanted
from donbay.texts import LANGUAGES
from donbay.web.look.words import wording
from donbay.web.territory.actions import Whose, bring_boundaries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DATA = "/public/data/water/"
FILE = f"{DATA}places.geojson"
SURVEY = Whose("Sở Tài nguyên", "CC BY 4.0", "https://example.org/areas")


@pytest.fixture(autouse=True)
def _() -> None:
    reported()


def layer(asked: str = "") -> Any:  # noqa: ANN401 -- JSON
    answer = Client().get(FILE + asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/geo+json")
    return json.loads(answer.content)


def places(asked: str = "") -> dict[str, Any]:
    return {feature["id"]: feature for feature in layer(asked)["features"]}


def brought(folder: Path) -> None:
    """An area for Tràng Xá, and for no other."""
    path = file_of(folder, [place("tx")])
    bring_boundaries(path, Wanted(date(2026, 1, 1), part=True), SURVEY)


def test_every_place_of_the_day_is_there_with_the_verdicts_of_the_table() -> None:
    found = places()
    listed = csv.DictReader(io.StringIO(text(Client().get(f"{DATA}targets.csv"))))
    rows = list(listed)
    assert {"tn", "vn", "dt", "tx", "lh", "hn"} == set(found)
    for row in rows:
        told, target = found[row["unit"]]["properties"], row["target"]
        for column, name in (("value", "value"), ("target_value", "target")):
            number = float(row[column]) if row[column] else None
            assert told[f"{target}.{name}"] == number
        for name in ("status", "reason", "period"):
            assert told[f"{target}.{name}"] == (row[name] or None)
    assert len(rows) > len(found)


def test_what_is_missing_is_null_with_a_reason_never_0() -> None:
    """Hoàng Nông reported no new quarter; no commune was promised the money."""
    found = layer()
    told = {one["id"]: one["properties"] for one in found["features"]}
    judged = told["hn"]
    assert judged["money_year.value"] is None
    assert judged["money_year.status"] is None
    assert judged["money_year.reason"] == "not_judged"
    reasons = found["reasons"]
    for one in told.values():
        for target in ("water_95", "money_year"):
            if one[f"{target}.value"] is None:
                assert one[f"{target}.reason"] in reasons


def test_without_an_area_a_place_has_its_point_or_nothing() -> None:
    found = places()
    lat, lon = POINTS["tx"]
    assert found["tx"]["geometry"] == {"type": "Point", "coordinates": [lon, lat]}
    assert found["tx"]["properties"]["geometry_kind"] == "point"
    assert found["vn"]["geometry"] is None
    assert found["vn"]["properties"]["geometry_kind"] is None


def test_an_area_says_whose_it_is_and_that_it_is_not_official(tmp_path: Path) -> None:
    before = Client().get(FILE)["ETag"]
    brought(tmp_path)
    anew = Client().get(FILE, headers={"if-none-match": before})
    assert anew.status_code == 200
    found = places()
    told = found["tx"]["properties"]
    assert told["geometry_kind"] == "boundary"
    assert told["geometry_source"] == "Sở Tài nguyên"
    assert told["geometry_licence"] == "CC BY 4.0"
    assert told["geometry_day"] == "2026-01-01"
    assert told["geometry_official"] is False
    assert found["lh"]["properties"]["geometry_source"] is None
    (whose,) = layer()["geometry_sources"]
    assert whose["address"] == SURVEY.address
    assert not whose["official"]


def test_another_reader_finds_the_areas_where_they_were_drawn(tmp_path: Path) -> None:
    brought(tmp_path)
    shapes = {
        unit: shapely.from_geojson(json.dumps(feature["geometry"]))
        for unit, feature in places().items()
        if feature["geometry"]
    }
    area = shapes.pop("tx")
    assert area.is_valid
    assert shapely.is_ccw(area.exterior)
    assert area.bounds == pytest.approx(CORNERS["tx"], abs=0.003)
    assert {unit: (at.y, at.x) for unit, at in shapes.items()} == {
        unit: POINTS[unit] for unit in ("lh", "hn")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_in_the_language_asked_for_and_ids_in_none(language: str) -> None:
    words, found = wording(language), layer(f"?language={language}")
    assert found["language"] == language
    assert found["statuses"]["off_track"] == words.say("status.off_track")
    assert found["geometry_note"] == words.say("portal.places_note")
    assert found["synthetic"] == words.say("site.synthetic")
    tx = found["features"][3]["properties"]
    assert (tx["unit"], tx["code"], tx["level"]) == ("tx", CODES["tx"], "commune")
    assert tx["name"] == "Xã Tràng Xá"


def test_the_licence_is_stated_or_that_none_is(settings: Settings) -> None:
    assert layer("?language=en")["licence"] == {
        "name": None,
        "address": None,
        "note": wording("en").say("portal.no_licence"),
    }
    settings.DATA_LICENCE = "CC BY 4.0"
    assert layer()["licence"]["name"] == "CC BY 4.0"


def test_a_place_is_asked_for_with_those_below_it() -> None:
    assert set(places("?place=vn")) == {"vn", "tx", "lh"}
    assert Client().get(f"{FILE}?place=none").status_code == 404


@pytest.mark.parametrize("name", ["targets.geojson", "places.csv", "places.json"])
def test_only_places_are_a_layer_and_they_are_no_table(name: str) -> None:
    assert Client().get(DATA + name).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_data_leads_to_it(language: str) -> None:
    shown = text(Client().get(f"/public/{language}/water/data/"))
    assert f'href="{FILE}?language={language}"' in shown
