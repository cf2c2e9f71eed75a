"""People are told once what is open, due, late or sent back, in their language."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.people import People, by, give, person, quarter, water
from tests.web.submissions.stories import approved, sent

from donbay.domain.roles import RoleKind
from donbay.domain.territory import Territory, Version
from donbay.web.installation.schedule import each_minute
from donbay.web.journal.actions import NOBODY
from donbay.web.programmes.models import Round
from donbay.web.submissions.actions import (
    mail_reminders,
    mark_read,
    remind,
    send_back,
)
from donbay.web.submissions.models import Reminder
from donbay.web.territory.actions import add_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People(water())


def told(people: People, round: Round, days: int) -> list[tuple[str, str, str]]:
    """Whom `remind` tells what so many days after the due day."""
    new = remind(people.programme, round.due + timedelta(days=days))
    return sorted((one.user.name, one.kind, one.unit_id) for one in new)


def test_an_is_told_when_it_opens_is_nearly_due_and_late(people: People) -> None:
    round = quarter(people.programme)
    assert people.an.pk

    assert told(people, round, -5) == [("An", "opened", "tx")]
    assert told(people, round, -4) == []
    assert told(people, round, -3) == [("An", "due", "tx")]
    assert told(people, round, 0) == []
    assert told(people, round, 1) == [("An", "late", "tx")]
    assert told(people, round, 9) == []


def test_nobody_is_told_of_what_was_sent_or_approved(people: People) -> None:
    report = approved(people)

    assert told(people, report.round, 1) == []


def test_what_was_sent_back_is_told(people: People) -> None:
    report = sent(people)
    send_back(by(people.binh), report, {"homes": "?"})

    assert ("An", "returned", "tx") in told(people, report.round, -4)


def test_where_nobody_reports_for_a_place_those_above_are_told(
    people: People,
) -> None:
    tam = person("Tâm")
    give(tam, RoleKind.REPORTER, "vn", people.programme)
    assert people.an.pk

    assert told(people, quarter(people.programme), -5) == [
        ("An", "opened", "tx"),
        ("Tâm", "opened", "lh"),
    ]


def test_the_letter_is_in_the_persons_language_and_comes_once(people: People) -> None:
    people.an.email = "an@example.org"
    people.an.language = "fr"
    people.an.save()
    told(people, quarter(people.programme), 1)

    assert mail_reminders(people.programme) == 1
    assert mail_reminders(people.programme) == 0

    [letter] = mail.outbox
    assert letter.to == ["an@example.org"]
    assert "Xã Tràng Xá" in letter.body
    assert "n’a pas été envoyé" in letter.body


def test_an_marks_her_own_as_read(people: People) -> None:
    assert people.an != people.hoa
    told(people, quarter(people.programme), 1)

    assert mark_read(people.an) == 1
    assert not Reminder.objects.filter(user=people.an, read_at=None).exists()
    assert Reminder.objects.filter(user=people.hoa, read_at=None).exists()


def asked_in_a_minute() -> int:
    """How often the clock asks the database when nothing is new."""
    each_minute()
    with CaptureQueriesContext(connection) as asked:
        each_minute()
    return len(asked)


def test_ten_more_communes_cost_no_more_questions(people: People) -> None:
    quarter(people.programme)
    assert people.an.pk
    few = asked_in_a_minute()

    new = [Version(f"c{n}", f"{n}", f"Xã {n}", "commune", "vn") for n in range(10)]
    add_places(NOBODY, Territory(new))

    assert asked_in_a_minute() == few
