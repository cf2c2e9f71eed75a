"""The moves of a report: sent, taken back, sent back, approved, corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from donbay.domain.findings import Finding
from donbay.domain.workflow import Action, NotAllowed, State, move, needs_reason
from donbay.web.journal.actions import Acting, acting
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.results.actions import enter, make_ready
from donbay.web.submissions import permissions
from donbay.web.submissions.actions.entering import rows_of
from donbay.web.submissions.models import Answer, Return, Submission
from donbay.web.submissions.queries import form_of, reading


class Stopped(NotAllowed):
    """What still stops the sending, field by field."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("findings_stop", count=str(len(self.findings)))


@dataclass(frozen=True, slots=True)
class Refusal:
    """One report that was not approved with the others, and why."""

    submission: Submission
    why: NotAllowed


# --- the place ---------------------------------------------------------------------


def send(
    by: By, submission: Submission, seen: int | None = None, on: date | None = None
) -> Submission:
    """Hand the report to the first reviewer. Raises Stopped with what stops it."""
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = _held(submission)
        day = on or programmes.today(held.round.programme)
        state, step = _move(by, held, Action.SEND, day)
        late = _on_time(held, day)
        if held.conflicts.filter(settled_at=None).exists():
            raise NotAllowed("conflicts_open")
        _answered(held)
        if stops := reading(held).stopping:
            raise Stopped(stops)
        _mend(held, act.at)
        _turn(held, state, step, seen, sent_by=by.user, sent_at=act.at)
        act.note("send", "submission", held.pk, revision=held.revision, late=late)
    return held


def take_back(
    by: By, submission: Submission, seen: int | None = None, on: date | None = None
) -> Submission:
    """Before anybody has approved it."""
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = _held(submission)
        state, step = _move(by, held, Action.TAKE_BACK, on)
        _turn(held, state, step, seen)
        act.note("take_back", "submission", held.pk, revision=held.revision)
    return held


def correct(
    by: By, submission: Submission, reason: str, on: date | None = None
) -> Submission:
    """A new report that mends an approved one, filled in as that one was."""
    _need_reason(Action.CORRECT, reason)
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = _held(submission)
        _move(by, held, Action.CORRECT, on)
        same = Submission.objects.filter(round=held.round, unit=held.unit_id)
        if same.exclude(state=State.APPROVED).exists():
            raise NotAllowed("correction_open")
        if same.filter(pk__gt=held.pk).exists():
            raise NotAllowed("corrected_since")
        made = Submission.objects.create(
            round=held.round,
            unit_id=held.unit_id,
            corrects=held,
            reason=reason.strip(),
            begun_by=by.user,
            begun_at=act.at,
        )
        _copy_answers(held, made)
        act.note("correct", "submission", held.pk, by=made.pk, reason=made.reason)
        act.note("begin", "submission", made.pk, corrects=held.pk, reason=made.reason)
    return made


def _copy_answers(old: Submission, new: Submission) -> None:
    """Who said it first, and when, goes along."""
    copies = list(old.answers.filter(withdrawn=False))
    for answer in copies:
        answer.pk, answer.submission, answer.revision = None, new, 0
    Answer.objects.bulk_create(copies)


# --- the reviewers -----------------------------------------------------------------


def send_back(
    by: By,
    submission: Submission,
    reasons: Mapping[str, str],
    seen: int | None = None,
    on: date | None = None,
) -> Submission:
    """Figures by field, each with the reason why. The reasons are kept."""
    said = {field: text.replace("\0", "").strip() for field, text in reasons.items()}
    if not said:
        raise NotAllowed("nothing_sent_back")
    for text in said.values():
        _need_reason(Action.SEND_BACK, text)
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = _held(submission)
        known = {field.id for field in form_of(held.round, held.unit_id).fields}
        if unknown := sorted(said.keys() - known):
            raise NotAllowed("field_unknown", text=", ".join(unknown))
        state, step = _move(by, held, Action.SEND_BACK, on)
        _keep_returns(act, by, held, said)
        _turn(held, state, step, seen)
        act.note("send_back", "submission", held.pk, reasons=said)
    return held


def _keep_returns(
    act: Acting, by: By, held: Submission, said: Mapping[str, str]
) -> None:
    typed = dict(held.answers.values_list("field", "typed"))
    Return.objects.bulk_create(
        Return(
            submission=held,
            field=field,
            typed=typed.get(field, ""),
            reason=reason,
            step=held.step,
            by=by.user,
            at=act.at,
        )
        for field, reason in said.items()
    )


def approve(
    by: By, submission: Submission, seen: int | None = None, on: date | None = None
) -> Submission:
    """One step on; after the last step its rows are in the ledger."""
    make_ready(submission.round.programme)
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = _held(submission)
        state, step = _move(by, held, Action.APPROVE, on)
        act.note("approve", "submission", held.pk, step=held.step, to=state.value)
        _as_seen(held, seen)  # before an engine hears of what would be rolled back
        if state is State.APPROVED:
            number = _enter(act, held)
            _turn(held, state, step, seen, approved_at=act.at, batch=number)
        else:
            _turn(held, state, step, seen)
    return held


def approve_many(
    by: By, submissions: Iterable[tuple[Submission, int | None]], on: date | None = None
) -> tuple[list[Submission], list[Refusal]]:
    """Each whole or not at all; what was not approved is listed with the reason.

    Each comes with the revision that was seen. One lock is held for each, so that
    others may write in between.
    """
    approved, refused = [], []
    for submission, seen in submissions:
        try:
            approved.append(approve(by, submission, seen, on))
        except NotAllowed as why:
            refused.append(Refusal(submission, why))
    return approved, refused


def _enter(act: Acting, held: Submission) -> int | None:
    """The batch of its rows; None where it says nothing."""
    rows, words = rows_of(held)
    if not rows and not words:
        return None
    batch = enter(
        act,
        held.round.programme,
        rows,
        origin="submission",
        reference=f"submission:{held.pk}",
        statements=words,
    )
    return batch.number


# --- what all moves share ----------------------------------------------------------


def _held(submission: Submission) -> Submission:
    """As it stands under the lock, whatever the caller had before them."""
    return Submission.objects.select_related("round__programme").get(pk=submission.pk)


def _move(
    by: By, held: Submission, action: Action, on: date | None
) -> tuple[State, int]:
    """Where the table leads for the best of the person's roles; raises NotAllowed."""
    path = permissions.steps(held.round, held.unit_id)
    kinds = permissions.kinds_at_step(by.user, held, on)
    state = State(held.state)
    if not kinds:
        raise NotAllowed("not_your_step")
    ways: list[Callable[[], tuple[State, int]]] = [
        lambda kind=kind: move(state, held.step, action, kind, len(path))  # type: ignore[misc]  # bound at once
        for kind in kinds
    ]
    return _first(ways)


def _first(ways: list[Callable[[], tuple[State, int]]]) -> tuple[State, int]:
    """The first that is allowed, else why the last one is not."""
    *others, last = ways
    for way in others:
        try:
            return way()
        except NotAllowed:
            continue
    return last()


def _as_seen(held: Submission, seen: int | None) -> None:
    if seen is not None and seen != held.revision:
        raise NotAllowed("changed_meanwhile")


def _turn(
    held: Submission, state: State, step: int, seen: int | None, **changes: object
) -> None:
    """Only from where it was seen to be: the second of two gets a clear answer."""
    _as_seen(held, seen)
    same = {"state": held.state, "step": held.step, "revision": held.revision}
    changes |= {"state": state, "step": step, "revision": held.revision + 1}
    if not Submission.objects.filter(pk=held.pk, **same).update(**changes):
        raise NotAllowed("changed_meanwhile")
    for name, value in changes.items():
        setattr(held, name, value)


def _on_time(held: Submission, day: date) -> bool:
    """Whether it is late; a correction may be sent at any time."""
    days = programmes.days_of(held.round, held.unit_id)
    if held.corrects_id is None and not days.takes(day):
        raise NotAllowed("round_takes_nothing")
    return day > days.last_due


def _answered(held: Submission) -> None:
    """Every figure that was sent back was looked at since: changed, or noted upon."""
    saved = dict(held.answers.values_list("field", "at"))
    for back in held.returns.filter(mended_at=None):
        at = saved.get(back.field)
        if at is None or at <= back.at:
            raise NotAllowed("return_unanswered", text=back.field)


def _mend(held: Submission, at: datetime) -> None:
    held.returns.filter(mended_at=None).update(mended_at=at)


def _need_reason(action: Action, reason: str) -> None:
    if needs_reason(action) and not reason.strip():
        raise NotAllowed("reason_missing")
