"""An reports the water of Tràng Xá; Võ Nhai and then the province approve it."""

import pytest
from tests.web.people import People, by, quarter, water

from donbay.domain.workflow import NotAllowed
from donbay.web.ledger.models import Observation, Statement
from donbay.web.submissions.actions import Entry, Stopped, approve, begin, save, send
from donbay.web.submissions.models import Submission

pytestmark = pytest.mark.django_db


def filled(people: People, **answers: str) -> Submission:
    round = quarter(people.programme)
    report = begin(by(people.an), round, "tx")
    for field, typed in answers.items():
        save(by(people.an), report, field, Entry(typed))
    return report


def test_figures_are_in_the_ledger_after_the_last_step() -> None:
    people = People(water())
    report = filled(people, homes="1.200", served="900", mood="good", causes="Hạn hán")

    send(by(people.an), report)
    assert approve(by(people.binh), report).state == "sent"
    assert not Observation.objects.exists()
    done = approve(by(people.linh), report)

    assert done.state == "approved"
    assert done.batch == 1
    rows = Observation.objects.order_by("seq").values_list(
        "unit", "indicator", "period", "value", "source"
    )
    assert list(rows) == [
        ("tx", "homes", "2026-Q3", 1200, f"submission:{report.pk}#homes"),
        ("tx", "served", "2026-Q3", 900, f"submission:{report.pk}#served"),
    ]
    words = Statement.objects.order_by("seq").values_list("field", "value")
    assert list(words) == [("causes", "Hạn hán"), ("mood", "good")]


def test_a_report_is_begun_once() -> None:
    people = People(water())

    assert filled(people).pk == filled(people).pk


def test_what_is_missing_stops_the_sending() -> None:
    people = People(water())
    report = filled(people, homes="1200")

    with pytest.raises(Stopped) as stopped:
        send(by(people.an), report)

    assert [(f.code, f.field) for f in stopped.value.findings] == [
        ("missing", "served")
    ]


def test_nobody_begins_the_report_of_another_place() -> None:
    people = People(water())

    with pytest.raises(NotAllowed, match="only_the_place"):
        begin(by(people.hoa), quarter(people.programme), "tx")
