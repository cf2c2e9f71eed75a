"""Reading kept verdicts as the rows of the core, and why one is what it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from donbay import domain as meanings
from donbay.domain import territory as ground
from donbay.domain import verdicts as domain
from donbay.domain.formulas import operands
from donbay.domain.indicators import Indicator
from donbay.domain.ledger import Observation as Reported
from donbay.domain.periods import Period, parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.quantities import Bound
from donbay.domain.targets import Target
from donbay.engine import fast, plain
from donbay.web.acts import queries as acts
from donbay.web.ledger import queries as ledger
from donbay.web.ledger.models import Observation
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results.models import (
    CriteriaVerdicts,
    Evaluation,
    LevelVerdict,
    TargetVerdict,
    UnitValues,
)
from donbay.web.results.packing import reason_of, unpack_criteria, unpack_values
from donbay.web.territory.queries import part_of, revision

World = tuple[str, date]
"""Engine, pack, places, acts, and the day: what verdicts rest on."""
WEIGHED = 200  # rows of which the plain engine finds out which are needed
FEW = 500  # units that are named in a question to the database


def key_of(
    programme: str,
    on: date | None = None,
    map: date | None = None,  # noqa: A002 -- the name it has everywhere
    known: date | None = None,
    *,
    live: bool = False,
) -> str:
    """Which evaluation it is, so that none is there twice."""
    if live:
        return f"{programme}|live"
    return f"{programme}|{on}|{map}|{known or ''}"


def live(programme: Programme) -> Evaluation | None:
    """The one that follows the ledger. Its `on` is the day it holds for."""
    return Evaluation.objects.filter(programme=programme, live=True).first()


def find(
    programme: Programme,
    on: date | None = None,
    known: date | None = None,
    map: date | None = None,  # noqa: A002 -- the name it has everywhere
) -> Evaluation | None:
    """The answer to a question about other days, if it is kept."""
    day = on or programmes.today(programme)
    key = key_of(programme.id, day, map or day, known)
    return Evaluation.objects.filter(key=key).first()


def days_of(evaluation: Evaluation) -> domain.Days:
    zone = ZoneInfo(evaluation.programme.time_zone)
    known = evaluation.known
    if known is None:
        return domain.Days(evaluation.on, evaluation.map)
    after = datetime.combine(known + timedelta(days=1), time(), zone)
    return domain.Days(evaluation.on, evaluation.map, after - timedelta(microseconds=1))


def world_of(programme: Programme, on: date) -> World:
    pack = programmes.edition(programme).checksum[:24]
    return f"{_engine()}{pack}/{revision()}/{acts.mark(programme)}", on


@cache
def _engine() -> str:
    """A mark of the code that judges: verdicts of an older one are held against it."""
    found = hashlib.sha256()
    for package in (fast, meanings):
        for path in sorted(Path(str(package.__file__)).parent.glob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()[:8]


def grounds_of(world: World) -> tuple[str, date]:
    """A world without its acts."""
    return world[0].rpartition("/")[0], world[1]


def out_of_date(found: Evaluation) -> bool:
    """Whether rows came in that it would see, it rests on other things, or failed."""
    if found.state == Evaluation.State.FAILED:
        return True
    ready = found.state == Evaluation.State.READY
    if ready and found.edition != world_of(found.programme, found.on)[0]:
        return True
    last = ledger.head(found.programme)
    past = found.known is not None and found.known < programmes.today(found.programme)
    return ready and not past and last is not None and last.last != found.seq


# --- rows ----------------------------------------------------------------------------


def targets(
    evaluation: Evaluation,
    unit: str | None = None,
    target: str | None = None,
    level: str | None = None,
) -> list[domain.TargetRow]:
    """Of all units or one, of one level; in the order of the territory."""
    rows = TargetVerdict.objects.filter(evaluation=evaluation)
    rows = rows if unit is None else rows.filter(unit_id=unit)
    rows = rows if target is None else rows.filter(target=target)
    if level is not None:
        rows = rows.filter(unit_id__in=_of_level(evaluation, level))
    return _target_rows(rows)


def of_targets(
    evaluation: Evaluation, wanted: Collection[str]
) -> list[domain.TargetRow]:
    rows = TargetVerdict.objects.filter(evaluation=evaluation, target__in=wanted)
    return _target_rows(rows)


def tally(evaluation: Evaluation) -> Mapping[str, Mapping[str, int]]:
    """By target: how many units have which status."""
    counted = (
        TargetVerdict.objects.filter(evaluation=evaluation)
        .values_list("target", "status")
        .annotate(count=Count("id"))
        .order_by()
    )
    found: dict[str, Counter[str]] = {}
    for name, status, count in counted:
        found.setdefault(name, Counter())[status] = count
    return found


def _of_level(evaluation: Evaluation, level: str) -> list[str]:
    territory = programmes.territory_of(evaluation.programme)
    on = territory.on(evaluation.map)
    return [unit for unit, version in on.items() if version.level == level]


def _target_rows(rows: QuerySet[TargetVerdict]) -> list[domain.TargetRow]:
    return [
        domain.TargetRow(
            *(row.unit_id, row.target, row.indicator, row.target_value),
            domain.Status(row.status),
            reason_of(row.reason),
            _period(row.period),
            *(row.value, row.coverage, row.baseline, row.pace, row.progress),
            row.exceeded,
            _period(row.first_met),
        )
        for row in rows.order_by("unit__order", "id")
    ]


def _period(text: str) -> Period | None:
    return parse_period(text) if text else None


def values(
    evaluation: Evaluation, unit: str, period: object = None
) -> list[domain.ValueRow]:
    """All values of a unit, of one period or of all."""
    rows = UnitValues.objects.filter(evaluation=evaluation, unit_id=unit)
    if period is not None:
        rows = rows.filter(period=str(period))
    return [value for row in rows.order_by("period") for value in _unpacked(row)]


def series(evaluation: Evaluation, unit: str, indicator: str) -> list[domain.ValueRow]:
    """One indicator of a unit over time."""
    found = [v for v in values(evaluation, unit) if v.indicator == indicator]
    return sorted(found, key=lambda value: value.period)


def across(
    evaluation: Evaluation, units: Iterable[str], indicator: str, period: object
) -> dict[str, domain.ValueRow]:
    """One indicator of several units in a period, in one query."""
    rows = UnitValues.objects.filter(
        evaluation=evaluation, unit_id__in=list(units), period=str(period)
    )
    return {
        row.unit_id: value
        for row in rows
        for value in _unpacked(row)
        if value.indicator == indicator
    }


def _unpacked(row: UnitValues) -> list[domain.ValueRow]:
    return unpack_values(bytes(row.packed), row.unit_id, parse_period(row.period))


def criteria(
    evaluation: Evaluation,
    unit: str,
    set: str | None = None,  # noqa: A002 -- the name it has everywhere
) -> list[domain.CriterionRow]:
    rows = CriteriaVerdicts.objects.filter(evaluation=evaluation, unit_id=unit)
    rows = rows if set is None else rows.filter(set=set)
    return [
        criterion
        for row in rows.order_by("set")
        for criterion in unpack_criteria(bytes(row.packed), unit, row.set)
    ]


def levels(
    evaluation: Evaluation,
    unit: str | None = None,
    set: str | None = None,  # noqa: A002 -- the name it has everywhere
) -> list[domain.LevelRow]:
    rows = LevelVerdict.objects.filter(evaluation=evaluation)
    rows = rows if unit is None else rows.filter(unit_id=unit)
    rows = rows if set is None else rows.filter(set=set)
    return [
        domain.LevelRow(
            *(row.unit_id, row.set, row.reached, row.possible, row.recognised)
        )
        for row in rows.order_by("unit__order", "set")
    ]


# --- why -----------------------------------------------------------------------------


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
    rows = _rows(evaluation.programme, wanted, places, periods)
    days = days_of(evaluation)
    if len(rows) <= WEIGHED:
        found = plain.evaluate(
            _cut(promise, asked, wanted),
            part_of(territory, places),
            [_reported(one) for one in rows.values()],
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


def _rows(
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


def _reported(row: Observation) -> Reported:
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
