"""Jobs: reports are written in some seconds, those of a nation in minutes."""

from __future__ import annotations

from django_tasks import task

from donbay.reports.pdf import NoGlyph
from donbay.web.offices.permissions import By
from donbay.web.programmes.models import Programme
from donbay.web.publications import actions
from donbay.web.publications.actions import Wanted
from donbay.web.publications.models import Publication


@task()
def make(pk: int) -> None:
    row = Publication.objects.select_related("programme").get(pk=pk)
    if row.state == Publication.State.ISSUED:
        return
    try:
        actions.make(row)
    except NoGlyph as stop:  # an answer: who ordered it is told which letter
        actions.fail(row, f"no_glyph:{stop}")
    except Exception as why:
        actions.fail(row, type(why).__name__)
        raise


def order_later(by: By, programme: Programme, wanted: Wanted) -> Publication:
    """As `actions.order`, and queued."""
    made = actions.order(by, programme, wanted)
    make.enqueue(made.pk)
    return made
