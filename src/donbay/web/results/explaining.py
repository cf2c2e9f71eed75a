"""Why a kept verdict is what it is, down to the rows of the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from donbay.domain import territory as ground
from donbay.domain import verdicts as domain
from donbay.domain.formulas import operands
from donbay.domain.indicators import Indicator
from donbay.domain.ledger import Observation as Reported
from donbay.domain.periods import parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.quantities import Bound
from donbay.domain.targets import Target
from donbay.engine import plain
from donbay.web.ledger.models import Observation
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results.models import Evaluation
from donbay.web.results.queries import days_of, targets, values
from donbay.web.territory.queries import part_of

WEIGHED = 200  # rows of which the plain engine finds out which are needed
FEW = 500  # units that are named in a question to the database


@dataclass(frozen=True)
class Explanation:
    """A target's verdict with the very rows of the ledger behind it."""

    days: domain.Days
    target: Target
    indicator: Indicator
    row: domain.TargetRow
    value: domain.ValueRow | None
    reports: tuple[Observation, ...]


def explain(evaluation: Evaluation, unit: str, target: str) -> Explanation | None:
    """Why a target stands as it does for a unit; None where it is not judged there.

    The plain engine tells the fewest rows that say so, from no more of the ledger than
    it needs; where these are many, all that hold are told, without weighing each.
    """
    promise = programmes.promise(evaluation.programme, evaluation.on)
    asked = next((t for t in promise.targets if t.id == target), None)
    kept = targets(evaluation, unit, target)
    if asked is None or not kept:
        return None
    (row,) = kept
    territory = programmes.territory_of(evaluation.programme)
    wanted = needed(promise, asked.indicator)
    periods = _periods(promise, asked, row, wanted)
    places = below(territory, unit)
    rows = rows_for(evaluation.programme, wanted, places, periods)
    days = days_of(evaluation)
    if len(rows) <= WEIGHED:
        found = plain.evaluate(
            _cut(promise, asked, wanted),
            part_of(territory, places),
            [reported(one) for one in rows.values()],
            (),
            days,
            tables=("targets",),
            units={unit},
        )
        evidence = found.evidence.get(("targets", unit, target), frozenset())
    else:
        evidence = _in_force(rows, days.known)
    shown = [] if row.period is None else values(evaluation, unit, row.period)
    return Explanation(
        days,
        asked,
        promise.indicators[asked.indicator],
        row,
        next((value for value in shown if value.indicator == row.indicator), None),
        tuple(rows[seq] for seq in sorted(evidence)),
    )


def _in_force(rows: dict[int, Observation], known: datetime | None) -> frozenset[int]:
    """Of each figure the last row that was known, if it was not withdrawn."""
    last = {
        (row.unit_id, row.indicator, row.period, row.category): row
        for row in rows.values()
        if known is None or row.recorded_at <= known
    }
    return frozenset(row.seq for row in last.values() if row.value is not None)


def _periods(
    promise: Promise, asked: Target, row: domain.TargetRow, needed: Collection[str]
) -> list[str] | None:
    """The periods whose reports a verdict rests on; None where it may be any."""
    some = [promise.indicators[name] for name in needed]
    frequency = promise.indicators[asked.indicator].frequency
    if row.period is None or asked.window is not None:
        return None
    if any(_looks_away(one) or one.frequency is not frequency for one in some):
        return None
    baseline = asked.baseline.period if asked.baseline else None
    found = [row.period, *([baseline] if baseline else [])]
    return [str(part) for period in found for part in period.parts(frequency)]


def _looks_away(indicator: Indicator) -> bool:
    """Whether it reads other periods than its own."""
    formula = operands(indicator.formula) if indicator.formula else ()
    return bool(indicator.carry) or any(one.lag or one.period for one in formula)


def needed(promise: Promise, indicator: str) -> frozenset[str]:
    """The indicators that one rests on, itself among them."""
    found, open_ = {indicator}, [indicator]
    while open_:
        one = promise.indicators[open_.pop()]
        parts = {one.numerator, one.denominator, one.weight}
        if one.condition is not None:
            parts.add(one.condition.indicator)
        if one.formula is not None:
            parts |= {operand.indicator for operand in operands(one.formula)}
        more = {part for part in parts if part is not None} - found
        found |= more
        open_ += more
    return frozenset(found)


def below(territory: ground.Territory, unit: str) -> frozenset[str]:
    """A unit, all that ever lay in it, and all from which those came."""
    inside = {unit}
    while True:
        more = {
            name
            for name, some in territory.versions.items()
            if any(version.parent in inside for version in some)
        }
        more |= {s.origin for s in territory.successions if s.heir in inside}
        more |= {s.heir for s in territory.successions if s.origin in inside}
        if more <= inside:
            return frozenset(inside)
        inside |= more


def rows_for(
    programme: Programme,
    indicators: Collection[str],
    units: Collection[str],
    periods: Collection[str] | None,
) -> dict[int, Observation]:
    rows = Observation.objects.filter(programme=programme, indicator__in=indicators)
    if periods is not None:
        rows = rows.filter(period__in=periods)
    if len(units) <= FEW:
        rows = rows.filter(unit_id__in=units)
    # Asked for in order, SQLite would walk the whole ledger by its numbers instead.
    found = [row for row in rows.select_related("batch") if row.unit_id in units]
    return {row.seq: row for row in sorted(found, key=lambda row: row.seq)}


def reported(row: Observation) -> Reported:
    return Reported(
        row.unit_id,
        row.indicator,
        parse_period(row.period),
        row.value,
        row.recorded_at,
        row.seq,
        row.category or None,
        Bound(row.bound),
        row.source,
    )


def _cut(promise: Promise, target: Target, needed: Collection[str]) -> Promise:
    """The programme with one target and what it rests on."""
    indicators = {
        name: promise.indicators[name] for name in promise.indicators if name in needed
    }
    return replace(promise, indicators=indicators, targets=(target,), criteria=())
