"""What the day asks for: rounds that open, verdicts that turn, people to remind."""

from __future__ import annotations

import logging
from collections.abc import Callable

from donbay.web.programmes.models import Programme

log = logging.getLogger("donbay.clock")


def each_minute() -> None:
    """One programme's trouble keeps no other from its day."""
    for programme in Programme.objects.order_by("id"):
        for act in ACTS:
            try:
                act(programme)
            except Exception:
                log.exception("%s of %s", act.__name__, programme.id)


ACTS: tuple[Callable[[Programme], object], ...] = ()
