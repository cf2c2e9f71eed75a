"""A report as the core understands it: its form, its answers, what looks wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from donbay.domain.answers import Answer as Given
from donbay.domain.answers import Finding, read_answer
from donbay.domain.findings import findings, stopping
from donbay.domain.forms import Field, FieldKind, Form
from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency
from donbay.domain.programmes import Programme as Promise
from donbay.domain.quantities import Bound
from donbay.domain.workflow import NotAllowed
from donbay.web.ledger.queries import latest
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions.models import Answer, Submission


@dataclass(frozen=True)
class Reading:
    """One report with all that is needed to judge it."""

    form: Form
    promise: Promise
    answers: Mapping[str, Given]
    previous: Mapping[str, Decimal | None]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return findings(
            self.form,
            self.promise.indicators,
            self.answers,
            self.previous,
            self.promise.targets,
        )

    @property
    def stopping(self) -> tuple[Finding, ...]:
        return stopping(self.findings, self.answers)


def form_of(round: Round, unit: str) -> Form:
    """What a unit is asked. Raises NotAllowed where it is asked nothing."""
    found = programmes.asked(round).form_for(unit)
    if found is None:
        raise NotAllowed("unit_not_asked")
    return found


def reading(submission: Submission, answers: Iterable[Answer] | None = None) -> Reading:
    """With the figures of the period before, as the ledger has them now."""
    form = form_of(submission.round, submission.unit_id)
    promise = programmes.promise_of(submission.round)
    rows = submission.answers.all() if answers is None else answers
    return Reading(
        form,
        promise,
        given(form, promise.indicators, rows),
        previous(submission.round, submission.unit_id, form),
    )


def given(
    form: Form, indicators: Mapping[str, Indicator], rows: Iterable[Answer]
) -> dict[str, Given]:
    """Answers as the core reads them; fields that the form lost keep their text."""
    fields = {field.id: field for field in form.fields}
    return {row.field: _given(fields.get(row.field), indicators, row) for row in rows}


def _given(
    field: Field | None, indicators: Mapping[str, Indicator], row: Answer
) -> Given:
    if field is None:
        return Given(row.typed or None, note=row.note)
    if field.kind is FieldKind.FIGURE and row.value is not None:
        value = Decimal(str(row.value))
        return Given(value, Bound(row.bound), row.withdrawn, row.note)
    # The language only orders the two readings of what is ambiguous.
    read = read_answer(field, row.typed, "vi", indicators.get(field.indicator or ""))
    return Given(read, Bound(row.bound), row.withdrawn, row.note)


def previous(round: Round, unit: str, form: Form) -> dict[str, Decimal | None]:
    """The figures of the period before, by field; one question to the ledger."""
    period = programmes.period_of(round)
    if period.frequency is Frequency.SPAN:
        return {}
    names = {f.indicator for f in form.fields if f.indicator}
    found = latest(round.programme, unit, names, str(period.shift(-1)))
    figures: dict[str, Decimal | None] = {}
    for field in form.fields:
        row = found.get((field.indicator or "", field.category or ""))
        if row is not None and row.value is not None:
            figures[field.id] = Decimal(str(row.value))
    return figures
