"""Made-up reports for the rounds that are open: some in every state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import cycle, islice

from django.utils import timezone

from donbay.domain.forms import Field, FieldKind, Form
from donbay.domain.workflow import NotAllowed
from donbay.folder.study import Study
from donbay.web.journal.actions import acting
from donbay.web.offices.permissions import By
from donbay.web.programmes.models import Programme, Round
from donbay.web.programmes.queries import asked
from donbay.web.results.actions import Row, Word, enter
from donbay.web.submissions import actions
from donbay.web.submissions.actions.entering import rows_of
from donbay.web.submissions.models import Answer, Submission

Figures = dict[tuple[str, str, str, str], float]
# Of the communes of a round in turn: what became of its report.
BECAME = (
    *("approved", "sent", "nothing", "approved", "draft", "returned", "nothing"),
    *("sent", "approved", "nothing", "withdrawn", "draft", "nothing", "nothing"),
)
MOST = 28  # communes of one round that have begun
WORDS = {
    "difficulties": "Đường vào hai xóm vùng cao còn khó đi trong mùa mưa.",
    "causes": "Vốn đối ứng về chậm so với kế hoạch.",
    "proposals": "Đề nghị tỉnh bố trí vốn ngay từ đầu năm.",
}
REASON = "Số hộ nghèo cao bất thường so với quý trước; đề nghị kiểm tra lại."
_figures: Figures = {}


def remember(study: Study) -> None:
    """The made-up figures, of which the open rounds are filled in."""
    _figures.clear()
    _figures.update(
        {
            (o.unit, o.indicator, str(o.period), o.category or ""): o.value
            for o in study.observations
            if o.value is not None
        }
    )


def fill(
    programme: Programme, rounds: Sequence[Round], people: Mapping[str, By]
) -> None:
    chosen: list[Submission] = []
    for one in rounds:
        one.programme = programme
        units = [unit for unit in asked(one).units if unit in people]
        # An and Hoa come first: theirs are the reports that a visitor fills in.
        own = {people["an"].user.pk: 0, people["hoa"].user.pk: 1}
        units.sort(key=lambda unit: own.get(people[unit].user.pk, 2))
        states = islice(cycle(BECAME), MOST)
        begun = [
            (unit, state)
            for unit, state in zip(units[2:], states, strict=False)
            if state != "nothing"
        ]
        drafts = _drafts(one, [unit for unit, _ in begun], people)
        for unit, state in begun:
            _move(drafts[unit], state, people[unit], people["binh"])
        chosen += [drafts[unit] for unit, state in begun if state == "approved"]
    _approve(programme, chosen, people["binh"])


def _drafts(
    one: Round, units: Sequence[str], people: Mapping[str, By]
) -> dict[str, Submission]:
    """Begun and filled in, all at once."""
    at = timezone.now()
    with acting(people["binh"].stamp, one.programme.chain) as act:
        made = {
            unit: Submission(
                round=one, unit_id=unit, begun_by=people[unit].user, begun_at=at
            )
            for unit in units
        }
        for submission in made.values():
            submission.revision = 1
        Submission.objects.bulk_create(made.values())
        Answer.objects.bulk_create(
            answer
            for unit, submission in made.items()
            if (form := asked(one).form_for(unit))
            for answer in _answers(form, submission, people[unit], at)
        )
        act.note("begin_many", "round", one.pk, submissions=len(made))
    return made


def _answers(
    form: Form, submission: Submission, by: By, at: datetime
) -> Iterator[Answer]:
    for field in form.fields:
        typed, value = _typed(field, submission)
        if typed:
            yield Answer(
                submission=submission,
                field=field.id,
                typed=typed,
                value=value,
                revision=1,
                by=by.user,
                at=at,
            )


def _typed(field: Field, submission: Submission) -> tuple[str, float | None]:
    if field.kind is FieldKind.FIGURE:
        period = submission.round.period
        key = (submission.unit_id, field.indicator or "", period, field.category or "")
        value = _figures.get(key)
        if value is None:
            return ("", None) if not field.required else ("0", 0.0)
        return format(value, ".15g").replace(".", ","), value
    if field.kind is FieldKind.CHOICE:
        return field.choices[0].id, None
    if field.kind is FieldKind.DATE:
        return "", None
    return WORDS.get(field.id, WORDS["proposals"] if field.required else ""), None


def _move(submission: Submission, state: str, by: By, reviewer: By) -> None:
    """By the actions that people take. What is stopped stays a draft."""
    if state == "draft":
        return
    try:
        sent = actions.send(by, submission)
    except NotAllowed:
        return
    submission.state = sent.state
    if state == "withdrawn":
        actions.take_back(by, sent)
    elif state == "returned":
        field = sent.answers.order_by("id").values_list("field", flat=True)[0]
        actions.send_back(reviewer, sent, {field: REASON})


def _approve(programme: Programme, chosen: Sequence[Submission], by: By) -> None:
    """All in one batch, where a reviewer makes one of each: verdicts follow once."""
    with acting(by.stamp, programme.chain) as act:
        some = [x for x in chosen if x.state == Submission.State.SENT]
        rows: list[Row] = []
        words: list[Word] = []
        for submission in some:
            own_rows, own_words = rows_of(submission)
            rows += own_rows
            words += own_words
            act.note("approve", "submission", submission.pk, to="approved")
        if not rows:
            return
        batch = enter(
            *(act, programme, rows),
            origin="submission",
            reference="demonstration",
            statements=words,
        )
        for submission in some:
            submission.state = Submission.State.APPROVED
            submission.step = 1
            submission.approved_at, submission.batch = act.at, batch.number
        changed = ["state", "step", "approved_at", "batch"]
        Submission.objects.bulk_update(some, changed)
