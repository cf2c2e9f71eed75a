"""Chi of the programme office opens rounds, gives more time, and closes."""

from datetime import date, timedelta

import pytest
from tests.web.people import People, by, quarter, water

from donbay.domain.rounds import RoundState
from donbay.domain.workflow import NotAllowed
from donbay.web.journal.queries import of_object
from donbay.web.programmes import queries
from donbay.web.programmes.actions import close, close_due, extend, open_rounds
from donbay.web.programmes.permissions import JOB
from donbay.web.submissions.actions import begin

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 3)


@pytest.fixture
def people() -> People:
    return People(water())


def test_the_calendar_says_which_rounds_are_opened(people: People) -> None:
    made = open_rounds(by(people.chi), people.programme, APRIL)

    assert [(r.call, r.form, r.period) for r in made] == [
        ("quarterly", "commune_quarter", "2026-Q1")
    ]
    assert (made[0].opens, made[0].due) == (date(2026, 4, 1), date(2026, 4, 15))
    assert of_object("round", made[0].pk).get().by_name == "Chi"


def test_a_round_is_opened_once(people: People) -> None:
    open_rounds(by(people.chi), people.programme, APRIL)

    assert open_rounds(JOB, people.programme, APRIL) == []
    assert people.programme.rounds.count() == 1


def test_only_the_programme_office_may(people: People) -> None:
    round = quarter(people.programme)
    tomorrow = round.due + timedelta(days=1)

    for other in (people.an, people.binh, people.linh, people.dung, people.giang):
        with pytest.raises(NotAllowed, match="only_the_office"):
            open_rounds(by(other), people.programme, APRIL)
        with pytest.raises(NotAllowed, match="only_the_office"):
            extend(by(other), round, "tx", tomorrow, "Lũ")
        with pytest.raises(NotAllowed, match="only_the_office"):
            close(by(other), round)


def test_one_late_unit_is_given_more_time_with_a_reason(people: People) -> None:
    round = quarter(people.programme, due_in=-5)
    today = queries.today(people.programme)
    until = today + timedelta(days=40)
    close(by(people.chi), round)

    extend(by(people.chi), round, "tx", until, "Lũ cuốn trôi cầu")

    assert queries.days_of(round, "tx").state(until) is RoundState.OPEN
    assert queries.days_of(round, "lh").state(today) is RoundState.CLOSED
    assert begin(by(people.an), round, "tx").unit_id == "tx"
    with pytest.raises(NotAllowed, match="round_takes_nothing"):
        begin(by(people.hoa), round, "lh")


def test_more_time_needs_a_reason_a_later_day_and_a_place_that_is_asked(
    people: People,
) -> None:
    round = quarter(people.programme)
    later = round.due + timedelta(days=9)

    for unit, until, reason, code in (
        ("tx", later, " ", "reason_missing"),
        ("tx", round.due, "Lũ", "until_in_the_past"),
        ("vn", later, "Lũ", "unit_not_asked"),
    ):
        with pytest.raises(NotAllowed, match=code):
            extend(by(people.chi), round, unit, until, reason)


def test_a_round_closes_by_itself_after_its_last_day(people: People) -> None:
    round = quarter(people.programme)

    assert close_due(JOB, people.programme, round.closes) == []
    after = round.closes + timedelta(days=1)
    assert [one.pk for one in close_due(JOB, people.programme, after)] == [round.pk]
    round.refresh_from_db()
    assert round.state == "closed"
