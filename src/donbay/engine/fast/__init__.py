"""The fast engine: dense blocks, sparse crosswalks, verdicts for all units at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import numpy as np

from donbay.domain.acts import Act
from donbay.domain.ledger import Log, Observation
from donbay.domain.programmes import Programme
from donbay.domain.quantities import Bound
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days, Evaluation
from donbay.engine.fast import leaves
from donbay.engine.fast.arrays import Array
from donbay.engine.fast.columns import Coded
from donbay.engine.fast.criteria import Sets
from donbay.engine.fast.live import Live
from donbay.engine.fast.partial import Only, Told, joined
from donbay.engine.fast.results import Result
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import Request
from donbay.engine.fast.targets import Targets

__all__ = [
    "Coded",
    "Live",
    "Only",
    "Result",
    "Told",
    "evaluate",
    "evaluate_logs",
    "evaluate_rows",
    "follow",
    "joined",
    "log_of",
]


def evaluate(
    programme: Programme,
    territory: Territory,
    log: Log,
    acts: Sequence[Act],
    days: Days,
) -> Result:
    """Every value, target, criterion and level of a programme from its log."""
    if log.periods:
        first = min(p.first for p in log.periods)
        last = max(p.last for p in log.periods)
    else:
        first = last = days.on
    return evaluate_logs(
        programme, territory, [log], acts, days, first=first, last=last
    )


def evaluate_logs(
    programme: Programme,
    territory: Territory,
    logs: Iterable[Log],
    acts: Sequence[Act],
    days: Days,
    *,
    first: date,
    last: date,
) -> Result:
    """The same from logs that follow each other, their periods between two days."""
    run = Run(programme, territory, days)
    run.open(first, last)
    run.load_parts(logs)
    return finish(run, acts)


def follow(
    programme: Programme,
    territory: Territory,
    log: Log,
    acts: Sequence[Act],
    days: Days,
    *,
    first: date,
    last: date,
) -> Live:
    """The same, kept current with reports that follow for periods between two days."""
    run = Run(programme, territory, days, keep=True)
    run.open(first, last)
    run.load(log)
    run.plan(_everything(programme))
    return Live(run, acts)


def _everything(programme: Programme) -> list[Request]:
    every = [Request(name, None, frozenset()) for name in programme.indicators]
    asked = [*every, *Targets.requests(programme.targets)]
    return [*asked, *leaves.requests(programme.criteria)]


def finish(run: Run, acts: Sequence[Act]) -> Result:
    """Evaluate what a run has loaded."""
    run.plan(_everything(run.programme))
    run.fill()
    sets, judged = Sets(run, acts), Targets(run)
    sets.begin()
    judged.prepare()
    return Result(run, judged, sets)


def evaluate_rows(
    programme: Programme,
    territory: Territory,
    observations: Sequence[Observation],
    acts: Sequence[Act],
    days: Days,
) -> Evaluation:
    """The same with rows in and rows out, as the plain engine has them."""
    log = log_of(programme, territory, observations)
    return evaluate(programme, territory, log, acts, days).rows()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def log_of(
    programme: Programme, territory: Territory, observations: Sequence[Observation]
) -> Log:
    """Observations as columns, in the order in which they hold."""
    ordered = sorted(observations, key=lambda o: (o.recorded_at, o.row))
    units = {unit: i for i, unit in enumerate(territory.versions)}
    indicators = {name: i for i, name in enumerate(programme.indicators)}
    known = [o for o in ordered if o.unit in units and o.indicator in indicators]
    periods = {p: i for i, p in enumerate(dict.fromkeys(o.period for o in known))}
    given = [c for i in programme.indicators.values() for c in i.categories]
    categories = {name: i for i, name in enumerate(dict.fromkeys(given))}
    known = [o for o in known if o.category is None or o.category in categories]
    bounds = tuple(Bound)

    def numbers(values: Iterable[int], kind: str) -> Array:
        return np.array(list(values), dtype=kind)

    value = [np.nan if o.value is None else o.value for o in known]
    recorded = ((o.recorded_at - EPOCH) // (EPOCH.resolution) for o in known)
    return Log(
        tuple(units),
        tuple(indicators),
        tuple(periods),
        tuple(categories),
        numbers((units[o.unit] for o in known), "i4"),
        numbers((indicators[o.indicator] for o in known), "i4"),
        numbers((periods[o.period] for o in known), "i4"),
        np.array(value, dtype=np.float64),
        numbers(recorded, "i8"),
        numbers(
            (-1 if o.category is None else categories[o.category] for o in known), "i4"
        ),
        numbers((bounds.index(o.bound) for o in known), "i1"),
        ordered=True,
    )
