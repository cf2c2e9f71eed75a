"""A reader goes back to the map of June, with keys alone or without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect
from tests.journeys.people_at_desks import Desk, Desks
from tests.web.portal.divided import EVE

pytestmark = pytest.mark.slow
GONE, HEIR = "Xã La Hiên", "Xã Quang Sơn"


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_an_arrow_key_brings_the_map_of_another_day(
    two_maps: Desks, language: str
) -> None:
    reader = two_maps.nobody(language)
    told: list[str] = []
    reader.page.on("console", lambda message: told.append(message.text))
    reader.page.on("pageerror", lambda error: told.append(str(error)))
    reader.go(f"/public/{language}/water/")
    expect(areas(reader, HEIR)).to_have_count(1)
    expect(areas(reader, GONE)).to_have_count(0)
    expect(reader.page.locator(".map-slider [type=submit]")).to_be_hidden()
    reader.page.locator(".map-slider input:checked").focus()
    reader.page.keyboard.press("ArrowUp")
    expect(areas(reader, GONE)).to_have_count(1)
    expect(areas(reader, HEIR)).to_have_count(0)
    expect(reader.page).to_have_url(re.compile(f"map={EVE}"))
    expect(reader.page.get_by_role("status")).not_to_be_empty()
    reader.page.keyboard.press("ArrowDown")
    expect(areas(reader, HEIR)).to_have_count(1)
    assert told == []


def test_a_link_to_the_map_of_another_day_can_be_passed_on(two_maps: Desks) -> None:
    reader = two_maps.nobody("vi")
    reader.go("/public/vi/water/")
    reader.page.locator(".map-slider input").first.check()
    expect(reader.page).to_have_url(re.compile(f"map={EVE}"))
    reader.page.reload()
    expect(areas(reader, GONE)).to_have_count(1)


def test_without_a_script_the_button_does_the_same(two_maps: Desks) -> None:
    reader = two_maps.nobody("vi", scripts=False)
    reader.go("/public/vi/water/")
    reader.page.locator(".map-slider input").first.check()
    reader.click("map.show")
    expect(areas(reader, GONE)).to_have_count(1)
    expect(reader.page.locator(".map-slider input").first).to_be_checked()


def areas(reader: Desk, name: str) -> Locator:
    """The links of the map whose spoken name begins with the place's."""
    return reader.page.locator(f'.map-frame a[aria-label^="{name}"]')
