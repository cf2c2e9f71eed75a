"""Resources mobilised, from the values of either engine.

The engines know indicators, not sources of money: each category becomes an indicator of
its own (a formula that is that category alone), so both engines carry it through map,
time and tree by the rules that they already have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import inf

from donbay.domain.formulas import Operand
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.mobilisation import (
    MobilisationRow,
    Money,
    Raised,
    flagged,
    mobilisation_rows,
)
from donbay.domain.periods import Period
from donbay.domain.programmes import Mobilisation, Programme
from donbay.domain.quantities import Range
from donbay.domain.verdicts import ValueRow

Key = tuple[str, Period]


def part_id(indicator: str, place: int) -> str:
    return f"{indicator}__part{place}"


def with_parts(programme: Programme) -> Programme:
    """The programme with nothing but its resources, an indicator for each category."""
    indicators: dict[str, Indicator] = {}
    for mobilisation in programme.mobilisation:
        whole = programme.indicators[mobilisation.indicator]
        indicators[whole.id] = whole
        for place, category in enumerate(mobilisation.sources):
            indicators[part_id(whole.id, place)] = _part(whole, place, category)
        for name in (*mobilisation.shares.values(), mobilisation.leverage):
            if name is not None:
                indicators[name] = programme.indicators[name]
    return replace(
        programme, indicators=indicators, targets=(), criteria=(), mobilisation=()
    )


def _part(whole: Indicator, place: int, category: str) -> Indicator:
    return replace(
        whole,
        id=part_id(whole.id, place),
        roll_up=RollUp.FORMULA,
        over_time=None,
        formula=Operand(whole.id, category),
        categories=(),
    )


def rows_of(programme: Programme, values: Iterable[ValueRow]) -> list[MobilisationRow]:
    """Every unit and period for which a total or a part is known."""
    by_indicator: dict[str, dict[Key, Money]] = {}
    for row in values:
        if (amount := _money(row)) is not None:
            by_indicator.setdefault(row.indicator, {})[row.unit, row.period] = amount
    found: list[MobilisationRow] = []
    for mobilisation in programme.mobilisation:
        for raised in _raised(mobilisation, by_indicator):
            found += mobilisation_rows(mobilisation, programme.funding, raised)
    return flagged(found)


def _money(row: ValueRow) -> Money | None:
    if row.value is None:
        return None
    low = -inf if row.low is None else row.low
    high = inf if row.high is None else row.high
    return Money(row.value, Range(low, high))


def _raised(
    mobilisation: Mobilisation, by_indicator: dict[str, dict[Key, Money]]
) -> Iterable[Raised]:
    totals = by_indicator.get(mobilisation.indicator, {})
    parts: dict[Key, dict[str, Money]] = {}
    for place, category in enumerate(mobilisation.sources):
        named = by_indicator.get(part_id(mobilisation.indicator, place), {})
        for key, amount in named.items():
            parts.setdefault(key, {})[category] = amount
    leverages = by_indicator.get(mobilisation.leverage or "", {})
    for unit, period in dict.fromkeys([*totals, *parts]):
        key = (unit, period)
        shares = {
            source: _hundredth(by_indicator[name][key])
            for source, name in mobilisation.shares.items()
            if key in by_indicator.get(name, {})
        }
        whole, some = totals.get(key), parts.get(key, {})
        yield Raised(unit, period, whole, some, shares, leverages.get(key))


def _hundredth(percent: Money) -> Money:
    """A published share is a percentage, so it is nowhere below 0 or above 100."""
    number = None if percent.number is None else percent.number / 100
    low, high = max(0.0, percent.range.low), min(100.0, percent.range.high)
    return Money(number, Range(low / 100, high / 100))
