"""What was decided stands beside what the figures say; neither changes the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.people import People, by, water

from donbay.domain.verdicts import LevelRow
from donbay.domain.workflow import NotAllowed
from donbay.web.acts.models import Act
from donbay.web.acts.queries import broken_acts
from donbay.web.installation.verify import verify
from donbay.web.journal.actions import acting
from donbay.web.journal.models import Entry
from donbay.web.ledger.actions import Row
from donbay.web.programmes.models import Programme
from donbay.web.results import queries as results
from donbay.web.results.actions import (
    Decision,
    annul,
    answer,
    ask,
    carry_out,
    decide,
    enter,
    full_run,
)
from donbay.web.results.following import forget

pytestmark = pytest.mark.django_db
QUARTER = "2026-Q3"
SIGNED = date(2026, 10, 20)


@pytest.fixture
def programme() -> Programme:
    """Tràng Xá has clean water for 900 of 1,000 homes, La Hiên for 700."""
    forget()
    made = water()
    rows = [
        Row(unit, name, QUARTER, value)
        for unit, served in (("tx", 900.0), ("lh", 700.0))
        for name, value in (("homes", 1000.0), ("served", served))
    ]
    with acting(by(People(made).chi).stamp, made.chain) as act:
        enter(act, made, rows, origin="import", reference="1")
    return made


def recognition(unit: str, level: str = "standard", **more: Any) -> Decision:  # noqa: ANN401 -- of several kinds
    said = {"number": "12/QĐ-UBND", "authority": "UBND tỉnh", "date": SIGNED}
    return Decision(unit=unit, kind="recognition", level=level, **{**said, **more})


def health_says(unit: str, result: str, day: date = SIGNED) -> Decision:
    return Decision(
        unit=unit,
        kind="attestation",
        subject="1.2",
        result=result,
        number="7/SYT",
        authority="health",
        date=day,
    )


def decides(programme: Programme, *decisions: Decision) -> list[Act]:
    chi = by(People(programme).chi)
    return [decide(chi, programme, one) for one in decisions]


def level(programme: Programme, unit: str) -> LevelRow:
    live = results.live(programme)
    assert live is not None
    (row,) = results.levels(live, unit)
    return row


def same_as_in_full(programme: Programme) -> bool:
    run = full_run(by(People(programme).chi), programme)
    carry_out(run)
    run.refresh_from_db()
    return bool(run.compared) and run.differences == []


def test_a_recognition_shows_at_once_and_reached_stays(programme: Programme) -> None:
    assert level(programme, "lh").recognised == "none"
    decides(programme, recognition("lh"))
    now = level(programme, "lh")
    assert (now.reached, now.recognised) == ("none", "standard")
    assert same_as_in_full(programme)


def test_what_an_authority_attests_decides_a_criterion(programme: Programme) -> None:
    assert level(programme, "tx").reached == "unknown"
    decides(programme, health_says("tx", "met"))
    assert level(programme, "tx").reached == "standard"
    decides(programme, health_says("tx", "not_met", date(2026, 11, 2)))
    assert level(programme, "tx").reached == "none"
    assert same_as_in_full(programme)


def test_figures_that_follow_are_judged_with_the_acts(programme: Programme) -> None:
    decides(programme, health_says("lh", "met"), recognition("tx"))
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        row = Row("lh", "served", QUARTER, 930.0)
        enter(act, programme, [row], origin="import", reference="2")
    assert level(programme, "lh").reached == "standard"
    assert level(programme, "tx").recognised == "standard"
    assert same_as_in_full(programme)


def test_a_later_act_without_a_level_revokes(programme: Programme) -> None:
    decides(programme, recognition("tx"))
    decides(programme, recognition("tx", level="", date=date(2026, 11, 20)))
    assert level(programme, "tx").recognised == "none"


def test_a_mistake_is_annulled_with_a_reason_and_both_stay(
    programme: Programme,
) -> None:
    (wrong,) = decides(programme, recognition("hn"))
    chi = by(People(programme).chi)
    with pytest.raises(NotAllowed, match="reason_missing"):
        annul(chi, wrong, " ")
    annul(chi, wrong, "Nhầm xã: quyết định là của Tràng Xá.")
    assert level(programme, "hn").recognised == "none"
    assert Act.objects.count() == 2
    entries = Entry.objects.filter(kind="act", object=str(wrong.pk)).order_by("id")
    assert [entry.verb for entry in entries] == ["record_act", "annul_act"]
    with pytest.raises(NotAllowed, match="act_annulled"):
        annul(chi, wrong, "Một lần nữa")
    assert same_as_in_full(programme)


def test_an_answer_of_another_day_is_out_of_date_after_an_act(
    programme: Programme,
) -> None:
    asked = ask(by(People(programme).chi), programme, on=date(2026, 11, 1))
    answer(asked)
    assert not results.out_of_date(asked)
    decides(programme, recognition("tx"))
    assert results.out_of_date(asked)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"level": "model"}, "act_level"),
        ({"kind": "coronation"}, "act_kind"),
        ({"unit": "vn"}, "act_kind"),
        ({"unit": "nowhere"}, "act_day"),
        ({"number": " "}, "act_number_missing"),
        ({"authority": ""}, "act_authority_missing"),
        ({"date": date(2099, 1, 1)}, "act_ahead"),
        (
            {"start": date(2026, 10, 21), "end": date(2026, 10, 20)},
            "days_out_of_order",
        ),
    ],
)
def test_an_act_that_cannot_be_is_refused(
    programme: Programme, wrong: dict[str, object], code: str
) -> None:
    said: dict[str, object] = {"unit": "tx", **wrong}
    with pytest.raises(NotAllowed, match=code):
        decide(by(People(programme).quan), programme, _with(said))
    assert not Act.objects.exists()


def _with(changes: dict[str, Any]) -> Decision:
    said = {
        "kind": "recognition",
        "level": "standard",
        "number": "12/QĐ-UBND",
        "authority": "UBND tỉnh",
        "date": SIGNED,
    }
    return Decision(**{**said, **changes})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject": "9.9"}, "act_subject_unknown"),
        ({"authority": "police"}, "act_authority"),
        ({"result": "splendid"}, "act_result"),
    ],
)
def test_an_attestation_is_of_the_pack(
    programme: Programme, changes: dict[str, str], code: str
) -> None:
    said = {
        "unit": "tx",
        "kind": "attestation",
        "level": "",
        "subject": "1.2",
        "authority": "health",
        "result": "met",
    }
    with pytest.raises(NotAllowed, match=f"^{code}$"):
        decide(by(People(programme).chi), programme, _with({**said, **changes}))


def test_only_the_office_decides(programme: Programme) -> None:
    people = People(programme)
    for person in (people.an, people.binh, people.dung, people.giang, people.em):
        with pytest.raises(NotAllowed, match="only_the_office"):
            decide(by(person), programme, recognition("tx"))


@pytest.mark.parametrize(
    "verb", ["UPDATE acts_act SET level=''", "DELETE FROM acts_act"]
)
def test_the_database_keeps_acts_from_being_changed(
    programme: Programme, verb: str
) -> None:
    decides(programme, recognition("tx"))
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


def test_acts_are_a_chain_that_verifying_walks(programme: Programme) -> None:
    decides(programme, recognition("tx"), health_says("tx", "met"))
    assert broken_acts() == []
    assert verify().acts == 2
    last = Act.objects.get(place=2)
    Act.objects.create(
        programme=programme,
        place=3,
        unit_id="hn",
        kind="recognition",
        level="standard",
        date=SIGNED,
        recorded_at=last.recorded_at,
        previous=last.link,
        link="0" * 64,
    )
    (broken,) = broken_acts()
    assert broken.place == 3
    assert "cli.verify.acts" in {trouble.code for trouble in verify().troubles}
