"""Public pages draw what their tables say: standing, changes, ladders and money."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from django.test import Client
from tests.web.deciding import decided
from tests.web.pages import text
from tests.web.people import WATER, People, by, water
from tests.web.portal.story import BEFORE, LAST, reported

from donbay.texts import LANGUAGES
from donbay.web.journal.actions import acting
from donbay.web.ledger.actions import Row
from donbay.web.look.words import wording
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import enter

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VI = wording("vi")
HERE = "/public/vi/water/"
# Where each chart of a page stands, by its name.
CHARTS = (
    ("", "standing"),
    ("levels/", "levels-commune"),
    ("places/tx/mobilisation/", "money-1"),
    ("targets/water_95/", "places"),
)


@pytest.fixture
def programme() -> Programme:
    return reported()


def page(address: str, language: str = "vi") -> str:
    answer = Client().get(address.replace("/vi/", f"/{language}/"))
    assert answer.status_code == 200, address
    return text(answer)


def rows(where: str, chart: str) -> list[list[str]]:
    told = page(f"{HERE}{where}?chart={chart}&file=csv").removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(told)))


def figure(where: str, chart: str, language: str = "vi") -> str:
    shown = page(HERE + where, language)
    begins = shown.index(f'<figure class="chart" id="chart-{chart}">')
    return shown[begins : shown.index("</figure>", begins)]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(("where", "chart"), CHARTS)
def test_each_chart_has_its_unit_its_source_its_table_and_its_files(
    where: str, chart: str
) -> None:
    for language in LANGUAGES:
        shown = figure(where, chart, language)
        assert "data-chart=" in shown
        assert 'class="chart-under"' in shown
        assert "<table" in shown
        assert wording(language).say("chart.png") in shown
        said = re.sub(r"<[^>]+>", " ", shown)
        assert not re.search(r"\b(chart|portal|heading|status)\.[a-z_]+", said)
    begins = Client().get(f"{HERE}{where}?chart={chart}&file=png").content[:4]
    assert begins == b"\x89PNG"


@pytest.mark.usefixtures("programme")
def test_of_a_promise_every_place_is_counted_once() -> None:
    head, *told = rows("", "standing")
    (water,) = [row for row in told if row[0] == VI_TITLE]
    assert head[0] == VI.say("heading.target")
    assert sum(map(int, water[1:])) == 6


VI_TITLE = "95 % hộ có nước sạch"


@pytest.mark.usefixtures("programme")
def test_money_stands_by_source_and_its_total_is_that_of_the_table() -> None:
    head, *told = rows("places/tx/mobilisation/", "money-1")
    assert head[1:] == ["Nhà nước", "Người dân", VI.say("portal.money_total")]
    assert told == [[str(LAST), "300.0", "300.0", "600.0"]]


def test_of_a_year_in_which_a_source_is_not_known_nothing_is_drawn_for_it(
    programme: Programme,
) -> None:
    _entered(programme, Row("tx", "money", str(BEFORE), 100.0, "state"))
    _, before, _ = rows("places/tx/mobilisation/", "money-1")
    assert before[:3] == [str(BEFORE), "100.0", ""]


@pytest.mark.usefixtures("programme")
def test_where_not_all_have_reported_the_bars_say_at_the_least() -> None:
    unit = VI.say("chart.at_least", unit="")
    assert unit in figure("mobilisation/", "money-1")
    assert unit not in figure("places/tx/mobilisation/", "money-1")


def test_a_ladder_has_reached_beside_recognised(programme: Programme) -> None:
    decided(People(programme))
    told = {row[0]: row[1:] for row in rows("levels/", "levels-commune")[1:]}
    assert told["Đạt chuẩn"] == ["0", "1"]


@pytest.mark.usefixtures("programme")
def test_places_stand_by_how_far_behind_they_are_and_none_without_a_value() -> None:
    told = [row[0] for row in rows("targets/water_95/", "places")[1:]]
    assert told[0] == "Xã La Hiên"
    assert told[-1] == "Xã Tràng Xá"


def with_two_promises(place: Path) -> Programme:
    """The same programme, which promises 90 % to the communes by another day too."""
    pack = Path(shutil.copytree(WATER, place / "pack"))
    with (pack / "targets.yaml").open("a") as targets:
        targets.write(SECOND)
    for texts in pack.glob("texts/*.yaml"):
        first = re.search(r"  water_95: (.*95.*)\n", texts.read_text("utf-8"))
        assert first
        second = f"  water_90: {first[1].replace('95', '90')}\n"
        texts.write_text(
            texts.read_text("utf-8").replace(first[0], first[0] + second), "utf-8"
        )
    water(pack)
    programme = reported()
    told = {"homes": 1000.0, "served": 720.0}
    _entered(programme, *(Row("hn", of, str(LAST), n) for of, n in told.items()))
    return programme


def _entered(programme: Programme, *some: Row) -> None:
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        enter(act, programme, list(some), origin="import", reference="2")


SECOND = """
- id: water_90
  indicator: clean_water
  comparator: at_least
  value: 90
  deadline: 2026-12-31
  by: [province]
  source: nq_1#2
"""


def test_changes_in_one_unit_stand_beside_each_other(tmp_path: Path) -> None:
    with_two_promises(tmp_path)
    for language in LANGUAGES:
        say = wording(language).say
        shown = figure("", "changes-1", language)
        assert say("chart.points") in shown
        assert say("portal.way.good") in shown
    head, *told = rows("", "changes-1")
    assert head == [
        VI.say("heading.target"),
        VI.say("portal.change"),
        VI.say("chart.way"),
        VI.say("chart.since"),
    ]
    assert {row[0] for row in told} == {VI_TITLE, VI_TITLE.replace("95", "90")}
    ((_, by, way, since), _) = told
    assert float(by) > 0
    assert (way, since) == (VI.say("portal.way.good"), str(BEFORE))


@pytest.mark.usefixtures("programme")
def test_one_change_alone_is_told_in_words_and_not_drawn() -> None:
    assert "chart-changes" not in page(HERE)
