"""The public sees where promises were late on the places before a merger, too."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web.pages import text
from tests.web.people import People, by
from tests.web.portal.divided import EVE, divided, judged
from tests.web.reorganisations.merger import BEFORE, enters, reported

from donbay.domain.periods import Frequency, last_ended
from donbay.web.look.words import wording
from donbay.web.programmes.actions import withdraw
from donbay.web.programmes.models import Programme
from donbay.web.programmes.queries import today
from donbay.web.results.models import Evaluation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EN = wording("en")


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    return divided(reported(), tmp_path)


def page(address: str) -> str:
    got = Client().get(f"/public/en/water/{address}")
    assert got.status_code == 200
    return text(got)


def test_before_the_clock_there_is_one_map_and_no_slider(programme: Programme) -> None:
    assert programme.published_at
    here = page("")
    assert "Xã Võ Nhai" in here
    assert "map-slider" not in here
    assert page(f"?map={EVE}").count("Xã Tràng Xá") == here.count("Xã Tràng Xá")


def test_of_two_maps_one_is_chosen_and_the_page_stays_today_s(
    programme: Programme,
) -> None:
    assert judged(programme) == [EVE]
    now, then = page(""), page(f"?map={EVE}")
    assert f'name="map" value="{EVE}"' in now
    assert "Xã Tràng Xá" not in now
    assert "Xã Tràng Xá" in then
    assert "Xã La Hiên" in then
    promises = EN.say("portal.promises")
    assert now.split(promises)[-1].count("<tr>") == then.split(promises)[-1].count(
        "<tr>"
    )


def test_of_a_place_of_which_nothing_is_known_that_is_said(tmp_path: Path) -> None:
    divided(reported(BEFORE[:2]), tmp_path)
    here = page("")
    assert "Xã Hoàng Nông: 0 of 1 behind or missed; not known: 1" in here
    assert EN.say("portal.group.not_known") in here.split("map-key")[1]


@pytest.mark.parametrize("address", ["targets/water_95/", "levels/", "places/xvn/"])
def test_every_page_with_a_map_leads_to_the_other(
    programme: Programme, address: str
) -> None:
    judged(programme)
    assert "Xã La Hiên" in page(f"{address}?map={EVE}")


def test_a_day_that_is_no_map_shows_today_s(programme: Programme) -> None:
    judged(programme)
    for asked in ("2020-01-01", "yesterday", "2026-06-29"):
        assert "Xã Tràng Xá" not in page(f"?map={asked}")


def test_figures_that_came_in_since_are_said_to_be_missing(
    programme: Programme,
) -> None:
    judged(programme)
    behind = EN.say("map.behind")
    assert behind not in page(f"?map={EVE}")
    quarter = last_ended(timezone.localdate(), Frequency.QUARTER)
    enters(programme, str(quarter), [("xvn", 1000, 990)])
    assert behind in page(f"?map={EVE}")
    assert behind not in page("")


def test_the_clock_asks_once_until_an_hour_later_when_rows_came_in(
    programme: Programme,
) -> None:
    assert judged(programme) == [EVE]
    assert judged(programme) == []
    kept = Evaluation.objects.filter(asked_by=Evaluation.EVERYBODY)
    kept.update(asked_at=timezone.now() - timedelta(hours=2))
    assert judged(programme) == []
    enters(programme, "2026-Q3", [("xvn", 1000, 990)])
    assert judged(programme) == [EVE]
    assert DBTaskResult.objects.count() == 2


def test_yesterday_s_are_forgotten_and_so_are_those_of_a_withdrawn_programme(
    programme: Programme,
) -> None:
    judged(programme)
    kept = Evaluation.objects.filter(asked_by=Evaluation.EVERYBODY)
    kept.update(on=today(programme) - timedelta(days=1), key="yesterday")
    withdraw(by(People(programme).chi), programme)
    programme.refresh_from_db()
    assert judged(programme) == []
    assert not kept.exists()
