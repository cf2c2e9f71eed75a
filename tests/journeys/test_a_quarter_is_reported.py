"""An reports a quarter; Võ Nhai sends one figure back; the province's board changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.journeys.people_at_desks import Desk, Desks

pytestmark = pytest.mark.slow
PLACE = "Xã Tràng Xá"
TITLES = {
    "vi": ("Hộ gia đình", "Hộ có nước sạch", "Kinh phí", "95 % hộ có nước sạch"),
    "ar": ("الأسر", "الأسر المزوَّدة بالماء", "الإنفاق", "مياه نظيفة لـ 95 %"),
}
REASON = "Sổ của thôn ghi 1.100 hộ"


@pytest.mark.parametrize("language", TITLES)
def test_from_the_commune_to_the_board_of_the_province(
    desks: Desks, language: str, tmp_path: Path
) -> None:
    homes, served, money, target = TITLES[language]
    leader = desks.sit("dung", language)
    leader.go("/programmes/water/why/tn/water_95/")
    before = leader.page.locator(".figure-value").first.inner_text()

    an = desks.sit("an", language)
    begin(an)
    expect(an.page.locator("html")).to_have_attribute("dir", an.direction)
    typed(an, homes, an.number(1200))
    assert an.number(1190) in field(an, homes).inner_text(), "the quarter before"
    choose_a_reading(an, money)
    typed(an, served, an.number(900))
    attach(an, served, tmp_path)

    an = closed_and_opened_again(desks, an, language)
    expect(box(an, homes)).to_have_value(an.number(1200))
    desks.server.kill()
    desks.server.start()
    an.page.reload()
    expect(box(an, served)).to_have_value(an.number(900))
    expect(field(an, served).get_by_role("link", name="sổ.pdf")).to_be_visible()
    send(an)

    binh = desks.sit("binh", language)
    open_review(binh)
    send_one_back(binh, served)
    an.go("/work/")
    an.page.get_by_role("link", name=PLACE).first.click()
    an.click("report.go_on", "link")
    expect(field(an, served)).to_contain_text(REASON)
    typed(an, served, an.number(1100))
    send(an)

    for name in ("binh", "linh"):
        reviewer = desks.sit(name, language)
        open_review(reviewer)
        reviewer.click("action.approve")
        expect(reviewer.page.locator(".message-success")).to_be_visible()

    leader.go("/programmes/water/")
    leader.page.get_by_role("link", name=target, exact=True).click()
    leader.go("/programmes/water/why/tn/water_95/")
    assert leader.page.locator(".figure-value").first.inner_text() != before
    the_chain_ends_at_the_file(leader)


def begin(an: Desk) -> None:
    an.go("/work/")
    an.page.get_by_role("link", name=PLACE).first.click()
    an.click("report.begin")
    an.page.wait_for_url("**/fill/")


def box(desk: Desk, title: str) -> Locator:
    named = re.compile(rf"^{re.escape(title)}( \(|$)")
    return desk.page.get_by_role("textbox", name=named).first


def field(desk: Desk, title: str) -> Locator:
    return desk.page.locator(".field").filter(has=box(desk, title)).first


def typed(desk: Desk, title: str, text: str) -> None:
    """Key by key, then on to the next field; the page says that it is saved."""
    into = box(desk, title)
    into.click()
    into.press("Control+a")
    into.press_sequentially(text)
    with desk.page.expect_response("**/field/"):
        into.press("Tab")
    saved = field(desk, title).locator(".save-state svg")
    expect(saved).to_be_visible()


def choose_a_reading(an: Desk, money: str) -> None:
    """398,925: thousands or decimals? The page asks as she types."""
    typed(an, money, "398,925")
    asked = field(an, money)
    expect(asked.locator(".message-error, .message-warning").first).to_be_visible()
    meant = an.say("report.reading.joined", text=an.number(398_925))
    asked.get_by_role("button", name=meant).click()
    expect(asked.locator(".message")).to_have_count(0)
    expect(asked.locator(".save-state bdi")).to_contain_text(an.number(398_925))


def attach(an: Desk, title: str, place: Path) -> None:
    file = place / "sổ.pdf"
    file.write_bytes(b"%PDF-1.4 homes by hamlet")
    files = field(an, title).locator(".files")
    files.locator("summary").click()
    files.locator("input[type=file]").set_input_files(file)
    link = field(an, title).get_by_role("link", name="sổ.pdf")
    expect(link).to_be_visible()


def closed_and_opened_again(desks: Desks, an: Desk, language: str) -> Desk:
    path = an.page.url.removeprefix(desks.server.url)
    an.page.context.close()
    desks.opened.remove(an.page.context)
    again = desks.sit("an", language)
    again.go(path)
    return again


def send(an: Desk) -> None:
    an.click("report.check_and_send")
    expect(an.page).to_have_url(re.compile("/send/(#.*)?$"))
    an.click("action.send")
    expect(an.page.get_by_text(an.say("report.was_sent"))).to_be_visible()


def open_review(reviewer: Desk) -> None:
    reviewer.go("/review/")
    reviewer.page.get_by_role("link", name=PLACE).first.click()


def send_one_back(binh: Desk, title: str) -> None:
    reason = binh.page.get_by_label(binh.say("review.reason_for", title=title))
    row = binh.page.locator("tr.ask").filter(has=reason).first
    row.locator("summary").click()
    reason.first.fill(REASON)
    binh.click("review.send_back_named")
    said = binh.say("review.was_sent_back", count=1)
    expect(binh.page.get_by_text(said)).to_be_visible()


def the_chain_ends_at_the_file(leader: Desk) -> None:
    """From the verdict to the row, to the report, to the file, which opens."""
    page = leader.page
    report = page.locator("td").filter(has_text="An").get_by_role("link").first
    file = page.get_by_role("link", name="sổ.pdf").first
    with page.expect_download() as saved:
        file.click()
    assert saved.value.path().read_bytes() == b"%PDF-1.4 homes by hamlet"
    report.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(PLACE)


def test_without_a_script(desks: Desks) -> None:
    """An old browser: the form is saved and sent whole."""
    homes, served, money, _ = TITLES["vi"]
    an = desks.sit("an", "vi", scripts=False)
    begin(an)
    box(an, homes).fill("1.200")
    box(an, money).fill("398,925")
    an.click("report.save")
    expect(an.page.get_by_text(an.say("report.saved"))).to_be_visible()
    meant = an.say("report.reading.parted", text=an.number(398.925))
    field(an, money).get_by_role("button", name=meant).click()
    expect(box(an, homes)).to_have_value("1.200")
    an.click("report.check_and_send")
    an.page.get_by_role("link", name=served, exact=True).click()
    box(an, served).fill("900")
    send(an)
