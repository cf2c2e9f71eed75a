"""Money, levels, places side by side, and files to take away."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pyarrow.parquet as pq
import pytest
from django.test import Client
from pytest_django import Settings
from tests.web.deciding import decided
from tests.web.pages import text
from tests.web.people import People, by
from tests.web.portal.story import BOOK, LAST, reported
from tests.web.printing import printed

from donbay.texts import LANGUAGES
from donbay.web.files.actions import path_of
from donbay.web.look.words import wording
from donbay.web.programmes.models import Programme
from donbay.web.publications.actions import issue

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VI = wording("vi")
HERE = "/public/vi/water/"
DATA = "/public/data/water/"


@pytest.fixture
def programme() -> Programme:
    return reported()


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return text(answer)


def rows(address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page(address).removeprefix("\ufeff"))))


# --- money ---------------------------------------------------------------------------


@pytest.mark.usefixtures("programme")
def test_money_of_a_place_is_told_by_source_and_form_with_its_leverage() -> None:
    shown = page(f"{HERE}places/tx/mobilisation/")
    assert "Nhà nước" in shown
    assert "ngày công" in shown
    assert VI.share(0.5) in shown
    assert VI.period(LAST) in shown


@pytest.mark.usefixtures("programme")
def test_of_a_place_with_parts_missing_the_total_is_a_bound() -> None:
    shown = page(f"{HERE}mobilisation/")
    assert VI.say("bound.at_least", value=VI.quantity(600, "VND")) in shown


# --- levels --------------------------------------------------------------------------


def test_a_place_recognised_above_its_figures_is_told_so(programme: Programme) -> None:
    decided(People(programme))
    (line,) = [
        line
        for line in rows(f"{HERE}levels/?as=csv")
        if line[VI.say("heading.unit_name")] == "Xã Tràng Xá"
    ]
    assert line[VI.say("heading.recognised")] != line[VI.say("heading.reached")]
    assert line[VI.say("acts.number")]


# --- compare -------------------------------------------------------------------------


@pytest.mark.usefixtures("programme")
def test_places_stand_side_by_side_and_can_be_left_out() -> None:
    shown = page(f"{HERE}compare/?place=tx&place=lh")
    assert "Xã Tràng Xá" in shown
    assert "Xã La Hiên" in shown
    assert 'href="?place=lh"' in shown


@pytest.mark.usefixtures("programme")
def test_what_is_no_place_is_not_compared() -> None:
    shown = page(f"{HERE}compare/?place=none&place=")
    assert VI.say("portal.compare_none") in shown


# --- files ---------------------------------------------------------------------------


@pytest.mark.usefixtures("programme")
def test_the_same_rows_come_in_every_format() -> None:
    told = rows(f"{DATA}targets.csv")
    answer = Client().get(f"{DATA}targets.json")
    listed = json.loads(answer.content)
    table = pq.read_table(io.BytesIO(Client().get(f"{DATA}targets.parquet").content))
    assert len(told) == len(listed) == table.num_rows > 0
    assert [one["unit"] for one in listed] == table["unit"].to_pylist()
    assert all(one["synthetic"] is True for one in listed)
    book = zipfile.ZipFile(io.BytesIO(Client().get(f"{DATA}targets.xlsx").content))
    assert "xl/worksheets/sheet1.xml" in book.namelist()


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    "table",
    [
        *("targets", "values", "criteria", "levels", "mobilisation"),
        *("units", "successions", "observations", "acts"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "json", "parquet", "xlsx"])
def test_every_file_can_be_had(table: str, form: str) -> None:
    answer = Client().get(f"{DATA}{table}.{form}")
    assert answer.status_code == 200
    assert f"{table}.{form}" in answer["Content-Disposition"]


@pytest.mark.usefixtures("programme")
def test_a_file_of_a_place_holds_what_lies_below_it() -> None:
    found = rows(f"{DATA}observations.csv?place=vn")
    assert {row["unit"] for row in found} == {"tx", "lh"}
    assert {row["source"] for row in found} == {BOOK}
    assert Client().get(f"{DATA}observations.csv?place=none").status_code == 404


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("name", ["targets.pdf", "people.csv", "journal.json"])
def test_what_is_no_table_of_the_public_is_not_found(name: str) -> None:
    assert Client().get(DATA + name).status_code == 404


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_licence_is_stated_or_that_none_is(
    language: str, settings: Settings
) -> None:
    here = f"/public/{language}/water/data/"
    assert wording(language).say("portal.no_licence") in page(here)
    settings.DATA_LICENCE = "CC BY 4.0"
    settings.DATA_LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
    assert "CC BY 4.0" in page(here)
    assert 'rel="license"' in Client().get(f"{DATA}units.csv")["Link"]


# --- issued reports ------------------------------------------------------------------


def test_a_report_is_public_from_its_issue_on(programme: Programme) -> None:
    people, client = People(programme), Client()
    here = f"{HERE}reports/"
    made = printed(people)
    assert VI.say("publications.none") in page(here)
    file = f"{DATA}reports/{made.pk}/xlsx/"
    assert client.get(file).status_code == 404
    before = client.get(here)["ETag"]
    issue(by(people.chi), made)
    shown = client.get(here, headers={"if-none-match": before})
    assert shown.status_code == 200
    assert made.number in text(shown)
    assert people.chi.name not in text(shown)
    saved = client.get(file)
    assert (
        saved.getvalue() == path_of(made.files.get(format="xlsx").file_id).read_bytes()
    )
