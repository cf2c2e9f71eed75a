"""An brings an article in French and English, sees where they differ, and takes ten
figures with keys alone; Bình sees the sentence behind each."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.people_at_desks import PHONE, Desk, Desks
from tests.journeys.test_accessibility import looked_at
from tests.journeys.visits import Visit

pytestmark = pytest.mark.slow
ARTICLES = Path(__file__).with_name("articles")
FRENCH, ENGLISH = "trang-xa.fr.txt", "trang-xa.en.txt"
PLACE = "Xã Tràng Xá"
TAKEN = 10
NOT_ASKED = {"three years", "two"}  # since a resolution; fairs
IN_CONFLICT = {"143", "412"}  # the two articles tell different numbers
MONEY = '.passage strong:has-text("96.4 billion VND")'


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_ten_figures_of_an_article_are_taken_with_keys_and_sent(
    highland: Desks, language: str
) -> None:
    an = highland.sit("an", language)
    an.go("/work/")
    an.page.get_by_role("link", name=PLACE).first.click()
    an.click("evidence.documents", "link")
    bring(an, FRENCH)
    an.page.locator(".crumbs a").first.click()
    bring(an, ENGLISH)

    an.click("evidence.beside", "link", name=FRENCH)
    expect(an.page.locator("html")).to_have_attribute("dir", an.direction)
    conflicts = an.page.locator("tr", has_text=an.say("evidence.sort_of.conflict"))
    for told in IN_CONFLICT:
        expect(conflicts.filter(has_text=told)).to_have_count(1)
    alone = an.page.locator("tr", has_text=an.say("evidence.only_in", name=FRENCH))
    expect(alone).to_have_count(1)
    expect(alone).to_contain_text("familles")
    an.page.get_by_role("link", name=ENGLISH).first.click()

    take_ten(an)
    send(an)
    seen_by_the_reviewer(highland.sit("binh", language))


def bring(an: Desk, name: str) -> None:
    an.page.locator("#document").set_input_files(ARTICLES / name)
    an.click("evidence.read")
    an.page.wait_for_url("**/documents/*/")
    expect(an.page.get_by_role("heading", level=1)).to_contain_text(name)


def take_ten(an: Desk) -> None:
    """From the head of the page on, the mouse is not touched."""
    an.page.wait_for_url("**/documents/*/")
    assert not list(looked_at(an.page, Visit("", "an"), "vi"))
    an.page.set_viewport_size({"width": 1280, "height": 900})
    keys = an.page.keyboard
    for _ in range(40):
        if an.page.evaluate("document.activeElement.id") == "begin":
            break
        keys.press("Tab")
    keys.press("Enter")
    taken = 0
    while taken < TAKEN:
        card = an.page.locator(".claim:focus")
        expect(card).to_have_attribute("data-state", "undecided")
        number, printed = card.get_attribute("id"), card.locator("h3 a").inner_text()
        expect(an.page.locator(".said-here")).to_have_text(printed)
        asked = printed not in NOT_ASKED
        keys.press("a" if asked else "r")
        state = "accepted" if asked else "rejected"
        expect(an.page.locator(f"#{number}")).to_have_attribute("data-state", state)
        taken += asked
    expect(an.page.locator(".claim[data-state=accepted]")).to_have_count(TAKEN)


def send(an: Desk) -> None:
    an.page.locator("#claims-done a").click()
    an.click("report.go_on", "link")
    expect(an.page.locator(".passage")).to_have_count(TAKEN)
    # "More than" is asked about, as from everybody who reports.
    money = an.page.locator(".field", has=an.page.locator(MONEY))
    money.locator("textarea[name^='note:']").fill("Bài báo chỉ ghi “hơn”")
    an.click("report.check_and_send")
    an.click("action.send")
    expect(an.page.locator(".message-success")).to_be_visible()


def seen_by_the_reviewer(binh: Desk) -> None:
    binh.go("/review/")
    binh.page.get_by_role("link", name=PLACE).first.click()
    expect(binh.page.locator(".passage")).to_have_count(TAKEN)
    money = binh.page.locator("tr", has=binh.page.locator(MONEY))
    expect(money).to_contain_text("with more than 96.4 billion VND of capital invested")
    money.locator(".passage a").click()
    expect(binh.page.locator(".claim:target")).to_contain_text("96.4 billion VND")
    expect(
        binh.page.get_by_role("button", name=binh.say("evidence.accept"))
    ).to_have_count(0)


def test_the_same_is_done_by_buttons_without_scripts_on_a_phone(
    highland: Desks,
) -> None:
    an = highland.sit("an", "ar", scripts=False)
    an.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    an.go("/work/")
    an.page.get_by_role("link", name=PLACE).first.click()
    an.click("evidence.documents", "link")
    bring(an, ENGLISH)
    card = an.page.locator(".claim", has_text="1,184")
    card.locator("[name=accept]").click()
    expect(an.page.locator(".claim", has_text="1,184").first).to_have_attribute(
        "data-state", "accepted"
    )
    fairs = an.page.locator(
        ".claim", has=an.page.get_by_role("link", name="two", exact=True)
    )
    fairs.locator("summary").click()
    fairs.locator("select[name=field]").select_option("jobs")
    fairs.locator("[name=mend]").click()
    expect(fairs).to_have_attribute("data-state", "mended")
    wide = (
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    assert an.page.evaluate(wide)
