"""Anybody reads a published programme: its promises, places and figures, and why."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.pages import text
from tests.web.people import People, by
from tests.web.portal.story import BEFORE, BOOK, reported

from donbay.texts import LANGUAGES
from donbay.web.look.words import wording
from donbay.web.programmes.actions import publish, withdraw
from donbay.web.programmes.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VI = wording("vi")
HERE = "/public/vi/water/"


@pytest.fixture
def programme() -> Programme:
    return reported()


def page(address: str, **headers: str) -> str:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200, address
    return text(answer)


def test_the_entrance_leads_to_the_reader_s_language() -> None:
    answer = Client().get("/public/", headers={"accept-language": "ar"})
    assert answer["Location"] == "/public/ar/"
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_the_language_of_its_address(
    programme: Programme, language: str
) -> None:
    client = Client()
    client.cookies["language"] = "fr"
    answer = client.get(f"/public/{language}/{programme.pk}/")
    assert answer["Content-Language"] == language
    assert wording(language).say("portal.promises") in text(answer)


def test_who_is_signed_in_reads_the_same_page_as_everybody(
    programme: Programme,
) -> None:
    client = Client()
    client.force_login(People(programme).an)
    assert client.get(HERE).content == Client().get(HERE).content


def test_a_board_shows_value_place_period_and_what_it_would_take(
    programme: Programme,
) -> None:
    shown = page(HERE)
    assert programme.titles["vi"] in shown
    assert "Tỉnh Thái Nguyên" in shown
    assert VI.period(BEFORE) in shown
    assert VI.say("site.synthetic") in shown


@pytest.mark.usefixtures("programme")
def test_a_place_tells_what_was_promised_kept_and_late() -> None:
    shown = page(f"{HERE}places/tx/")
    assert VI.say("portal.group.met") in shown
    late = page(f"{HERE}places/lh/")
    assert VI.say("portal.group.late") in late
    assert VI.say("portal.group.met") not in late


@pytest.mark.usefixtures("programme")
def test_a_target_names_its_clause_and_what_was_known_when() -> None:
    shown = page(f"{HERE}targets/water_95/")
    assert "1/NQ-HDND" in shown
    assert VI.say("portal.known") in shown
    assert "Xã La Hiên" in shown


@pytest.mark.usefixtures("programme")
def test_a_figure_is_taken_apart_down_to_what_was_reported() -> None:
    top = page(f"{HERE}figures/tn/clean_water/{BEFORE}/")
    for part in (
        f"figures/tn/served/{BEFORE}/",
        f"figures/tn/homes/{BEFORE}/",
        f"figures/vn/clean_water/{BEFORE}/",
    ):
        assert f"{HERE}{part}" in top
    bottom = page(f"{HERE}figures/lh/served/{BEFORE}/")
    assert VI.number(600) in bottom
    assert BOOK in bottom


def test_why_says_the_rule_and_names_nobody(programme: Programme) -> None:
    shown = page(f"{HERE}why/lh/water_95/")
    assert VI.say("portal.made_of") in shown
    assert "1/NQ-HDND" in shown
    people = People(programme)
    for person in (people.an, people.chi, people.binh):
        assert f">{person}<" not in shown


def test_what_nobody_published_does_not_exist(programme: Programme) -> None:
    withdraw(by(People(programme).chi), programme)
    assert Client().get(HERE).status_code == 404
    assert programme.titles["vi"] not in page("/public/vi/")
    publish(by(People(programme).chi), programme)
    assert programme.titles["vi"] in page("/public/vi/")


@pytest.mark.parametrize(
    "address",
    [
        "targets/none/",
        "places/none/",
        "why/tn/none/",
        "why/none/water_95/",
        f"figures/tn/none/{BEFORE}/",
        "figures/tn/homes/yesterday/",
        "figures/tn/homes/1999/",
        "places/tx/criteria/none/",
    ],
)
@pytest.mark.usefixtures("programme")
def test_what_does_not_exist_is_not_found(address: str) -> None:
    assert Client().get(HERE + address).status_code == 404


@pytest.mark.usefixtures("programme")
def test_the_public_gets_no_other_day() -> None:
    today = page(HERE)
    asked = page(f"{HERE}?on=2026-07-01&known=2026-07-01&map=2026-07-01")
    said = VI.say("site.days", on="", known="", map="").split(".")[0]
    line = next(x for x in today.splitlines() if said in x)
    assert line in asked.splitlines()
