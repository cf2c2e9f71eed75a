"""Questions about other days: answered as the core answers, bounded, asked once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.web.people import People, by, water

from donbay.domain.ledger import Observation as Reported
from donbay.domain.periods import parse_period
from donbay.engine import plain
from donbay.web.journal.actions import acting
from donbay.web.ledger.models import Observation
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import actions
from donbay.web.results import queries as results
from donbay.web.results.actions import CannotAsk, Row, answer, ask, enter
from donbay.web.results.following import forget
from donbay.web.results.models import Evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Iterator[Programme]:
    forget()
    yield water()
    forget()


def enters(programme: Programme, served: float) -> None:
    rows = [
        Row("tx", "homes", "2024-Q2", 1000.0),
        Row("tx", "served", "2024-Q2", served),
    ]
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference="1")


def asks(programme: Programme, **days: date | None) -> Evaluation:
    asked = ask(by(People(programme).linh), programme, **days)
    if asked.state == Evaluation.State.WAITING:
        answer(asked)
        asked.refresh_from_db()
    return asked


def by_the_plain_engine(programme: Programme, asked: Evaluation) -> list[str]:
    """The targets, from all rows of the ledger and the three days of the question."""
    rows = [
        Reported(
            *(o.unit_id, o.indicator, parse_period(o.period), o.value),
            *(o.recorded_at, o.seq, o.category or None),
        )
        for o in Observation.objects.filter(programme=programme)
    ]
    promise = programmes.promise(programme, asked.on)
    territory = programmes.territory_of(programme)
    days = results.days_of(asked)
    found = plain.evaluate(promise, territory, rows, (), days)
    return sorted(map(repr, found.targets))


def test_a_past_day_is_judged_as_the_core_judges_it(programme: Programme) -> None:
    enters(programme, 900)
    asked = asks(programme, on=date(2024, 7, 15))
    assert asked.state == "ready"
    told = results.targets(asked)
    assert sorted(map(repr, told)) == by_the_plain_engine(programme, asked)
    (commune,) = results.targets(asked, unit="tx", target="water_95")
    assert commune.value == 90


def test_what_was_not_known_then_is_not_seen(programme: Programme) -> None:
    enters(programme, 900)
    yesterday = timezone.localdate() - timedelta(days=1)
    asked = asks(programme, on=date(2024, 7, 15), known=yesterday)
    (commune,) = results.targets(asked, unit="tx", target="water_95")
    assert (commune.value, commune.status) == (None, "no_data")
    told = sorted(map(repr, results.targets(asked)))
    assert told == by_the_plain_engine(programme, asked)


def test_the_same_question_is_answered_by_the_kept_one(programme: Programme) -> None:
    enters(programme, 900)
    first = asks(programme, on=date(2024, 7, 15))
    assert ask(by(People(programme).dung), programme, on=date(2024, 7, 15)) == first
    assert results.find(programme, on=date(2024, 7, 15)) == first


def test_a_correction_makes_an_answer_old(programme: Programme) -> None:
    """All that is known now is asked for: what came in since belongs to it."""
    enters(programme, 900)
    asks(programme, on=date(2024, 7, 15))
    enters(programme, 950)
    again = asks(programme, on=date(2024, 7, 15))
    (commune,) = results.targets(again, unit="tx", target="water_95")
    assert commune.value == 95


def test_one_person_waits_for_a_few_at_most(programme: Programme) -> None:
    linh = by(People(programme).linh)
    for month in range(1, actions.MOST_WAITING + 1):
        ask(linh, programme, on=date(2025, month, 1))
    with pytest.raises(CannotAsk) as refused:
        ask(linh, programme, on=date(2025, 12, 1))
    assert refused.value.code == "too_many_questions"
    ask(by(People(programme).dung), programme, on=date(2025, 12, 1))


def test_days_out_of_reach_are_refused(programme: Programme) -> None:
    with pytest.raises(CannotAsk) as refused:
        ask(by(People(programme).linh), programme, on=date(1900, 1, 1))
    assert refused.value.code == "day_too_far"


def test_the_answer_used_longest_ago_is_forgotten(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_KEPT", 2)
    enters(programme, 900)
    for month in (1, 2, 3):
        asks(programme, on=date(2025, month, 1))
    kept = Evaluation.objects.filter(live=False).order_by("on")
    assert [one.on.month for one in kept] == [2, 3]
    assert results.live(programme), "the live one stays"
