"""Jobs: questions about other days, and full runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django_tasks import task

from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import actions
from donbay.web.results.models import Evaluation, FullRun
from donbay.web.results.queries import key_of, out_of_date, world_of

EARLIER = 3  # maps before today's on which a published programme is judged
MOST_PLACES = 3_000  # of a programme that is
REST = timedelta(hours=1)  # between two looks at what came in


@task()
def answer(pk: int) -> None:
    evaluation = Evaluation.objects.select_related("programme").get(pk=pk)
    if evaluation.state == Evaluation.State.READY:
        return
    try:
        actions.answer(evaluation)
    except Exception as why:
        actions.fail(pk, type(why).__name__)
        raise


@task()
def full_run(pk: int) -> None:
    run = FullRun.objects.select_related("programme").get(pk=pk)
    if run.ended_at is not None:
        return
    try:
        actions.carry_out(run)
    except Exception as why:
        actions.fail_run(pk, type(why).__name__)
        raise


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


def keep_maps(programme: Programme) -> int:
    """Have a published programme judged on the maps before today's, for everybody.

    Anew each day and after a change of what is promised or where; where only figures
    came in, once an hour. Returns how many were queued.
    """
    today = programmes.today(programme)
    kept = Evaluation.objects.filter(
        programme=programme, live=False, asked_by=Evaluation.EVERYBODY
    )
    kept.filter(on__lt=today).delete()
    if programme.published_at is None:
        return 0
    wanted = [d for d in _earlier(programme, today) if _wants(programme, d, today)]
    for day in wanted:
        asked, _ = Evaluation.objects.update_or_create(
            key=key_of(programme.pk, today, day),
            defaults={
                "programme": programme,
                "on": today,
                "map": day,
                "state": Evaluation.State.WAITING,
                "asked_by": Evaluation.EVERYBODY,
                "asked_at": timezone.now(),
                "used_at": timezone.now(),
            },
        )
        answer.enqueue(asked.pk)
    return len(wanted)


def _earlier(programme: Programme, today: date) -> Sequence[date]:
    places = programmes.territory_of(programme)
    days = places.changed_before(today)[-EARLIER:]
    return [day for day in days if len(places.on(day)) <= MOST_PLACES]


def _wants(programme: Programme, day: date, today: date) -> bool:
    key = key_of(programme.pk, today, day)
    found = Evaluation.objects.filter(key=key).select_related("programme").first()
    if found is None:
        return Evaluation.objects.filter(programme=programme, live=True).exists()
    if found.state in {Evaluation.State.WAITING, Evaluation.State.RUNNING}:
        return False
    rested = found.asked_at < timezone.now() - REST
    moved = found.edition != world_of(programme, today)[0]
    failed = found.state == Evaluation.State.FAILED
    return (moved and not failed) or (rested and out_of_date(found))
