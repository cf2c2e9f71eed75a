"""What is typed is kept as typed; nobody's text is written over."""

import pytest
from tests.web.people import People, by, give, person, quarter, water
from tests.web.submissions.stories import filled, fresh

from donbay.domain.roles import RoleKind
from donbay.domain.workflow import NotAllowed
from donbay.web.submissions.actions import (
    Entry,
    Stopped,
    begin,
    note,
    save,
    send,
    settle,
)
from donbay.web.submissions.models import Conflict
from donbay.web.submissions.queries import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People(water())


def test_what_may_be_two_numbers_is_asked_about(people: People) -> None:
    """398,925 tonnes or 398.925: only An knows."""
    report = filled(people, {"money": "398,925"})
    round = report.round

    cell = sheet(round, "tx", report).cell("money")
    assert (cell.value, cell.readings) == (None, (398_925, 398.925))
    assert [one.code for one in cell.findings] == ["ambiguous"]

    save(by(people.an), report, "money", Entry("398,925", reading="parted"))

    after = sheet(round, "tx", report).cell("money")
    assert (after.typed, after.value) == ("398,925", 398.925)
    assert after.readings is None
    assert not after.findings


def test_a_count_has_only_one_reading(people: People) -> None:
    report = filled(people, {"homes": "1,200"})

    assert report.answers.get().value == 1200


def test_what_cannot_be_read_is_kept_and_stops_the_sending(people: People) -> None:
    report = filled(people, {"homes": "chưa rõ", "served": "-"})

    with pytest.raises(Stopped) as stopped:
        send(by(people.an), report)

    assert [(f.field, f.code) for f in stopped.value.findings] == [
        ("homes", "number_letters"),
        ("served", "number_dash"),
    ]
    assert sheet(report.round, "tx", report).cell("homes").typed == "chưa rõ"


def test_two_people_who_differ_are_shown_side_by_side(people: People) -> None:
    lan = person("Lan", RoleKind.REPORTER, "tx", people.programme)
    report = filled(people, {"homes": "1200"})

    saved = save(by(lan), report, "homes", Entry("1250", seen=0))

    assert saved.conflict is not None
    assert saved.answer.typed == "1200"
    cell = sheet(report.round, "tx", report).cell("homes")
    assert [(c.by.name, c.typed, c.seen) for c in cell.conflicts] == [
        ("Lan", "1250", "1200")
    ]
    save(by(people.an), report, "served", Entry("900"))
    with pytest.raises(NotAllowed, match="conflicts_open"):
        send(by(people.an), report)


def test_a_conflict_is_settled_and_both_texts_are_kept(people: People) -> None:
    lan = person("Lan", RoleKind.REPORTER, "tx", people.programme)
    report = filled(people, {"homes": "1200", "served": "900"})
    conflict = save(by(lan), report, "homes", Entry("1250")).conflict
    assert conflict is not None

    answer = settle(by(people.an), conflict, "1250")

    assert answer.value == 1250
    kept = Conflict.objects.get()
    assert (kept.seen, kept.typed, kept.kept) == ("1200", "1250", "1250")
    with pytest.raises(NotAllowed, match="changed_meanwhile"):
        settle(by(lan), conflict, "1200")
    assert send(by(people.an), report).state == "sent"


def test_who_saw_the_newest_text_changes_it_without_a_conflict(people: People) -> None:
    lan = person("Lan", RoleKind.REPORTER, "tx", people.programme)
    report = filled(people, {"homes": "1200"})
    seen = report.answers.get().revision

    assert save(by(lan), report, "homes", Entry("1250", seen)).conflict is None
    assert report.answers.get().typed == "1250"


def test_the_same_text_and_ones_own_other_window_are_no_conflict(
    people: People,
) -> None:
    lan = person("Lan", RoleKind.REPORTER, "tx", people.programme)
    report = filled(people, {"homes": "1200"})

    assert save(by(lan), report, "homes", Entry("1200 ")).conflict is None
    assert save(by(lan), report, "homes", Entry("1201", seen=1)).conflict is None


def test_a_note_of_somebody_else_stays_above(people: People) -> None:
    lan = person("Lan", RoleKind.REPORTER, "tx", people.programme)
    report = filled(people, {})
    note(by(people.an), report, "homes", "Đã đếm lại")

    assert note(by(lan), report, "homes", "Thêm xóm Mới").note == (
        "Đã đếm lại\nThêm xóm Mới"
    )


def test_a_field_that_the_form_does_not_have_is_refused(people: People) -> None:
    report = filled(people, {})

    with pytest.raises(NotAllowed, match="field_unknown"):
        save(by(people.an), report, "cows", Entry("3"))


def test_a_text_without_end_is_refused(people: People) -> None:
    report = filled(people, {})

    with pytest.raises(NotAllowed, match="text_too_long"):
        save(by(people.an), report, "causes", Entry("a" * 20_001))


def test_who_no_longer_reports_for_the_place_saves_nothing(people: People) -> None:
    report = filled(people)
    people.an.roles.all().delete()
    people.an.__dict__.pop("_roles")

    with pytest.raises(NotAllowed, match="only_the_place"):
        save(by(people.an), report, "homes", Entry("1"))


def test_a_role_over_the_district_reports_for_its_communes(people: People) -> None:
    tam = person("Tâm")
    give(tam, RoleKind.REPORTER, "vn", people.programme)

    assert begin(by(tam), quarter(people.programme), "tx").unit_id == "tx"
    with pytest.raises(NotAllowed, match="only_the_place"):
        begin(by(tam), quarter(people.programme), "hn")
    assert fresh(begin(by(tam), quarter(people.programme), "tx")).begun_by == tam
