"""Jobs: files are looked over, and entered, in some seconds a million rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django_tasks import task

from donbay.web.imports import actions
from donbay.web.imports.models import Import
from donbay.web.offices.permissions import By
from donbay.web.programmes.models import Programme


@task()
def look_over(pk: int) -> None:
    _do(actions.look_over, pk, Import.State.CHECKING)


@task()
def carry_out(pk: int) -> None:
    _do(actions.carry_out, pk, Import.State.APPLYING)


def _do(act: Callable[[Import], None], pk: int, state: Import.State) -> None:
    row = Import.objects.select_related("programme", "file").get(pk=pk)
    if row.state != state:
        return
    try:
        act(row)
    except Exception as why:
        actions.fail(row, type(why).__name__)
        raise


def bring_later(
    by: By, programme: Programme, name: str, chunks: Iterable[bytes]
) -> Import:
    """As `actions.bring`, and looked over as soon as a worker is free."""
    made = actions.bring(by, programme, name, chunks)
    look_over.enqueue(made.pk)
    return made


def apply_later(by: By, row: Import) -> None:
    """As `actions.order`, and entered as soon as a worker is free."""
    actions.order(by, row)
    carry_out.enqueue(row.pk)
