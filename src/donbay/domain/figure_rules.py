"""Rules over one figure: its form, its range, its past, its unit of measurement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from donbay.domain.answers import Answer, Finding, Severity
from donbay.domain.forms import Field
from donbay.domain.indicators import Indicator, Measure
from donbay.domain.quantities import Bound
from donbay.domain.typed_numbers import LARGEST, SMALLEST, Ambiguous, NotANumber

HARD, SOFT = Severity.HARD, Severity.SOFT
PERCENT = frozenset({"%", "percent"})
JUMP = {Measure.STOCK: Decimal(2), Measure.FLOW: Decimal(5)}
FEW, FEW_POINTS = 10, 5  # changes too small to ask about: things, points of percent
THOUSANDS = tuple(map(Decimal, ("1e3", "1e-3", "1e6", "1e-6")))
HUNDREDS = tuple(map(Decimal, ("100", "0.01")))
CLOSE_TO_LAST, CLOSE_TO_TARGET = Decimal("1.5"), Decimal(3)
FAR_OUTSIDE = 10  # times the range's end, before a wrong unit is suspected
Found = tuple[str, Severity, dict[str, Decimal | str]]


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """What a figure may be held against, as far as it is known."""

    last: Decimal | None = None
    target: Decimal | None = None


def figure_findings(
    field: Field, indicator: Indicator, answer: Answer, known: Yardsticks
) -> Iterator[Finding]:
    """Everything odd about one figure, whatever the others are."""
    for code, severity, parameters in _found(field, indicator, answer, known):
        yield Finding(code, field.id, severity, parameters)


def _found(
    field: Field, indicator: Indicator, answer: Answer, known: Yardsticks
) -> Iterator[Found]:
    if answer.withdrawn:
        yield "withdrawn", SOFT, {}
        return
    if unread := _unread(answer):
        yield unread
    value = answer.number
    if value is None:
        return
    if answer.bound is not Bound.EXACT:
        yield "bounded", SOFT, {"bound": answer.bound.value}
    if value < 0 and indicator.non_negative:
        yield "negative", HARD, {"value": value}
        return
    if indicator.decimals is not None and _digits(value) > indicator.decimals:
        most = Decimal(indicator.decimals)
        yield "too_many_decimals", SOFT, {"value": value, "most": most}
    yield from _size(field, indicator, value, known)


def _unread(answer: Answer) -> Found | None:
    match answer.value:
        case Ambiguous(text=text, readings=readings):
            parted, joined = sorted(readings, key=abs)
            return "ambiguous", HARD, {"text": text, "joined": joined, "parted": parted}
        case NotANumber(text=text, code=code):
            return f"number_{code}", HARD, {"text": text}
        case Decimal() as value:
            why = _unusable(value)
            return (why, HARD, {"text": str(value)}) if why else None
        case None:
            return None
    return "number_letters", HARD, {"text": str(answer.value)}


def _unusable(value: Decimal) -> str | None:
    """What other machines send may be a number that no place reports."""
    if not value.is_finite():
        return "number_not_finite"
    if abs(value) >= LARGEST:
        return "number_too_large"
    return "number_too_long" if 0 < abs(value) < SMALLEST else None


def _digits(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _size(
    field: Field, indicator: Indicator, value: Decimal, known: Yardsticks
) -> Iterator[Found]:
    """One message: a wrong unit explains a jump and a figure out of range."""
    if suspected := _unit(indicator, value, known):
        yield suspected
        return
    if over := _over_hundred(indicator, value):
        yield over
    elif outside := _outside(indicator, value):
        yield outside
    if known.last is not None and (
        jumped := _jump(field, indicator, value, known.last)
    ):
        yield jumped


def capped(indicator: Indicator) -> bool:
    """Whether the pack itself says that more than 100 % cannot be."""
    return indicator.high is not None and indicator.high <= 100  # noqa: PLR2004 -- %


def _over_hundred(indicator: Indicator, value: Decimal) -> Found | None:
    """Growth may exceed 100 %, a share may not; the pack's range tells them apart."""
    allowed = indicator.high is not None and not capped(indicator)
    if indicator.unit not in PERCENT or value <= 100 or allowed:  # noqa: PLR2004 -- %
        return None
    return "over_hundred", HARD if capped(indicator) else SOFT, {"value": value}


def _outside(indicator: Indicator, value: Decimal) -> Found | None:
    low, high = _range(indicator)
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    ends: dict[str, Decimal | str] = {
        "low": "-∞" if low is None else low,
        "high": "∞" if high is None else high,
    }
    return "outside_range", SOFT, {"value": value, **ends}


def _range(indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    low, high = indicator.low, indicator.high
    return (
        None if low is None else Decimal(str(low)),
        None if high is None else Decimal(str(high)),
    )


def _jump(
    field: Field, indicator: Indicator, value: Decimal, last: Decimal
) -> Found | None:
    """Nothing can be said of a change from 0; to 0 is asked about where a stock is."""
    if last == 0 or (field.jump is None and _slight(indicator, value - last)):
        return None
    stock = indicator.measure is Measure.STOCK
    if value == 0:
        return ("dropped_to_zero", SOFT, {"last": last}) if stock else None
    declared = None if field.jump is None else Decimal(str(field.jump))
    factor = declared or JUMP[indicator.measure]
    ratio = value / last
    if 1 / factor <= ratio <= factor:
        return None
    return "jump", SOFT, {"value": value, "last": last, "factor": factor}


def _slight(indicator: Indicator, change: Decimal) -> bool:
    if indicator.unit in PERCENT:
        return abs(change) < FEW_POINTS
    return indicator.decimals == 0 and abs(change) < FEW


def _unit(indicator: Indicator, value: Decimal, known: Yardsticks) -> Found | None:
    """Thousands or millions where ones were meant, or a fraction for a percentage."""
    if value == 0:
        return None
    whole = indicator.decimals == 0 and indicator.unit not in PERCENT
    factors = THOUSANDS if whole else THOUSANDS + HUNDREDS
    for code, mark, close in (
        ("unit_against_last", known.last, CLOSE_TO_LAST),
        ("unit_against_target", known.target, CLOSE_TO_TARGET),
    ):
        if mark:
            factor = _factor(value / mark, factors, close)
            if factor is None:
                return None
            meant = value / factor
            return code, SOFT, {"value": value, "meant": meant, "mark": mark}
    return _unit_of_range(indicator, value, factors)


def _factor(
    ratio: Decimal, factors: tuple[Decimal, ...], close: Decimal
) -> Decimal | None:
    near = [f for f in factors if 1 / close <= ratio / f <= close]
    return min(near, key=lambda f: abs((ratio / f).ln()), default=None)


def _unit_of_range(
    indicator: Indicator, value: Decimal, factors: tuple[Decimal, ...]
) -> Found | None:
    low, high = _range(indicator)
    above = high is not None and high > 0 and value >= high * FAR_OUTSIDE
    below = low is not None and low > 0 and value * FAR_OUTSIDE <= low
    if not (above or below):
        return None
    for factor in sorted(factors, key=lambda f: abs(f.ln())):
        meant = value / factor
        if (low is None or meant >= low) and (high is None or meant <= high):
            marks: dict[str, Decimal | str] = {
                "low": "-∞" if low is None else low,
                "high": "∞" if high is None else high,
            }
            return "unit_against_range", SOFT, {"value": value, "meant": meant, **marks}
    return None
