"""A board says where targets stand, worst first, and each figure leads to why."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.areas import whole
from tests.web.desk.figures import BOOK, DAY, ON, reported
from tests.web.pages import Answer, text
from tests.web.people import People, person, signed_in, water

from donbay.domain.roles import RoleKind
from donbay.tables.boundaries import Wanted
from donbay.texts import LANGUAGES
from donbay.web.look.words import wording
from donbay.web.programmes.models import Programme
from donbay.web.territory.actions import Whose, bring_boundaries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BOARD = "/programmes/water/"


@pytest.fixture
def programme() -> Programme:
    return reported()


def asks(programme: Programme, address: str, language: str = "vi") -> Answer:
    """What Dũng, who leads, gets to see."""
    client = signed_in(People(programme).dung)
    client.cookies["language"] = language
    return client.get(address)


def page(programme: Programme, address: str, language: str = "vi") -> str:
    answer = asks(programme, address, language)
    assert answer.status_code == 200
    return text(answer)


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


ADDRESSES = (
    BOARD,
    f"{BOARD}?level=commune",
    f"{BOARD}targets/water_95/",
    f"{BOARD}places/",
    f"{BOARD}places/tx/",
    f"{BOARD}places/tx/criteria/commune/",
    f"{BOARD}why/lh/water_95/",
    f"{BOARD}full-runs/",
    f"{BOARD}journal/",
    "/programmes/",
)


def test_every_page_speaks_four_languages(programme: Programme) -> None:
    for language in LANGUAGES:
        for address in ADDRESSES:
            shown = page(programme, address, language)
            assert f'<html lang="{language}"' in shown
            assert wording(language).say("site.about") in shown
            # A code that has no text is said as itself.
            said = re.sub(r"<[^>]+>", " ", shown)
            assert not re.search(r"\b(board|site|journal|status|run)\.[a-z_]+", said)


def test_made_up_figures_say_so_on_every_page(programme: Programme) -> None:
    for address in ADDRESSES[:-1]:
        assert wording("vi").say("site.synthetic") in page(programme, address)


def test_what_needs_attention_stands_first(programme: Programme) -> None:
    shown = page(programme, f"{BOARD}?{ON}&level=commune")
    body = shown[shown.index("<tbody>") :]
    assert in_order(body, "Xã La Hiên", "Xã Tràng Xá")
    words = wording("vi")
    assert in_order(body, words.say("status.off_track"), words.say("status.achieved"))


def test_a_board_filters_by_status_and_place(programme: Programme) -> None:
    shown = page(programme, f"{BOARD}?{ON}&level=commune&status=achieved")
    body = shown[shown.index("<tbody>") :]
    assert "Xã Tràng Xá" in body
    assert "Xã La Hiên" not in body
    assert "Xã La Hiên" in page(programme, f"{BOARD}?{ON}&place=lh")


def test_a_figure_is_never_naked(programme: Programme) -> None:
    shown = page(programme, f"{BOARD}?{ON}&place=lh")
    body = shown[shown.index("<tbody>") :]
    assert in_order(body, "Xã La Hiên", "61%", "quý 3/2026")
    assert f'href="{BOARD}why/lh/water_95/?{ON}"' in body
    assert "31/12/2027" in body


def test_the_file_carries_unit_period_and_the_days(programme: Programme) -> None:
    answer = asks(programme, f"{BOARD}?{ON}&place=lh&as=csv")
    text = answer.content.decode("utf-8-sig")
    head, row = list(csv.reader(io.StringIO(text)))[:2]
    told = dict(zip(head, row, strict=True))
    assert told["Giá trị"] == "61.0"
    assert told["Đơn vị tính"] == "%"
    assert told["Kỳ"] == "2026-Q3"
    words = wording("vi")
    assert told[words.say("heading.on")] == told[words.say("heading.map")] == str(DAY)


def test_a_board_asks_as_often_for_many_rows_as_for_one(
    programme: Programme, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dung = signed_in(People(programme).dung)
    dung.get(BOARD)
    with django_assert_max_num_queries(12):
        dung.get(f"{BOARD}?level=commune")
    with django_assert_max_num_queries(12):
        dung.get(BOARD)
    with django_assert_max_num_queries(12):
        dung.get(f"{BOARD}places/tx/")


def test_a_trend_has_its_figures_its_source_and_its_files(
    programme: Programme,
) -> None:
    address = f"{BOARD}why/lh/water_95/?{ON}"
    shown = page(programme, address)
    assert "data-chart=" in shown
    table = shown[shown.index("chart-table") :]
    assert in_order(
        table, "31/12/2027", "95%", "quý 3/2026", "61%", "quý 2/2026", "60%"
    )
    told = asks(programme, f"{address}&chart=trend&file=csv").content.decode(
        "utf-8-sig"
    )
    assert "2026-Q3,61.0,,1.0," in told.splitlines()
    assert asks(programme, f"{address}&chart=trend&file=png").content[:4] == b"\x89PNG"
    assert asks(programme, f"{address}&chart=none&file=png").status_code == 404


def test_a_target_is_mapped_and_never_as_boundaries(programme: Programme) -> None:
    address = f"{BOARD}targets/water_95/?{ON}"
    shown = page(programme, address)
    place = (
        f'<a href="{BOARD}places/lh/?{ON}" aria-label="Xã La Hiên: chậm tiến độ, 61%">'
    )
    assert place in shown
    assert wording("vi").say("map.schematic") in shown
    assert "style=" not in shown
    told = asks(programme, f"{address}&chart=map&file=csv").content.decode("utf-8-sig")
    assert "Xã La Hiên,off_track,61.0" in told
    svg = asks(programme, f"{address}&chart=map&file=svg").content.decode()
    assert "không phải địa giới" in svg


def test_areas_that_were_brought_are_shown_and_never_as_official(
    programme: Programme, tmp_path: Path
) -> None:
    whose = Whose("Sở Tài nguyên", "CC BY 4.0")
    bring_boundaries(whole(tmp_path), Wanted(DAY), whose)
    shown = page(programme, f"{BOARD}targets/water_95/?{ON}")
    source = "Sở Tài nguyên (CC BY 4.0)"
    assert wording("vi").say("map.not_official", source=source) in shown
    assert wording("vi").say("map.schematic") not in shown
    assert 'aria-label="Xã La Hiên: chậm tiến độ, 61%"' in shown


def test_why_leads_down_to_the_rows_and_the_law(programme: Programme) -> None:
    shown = page(programme, f"{BOARD}why/lh/water_95/?{ON}")
    assert wording("vi").say("status_means.off_track") in shown
    assert "1/NQ-HDND" in shown
    body = shown[shown.rindex("<tbody>") :]
    assert "610" in body
    assert BOOK in body
    assert "95%" in shown


def test_a_place_shows_what_is_reached_beside_what_is_recognised(
    programme: Programme,
) -> None:
    shown = page(programme, f"{BOARD}places/tx/")
    words = wording("vi")
    for code in ("heading.reached", "heading.recognised", "board.reached_recognised"):
        assert words.say(code) in shown
    assert "Huyện Võ Nhai" in shown


def test_criteria_say_what_is_asked_and_by_whom(programme: Programme) -> None:
    shown = page(programme, f"{BOARD}places/tx/criteria/commune/")
    assert "Sở Y tế" in shown
    assert wording("vi").say("reason.not_attested") in shown


@pytest.mark.parametrize(
    "address",
    [
        f"{BOARD}targets/none/",
        f"{BOARD}places/none/",
        f"{BOARD}places/tx/criteria/none/",
        f"{BOARD}places/tn/criteria/commune/",
        f"{BOARD}why/tx/money_year/",
        f"{BOARD}evaluations/999999/",
        f"{BOARD}full-runs/999999/",
        "/programmes/none/",
    ],
)
def test_what_is_not_there_is_not_found(programme: Programme, address: str) -> None:
    assert asks(programme, address).status_code == 404


@pytest.mark.usefixtures("programme")
def test_a_stranger_does_not_learn_that_the_programme_exists() -> None:
    other = water(programme="other")
    stranger = signed_in(person("Xuân", RoleKind.LEADER, "tn", other))
    for address in ADDRESSES[:-1]:
        assert stranger.get(address).status_code == 404
    assert "Nước sạch" in stranger.get("/programmes/").content.decode()


def test_a_programme_without_figures_says_what_comes_next() -> None:
    programme = water()
    assert wording("vi").say("board.no_verdicts") in page(programme, BOARD)


def test_a_board_from_yesterday_says_so(programme: Programme) -> None:
    live = programme.evaluations.get(live=True)
    live.on = live.on.replace(year=live.on.year - 1)
    live.save()
    said = wording("vi").say("board.of_another_day", day=wording("vi").day(live.on))
    assert said in page(programme, BOARD)
