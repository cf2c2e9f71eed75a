"""Verdicts made ready before a programme is held: for a new day, or for many rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donbay.web.ledger import queries as ledger
from donbay.web.ledger.actions import Figures
from donbay.web.ledger.models import Batch
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import following, keeping
from donbay.web.results.following import Followed, Step, preparing, start
from donbay.web.results.models import Evaluation
from donbay.web.results.queries import World, world_of

MANY = following.MANY  # rows; fewer are brought through by an engine that is there
Stand = tuple[int, date, str]


@dataclass(frozen=True)
class Prepared:
    """An engine that is ahead, and what of the kept rows it says otherwise.

    `seq` is the last row that it knows, some of which may have to be entered yet.
    """

    followed: Followed
    seq: int
    world: World
    stood_on: Stand
    differences: list[keeping.Difference]

    def came_true(self, batch: Batch) -> bool:
        """Whether a batch brought just the rows that were foreseen, behind the same."""
        found = self.followed
        if (batch.previous, batch.last) != (found.link, self.seq):
            return False
        found.knows(batch)
        return True

    def holds(self, kept: Evaluation, world: World, step: Step) -> bool:
        """Whether neither rows nor anything else came in since."""
        same = step.followed is self.followed and self.followed.seq == self.seq
        return same and (world, stands_on(kept)) == (self.world, self.stood_on)


def stands_on(kept: Evaluation) -> Stand:
    return kept.seq, kept.on, kept.edition


def rests_on(kept: Evaluation) -> World | None:
    ready = kept.state == Evaluation.State.READY
    return (kept.edition, kept.on) if ready else None


def prepare_day(programme: Programme, on: date) -> Prepared | None:
    """Judge a day that is not kept yet, while others may still write.

    None where nothing is kept, or that day is already.
    """
    kept = Evaluation.objects.filter(programme=programme, live=True).first()
    world = world_of(programme, on)
    if kept is None or rests_on(kept) == world:
        return None
    found = start(programme, world, ledger.head(programme))
    differences = list(keeping.Comparison(kept, found.live.result).differences())
    return Prepared(found, found.seq, world, stands_on(kept), differences)


def foresee(programme: Programme, rows: Figures) -> Prepared | None:
    """Judge as if rows were entered, while others may still write.

    None for a few rows.
    """
    if len(rows) <= MANY:
        return None
    with preparing:
        kept = Evaluation.objects.filter(programme=programme, live=True).first()
        world = world_of(programme, programmes.today(programme))
        found = start(programme, world, ledger.head(programme), rows)
        differences = list(keeping.Comparison(kept, found.live.result).differences())
    seq = found.seq + len(rows)
    stood_on = stands_on(kept) if kept else (0, world[1], "")
    return Prepared(found, seq, world, stood_on, differences)
