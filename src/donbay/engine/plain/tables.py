"""The four tables, row by row, in their fixed order (MEANING 10, 12, 30)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from donbay.domain.indicators import Indicator
from donbay.domain.periods import Period
from donbay.domain.verdicts import CriterionRow, LevelRow, TargetRow, ValueRow
from donbay.engine.plain import calendar, ranges
from donbay.engine.plain.criteria import Criteria
from donbay.engine.plain.targets import judge
from donbay.engine.plain.values import Values


def value_rows(values: Values, units: Collection[str]) -> Iterator[ValueRow]:
    world = values.world
    for indicator in world.programme.indicators.values():
        shown = periods(values, indicator)
        for unit in world.atlas.units:
            for period in shown if unit in units else ():
                row = value_row(values, indicator, unit, period)
                if row:
                    yield row


def periods(values: Values, indicator: Indicator) -> list[Period]:
    """From the first that was reported in the programme, if any was."""
    ledger, on = values.world.ledger, values.world.days.on
    if not ledger.rows:
        return []
    return calendar.ended(ledger.start, indicator, None, on)[::-1]


def value_row(
    values: Values, indicator: Indicator, unit: str, period: Period
) -> ValueRow | None:
    """None where nobody is expected."""
    figure = values.figure(values.ask(indicator.id, period), unit)
    if not figure.expected:
        return None
    stated = values.world.ledger.stated(unit, indicator.id, period)
    number, span = figure.guess or (None, None)
    return ValueRow(
        unit=unit,
        indicator=indicator.id,
        period=period,
        value=number,
        low=ranges.shown(span.low) if span else None,
        high=ranges.shown(span.high) if span else None,
        coverage=figure.coverage,
        stated=stated.value if stated else None,
        reason=figure.wants.first,
    )


def target_rows(values: Values, units: Collection[str]) -> Iterator[TargetRow]:
    for target in values.world.programme.targets:
        for judged in judge(values, target, units):
            yield judged.row


def criterion_rows(
    criteria: Criteria, units: Collection[str]
) -> Iterator[CriterionRow]:
    for rungs in criteria.world.programme.criteria:
        for unit in criteria.units(rungs):
            if unit in units:
                yield from criteria.rows(rungs, unit)


def level_rows(criteria: Criteria, units: Collection[str]) -> Iterator[LevelRow]:
    for rungs in criteria.world.programme.criteria:
        for unit in criteria.units(rungs):
            if unit in units:
                yield criteria.level_row(rungs, unit)
