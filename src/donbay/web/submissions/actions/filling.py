"""Filling in: every field is kept as it is typed, and nobody's text is written over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from donbay.domain.answers import read_answer
from donbay.domain.forms import Field, FieldKind
from donbay.domain.quantities import Bound
from donbay.domain.typed_numbers import Ambiguous
from donbay.domain.workflow import EDITABLE, NotAllowed, State
from donbay.web.journal.actions import Acting, acting
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions import permissions
from donbay.web.submissions.models import Answer, Conflict, Submission
from donbay.web.submissions.queries import form_of

LONGEST_TEXT, LONGEST_NOTE = 20_000, 4_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in the field now; `conflict` where somebody else had changed it."""

    answer: Answer
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person types into one field.

    - `seen`: the field's revision that they had before them; 0 where it was empty.
    - `reading`: which of two readings they mean, `joined` (the mark parts thousands)
      or `parted` (it begins decimals).
    - `taken_from`: the passage of a document that says it, where it was not typed.
    """

    typed: str
    seen: int = 0
    bound: Bound = Bound.EXACT
    withdrawn: bool = False
    reading: str = ""
    taken_from: str = ""


def begin(
    by: By,
    round: Round,
    unit: str,
    on: date | None = None,
) -> Submission:
    """The unit's open report, made where there is none."""
    day = on or programmes.today(round.programme)
    if not permissions.may_report(by.user, round, unit, day):
        raise NotAllowed("only_the_place")
    form_of(round, unit)
    with acting(by.stamp, round.programme.chain) as act:
        of_unit = Submission.objects.filter(round=round, unit_id=unit)
        if known := of_unit.exclude(state=State.APPROVED).first():
            return known
        if of_unit.exists():
            raise NotAllowed("approved_already")
        if not programmes.days_of(round, unit).takes(day):
            raise NotAllowed("round_takes_nothing")
        made = Submission.objects.create(
            round=round, unit_id=unit, begun_by=by.user, begun_at=act.at
        )
        act.note("begin", "submission", made.pk, unit=unit, round=round.pk)
    return made


def save(by: By, submission: Submission, field: str, entry: Entry) -> Saved:
    """Keep one field as typed. What another person wrote meanwhile stays beside it."""
    asked = field_of(submission, field)
    typed = entry.typed.replace("\0", "")
    if len(typed) > LONGEST_TEXT:
        raise NotAllowed("text_too_long", most=str(LONGEST_TEXT))
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = editable(by, submission)
        known = held.answers.filter(field=field).first()
        if known is not None and _overtaken(known, by, typed, entry):
            return Saved(known, _beside(act, by, known, typed))
        answer = known or Answer(submission=held, field=field)
        answer.typed = typed
        answer.value = _value(asked, submission, entry, by.user.language)
        answer.bound = entry.bound.value
        answer.withdrawn = entry.withdrawn or _emptied(held, field, typed)
        answer.taken_from = entry.taken_from
        _keep(act, by, held, answer)
        act.note("save", "submission", held.pk, field=field, typed=typed)
    return Saved(answer)


def note(
    by: By, submission: Submission, field: str, text: str, seen: int = 0
) -> Answer:
    """What a person says of a figure: why it is right though it looks odd.

    What another person noted meanwhile stays, above it.
    """
    field_of(submission, field)
    said = text.replace("\0", "").strip()
    if len(said) > LONGEST_NOTE:
        raise NotAllowed("text_too_long", most=str(LONGEST_NOTE))
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = editable(by, submission)
        answer = held.answers.filter(field=field).first() or Answer(
            submission=held, field=field
        )
        if answer.note == said:
            return answer
        theirs = answer.pk and answer.by_id != by.user.pk and answer.revision != seen
        if theirs and answer.note and answer.note not in said:
            said = f"{answer.note}\n{said}".strip()[:LONGEST_NOTE]
        answer.note = said
        _keep(act, by, held, answer)
        act.note("note", "submission", held.pk, field=field, note=said)
    return answer


def settle(by: By, conflict: Conflict, typed: str, reading: str = "") -> Answer:
    """Of two texts that stood side by side, keep one, or a third."""
    submission = conflict.submission
    asked = field_of(submission, conflict.field)
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = editable(by, submission)
        open_one = Conflict.objects.filter(pk=conflict.pk, settled_at=None)
        if not open_one.update(settled_at=act.at, settled_by=by.user, kept=typed):
            raise NotAllowed("changed_meanwhile")
        answer = held.answers.filter(field=conflict.field).first() or Answer(
            submission=held, field=conflict.field
        )
        answer.typed = typed
        entry = Entry(typed, reading=reading)
        answer.value = _value(asked, submission, entry, by.user.language)
        answer.withdrawn = _emptied(held, conflict.field, typed)
        answer.taken_from = ""
        _keep(act, by, held, answer)
        act.note("settle", "submission", held.pk, field=conflict.field, kept=typed)
    return answer


def field_of(submission: Submission, field: str) -> Field:
    try:
        return form_of(submission.round, submission.unit_id).field(field)
    except KeyError:
        raise NotAllowed("field_unknown", text=field) from None


def editable(by: By, submission: Submission) -> Submission:
    """The report as it stands now, held. Raises NotAllowed where it may not change."""
    held = Submission.objects.select_related("round__programme").get(pk=submission.pk)
    if not permissions.may_report(by.user, held.round, held.unit_id):
        raise NotAllowed("only_the_place")
    if State(held.state) not in EDITABLE:
        raise NotAllowed("not_editable", state=held.state)
    return held


def _overtaken(known: Answer, by: By, typed: str, entry: Entry) -> bool:
    """One's own other window is no conflict, nor is the same text.

    While two texts stand side by side, only settling puts one in the other's place.
    """
    if known.by_id == by.user.pk or known.typed.strip() == typed.strip():
        return False
    beside = Conflict.objects.filter(
        submission_id=known.submission_id, field=known.field, settled_at=None
    )
    return known.revision != entry.seen or beside.exists()


def _beside(act: Acting, by: By, known: Answer, typed: str) -> Conflict:
    """One open row a person and field; a later text of theirs takes its place."""
    found, _ = Conflict.objects.update_or_create(
        submission_id=known.submission_id,
        field=known.field,
        by=by.user,
        settled_at=None,
        defaults={"typed": typed, "seen": known.typed, "at": act.at},
    )
    act.note(
        "conflict", "submission", known.submission_id, field=known.field, typed=typed
    )
    return found


def _value(
    field: Field, submission: Submission, entry: Entry, language: str
) -> float | None:
    """The figure, where one can be read; None is never a zero."""
    if field.kind is not FieldKind.FIGURE:
        return None
    indicators = programmes.promise_of(submission.round).indicators
    indicator = indicators.get(field.indicator or "")
    read = read_answer(field, entry.typed, language, indicator)
    if isinstance(read, Ambiguous) and entry.reading in {"joined", "parted"}:
        parted, joined = sorted(read.readings, key=abs)
        read = joined if entry.reading == "joined" else parted
    return float(read) if isinstance(read, Decimal) else None


def _emptied(held: Submission, field: str, typed: str) -> bool:
    """A correction that leaves out what was approved withdraws it."""
    if held.corrects_id is None or typed.strip():
        return False
    approved = Answer.objects.filter(submission_id=held.corrects_id, field=field)
    return any(row.value is not None or row.typed.strip() for row in approved)


def _keep(act: Acting, by: By, held: Submission, answer: Answer) -> None:
    Submission.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
    held.revision += 1
    answer.revision, answer.by, answer.at = held.revision, by.user, act.at
    answer.save()
