"""Bình reviews: one report at a time, figures sent back with reasons, or many at once."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.people import People, by, quarter, signed_in, water
from tests.web.submissions.stories import WATER, sent

from donbay.web.results import queries as results
from donbay.web.results.following import forget
from donbay.web.submissions.actions import Entry, begin, save, send
from donbay.web.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    forget()
    return People(water())


def sent_by_hoa(people: People) -> Submission:
    hoa = by(people.hoa)
    report = begin(hoa, quarter(people.programme), "lh")
    for field, typed in WATER.items():
        save(hoa, report, field, Entry(typed))
    return send(hoa, report)


def move(client: Client, report: Submission, action: str, **more: str) -> int:
    report.refresh_from_db()
    address = f"/submissions/{report.pk}/{action}/"
    return client.post(address, {"revision": report.revision, **more}).status_code


def page(client: Client, report: Submission) -> str:
    return client.get(f"/submissions/{report.pk}/").content.decode()


def test_a_figure_goes_back_with_its_reason(people: People) -> None:
    report = sent(people)
    binh, why = signed_in(people.binh), "Thiếu xóm Đồng Ruộng"
    assert "Tràng Xá" in binh.get("/reviews/").content.decode()
    assert move(binh, report, "send_back", **{"reason:served": why}) == 302
    report.refresh_from_db()
    assert report.state == "returned"
    assert why in page(signed_in(people.an), report)
    assert "Tràng Xá" not in binh.get("/reviews/").content.decode()


def test_nothing_goes_back_without_a_reason(people: People) -> None:
    report = sent(people)
    assert move(signed_in(people.binh), report, "send_back") == 409
    report.refresh_from_db()
    assert report.state == "sent"


def test_the_last_approval_moves_the_province(people: People) -> None:
    report = sent(people)
    assert move(signed_in(people.binh), report, "approve") == 302
    assert move(signed_in(people.linh), report, "approve") == 302
    live = results.live(people.programme)
    assert live is not None
    found = results.series(live, "tn", "clean_water")
    assert [row.value for row in found if str(row.period) == "2026-Q3"] == [75]


def test_many_are_approved_at_once(people: People) -> None:
    reports = [sent(people), sent_by_hoa(people)]
    chosen = [f"{one.pk}:{one.revision}" for one in reports]
    binh = signed_in(people.binh)
    assert binh.post("/reviews/approve/", {"report": chosen}).status_code == 302
    for one in reports:
        one.refresh_from_db()
        assert one.step == 1


def test_an_old_page_approves_nothing(people: People) -> None:
    report = sent(people)
    binh = signed_in(people.binh)
    old = {"revision": report.revision + 7}
    assert binh.post(f"/submissions/{report.pk}/approve/", old).status_code == 409


def test_a_reporter_elsewhere_finds_nothing(people: People) -> None:
    report = sent(people)
    khoi = signed_in(people.khoi)
    assert khoi.get(f"/submissions/{report.pk}/").status_code == 404
    assert move(khoi, report, "approve") == 404


def test_a_leader_reads_and_moves_nothing(people: People) -> None:
    report = sent(people)
    dung = signed_in(people.dung)
    assert "Tràng Xá" in page(dung, report)
    assert move(dung, report, "approve") == 409


@pytest.mark.parametrize("language", ["vi", "en", "fr", "ar"])
def test_every_language_has_the_page(people: People, language: str) -> None:
    report = sent(people)
    binh = signed_in(people.binh)
    binh.cookies["language"] = language
    assert f'lang="{language}"' in page(binh, report)
    assert "reviews." not in page(binh, report)
