"""What an approved report brings into the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from donbay.domain.forms import Field, FieldKind
from donbay.web.results.actions import Row, Word
from donbay.web.submissions.models import Answer, Submission
from donbay.web.submissions.queries import form_of


def rows_of(submission: Submission) -> tuple[list[Row], list[Word]]:
    """Figures and answers in words; of a correction only what it changes."""
    form = form_of(submission.round, submission.unit_id)
    answers = {answer.field: answer for answer in submission.answers.all()}
    before: dict[str, Answer] = {}
    if submission.corrects_id is not None:
        approved = Answer.objects.filter(submission_id=submission.corrects_id)
        before = {answer.field: answer for answer in approved}
    rows: list[Row] = []
    words: list[Word] = []
    for field in form.fields:
        answer = answers.get(field.id)
        if answer is None or _same(answer, before.get(field.id)):
            continue
        if field.kind is FieldKind.FIGURE:
            rows += _row(submission, field, answer)
        else:
            words += _word(submission, field, answer, before.get(field.id))
    return rows, words


def _same(answer: Answer, before: Answer | None) -> bool:
    if before is None:
        return False
    return _said(answer) == _said(before)


def _said(answer: Answer) -> tuple[object, ...]:
    if answer.value is None:
        return None, answer.withdrawn, answer.typed.strip()
    return answer.value, answer.withdrawn, answer.bound


def _row(submission: Submission, field: Field, answer: Answer) -> Iterator[Row]:
    if answer.value is None and not answer.withdrawn:
        return
    yield Row(
        unit=submission.unit_id,
        indicator=field.indicator or "",
        period=submission.round.period,
        category=field.category or "",
        value=None if answer.withdrawn else answer.value,
        bound=answer.bound,
        source=source(submission, field.id, answer.taken_from),
    )


def _word(
    submission: Submission, field: Field, answer: Answer, before: Answer | None
) -> Iterator[Word]:
    if not answer.typed.strip() and before is None and not answer.withdrawn:
        return
    yield Word(
        unit=submission.unit_id,
        form=submission.round.form,
        field=field.id,
        period=submission.round.period,
        value="" if answer.withdrawn else answer.typed.strip(),
        source=source(submission, field.id),
    )


def source(submission: Submission, field: str, taken_from: str = "") -> str:
    """By which `why` finds the answer, its files and the people behind it.

    Behind a `;` stands the passage of a document that says it.
    """
    return ";".join(filter(None, [f"submission:{submission.pk}#{field}", taken_from]))
