"""An reports the water of Tràng Xá; Võ Nhai and then the province approve it."""

import pytest
from tests.web.people import People, by, quarter, water
from tests.web.submissions.stories import WATER, filled, fresh, sent

from donbay.domain.workflow import NotAllowed
from donbay.web.journal.queries import of_object
from donbay.web.ledger.models import Observation, Statement
from donbay.web.submissions.actions import (
    Entry,
    Stopped,
    approve,
    approve_many,
    begin,
    note,
    save,
    send,
    send_back,
    take_back,
)
from donbay.web.submissions.models import Return

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People(water())


def test_figures_are_in_the_ledger_after_the_last_step(people: People) -> None:
    report = sent(people)

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


def test_every_move_is_in_the_journal_with_who_and_from_where(people: People) -> None:
    report = sent(people)
    send_back(by(people.binh), report, {"served": "Năm ngoái là 1.100"})

    entries = of_object("submission", report.pk)
    moves = [(e.verb, e.by_name, e.address) for e in entries if e.verb != "save"]

    assert moves == [
        ("send_back", "Bình", "10.0.0.7"),
        ("send", "An", "10.0.0.7"),
        ("begin", "An", "10.0.0.7"),
    ]
    assert entries[0].details["reasons"] == {"served": "Năm ngoái là 1.100"}


def test_a_report_is_begun_once(people: People) -> None:
    assert filled(people, {}).pk == filled(people, {}).pk


def test_zero_is_a_value_and_empty_is_none(people: People) -> None:
    report = filled(people, {"homes": "0", "served": " "})

    values = dict(report.answers.values_list("field", "value"))

    assert values == {"homes": 0, "served": None}


def test_what_is_missing_stops_the_sending(people: People) -> None:
    report = filled(people, {"homes": "1200"})

    with pytest.raises(Stopped) as stopped:
        send(by(people.an), report)

    found = [(one.code, one.field) for one in stopped.value.findings]
    assert found == [("missing", "served")]


def test_what_looks_odd_is_sent_with_a_note(people: People) -> None:
    report = filled(people)
    save(by(people.an), report, "served", Entry("900", withdrawn=True))
    with pytest.raises(Stopped, match="findings_stop"):
        send(by(people.an), report)

    note(by(people.an), report, "served", "Đang kiểm lại")

    assert send(by(people.an), report).state == "sent"


def test_a_figure_sent_back_must_be_looked_at_again(people: People) -> None:
    report = sent(people)
    send_back(by(people.binh), report, {"served": "Năm ngoái là 1.100"})
    with pytest.raises(NotAllowed, match="return_unanswered"):
        send(by(people.an), report)

    save(by(people.an), report, "served", Entry("1.100"))
    again = send(by(people.an), report)

    assert again.step == 0
    kept = Return.objects.get()
    assert (kept.typed, kept.reason) == ("900", "Năm ngoái là 1.100")
    assert kept.mended_at is not None


def test_what_the_province_sends_back_starts_at_the_district_again(
    people: People,
) -> None:
    report = sent(people)
    approve(by(people.binh), report)
    send_back(by(people.linh), report, {"homes": "Thiếu xóm Mới"})
    note(by(people.an), report, "homes", "Xóm Mới đã gộp")

    assert send(by(people.an), report).step == 0
    with pytest.raises(NotAllowed, match="not_your_step"):
        approve(by(people.linh), report)


def test_nobody_may_send_back_without_a_reason(people: People) -> None:
    report = sent(people)

    for reasons, code in (({"homes": " "}, "reason_missing"), ({}, "nothing_sent")):
        with pytest.raises(NotAllowed, match=code):
            send_back(by(people.binh), report, reasons)
    with pytest.raises(NotAllowed, match="field_unknown"):
        send_back(by(people.binh), report, {"hombres": "?"})


def test_an_takes_back_what_nobody_has_approved(people: People) -> None:
    report = sent(people)

    assert take_back(by(people.an), report).state == "withdrawn"
    assert send(by(people.an), report).state == "sent"
    approve(by(people.binh), report)
    with pytest.raises(NotAllowed, match="step_passed"):
        take_back(by(people.an), report)


def test_of_two_reviewers_at_once_the_second_is_told(people: People) -> None:
    report = sent(people)
    seen = report.revision
    approve(by(people.binh), report, seen)

    with pytest.raises(NotAllowed, match="not_your_step"):
        approve(by(people.binh), report, seen)
    with pytest.raises(NotAllowed, match="changed_meanwhile"):
        send_back(by(people.linh), report, {"homes": "?"}, seen)


def test_many_are_approved_and_the_rest_is_listed_with_the_reason(
    people: People,
) -> None:
    ours = sent(people)
    theirs = begin(by(people.hoa), quarter(people.programme), "lh")
    for field, typed in WATER.items():
        save(by(people.hoa), theirs, field, Entry(typed))
    theirs = send(by(people.hoa), theirs)
    take_back(by(people.hoa), theirs)

    approved, refused = approve_many(
        by(people.binh), [(ours, ours.revision), (theirs, theirs.revision)]
    )

    assert [one.pk for one in approved] == [ours.pk]
    assert [(r.submission.pk, r.why.code) for r in refused] == [
        (theirs.pk, "state_has_no_such_action")
    ]
    assert fresh(theirs).state == "withdrawn"


def test_nobody_begins_the_report_of_another_place(people: People) -> None:
    for other in (people.hoa, people.binh, people.chi, people.dung):
        with pytest.raises(NotAllowed, match="only_the_place"):
            begin(by(other), quarter(people.programme), "tx")


def test_nothing_is_begun_or_sent_after_the_round_has_closed(people: People) -> None:
    round = quarter(people.programme)
    report = filled(people)
    round.closes = round.due = round.opens
    round.save()

    with pytest.raises(NotAllowed, match="round_takes_nothing"):
        send(by(people.an), report)
    with pytest.raises(NotAllowed, match="round_takes_nothing"):
        begin(by(people.hoa), round, "lh")


def test_what_was_sent_cannot_be_changed(people: People) -> None:
    report = sent(people)

    with pytest.raises(NotAllowed, match="not_editable"):
        save(by(people.an), report, "homes", Entry("1"))
    with pytest.raises(NotAllowed, match="not_editable"):
        note(by(people.an), report, "homes", "?")
