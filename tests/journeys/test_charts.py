"""Charts are drawn under the strict policy; without script their tables stand in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.journeys.people_at_desks import Desks

pytestmark = pytest.mark.slow
WHY = "/programmes/{programme}/why/tn/water_95/"


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_a_trend_is_drawn_and_nothing_is_said_to_be_forbidden(
    full_desks: Desks, language: str
) -> None:
    dung = full_desks.sit("dung", language)
    told: list[str] = []
    dung.page.on("console", lambda message: told.append(message.text))
    dung.page.on("pageerror", lambda error: told.append(str(error)))
    dung.go(WHY.format(**full_desks.told))
    picture = dung.page.locator("figure.chart canvas")
    picture.wait_for()
    assert colours(dung.page) > 3
    assert not dung.page.locator(".chart-table").evaluate("it => it.open")
    assert told == []


def test_a_trend_follows_the_light(full_desks: Desks) -> None:
    dung = full_desks.sit("dung", "vi")
    dung.go(WHY.format(**full_desks.told))
    dung.page.locator("figure.chart canvas").wait_for()
    assert paper(dung.page) == [255, 255, 255]
    dung.page.emulate_media(color_scheme="dark")
    for _ in range(50):
        if paper(dung.page)[0] < 60:
            return
        dung.page.wait_for_timeout(100)
    pytest.fail("the picture stayed light")


def test_without_script_the_table_and_a_drawn_picture_stand_in(
    full_desks: Desks,
) -> None:
    dung = full_desks.sit("dung", "vi")
    context = dung.page.context.browser
    assert context is not None
    plain = context.new_context(
        java_script_enabled=False, storage_state=dung.page.context.storage_state()
    ).new_page()
    plain.goto(full_desks.server.url + WHY.format(**full_desks.told))
    assert plain.locator(".chart-table table").is_visible()
    still = plain.locator("img.chart-still")
    assert still.is_visible()
    box = still.bounding_box()
    assert box is not None
    assert box["height"] > 100
    plain.context.close()


PAPER = """() => {
  const it = document.querySelector("figure.chart canvas");
  return [...it.getContext("2d").getImageData(1, it.height - 2, 1, 1).data].slice(0, 3);
}"""
COLOURS = """() => {
  const it = document.querySelector("figure.chart canvas");
  const all = it.getContext("2d").getImageData(0, 0, it.width, it.height).data;
  const seen = new Set();
  for (let i = 0; i < all.length; i += 4) seen.add([...all.slice(i, i + 3)].join());
  return seen.size;
}"""


def paper(page: Page) -> list[int]:
    found: list[int] = page.evaluate(PAPER)
    return found


def colours(page: Page) -> int:
    found: int = page.evaluate(COLOURS)
    return found
