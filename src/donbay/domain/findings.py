"""What looks wrong in a report while it is typed: codes, put in words elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from donbay.domain.answers import Answer, Finding, Severity, read_answer
from donbay.domain.figure_rules import Yardsticks, figure_findings
from donbay.domain.forms import Field, FieldKind, Form
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.sum_rules import Report, sum_findings
from donbay.domain.targets import Target

__all__ = ["Answer", "Finding", "Severity", "findings", "read_answer", "stopping"]

_ALIKE = frozenset({RollUp.MEAN, RollUp.MIN, RollUp.MAX, RollUp.NONE})
_NOTHING = Answer()


def findings(
    form: Form,
    indicators: Mapping[str, Indicator],
    answers: Mapping[str, Answer],
    previous: Mapping[str, Decimal | None] | None = None,
    targets: Iterable[Target] = (),
) -> tuple[Finding, ...]:
    """What looks wrong: the report as a whole, then field by field.

    `answers` and `previous` (the figures of the period before) are by field id. With no
    figure of before, a figure is held against a target of the same kind of unit.
    """
    report = Report(form, indicators, answers, previous or {})
    marks = _marks(form, indicators, targets)
    whole = list(_whole(report))
    by_field = [*_of_fields(report, marks), *sum_findings(report)]
    order = {field.id: place for place, field in enumerate(form.fields)}
    by_field.sort(key=lambda found: order.get(found.field, -1))
    return (*whole, *by_field)


def stopping(
    found: Iterable[Finding], answers: Mapping[str, Answer]
) -> tuple[Finding, ...]:
    """What stops the sending: the hard ones, and soft ones without a note."""
    return tuple(
        some
        for some in found
        if some.severity is Severity.HARD
        or not answers.get(some.field, _NOTHING).note.strip()
    )


def _whole(report: Report) -> Iterator[Finding]:
    known = {field.id for field in report.form.fields}
    if not any(a.given for name, a in report.answers.items() if name in known):
        yield Finding("empty_report", "", Severity.HARD)
    for name in sorted(report.answers.keys() - known):
        yield Finding("unknown_field", "", Severity.HARD, {"text": name})


def _of_fields(
    report: Report, marks: Mapping[tuple[str, str | None], Decimal]
) -> Iterator[Finding]:
    for field in report.form.fields:
        answer = report.answers.get(field.id, _NOTHING)
        if not answer.given:
            if field.required and not _given_by_parts(report, field):
                yield Finding("missing", field.id, Severity.HARD)
        elif field.kind is FieldKind.FIGURE:
            indicator = report.indicators[field.indicator or ""]
            mark = marks.get((indicator.id, field.category))
            last = Answer(report.previous.get(field.id)).number
            known = Yardsticks(last, mark)
            yield from figure_findings(field, indicator, answer, known)
        elif wrong := _word_finding(field, answer):
            yield wrong


def _given_by_parts(report: Report, field: Field) -> bool:
    """A total is known where all its parts are."""
    indicator = report.indicators.get(field.indicator or "")
    if indicator is None or field.category is not None or not indicator.categories:
        return False
    parts = [report.form.figure(indicator.id, part) for part in indicator.categories]
    return all(p and report.answers.get(p.id, _NOTHING).given for p in parts)


def _word_finding(field: Field, answer: Answer) -> Finding | None:
    value = answer.value
    if field.kind is FieldKind.DATE and not isinstance(value, date):
        return Finding("not_a_date", field.id, Severity.HARD, {"text": str(value)})
    choices = {choice.id for choice in field.choices}
    if field.kind is FieldKind.CHOICE and str(value) not in choices:
        return Finding("unknown_choice", field.id, Severity.HARD, {"text": str(value)})
    return None


def _marks(
    form: Form, indicators: Mapping[str, Indicator], targets: Iterable[Target]
) -> dict[tuple[str, str | None], Decimal]:
    """Targets of the size of one unit's figure: means, or those judged at its level."""
    found: dict[tuple[str, str | None], Decimal] = {}
    for target in targets:
        indicator = indicators.get(target.indicator)
        if indicator is None or target.window or target.period:
            continue
        if indicator.roll_up in _ALIKE or form.level in target.levels:
            key = (target.indicator, target.category)
            found.setdefault(key, Decimal(str(target.value)))
    return found
