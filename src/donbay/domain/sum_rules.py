"""Rules between the figures of one report: sums, shares, the jurist's checks.

Everything is reckoned in ranges: what is missing may be anything that it could be, so
a rule is broken only where no possible figure would satisfy it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from operator import add, mul, sub, truediv

from donbay.domain.answers import Answer, Finding, Severity
from donbay.domain.figure_rules import PERCENT, capped
from donbay.domain.forms import (
    Check,
    Comparison,
    Field,
    Form,
    PartOfWhole,
    PartsEqualTotal,
    Rule,
    operands_of,
)
from donbay.domain.formulas import Formula, Number, Operand, Operator
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.quantities import Comparator, Range, less, reported_range

HARD, SOFT = Severity.HARD, Severity.SOFT
_RECKON: Mapping[Operator, Callable[[Range, Range], Range | None]] = {
    Operator.ADD: add,
    Operator.SUBTRACT: sub,
    Operator.MULTIPLY: mul,
    Operator.DIVIDE: truediv,
}
_FLIPPED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.BELOW: Comparator.ABOVE,
}


@dataclass(frozen=True)
class Report:
    """A form with its answers and the figures of the period before."""

    form: Form
    indicators: Mapping[str, Indicator]
    answers: Mapping[str, Answer]
    previous: Mapping[str, Decimal | None]

    def figure(self, operand: Operand) -> Range | None:
        """None where the figure is missing, also as the sum of its parts."""
        if operand.lag:
            return self._before(operand)
        field = self.form.figure(operand.indicator, operand.category)
        found = self._answered(field)
        if found is None and operand.category is None:
            return self._of_parts(operand.indicator)
        return found

    def _before(self, operand: Operand) -> Range | None:
        field = self.form.figure(operand.indicator, operand.category)
        last = self.previous.get(field.id) if field else None
        return None if last is None else Range(float(last), float(last))

    def _answered(self, field: Field | None) -> Range | None:
        answer = self.answers.get(field.id) if field else None
        number = answer.number if answer else None
        if field is None or answer is None or number is None:
            return None
        indicator = self.indicators.get(field.indicator or "")
        floor = indicator.non_negative if indicator else False
        return reported_range(float(number), answer.bound, non_negative=floor)

    def _of_parts(self, name: str) -> Range | None:
        indicator = self.indicators.get(name)
        if indicator is None or indicator.roll_up is not RollUp.SUM:
            return None
        parts = [
            self._answered(self.form.figure(name, c)) for c in indicator.categories
        ]
        known = [part for part in parts if part is not None]
        if not parts or len(known) < len(parts):
            return None
        return sum(known, Range(0.0, 0.0))

    def sum_of_parts(self, name: str) -> Range:
        """What the parts add up to, a missing one being anything that it may be."""
        indicator = self.indicators[name]
        unknown = Range(0.0 if indicator.non_negative else -inf, inf)
        parts = [
            self._answered(self.form.figure(name, c)) or unknown
            for c in indicator.categories
        ]
        return sum(parts, Range(0.0, 0.0))


def sum_findings(report: Report) -> Iterator[Finding]:
    """The jurist's checks, and besides them what holds of every report."""
    spoken = {check.rule for check in report.form.checks if _plain(check.rule)}
    for rule, severity in _of_itself(report):
        if rule not in spoken and (found := broken(report, rule, severity)):
            yield found
    for check in report.form.checks:
        if found := _declared(report, check):
            yield found


def _plain(rule: Rule) -> bool:
    return isinstance(rule, PartsEqualTotal | PartOfWhole)


def _of_itself(report: Report) -> Iterator[tuple[Rule, Severity]]:
    """Parts of what is added up make its total; a share in % is of its denominator."""
    asked = dict.fromkeys(f.indicator for f in report.form.fields if f.indicator)
    for name in asked:
        indicator = report.indicators.get(name)
        if indicator and indicator.categories and indicator.roll_up is RollUp.SUM:
            yield PartsEqualTotal(name), HARD
    for share in report.indicators.values():
        part, whole = share.numerator, share.denominator
        if part in asked and whole in asked and share.unit in PERCENT:
            severity = HARD if capped(share) else SOFT
            yield PartOfWhole(Operand(part or ""), Operand(whole or "")), severity


def _declared(report: Report, check: Check) -> Finding | None:
    severity = HARD if check.hard else SOFT
    found = broken(report, check.rule, severity)
    if found is None:
        return None
    parameters: dict[str, Decimal | str] = {**found.parameters, "check": check.id}
    return Finding("check", found.field, severity, parameters)


def broken(report: Report, rule: Rule, severity: Severity) -> Finding | None:
    """What is wrong, where the rule cannot hold whatever is still missing."""
    match rule:
        case PartsEqualTotal():
            return _parts(report, rule, severity)
        case PartOfWhole():
            return _part(report, rule, severity)
    return _comparison(report, rule, severity)


def _parts(report: Report, rule: PartsEqualTotal, severity: Severity) -> Finding | None:
    field = report.form.figure(rule.indicator)
    total = report.figure(Operand(rule.indicator)) if field else None
    if field is None or total is None:
        return None
    indicator = report.indicators[rule.indicator]
    parts = report.sum_of_parts(rule.indicator)
    slack = _slack(indicator)
    if not less(parts.high + slack, total.low) and not less(
        total.high, parts.low - slack
    ):
        return None
    shown = parts.low if less(total.high, parts.low) else parts.high
    numbers = {"total": shown_number(total.low), "parts": shown_number(shown)}
    return Finding("parts_not_total", field.id, severity, numbers)


def _slack(indicator: Indicator) -> float:
    """What rounding each part and the total may add up to; whole numbers are exact."""
    if not indicator.decimals:
        return 0.0
    return 0.5 * 10.0**-indicator.decimals * (len(indicator.categories) + 1)


def _part(report: Report, rule: PartOfWhole, severity: Severity) -> Finding | None:
    part, whole = report.figure(rule.part), report.figure(rule.whole)
    if part is None or whole is None or not less(whole.high, part.low):
        return None
    parameters: dict[str, Decimal | str] = {
        "part": shown_number(part.low),
        "whole": shown_number(whole.high),
        "whole_field": _field_of(report, rule.whole),
    }
    return Finding(
        "part_over_whole", _field_of(report, rule.part), severity, parameters
    )


def _comparison(report: Report, rule: Comparison, severity: Severity) -> Finding | None:
    left, right = evaluated(report, rule.left), evaluated(report, rule.right)
    if (
        left is None
        or right is None
        or compared(left, rule.comparator, right) is not (False)
    ):
        return None
    parameters: dict[str, Decimal | str] = {
        "left": shown_number(left.low),
        "right": shown_number(right.low),
        "comparator": rule.comparator.value,
    }
    first = next(iter(operands_of(rule)), None)
    field = _field_of(report, first) if first else ""
    return Finding("comparison", field, severity, parameters)


def _field_of(report: Report, operand: Operand) -> str:
    found = report.form.figure(operand.indicator, operand.category)
    if found is None:
        parts = report.indicators[operand.indicator].categories
        figures = (report.form.figure(operand.indicator, part) for part in parts)
        found = next((figure for figure in figures if figure), None)
    return found.id if found else ""


def evaluated(report: Report, formula: Formula) -> Range | None:
    """None where an operand is missing or 0 divides."""
    match formula:
        case Number(value=value):
            return Range(value, value)
        case Operand():
            return report.figure(formula)
    left, right = evaluated(report, formula.left), evaluated(report, formula.right)
    if left is None or right is None:
        return None
    return _RECKON[formula.operator](left, right)


def compared(left: Range, comparator: Comparator, right: Range) -> bool | None:
    """As `Range.satisfies`, with ranges on both sides."""
    if right.is_point and not right.about:
        return left.satisfies(comparator, right.low)
    if left.is_point and not left.about:
        return right.satisfies(_FLIPPED[comparator], left.low)
    return (left - right).satisfies(comparator, 0.0)


def shown_number(value: float) -> Decimal:
    """Without the noise of binary fractions."""
    return Decimal(f"{value:.12g}")
