"""What the day asks for: rounds that open, verdicts that turn, people to remind."""

from __future__ import annotations

import logging
from collections.abc import Callable

from donbay.web.programmes.actions import close_due, open_rounds
from donbay.web.programmes.models import Programme
from donbay.web.programmes.permissions import JOB
from donbay.web.programmes.queries import today
from donbay.web.results.actions import stay_ready, turn_day
from donbay.web.results.following import settle
from donbay.web.results.tasks import keep_maps
from donbay.web.submissions.actions import mail_reminders, remind
from donbay.web.territory.queries import one_look

log = logging.getLogger("donbay.clock")


def each_minute() -> None:
    """One programme's trouble keeps no other from its day."""
    for programme in Programme.objects.order_by("id"):
        for act in ACTS:
            try:
                with one_look():
                    act(programme)
            except Exception:
                name = getattr(act, "__name__", "act")
                log.exception("%s of %s", name, programme.id)


def each_minute_here() -> None:
    """In every process, so that nobody waits for an engine to read the ledger."""
    with one_look():
        for programme in Programme.objects.order_by("id"):
            stay_ready(programme)
    settle()


def open_due(programme: Programme) -> None:
    open_rounds(JOB, programme, today(programme))
    close_due(JOB, programme, today(programme))


def tell(programme: Programme) -> None:
    remind(programme, today(programme))
    mail_reminders(programme)


ACTS: tuple[Callable[[Programme], object], ...] = (turn_day, keep_maps, open_due, tell)
