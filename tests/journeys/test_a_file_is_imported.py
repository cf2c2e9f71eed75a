"""Chi brings a file with three problems, mends it, and enters it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.people_at_desks import Desk, Desks
from tests.journeys.test_accessibility import looked_at
from tests.journeys.visits import Visit
from tests.web.importing import FIGURES, WRONG

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("language", "scripts"), [("vi", True), ("ar", True), ("vi", False)]
)
def test_three_problems_are_listed_mended_and_the_file_entered(
    desks: Desks, language: str, tmp_path: Path, *, scripts: bool
) -> None:
    chi = desks.sit("chi", language, scripts=scripts)
    chi.go("/programmes/water/rounds/")
    chi.click("imports.title", "link")
    bring(chi, tmp_path / "thang-7.csv", WRONG)
    waits_for(chi, chi.say("imports.wrong", count=3))
    rows = chi.page.locator("main tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("nhiều")
    if scripts:
        assert not list(looked_at(chi.page, Visit("", "chi"), language))

    chi.click("imports.again", "link")
    mended = FIGURES.replace("bulletin", f"{language}-{scripts}")  # a file of its own
    bring(chi, tmp_path / "thang-7.csv", mended)
    waits_for(chi, chi.say("imports.checked"))
    chi.click("imports.apply")
    waits_for(chi, chi.say("imports.done", batch="{batch}").split("{batch}")[0].strip())
    if scripts:
        assert not list(looked_at(chi.page, Visit("", "chi"), language))


def bring(desk: Desk, path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    desk.page.locator("#file").set_input_files(path)
    desk.click("imports.look")


def waits_for(desk: Desk, text: str) -> None:
    """As a person without scripts does: by looking again."""
    for _ in range(60):
        if desk.page.locator("main").get_by_text(text).count():
            return
        desk.page.wait_for_timeout(500)
        again = desk.page.get_by_role("link", name=desk.say("board.look_again"))
        if again.count():
            again.first.click()
    expect(desk.page.locator("main")).to_contain_text(text)
