"""After approval a figure changes only by a new report, which leaves both."""

import pytest
from tests.web.people import People, by, water
from tests.web.submissions.stories import approved

from donbay.domain.workflow import NotAllowed
from donbay.web.ledger.models import Observation, Statement
from donbay.web.submissions.actions import (
    Entry,
    approve,
    begin,
    correct,
    note,
    save,
    send,
)
from donbay.web.submissions.models import Submission
from donbay.web.submissions.queries import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People(water())


def approve_again(people: People, mending: Submission) -> Submission:
    send(by(people.an), mending)
    approve(by(people.binh), mending)
    return approve(by(people.linh), mending)


def test_a_correction_begins_filled_in_and_only_its_changes_are_entered(
    people: People,
) -> None:
    report = approved(people)

    mending = correct(by(people.an), report, "Đếm nhầm xóm Mới")
    cell = sheet(mending.round, "tx", mending).cell("served")
    assert cell.typed == "900"
    save(by(people.an), mending, "served", Entry("950", cell.revision))
    done = approve_again(people, mending)

    assert (done.corrects_id, done.reason) == (report.pk, "Đếm nhầm xóm Mới")
    rows = Observation.objects.filter(indicator="served").order_by("seq")
    assert [(r.value, r.source) for r in rows] == [
        (900, f"submission:{report.pk}#served"),
        (950, f"submission:{mending.pk}#served"),
    ]
    assert Observation.objects.filter(indicator="homes").count() == 1
    report.refresh_from_db()
    assert report.state == "approved"


def test_a_figure_left_out_of_a_correction_is_withdrawn(people: People) -> None:
    report = approved(people, {"homes": "1200", "served": "900", "money": "5"})
    mending = correct(by(people.an), report, "Không có khoản này")

    save(by(people.an), mending, "money", Entry(""))
    note(by(people.an), mending, "money", "Nhập nhầm của xã khác")
    approve_again(people, mending)

    values = Observation.objects.filter(indicator="money").order_by("seq")
    assert [row.value for row in values] == [5, None]


def test_words_left_out_of_a_correction_are_withdrawn(people: People) -> None:
    mending = correct(by(people.an), approved(people), "Không phải hạn hán")

    save(by(people.an), mending, "causes", Entry(""))
    note(by(people.an), mending, "causes", "Chưa rõ nguyên nhân")
    approve_again(people, mending)

    said = Statement.objects.filter(field="causes").order_by("seq")
    assert [word.value for word in said] == ["Hạn hán", ""]


def test_a_correction_needs_a_reason_and_is_one_at_a_time(people: People) -> None:
    report = approved(people)
    with pytest.raises(NotAllowed, match="reason_missing"):
        correct(by(people.an), report, " ")

    mending = correct(by(people.an), report, "Đếm nhầm")

    with pytest.raises(NotAllowed, match="correction_open"):
        correct(by(people.chi), report, "Đếm nhầm")
    assert begin(by(people.an), report.round, "tx").pk == mending.pk


def test_only_the_newest_approved_report_is_corrected(people: People) -> None:
    report = approved(people)
    mending = correct(by(people.an), report, "Đếm nhầm")
    save(by(people.an), mending, "served", Entry("950"))
    approve_again(people, mending)

    with pytest.raises(NotAllowed, match="corrected_since"):
        correct(by(people.an), report, "Lần nữa")


def test_an_approved_report_is_not_begun_anew(people: People) -> None:
    report = approved(people)

    with pytest.raises(NotAllowed, match="approved_already"):
        begin(by(people.an), report.round, "tx")


def test_a_correction_is_sent_also_after_the_round_has_closed(people: People) -> None:
    report = approved(people)
    report.round.closes = report.round.due = report.round.opens
    report.round.save()

    mending = correct(by(people.an), report, "Đếm nhầm")

    assert send(by(people.an), mending).state == "sent"
