"""Which field of a report a claim would fill, and with what."""

from __future__ import annotations

from dataclasses import dataclass

from donbay.documents import Claim as Read
from donbay.documents import Kind
from donbay.documents.reading import plain
from donbay.domain.forms import Field, FieldKind, Form
from donbay.domain.indicators import Indicator, Measure
from donbay.domain.periods import Period, parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.quantities import Bound

SAYS_HOW_MUCH = {Kind.LEVEL, Kind.SHARE, Kind.PART, Kind.TOTAL}
BOUNDS = {**{bound.value: bound for bound in Bound}, "nearly": Bound.UNDER}
WORDS_FOR_PERCENT = {"%", "percent"}
LIKE_OTHERS = {"pp", "ratio", "rank", "places"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure as it would stand in the report."""

    field: Field
    typed: str
    bound: Bound


def figures_of(form: Form) -> list[Field]:
    """The fields that a number can stand in."""
    return [field for field in form.fields if field.kind is FieldKind.FIGURE]


def proposal(
    claim: Read, unit: str, period: Period, form: Form, promise: Promise
) -> Proposal | None:
    """The field of the claim's indicator, where place, time and unit fit it."""
    bound = BOUNDS.get(claim.bound)
    indicator = promise.indicators.get(claim.indicator or "")
    if claim.value is None or bound is None or indicator is None:
        return None
    if claim.kind not in SAYS_HOW_MUCH or claim.place not in {None, unit}:
        return None
    if not (_fits(claim, indicator) and _in_time(claim.time, period, indicator)):
        return None
    for field in figures_of(form):
        if field.indicator == indicator.id and not field.category:
            return Proposal(field, plain(claim.value), bound)
    return None


def _in_time(said: str | None, period: Period, indicator: Indicator) -> bool:
    """A period is spoken of by its own name, or by one that ends with it.

    What stands at the end of a quarter is also said of the year that is not over.
    """
    if said is None:
        return True
    try:
        spoken = parse_period(said)
    except ValueError:
        return False
    running = spoken.first <= period.first and period.last <= spoken.last
    stock = indicator.measure is Measure.STOCK
    return spoken.last == period.last or (stock and running)


def _fits(claim: Read, indicator: Indicator) -> bool:
    """Percentages fill percentages; n of N says the n of a count."""
    if indicator.unit in WORDS_FOR_PERCENT:
        return claim.unit == "%"
    return claim.unit == "ratio" or claim.unit not in {"%", *LIKE_OTHERS}
