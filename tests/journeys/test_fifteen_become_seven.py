"""Võ Nhai's fifteen units become seven: rehearsed, applied, undone, applied again."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect
from tests.journeys.people_at_desks import Desk, Desks
from tests.journeys.vo_nhai import communes, decision

pytestmark = pytest.mark.slow
TOTALS = "/programmes/water/places/vn-p19/?sort=indicator"
PLACES = "/programmes/water/places/?level=commune"
NEW = {
    *("Xã Võ Nhai", "Xã Sảng Mộc", "Xã Nghinh Tường", "Xã Thần Sa", "Xã La Hiên"),
    *("Xã Tràng Xá", "Xã Dân Tiến"),
}


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_every_total_is_what_it_was(vo_nhai: Desks, language: str) -> None:
    chi = vo_nhai.sit("chi", language)
    before = totals(chi)
    assert names(chi) == {row["name"] for row in communes()}

    record(chi)
    decided = chi.page.url
    expect(chi.page.get_by_text(said(chi))).to_be_visible()
    assert totals(chi) == before, "a rehearsal touches nothing"

    does(chi, decided, "apply", "was_applied")
    assert totals(chi) == before
    assert names(chi) == NEW

    does(chi, decided, "undo", "was_undone")
    assert totals(chi) == before
    assert names(chi) == {row["name"] for row in communes()}

    does(chi, decided, "rehearse", "rehearsing")
    apply = chi.page.get_by_role("button", name=chi.say("reorganisations.apply"))
    expect(apply).to_be_enabled()
    does(chi, decided, "apply", "was_applied")
    assert totals(chi) == before
    assert names(chi) == NEW


def record(chi: Desk) -> None:
    units, successions = decision()
    chi.go("/reorganisations/")
    chi.click("reorganisations.record", "link")
    page = chi.page
    page.get_by_label(chi.say("acts.number")).fill("1683/NQ-UBTVQH15")
    page.get_by_label(chi.say("acts.authority")).fill("Ủy ban Thường vụ Quốc hội")
    upload(chi, "successions", successions)
    upload(chi, "units", units)
    chi.click("reorganisations.record_and_rehearse")
    page.wait_for_url("**/reorganisations/*/")


def upload(chi: Desk, name: str, text: str) -> None:
    file = FilePayload(
        name=f"{name}.csv", mimeType="text/csv", buffer=text.encode("utf-8")
    )
    chi.page.get_by_label(chi.say(f"reorganisations.{name}")).set_input_files(file)


def said(chi: Desk) -> str:
    """Of the places that stay every figure is equal: the rehearsal has come."""
    return chi.say(
        "reorganisations.places_said", before="17", after="8", end="15", begin="6"
    )


def does(chi: Desk, where: str, button: str, done: str) -> None:
    if chi.page.url != where:
        chi.page.goto(where)
    chi.click(f"reorganisations.{button}")
    message = chi.page.locator(".message-success")
    expect(message).to_contain_text(chi.say(f"reorganisations.{done}"))


def totals(chi: Desk) -> list[str]:
    """Every figure of the province, as its page shows them."""
    chi.go(TOTALS)
    table = chi.page.locator("table").last
    shown = table.locator("tbody tr").all_inner_texts()
    assert shown
    return shown


def names(chi: Desk) -> set[str]:
    chi.go(PLACES)
    return set(chi.page.locator("tbody th").all_inner_texts())
