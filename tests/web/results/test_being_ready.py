"""What takes long is done before the programme is held, and not done twice."""

from __future__ import annotations

import gc

import pytest
from tests.web.deciding import decided
from tests.web.people import People, by, water
from tests.web.submissions.stories import WATER, filled

from donbay.web.journal.actions import NOBODY, held
from donbay.web.programmes.models import Programme
from donbay.web.results import following, preparing
from donbay.web.results.actions import carry_out, full_run, stay_ready
from donbay.web.results.keeping import Comparison
from donbay.web.results.models import Evaluation
from donbay.web.submissions.actions import approve, send
from donbay.web.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    following.forget()
    return People(water())


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For every engine that read the whole ledger: whether a programme was held."""
    found: list[bool] = []
    start = following.start

    def starts(*given: object) -> following.Followed:
        found.append(bool(held()))
        return start(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(following, "start", starts)
    monkeypatch.setattr(preparing, "start", starts)
    return found


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For every time that all that is kept was looked over: the same."""
    found: list[bool] = []
    differences = Comparison.differences

    def looks(self: Comparison) -> object:
        found.append(bool(held()))
        return differences(self)

    monkeypatch.setattr(Comparison, "differences", looks)
    return found


def waiting(people: People, period: str = "2026-Q3") -> Submission:
    """A report that only Linh has still to approve."""
    report = send(by(people.an), filled(people, WATER, period))
    return approve(by(people.binh), report)


def reported(people: People) -> None:
    """The second quarter is in the ledger."""
    approve(by(people.linh), waiting(people, "2026-Q2"))


def differences(programme: Programme) -> list[str]:
    run = full_run(NOBODY, programme)
    carry_out(run)
    assert run.differences is not None
    return list(run.differences)


def test_the_first_approval_of_a_process_holds_up_nobody(
    people: People, begun: list[bool], compared: list[bool]
) -> None:
    reported(people)
    report = waiting(people)
    following.forget()  # as in a process that was just begun
    del begun[:], compared[:]

    approve(by(people.linh), report)

    assert begun == [False]
    assert compared == []
    assert differences(people.programme) == []


def test_nor_does_it_where_the_clock_came_before(
    people: People, begun: list[bool]
) -> None:
    reported(people)
    report = waiting(people)
    following.forget()
    stay_ready(people.programme)
    del begun[:]

    approve(by(people.linh), report)

    assert begun == []


def test_a_decision_moves_only_what_it_touches(
    people: People, begun: list[bool], compared: list[bool]
) -> None:
    reported(people)
    del begun[:], compared[:]

    decided(people)

    assert begun == compared == []
    assert differences(people.programme) == []


def test_after_a_decision_of_another_process_the_clock_reads_it(
    people: People, begun: list[bool], compared: list[bool]
) -> None:
    reported(people)
    report = waiting(people)
    old = dict(following._followed)  # noqa: SLF001 -- what this process knows
    following.forget()
    decided(people)  # by another one, with an engine of its own
    following._followed.update(old)  # noqa: SLF001 -- as above
    del begun[:], compared[:]

    stay_ready(people.programme)
    approve(by(people.linh), report)

    assert begun == [False]
    assert compared == []
    assert differences(people.programme) == []


def test_verdicts_of_an_older_engine_are_looked_over(
    people: People, compared: list[bool]
) -> None:
    reported(people)
    kept = Evaluation.objects.get(programme=people.programme, live=True)
    kept.edition = f"older{kept.edition[5:]}"
    kept.save()
    following.forget()
    del compared[:]

    approve(by(people.linh), waiting(people))

    assert compared == [False]


def test_no_collection_walks_through_an_engine_that_stays(people: People) -> None:
    reported(people)
    try:
        following.settle()
        assert gc.get_freeze_count() > 0
        gc.unfreeze()
        following.settle()  # no other engine came since
        assert gc.get_freeze_count() == 0
    finally:
        gc.unfreeze()
