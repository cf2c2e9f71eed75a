"""Jobs: rehearsals, which take some seconds for a province."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from donbay.domain.workflow import NotAllowed
from donbay.web.reorganisations import actions
from donbay.web.reorganisations.models import Reorganisation


@task()
def rehearse(pk: int) -> None:
    row = Reorganisation.objects.get(pk=pk)
    try:
        actions.rehearse(row)
    except NotAllowed as stop:
        actions.fail(pk, f"not_allowed.{stop.code}")
    except Exception as why:
        actions.fail(pk, type(why).__name__)
        raise


def rehearse_later(row: Reorganisation) -> None:
    """Queue a rehearsal; the page tells when it is there."""
    if row.state == Reorganisation.State.APPLIED:
        raise NotAllowed("reorganisation_applied")
    with transaction.atomic():
        Reorganisation.objects.filter(pk=row.pk).update(rehearsing=True, problem="")
        rehearse.enqueue(row.pk)
