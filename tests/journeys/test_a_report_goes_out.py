"""Chi orders a report in another language than hers, looks at it and issues it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect
from tests.journeys.people_at_desks import Desks

pytestmark = pytest.mark.slow
PAGE = "/programmes/water/publications/"


@pytest.mark.parametrize(
    ("reader", "report", "says"),
    [("vi", "ar", "التقرير الفصلي"), ("ar", "vi", "Báo cáo quý")],
)
def test_an_order_is_made_looked_at_and_issued(
    desks: Desks, reader: str, report: str, says: str
) -> None:
    chi = desks.sit("chi", reader)
    chi.go(PAGE)
    chi.click("publications.order", "link")
    for label, text in (
        ("heading.period", "2026-Q2"),
        ("publications.issuer", "Văn phòng điều phối"),
        ("publications.number", "12/BC"),
    ):
        chi.page.get_by_label(chi.say(label), exact=True).fill(text)
    chi.page.get_by_label(chi.say("publications.language")).select_option(report)
    chi.click("publications.make")

    heading = chi.page.get_by_role("heading", name=chi.say("publications.files"))
    expect(heading).to_be_visible(timeout=60_000)
    expect(chi.page.locator("html")).to_have_attribute("dir", chi.direction)
    expect(chi.page.locator(".lead")).to_contain_text(says)
    with chi.page.expect_download() as given:
        chi.page.get_by_role("link", name="PDF", exact=True).click()
    with pypdfium2.PdfDocument(Path(given.value.path())) as file:
        told = file[0].get_textpage().get_text_bounded()
    assert "12" in told
    assert "BC" in told

    chi.click("publications.issue")
    expect(chi.page.locator(".message-success")).to_contain_text(
        chi.say("publications.was_issued")
    )
    an = desks.sit("an", reader)
    an.go(PAGE)
    an.page.get_by_role("link", name=an.say("report_kind.quarterly")).click()
    expect(an.page.locator("main")).to_contain_text(re.compile(r"[0-9a-f]{64}"))
    expect(
        an.page.get_by_role("button", name=an.say("publications.issue"))
    ).to_have_count(0)
