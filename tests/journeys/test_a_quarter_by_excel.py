"""An reports by Excel: three wrong cells come back coloured, are mended and applied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.people_at_desks import Desk, Desks
from tests.journeys.test_accessibility import looked_at
from tests.journeys.visits import Visit
from tests.web.excel import Excel

pytestmark = pytest.mark.slow
PLACE = "Xã Tràng Xá"


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_three_wrong_cells_are_returned_mended_and_applied(
    desks: Desks, language: str, tmp_path: Path
) -> None:
    an = desks.sit("an", language)
    an.go("/work/")
    an.page.get_by_role("link", name=PLACE).first.click()
    an.click("workbook.link", "link")
    expect(an.page.locator("html")).to_have_attribute("dir", an.direction)
    book = fetched(an, "workbook.download", "link")
    assert (b"rightToLeft" in book.parts["xl/worksheets/sheet1.xml"]) == (
        language == "ar"
    )

    wrong = book.typed(homes="nhiều", mood="lắm", met_on="hôm qua", served=900)
    send_in(an, wrong, tmp_path)
    expect(an.page.locator("main")).to_contain_text(
        an.say("workbook.held", count=an.number(3))
    )
    assert not list(looked_at(an.page, Visit("", "an"), language))
    back = fetched(an, "workbook.get_marked")
    assert back.notes.count("nhiều") == 1
    assert back.seen("homes")[6] == "nhiều"

    send_in(an, back.typed(homes=1200, mood="good", met_on="2026-09-12"), tmp_path)
    expect(an.page.locator("main")).to_contain_text(
        an.say("workbook.ready", count=an.number(4))
    )
    an.click("workbook.apply")
    expect(an.page.locator(".message-success")).to_contain_text("4")
    an.page.wait_for_url("**/fill/")
    for answer in ("1200", "900"):
        expect(an.page.locator(f'input[value="{answer}"]').first).to_be_visible()


def fetched(desk: Desk, code: str, role: str = "button") -> Excel:
    with desk.page.expect_download() as given:
        desk.click(code, "link" if role == "link" else "button")
    return Excel(Path(given.value.path()).read_bytes())


def send_in(desk: Desk, book: Excel, folder: Path) -> None:
    path = folder / "Quý.xlsx"
    path.write_bytes(book.content)
    desk.page.locator("#workbook").set_input_files(path)
    desk.click("workbook.look")
    title = re.compile(re.escape(desk.say("workbook.changes")))
    expect(desk.page.get_by_role("heading", name=title)).to_be_visible()
