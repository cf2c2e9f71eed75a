"""Jobs: rehearsals, which take some seconds for a province."""

from __future__ import annotations

from django_tasks import task

from donbay.domain.workflow import NotAllowed
from donbay.web.reorganisations import actions
from donbay.web.reorganisations.models import Reorganisation


@task()
def rehearse(pk: int) -> None:
    row = Reorganisation.objects.get(pk=pk)
    try:
        actions.rehearse(row)
    except Exception as why:
        problem = why.code if isinstance(why, NotAllowed) else type(why).__name__
        Reorganisation.objects.filter(pk=pk).update(rehearsing=False, problem=problem)
        raise


def rehearse_later(row: Reorganisation) -> None:
    """Queue a rehearsal; the page tells when it is there."""
    if row.state == Reorganisation.State.APPLIED:
        raise NotAllowed("reorganisation_applied")
    Reorganisation.objects.filter(pk=row.pk).update(rehearsing=True, problem="")
    rehearse.enqueue(row.pk)
