"""What the database is asked to approve a report does not grow with the report."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.people import People, by, water
from tests.web.submissions.stories import WATER, filled, fresh

from donbay.web.submissions.actions import approve, send

pytestmark = pytest.mark.django_db
MOST = 36


@pytest.fixture
def people() -> People:
    return People(water())


def asked_when_linh_approves(
    people: People, answers: dict[str, str], period: str
) -> int:
    report = send(by(people.an), filled(people, answers, period))
    report = fresh(approve(by(people.binh), report))
    browser = Client()
    browser.force_login(people.linh)
    told = {"seen": str(report.revision), "approve": "1"}
    with CaptureQueriesContext(connection) as asked:
        browser.post(f"/reports/{report.pk}/review/", told)
    assert fresh(report).state == "approved"
    return len(asked)


def test_as_much_for_four_answers_as_for_three(people: People) -> None:
    short = {field: WATER[field] for field in ("homes", "served", "mood")}
    asked_when_linh_approves(people, short, "2026-Q1")  # the programme's first

    few = asked_when_linh_approves(people, short, "2026-Q2")
    many = asked_when_linh_approves(people, WATER, "2026-Q3")

    assert few == many <= MOST
