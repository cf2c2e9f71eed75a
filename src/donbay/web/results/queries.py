"""Reading kept verdicts as the rows of the core."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from donbay import domain as meanings
from donbay.domain import verdicts as domain
from donbay.domain.periods import Period, parse_period
from donbay.engine import fast
from donbay.web.acts import queries as acts
from donbay.web.ledger import queries as ledger
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
from donbay.web.territory.queries import revision

World = tuple[str, date]
"""Engine, pack, places, acts, and the day: what verdicts rest on."""


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


def on_earlier_maps(live: Evaluation) -> list[Evaluation]:
    """The same day's verdicts on maps before it that everybody may see, in order.

    Some are of rows up to an hour ago: `seq` says up to which.
    """
    found = Evaluation.objects.filter(
        programme=live.programme_id,
        asked_by=Evaluation.EVERYBODY,
        on=live.on,
        edition=live.edition,
    )
    return list(found.exclude(state=Evaluation.State.FAILED).order_by("map"))


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
    units: Collection[str] | None = None,
    *,
    statuses: Collection[domain.Status] | None = None,
) -> list[domain.TargetRow]:
    """Of all units, some or one, of one level; in the order of the territory."""
    rows = TargetVerdict.objects.filter(evaluation=evaluation)
    rows = rows if statuses is None else rows.filter(status__in=statuses)
    rows = rows if units is None else rows.filter(unit_id__in=units)
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
    return _statuses(TargetVerdict.objects.filter(evaluation=evaluation), "target")


def tally_at(
    evaluation: Evaluation, units: Collection[str]
) -> Mapping[str, Mapping[str, int]]:
    """By unit, of some: how many of its targets have which status."""
    rows = TargetVerdict.objects.filter(evaluation=evaluation, unit_id__in=units)
    return _statuses(rows, "unit_id")


def _statuses(
    rows: QuerySet[TargetVerdict], by: str
) -> Mapping[str, Mapping[str, int]]:
    counted = rows.values_list(by, "status").annotate(count=Count("id")).order_by()
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


def values_of(evaluation: Evaluation, units: Collection[str]) -> list[domain.ValueRow]:
    """All values of some units; in the order of the territory and of time."""
    rows = UnitValues.objects.filter(evaluation=evaluation, unit_id__in=units)
    ordered = rows.order_by("unit__order", "period")
    return [value for row in ordered for value in _unpacked(row)]


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


def criteria_of(
    evaluation: Evaluation, units: Collection[str]
) -> list[domain.CriterionRow]:
    """Every set of some units, in the order of the territory."""
    rows = CriteriaVerdicts.objects.filter(evaluation=evaluation, unit_id__in=units)
    return [
        criterion
        for row in rows.order_by("unit__order", "set")
        for criterion in unpack_criteria(bytes(row.packed), row.unit_id, row.set)
    ]


def levels(
    evaluation: Evaluation,
    unit: str | None = None,
    set: str | None = None,  # noqa: A002 -- the name it has everywhere
    units: Collection[str] | None = None,
) -> list[domain.LevelRow]:
    rows = LevelVerdict.objects.filter(evaluation=evaluation)
    rows = rows if units is None else rows.filter(unit_id__in=units)
    rows = rows if unit is None else rows.filter(unit_id=unit)
    rows = rows if set is None else rows.filter(set=set)
    return [
        domain.LevelRow(
            *(row.unit_id, row.set, row.reached, row.possible, row.recognised)
        )
        for row in rows.order_by("unit__order", "set")
    ]
