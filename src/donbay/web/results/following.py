"""An engine of this process for each programme, which follows the programme's ledger.

The lock of the programme is held whenever one is asked, so what it knows is checked
against the ledger itself: if a transaction was rolled back, or another process added
rows, that shows in the chain of batches. Decision 0015.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from threading import Event, Lock

from donbay.domain.acts import Act
from donbay.domain.ledger import Log
from donbay.domain.periods import Period, parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.quantities import Bound
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days
from donbay.engine.fast import Live, Only, Result, evaluate_logs, joined
from donbay.engine.fast import follow as live_engine
from donbay.web.acts import queries as acts
from donbay.web.ledger import queries as ledger
from donbay.web.ledger.actions import Figures, log_with
from donbay.web.ledger.models import Batch
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results.comparing import Snapshot, Standing
from donbay.web.results.queries import World, grounds_of

MOST = 8  # programmes followed at once
MANY = 3_000  # rows behind; above it the whole ledger is read anew
Rows = Sequence[ledger.Told]


@dataclass
class Followed:
    """A live engine, and the batch up to which it knows the ledger."""

    live: Live
    world: World
    number: int = 0
    link: str = ""
    seq: int = 0

    def follows(self, world: World, last: Batch | None, programme: Programme) -> bool:
        """Whether what it knows is the beginning of what the ledger holds.

        Acts may be others: they are told to it at once.
        """
        if grounds_of(self.world) != grounds_of(world):
            return False
        if self.number == 0 or last is None:
            return self.number == 0
        if last.number == self.number:
            return last.link == self.link
        if last.number == self.number + 1:
            return last.previous == self.link
        return Batch.objects.filter(
            programme=programme, number=self.number, link=self.link
        ).exists()

    def knows(self, batch: Batch | None) -> None:
        if batch is not None:
            self.number, self.link, self.seq = batch.number, batch.link, batch.last


@dataclass(frozen=True)
class Step:
    """What changed since the rows that were kept: None is all of it."""

    followed: Followed
    changed: tuple[Only, ...] | None

    @property
    def result(self) -> Result:
        return self.followed.live.result


Kept = tuple[World | None, int]
_followed: OrderedDict[str, Followed] = OrderedDict()
_unsettled = Event()
preparing = Lock()  # two that read a whole ledger would need twice the memory


def bring_up(
    programme: Programme, world: World, last: Batch | None, kept: Kept
) -> Step:
    """The engine of a programme with all that its ledger holds, up to its last batch.

    `kept` is what the kept verdicts rest on, and the last row that they know: what came
    later has changed. What another process kept meanwhile is told once more.
    """
    found = _followed.get(programme.id)
    try:
        step = found and _told(found, programme, world, last, kept)
    except BaseException:  # it may have taken in a part
        _followed.pop(programme.id, None)
        raise
    step = step or Step(start(programme, world, last), None)
    take_up(programme, step.followed)
    return step


def _told(
    found: Followed, programme: Programme, world: World, last: Batch | None, kept: Kept
) -> Step | None:
    """An engine that has heard of all; None where one has to begin anew."""
    if not found.follows(world, last, programme):
        return None
    comparable = found.world == kept[0] and found.seq <= kept[1]
    rows = ledger.after(programme, found.seq, MANY + 1)
    changed = _changes(found.live, rows)
    if changed is None:
        return None
    found.knows(last)
    if found.world != world:
        changed = (*changed, *_decided(found.live, acts.told(programme)))
        found.world = world
    return Step(found, changed if comparable else None)


def _decided(live: Live, told: Sequence[Act]) -> tuple[Only, ...]:
    before = Standing.of(live.result)
    live.decide(told)
    return before.changed(live.result)


def is_ready(programme: Programme, on: date) -> bool:
    """Whether an engine of this process follows the programme, on that day."""
    found = _followed.get(programme.id)
    return found is not None and found.world[1] == on


def follow(programme: Programme, world: World) -> None:
    """Follow the ledger before the programme is held, so that nobody waits for it.

    The first time in a process reads the whole ledger.
    """
    with preparing:
        last = ledger.head(programme)
        found = _followed.get(programme.id)
        behind = last.last - found.seq if found and last else 0
        if not found or found.world != world or behind > MANY:
            take_up(programme, start(programme, world, last))


def take_up(programme: Programme, found: Followed) -> None:
    """Follow with this engine from now on.

    As every engine, it is held against the ledger when it is asked.
    """
    if _followed.get(programme.id) is not found:
        _unsettled.set()
    _followed[programme.id] = found
    _followed.move_to_end(programme.id)
    while len(_followed) > MOST:
        _followed.popitem(last=False)


def settle() -> None:
    """Let no garbage collection walk through engines, which stay for a day or more.

    At the size of a nation it would hold up whoever approves for a sixth of a second.
    """
    if _unsettled.is_set():
        _unsettled.clear()
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def forget() -> None:
    """Let go of every engine: the next question reads the ledger anew."""
    _followed.clear()


def start(
    programme: Programme,
    world: World,
    last: Batch | None,
    ahead: Figures | None = None,
) -> Followed:
    """Read the whole ledger, and rows that will stand behind it if any are given."""
    on = world[1]
    promise = programmes.promise(programme, on)
    territory = programmes.territory_of(programme)
    log = ledger.log(programme) if ahead is None else log_with(programme, ahead)
    first, until = _span(promise, log, on)
    given = (promise, territory, log, acts.told(programme), Days(on, on))
    live = live_engine(*given, first=first, last=until)
    found = Followed(live, world)
    found.knows(last)
    return found


def _span(promise: Promise, log: Log, on: date) -> tuple[date, date]:
    """Room for every period that is reported or may be, a year ahead of the day."""
    days = [day for p in log.periods for day in (p.first, p.last)]
    days += [date(on.year - 1, 1, 1), date(on.year + 1, 12, 31)]
    if promise.in_force and promise.in_force <= on:
        days.append(date(promise.in_force.year, 1, 1))
    return min(days), max(days)


def _changes(live: Live, rows: Rows) -> tuple[Only, ...] | None:
    """Bring rows through, form by form; None where the engine has to begin anew."""
    if len(rows) > MANY or any(row.bound != Bound.EXACT for row in rows):
        return None
    forms = [
        (key, {(o.indicator, o.category or None): o.value for o in some})
        for key, some in groupby(rows, lambda row: _form_of(live, row))
    ]
    if not live.quick and len(forms) > 1:
        return None
    before = None if live.quick else Snapshot.of(live.result)
    changed: list[Only] = []
    for (unit, period, _), values in forms:
        try:
            only = live.submit(unit, period, values)
        except KeyError:
            return None
        if only is None:
            return before.changed(live.result) if before else None
        changed.append(only)
    return joined(changed)


def _form_of(live: Live, row: ledger.Told) -> tuple[str, Period, tuple[str, str]]:
    indicator = live.run.programme.indicators.get(row.indicator)
    form = ("", "") if indicator is None else (indicator.level, indicator.frequency)
    return row.unit, parse_period(row.period), form


def evaluated(
    programme: Programme,
    days: Days,
    until: int | None = None,
    places: Territory | None = None,
    asked: Promise | None = None,
) -> Result:
    """For three days, from the ledger up to a row; nothing is kept.

    On other `places` than the programme's and by another promise, where given.
    """
    promise = asked or programmes.promise(programme, days.on)
    territory = places or programmes.territory_of(programme)
    log = ledger.log(programme, until)
    first, last = _span(promise, log, days.on)
    said = acts.told(programme, days.known)
    return evaluate_logs(promise, territory, [log], said, days, first=first, last=last)
