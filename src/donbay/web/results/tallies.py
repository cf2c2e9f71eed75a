"""Kept verdicts of many places at once: counted, side by side, or tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import inf

from django.db.models import Count

from donbay.domain.indicators import Condition
from donbay.domain.periods import Period
from donbay.domain.quantities import Range
from donbay.domain.verdicts import Status, ValueRow
from donbay.web.results.models import (
    Evaluation,
    LevelVerdict,
    TargetVerdict,
    UnitValues,
)
from donbay.web.results.packing import unpack_values

SOME = 500  # units that are named in one question to the database


def first_met(evaluation: Evaluation) -> Mapping[tuple[str, str], int]:
    """By target and period: how many places met it then for the first time."""
    found = (
        TargetVerdict.objects.filter(evaluation=evaluation, status=Status.ACHIEVED)
        .values_list("target", "first_met")
        .annotate(count=Count("id"))
        .order_by()
    )
    return {(target, period): count for target, period, count in found}


@dataclass(frozen=True, slots=True)
class Climbed:
    """How many places reach a level by their figures, and how many by an act."""

    reached: Mapping[str, int]
    recognised: Mapping[str, int]


def climbed(evaluation: Evaluation) -> Mapping[str, Climbed]:
    """By set of criteria."""
    counted = (
        LevelVerdict.objects.filter(evaluation=evaluation)
        .values_list("set", "reached", "recognised")
        .annotate(count=Count("id"))
        .order_by()
    )
    found: dict[str, Climbed] = {}
    for name, reached, recognised, count in counted:
        one = found.setdefault(name, Climbed(Counter(), Counter()))
        one.reached[reached] += count  # type: ignore[index]  # a Counter while it is filled
        one.recognised[recognised] += count  # type: ignore[index]  # the same
    return found


def side_by_side(
    evaluation: Evaluation, units: Collection[str], indicator: str, period: Period
) -> dict[str, ValueRow]:
    """One indicator of several places in a period; a query for each few hundred."""
    found: dict[str, ValueRow] = {}
    names = list(units)
    for at in range(0, len(names), SOME):
        rows = UnitValues.objects.filter(
            evaluation=evaluation,
            unit_id__in=names[at : at + SOME],
            period=str(period),
        )
        for row in rows:
            for value in unpack_values(bytes(row.packed), row.unit_id, period):
                if value.indicator == indicator:
                    found[row.unit_id] = value
    return found


@dataclass(frozen=True, slots=True)
class Tested:
    """Which places satisfy a condition, which do not, and of which it is not known."""

    met: tuple[str, ...]
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]


def tested(
    evaluation: Evaluation, units: Collection[str], asked: Condition, period: Period
) -> Tested:
    """A place of which nothing is known neither passes nor fails."""
    values = side_by_side(evaluation, units, asked.indicator, period)
    said: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for unit in units:
        said[_satisfies(values.get(unit), asked)].append(unit)
    return Tested(tuple(said[True]), tuple(said[False]), tuple(said[None]))


def _satisfies(row: ValueRow | None, asked: Condition) -> bool | None:
    if row is None or row.value is None:
        return None
    low = -inf if row.low is None else row.low
    high = inf if row.high is None else row.high
    return Range(low, high).satisfies(asked.comparator, asked.value)
