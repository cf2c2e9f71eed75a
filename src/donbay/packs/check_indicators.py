"""Checks of indicators: what each roll-up needs, what fits what, and no circles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from donbay.domain.formulas import Number, Operand, Operation, operands
from donbay.domain.indicators import Measure, OverTime, RollUp
from donbay.domain.periods import MONTHS, Frequency, Period
from donbay.packs.checking import Checking, cycles
from donbay.packs.places import Place
from donbay.packs.reader import Found

_NEEDS = {
    "numerator": {RollUp.RATIO},
    "denominator": {RollUp.RATIO},
    "condition": {RollUp.SHARE, RollUp.COUNT},
    "formula": {RollUp.FORMULA},
}
_ALLOWS = _NEEDS | {
    "weight": {RollUp.MEAN},
    "scale": {RollUp.RATIO, RollUp.SHARE},
    "carry": {RollUp.RATIO, RollUp.MEAN, RollUp.FORMULA},
    "categories": {r for r in RollUp if r.collected},
    "over_time": {r for r in RollUp if r.collected},
    "min_coverage": {RollUp.RATIO, RollUp.MEAN},
}
_EXAMPLES = {
    "numerator": "numerator: poor_households",
    "denominator": "denominator: households",
    "condition": "condition: {indicator: ..., comparator: at_least, value: ...}",
    "formula": "formula: 100 * a / b",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Another indicator that one is computed from."""

    role: str
    id: str
    place: Place
    category: str | None = None
    period: Period | None = None


def parts(indicator: Found) -> Iterator[Part]:
    for role in ("numerator", "denominator", "weight"):
        name = indicator.get(role, str)
        if name:
            yield Part(role, name, indicator.at(role))
    condition = indicator.get("condition", Found)
    name = condition.get("indicator", str) if condition else None
    if condition and name:
        place = condition.at("indicator")
        yield Part("condition", name, place, condition.get("category", str))
    formula = indicator.values.get("formula")
    if formula and isinstance(formula.value, Number | Operand | Operation):
        for operand in operands(formula.value):
            yield Part(
                "operand",
                operand.indicator,
                formula.place,
                operand.category,
                operand.period,
            )


def check_indicators(c: Checking) -> None:
    for indicator in c.book.indicators.values():
        _keys(c, indicator)
        _time(c, indicator)
        _numbers(c, indicator)
        c.refer(indicator, "level", "unknown_level", c.book.level_ids)
        c.scope(indicator)
        for part in parts(indicator):
            _part(c, indicator, part)
        _carry(c, indicator)
        _own_part(c, indicator)
    _circles(c)


def _keys(c: Checking, indicator: Found) -> None:
    roll_up = indicator.get("roll_up", RollUp)
    if roll_up is None:
        return
    for key, needing in _NEEDS.items():
        if roll_up in needing and not indicator.has(key):
            c.add(
                indicator.at("roll_up"),
                "roll_up_needs",
                roll_up=roll_up,
                key=key,
                example=_EXAMPLES[key],
            )
    for key, allowing in _ALLOWS.items():
        if indicator.has(key) and roll_up not in allowing:
            said = ", ".join(r.value for r in RollUp if r in allowing)
            c.add(
                indicator.at(key),
                "key_not_for_roll_up",
                key=key,
                roll_up=roll_up,
                allowed=said,
            )


def _time(c: Checking, indicator: Found) -> None:
    frequency = indicator.get("frequency", Frequency)
    spans = list(indicator.each("spans", Period))
    if frequency is Frequency.SPAN and not indicator.has("spans"):
        c.add(indicator.at("frequency"), "spans_missing")
    if frequency not in {None, Frequency.SPAN} and indicator.has("spans"):
        c.add(indicator.at("spans"), "spans_unused", frequency=frequency)
    for (one, _), (other, place) in pairwise(spans):
        if other.first <= one.last:
            c.add(place, "spans_order", one=one, other=other)
    stock = indicator.get("measure", Measure) is not Measure.FLOW
    if stock and indicator.get("over_time", OverTime) is OverTime.SUM:
        c.add(indicator.at("over_time"), "stock_summed")


def _numbers(c: Checking, indicator: Found) -> None:
    plausible = indicator.get("range", Found)
    if plausible is None:
        return
    low, high = plausible.get("low", float), plausible.get("high", float)
    if low is not None and high is not None and low > high:
        c.add(plausible.place, "range_order", low=low, high=high)


def _own_part(c: Checking, indicator: Found) -> None:
    """What stands in the indicator itself: the number tested, a formula of nothing."""
    condition = indicator.get("condition", Found)
    if condition:
        name, value = condition.get("indicator", str), condition.get("value", float)
        plausible(c, name, value, condition.at("value"))
    if "formula" in indicator.values and not list(parts(indicator)):
        c.add(indicator.at("formula"), "formula_constant")


def _part(c: Checking, indicator: Found, part: Part) -> None:
    c.must_know(part.id, part.place, "unknown_indicator", c.indicator_ids())
    other = c.book.indicators.get(part.id)
    if other is None:
        return
    check_category(c, part.id, part.category, part.place)
    _part_level(c, indicator, part, other)
    _part_frequency(c, indicator, part, other)
    roll_up = other.get("roll_up", RollUp)
    summed = {"numerator", "denominator", "weight"}
    if part.role in summed and roll_up not in {None, RollUp.SUM}:
        c.add(
            part.place,
            "part_not_sum",
            role=part.role,
            indicator=part.id,
            roll_up=roll_up,
        )


def _part_level(c: Checking, indicator: Found, part: Part, other: Found) -> None:
    own, its = indicator.get("level", str), other.get("level", str)
    if part.role in {"condition", "operand"}:
        if c.deeper(own, its):
            c.add(part.place, "part_above", indicator=part.id, its=its, level=own)
        elif other.get("roll_up", RollUp) is RollUp.NONE and c.deeper(its, own):
            said = {"indicator": part.id, "own": its, "level": own}
            c.add(part.place, "none_above", **said)
    elif own != its and None not in {c.depth(own), c.depth(its)}:
        c.add(
            part.place,
            "part_level",
            role=part.role,
            indicator=part.id,
            its=its,
            level=own,
        )


def _part_frequency(c: Checking, indicator: Found, part: Part, other: Found) -> None:
    own, its = indicator.get("frequency", Frequency), other.get("frequency", Frequency)
    if part.period is not None:
        check_period(c, part.id, part.period, part.place)
        return
    if not own or not its or part.id in indicator.all("carry", str):
        return
    if own is not its and part.role == "condition":
        c.add(
            part.place, "condition_frequency", indicator=part.id, its=its, frequency=own
        )
    elif own is not its:
        c.add(part.place, "part_frequency", indicator=part.id, its=its, frequency=own)
    elif own is Frequency.SPAN and indicator.all("spans", Period) != other.all(
        "spans", Period
    ):
        c.add(part.place, "part_spans", indicator=part.id)


def _carry(c: Checking, indicator: Found) -> None:
    if indicator.has("formula") and "formula" not in indicator.values:
        return
    used = {part.id for part in parts(indicator) if part.role != "condition"}
    for name, place in indicator.each("carry", str):
        if name not in used:
            c.add(
                place,
                "carry_unused",
                indicator=name,
                used=", ".join(sorted(used)) or "-",
            )


def check_category(c: Checking, name: str, category: str | None, place: Place) -> None:
    """A category must be declared where the indicator's rows carry it."""
    if category is None or name not in c.book.indicators:
        return
    known = categories_of(c, name)
    if known is not None and category not in known:
        c.must_know(category, place, "unknown_category", known)


def categories_of(c: Checking, name: str) -> set[str] | None:
    """A ratio has those of its parts; None where a part cannot be read."""
    indicator = c.book.indicators.get(name)
    if indicator is None:
        return None
    roll_up = indicator.get("roll_up", RollUp)
    if roll_up is not RollUp.RATIO:
        return set(indicator.all("categories", str))
    found = [
        c.book.indicators.get(indicator.get(role, str) or "")
        for role in ("numerator", "denominator")
    ]
    if None in found:
        return None
    return {
        category for part in found if part for category in part.all("categories", str)
    }


def check_period(
    c: Checking, name: str, period: Period | Frequency, place: Place
) -> None:
    """The indicator must have a value for such a period: directly or over time."""
    indicator = c.book.indicators.get(name)
    own = indicator.get("frequency", Frequency) if indicator else None
    if indicator is None or own is None:
        return
    wanted = period.frequency if isinstance(period, Period) else period
    if wanted is own:
        spans = indicator.all("spans", Period)
        if isinstance(period, Period) and own is Frequency.SPAN and period not in spans:
            c.add(
                place,
                "span_not_declared",
                period=period,
                indicator=name,
                spans=", ".join(map(str, spans)),
            )
        return
    months = period.months if isinstance(period, Period) else MONTHS[period]
    if months % MONTHS.get(own, months + 1):
        c.add(place, "period_finer", period=period, indicator=name, frequency=own)
        return
    for missing in _without_time_rule(c, name, set()):
        c.add(place, "over_time_missing", period=period, indicator=missing)


def _without_time_rule(c: Checking, name: str, seen: set[str]) -> Iterator[str]:
    indicator = c.book.indicators.get(name)
    if indicator is None or name in seen:
        return
    seen.add(name)
    roll_up = indicator.get("roll_up", RollUp)
    if roll_up and roll_up.collected and not indicator.has("over_time"):
        yield name
    carried = indicator.all("carry", str)
    for part in parts(indicator):
        if part.id not in carried and part.period is None:
            yield from _without_time_rule(c, part.id, seen)


def plausible(
    c: Checking, name: str | None, number: float | None, place: Place
) -> None:
    """A number that decides must lie in its indicator's plausible range."""
    indicator = c.book.indicators.get(name or "")
    span = indicator.get("range", Found) if indicator else None
    if span is None or number is None:
        return
    low, high = span.get("low", float), span.get("high", float)
    if (low is not None and number < low) or (high is not None and number > high):
        c.add(
            place,
            "implausible",
            value=number,
            indicator=name,
            low="-" if low is None else low,
            high="-" if high is None else high,
        )


def judged_at(c: Checking, name: str, level: str | None, place: Place) -> None:
    """A level must lie at or above the indicator's; for `none` it must be its own."""
    indicator = c.book.indicators.get(name)
    own = indicator.get("level", str) if indicator else None
    if own is None or level is None:
        return
    if c.deeper(level, own):
        c.add(place, "judged_below", indicator=name, own=own, level=level)
    for unrolled, its in _unrolled(c, name, set()):
        if c.deeper(its, level):
            c.add(place, "none_above", indicator=unrolled, own=its, level=level)


def _unrolled(c: Checking, name: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """What does not roll up, and its level: the indicator, or what a formula needs."""
    indicator = c.book.indicators.get(name)
    if indicator is None or name in seen:
        return
    seen.add(name)
    roll_up, level = indicator.get("roll_up", RollUp), indicator.get("level", str)
    if roll_up is RollUp.NONE and level:
        yield name, level
    if roll_up is RollUp.FORMULA:
        for part in parts(indicator):
            yield from _unrolled(c, part.id, seen)


def _circles(c: Checking) -> None:
    links = {
        name: [part.id for part in parts(found)]
        for name, found in c.book.indicators.items()
    }
    for trail in cycles(links):
        found = c.book.indicators[trail[0]]
        place = next((p.place for p in parts(found) if p.id == trail[1]), found.place)
        c.add(place, "cycle", trail=" → ".join(trail))


def span_ends(indicator: Found) -> dict[date, Period]:
    return {span.last: span for span in indicator.all("spans", Period)}
