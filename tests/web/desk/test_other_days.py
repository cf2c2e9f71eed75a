"""Officials may look at any page on other days: asked, queued, answered."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.web.desk.figures import reported
from tests.web.pages import text
from tests.web.people import People, signed_in

from donbay.web.look.words import wording
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import answer
from donbay.web.results.models import Evaluation, FullRun

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BOARD = "/programmes/water/"
AUGUST = date(2026, 8, 1)
ASKED = f"?on={AUGUST}"
VI = wording("vi")


@pytest.fixture
def programme() -> Programme:
    return reported()


@pytest.fixture
def dung(programme: Programme) -> Client:
    return signed_in(People(programme).dung)


def test_another_day_is_asked_for_waited_for_and_shown(dung: Client) -> None:
    page = text(dung.get(f"{BOARD}{ASKED}"))
    assert VI.say("waiting.ask") in page
    assert not Evaluation.objects.filter(live=False, on=AUGUST).exists()

    back = {"back": f"{BOARD}{ASKED}"}
    page = text(dung.post(f"{BOARD}evaluations/{ASKED}", back))
    asked = Evaluation.objects.get(live=False, on=AUGUST)
    assert VI.say(f"evaluation_state.{asked.state}") in page

    answer(asked)
    where = f"{BOARD}evaluations/{asked.pk}/"
    assert dung.get(where, back).headers["Location"] == back["back"]
    polled = dung.get(where, back, headers={"HX-Request": "true"})
    assert polled.headers["HX-Redirect"] == back["back"]

    page = text(dung.get(f"{BOARD}{ASKED}"))
    assert "01/08/2026" in page
    assert f"why/tn/water_95/{ASKED}" in page


def test_waiting_never_leads_to_another_site(dung: Client) -> None:
    dung.post(f"{BOARD}evaluations/{ASKED}")
    asked = Evaluation.objects.get(live=False, on=AUGUST)
    answer(asked)
    where = f"{BOARD}evaluations/{asked.pk}/"
    answered = dung.get(where, {"back": "https://elsewhere.example/"})
    assert answered.headers["Location"] == BOARD


@pytest.mark.parametrize("query", ["?on=x", "?known=2026-02-30", "?map=1"])
def test_what_is_no_day_is_named(dung: Client, query: str) -> None:
    answered = dung.get(f"{BOARD}{query}")
    assert answered.status_code == 400
    assert VI.say("board.not_a_day_title") in text(answered)


def test_a_day_too_far_away_is_refused_with_the_reason(dung: Client) -> None:
    answered = dung.post(f"{BOARD}evaluations/?on=1700-01-01")
    assert answered.status_code == 409
    assert "01/01/1700" in text(answered)


def test_only_the_office_starts_a_full_run(programme: Programme, dung: Client) -> None:
    assert dung.post(f"{BOARD}full-runs/").status_code == 404
    chi = signed_in(People(programme).chi)
    page = text(chi.post(f"{BOARD}full-runs/", follow=True))
    run = FullRun.objects.get()
    assert f"{BOARD}full-runs/{run.pk}/" in page or run.ended_at
    assert VI.say("run.title") in page
