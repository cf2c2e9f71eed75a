"""Jobs: questions about other days, and full runs."""

from __future__ import annotations

from datetime import date

from django_tasks import task

from donbay.web.offices.permissions import By
from donbay.web.programmes.models import Programme
from donbay.web.results import actions
from donbay.web.results.models import Evaluation, FullRun


@task()
def answer(pk: int) -> None:
    evaluation = Evaluation.objects.select_related("programme").get(pk=pk)
    if evaluation.state == Evaluation.State.READY:
        return
    try:
        actions.answer(evaluation)
    except Exception as why:
        actions.fail(evaluation, type(why).__name__)
        raise


@task()
def full_run(pk: int) -> None:
    run = FullRun.objects.select_related("programme").get(pk=pk)
    if run.ended_at is None:
        actions.carry_out(run)


def ask_later(by: By, programme: Programme, **days: date | None) -> Evaluation:
    """As `actions.ask`; what has to be evaluated is queued. Raises CannotAsk."""
    asked = actions.ask(by, programme, **days)
    if asked.state == Evaluation.State.WAITING:
        answer.enqueue(asked.pk)
    return asked


def run_later(by: By, programme: Programme) -> FullRun:
    """Order a full run and queue it."""
    run = actions.full_run(by, programme)
    full_run.enqueue(run.pk)
    return run
