"""Matrix, sheet and work: what they show, and with how many queries."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from tests.web.people import People, by, quarter, water
from tests.web.submissions.stories import approved, filled, fresh, sent

from donbay.web.programmes import queries as programmes
from donbay.web.submissions import queries
from donbay.web.submissions.actions import approve, correct, send, send_back

pytestmark = pytest.mark.django_db
Bounded = Callable[[int], AbstractContextManager[object]]
ALL = ("tn", "vn", "dt", "tx", "lh", "hn")


@pytest.fixture
def people() -> People:
    return People(water())


def states(people: People, days: int = 0) -> dict[str, str]:
    rounds = queries.rounds_of(people.programme, "2026-Q3")
    on = rounds[0].due + timedelta(days=days)
    lines = queries.matrix(rounds, ALL, on).lines
    return {line.unit: line.cells[0].code for line in lines if line.cells[0]}


def test_the_matrix_shows_where_each_place_stands(people: People) -> None:
    quarter(people.programme)
    assert states(people) == dict.fromkeys(("tx", "lh", "hn"), "not_started")

    report = filled(people)
    assert states(people)["tx"] == "draft"
    assert states(people, days=1) == dict.fromkeys(("tx", "lh", "hn"), "late")
    report = sent(people)
    assert states(people, days=1)["tx"] == "sent"
    send_back(by(people.binh), report, {"homes": "?"})
    assert states(people)["tx"] == "returned"


def test_a_correction_is_not_late(people: People) -> None:
    report = approved(people)
    assert states(people, days=1)["tx"] == "approved"

    correct(by(people.an), report, "Đếm nhầm")

    assert states(people, days=1)["tx"] == "draft"


def test_work_is_what_is_owed_and_what_waits(people: People) -> None:
    today = programmes.today(people.programme)
    quarter(people.programme)
    assert [i.unit for i in queries.work(people.an, today).due] == ["tx"]
    assert not queries.work(people.binh, today)

    report = sent(people)
    assert not queries.work(people.an, today)
    assert [i.unit for i in queries.work(people.binh, today).review] == ["tx"]
    assert not queries.work(people.linh, today).review
    approve(by(people.binh), report)
    assert [i.unit for i in queries.work(people.linh, today).review] == ["tx"]
    send_back(by(people.linh), fresh(report), {"homes": "?"})
    assert [i.unit for i in queries.work(people.an, today).returned] == ["tx"]


def test_a_sheet_has_the_figure_of_before_and_the_target_beside_each(
    people: People,
) -> None:
    first = send(by(people.an), filled(people, period="2026-Q2"))
    approve(by(people.binh), first)
    approve(by(people.linh), first)

    sheet = queries.sheet(quarter(people.programme), "tx")

    assert sheet.submission is None
    assert sheet.cell("homes").previous == 1200
    assert [part.section.id for part in sheet.parts] == ["homes", "money", "words"]


def test_the_number_of_queries_does_not_grow(
    people: People, django_assert_max_num_queries: Bounded
) -> None:
    report = sent(people)
    rounds = [report.round, quarter(people.programme, "2026-Q2")]
    today = programmes.today(people.programme)
    users = get_user_model().objects
    binh, an = (users.get(pk=u.pk) for u in (people.binh, people.an))

    with django_assert_max_num_queries(8):
        queries.matrix(programmes.shared(rounds), ALL, today)
    with django_assert_max_num_queries(12):
        queries.sheet(report.round, "tx", fresh(report))
    with django_assert_max_num_queries(20):
        queries.work(an, today)
    with django_assert_max_num_queries(20):
        queries.work(binh, today)
