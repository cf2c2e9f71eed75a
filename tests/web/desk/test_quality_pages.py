"""Giang looks at what is suspicious first, and says why some of it is not."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.web.pages import text
from tests.web.people import People, by, quarter, signed_in
from tests.web.reorganisations.merger import enters, reported

from donbay.web.journal.actions import acting
from donbay.web.journal.models import Entry
from donbay.web.ledger.actions import Row
from donbay.web.programmes.models import Programme
from donbay.web.quality.models import Dismissal
from donbay.web.results.actions import enter

pytestmark = pytest.mark.django_db
PAGE = "/programmes/water/quality/"
KEY = "share|tx|served|2026-Q3"


@pytest.fixture
def giang() -> Client:
    """More homes of Tràng Xá have water than there are; a round is two weeks over."""
    programme = reported()
    enters(programme, "2026-Q3", [("tx", 1000, 1100), ("lh", 500, 350)])
    quarter(programme, due_in=-14)
    return signed_in(People(programme).giang)


def test_what_cannot_be_stands_first_and_late_reports_follow(giang: Client) -> None:
    told = giang.get(f"{PAGE}?as=csv").content.decode().splitlines()
    assert "Tỷ lệ không thể có,Xã Tràng Xá" in told[1]
    assert "không thể là một phần của" in told[1]
    assert sum("Báo cáo còn thiếu" in line for line in told) == 3


def test_a_total_that_its_parts_do_not_make_is_told(giang: Client) -> None:
    programme = Programme.objects.get()
    rows = [
        Row("lh", "money", "2026-Q3", value, category)
        for category, value in (("", 100.0), ("state", 60.0), ("people", 30.0))
    ]
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference="money")
    told = giang.get(f"{PAGE}?as=csv&kind=parts").content.decode()
    assert "Tổng là 100; các phần cộng lại là 90." in told


def test_what_is_dismissed_with_a_reason_is_kept_and_not_told_again(
    giang: Client,
) -> None:
    said = {"key": KEY, "reason": "Sổ đã kiểm: gồm hộ tạm trú."}
    page = text(giang.post(f"{PAGE}dismiss/", said, follow=True))
    assert "Sổ đã kiểm: gồm hộ tạm trú." in page
    assert "share|tx|served" not in page
    assert Entry.objects.filter(verb="dismiss").count() == 1
    again = giang.post(f"{PAGE}dismiss/", said)
    assert again.status_code == 404


def test_without_a_reason_nothing_is_dismissed(giang: Client) -> None:
    page = text(giang.post(f"{PAGE}dismiss/", {"key": KEY}, follow=True))
    assert KEY in page
    assert not Dismissal.objects.exists()


def test_who_leads_looks_and_dismisses_nothing(giang: Client) -> None:
    assert giang.get(PAGE).status_code == 200
    dung = signed_in(People(reported()).dung)
    assert "Gạt bỏ" not in text(dung.get(PAGE))
    said = {"key": KEY, "reason": "Không sao"}
    assert dung.post(f"{PAGE}dismiss/", said).status_code == 404


def test_the_database_keeps_dismissals(giang: Client) -> None:
    giang.post(f"{PAGE}dismiss/", {"key": KEY, "reason": "Đã kiểm"})
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM quality_dismissal")
