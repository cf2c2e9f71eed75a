"""What a person has to do: due, late, sent back, waiting for their review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from donbay.domain.territory import Version
from donbay.domain.workflow import EDITABLE, State
from donbay.web.offices.models import User
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions import permissions
from donbay.web.submissions.models import Conflict, Reminder, Submission
from donbay.web.submissions.queries.matrices import Cell, matrix


@dataclass(frozen=True, slots=True)
class Item:
    """One report that a person owes, or may review."""

    round: Round
    unit: str
    version: Version
    cell: Cell | None = None
    submission: Submission | None = None


@dataclass(frozen=True)
class Work:
    """A person's day. `corrections` are approved reports that they are mending."""

    late: list[Item]
    due: list[Item]
    returned: list[Item]
    corrections: list[Item]
    review: list[Item]
    conflicts: list[Conflict]
    reminders: list[Reminder]

    def __bool__(self) -> bool:
        return any(
            (self.late, self.due, self.returned, self.corrections, self.review)
        ) or bool(self.conflicts)


def work(user: User, on: date) -> Work:
    """A fixed number of queries a programme, whatever the number of reports."""
    owed = list(_owed(user, on))
    return Work(
        late=[one for one in owed if _is(one, "late")],
        due=[one for one in owed if _is(one, "due")],
        returned=[one for one in owed if _is(one, "returned")],
        corrections=[one for one in owed if _is(one, "correction")],
        review=queue(user, on),
        conflicts=conflicts(user, on),
        reminders=list(reminders(user).filter(read_at=None)[:50]),
    )


def _is(one: Item, what: str) -> bool:
    return one.cell is not None and _heap(one.cell) == what


def _heap(cell: Cell) -> str:
    """Each report lies on one heap only, the most pressing."""
    if cell.state == "returned":
        return "returned"
    if cell.correcting:
        return "correction"
    return "late" if cell.late else "due"


def _owed(user: User, on: date) -> Iterator[Item]:
    for programme in permissions.programmes_of(user, on, permissions.REPORTS):
        mine = permissions.units_of(user, permissions.REPORTS, programme.id, on)
        rounds = programmes.shared(
            Round.objects.filter(programme=programme, opens__lte=on)
            .filter(pk__in=_live(programme.rounds.all(), on))
            .select_related("programme")
            .order_by("due", "id")
        )
        for line in matrix(rounds, mine, on).lines:
            for cell in line.cells:
                if cell and _to_do(cell, on):
                    yield Item(cell.round, line.unit, line.version, cell)


def _live(rounds: QuerySet[Round], on: date) -> set[int]:
    """Rounds that take something from somebody, or hold a report not yet finished."""
    unfinished = Submission.objects.filter(round__in=rounds, state__in=EDITABLE)
    return {
        *rounds.filter(state=Round.State.OPEN, closes__gte=on).values_list(
            "pk", flat=True
        ),
        *rounds.filter(extensions__until__gte=on).values_list("pk", flat=True),
        *unfinished.values_list("round_id", flat=True),
    }


def _to_do(cell: Cell, on: date) -> bool:
    """Open to the person: a place that was never begun may be begun while taken."""
    if cell.state in {"sent", "approved"}:
        return False
    return cell.correcting or cell.days.takes(on)


# --- review ------------------------------------------------------------------------


def queue(user: User, on: date) -> list[Item]:
    """Reports whose next step is the person's, those that wait longest first."""
    found = []
    for programme in permissions.programmes_of(user, on, permissions.REVIEWS):
        mine = permissions.units_of(user, permissions.REVIEWS, programme.id, on)
        sent = list(
            Submission.objects.filter(round__programme=programme, state=State.SENT)
            .select_related("round__programme", "sent_by")
            .order_by("sent_at", "id")
        )
        programmes.shared(one.round for one in sent)
        for one in sent:
            if one.unit_id in mine and _my_step(user, one, on):
                version = programmes.asked(one.round).units[one.unit_id]
                found.append(Item(one.round, one.unit_id, version, submission=one))
    return found


def _my_step(user: User, one: Submission, on: date) -> bool:
    path = permissions.steps(one.round, one.unit_id)
    return bool(permissions.step_roles(user, one.round, path, one.step, on))


# --- what was told -----------------------------------------------------------------


def conflicts(user: User, on: date) -> list[Conflict]:
    """Fields of the person's own places that two people filled differently."""
    found = (
        Conflict.objects.filter(settled_at=None, submission__state__in=EDITABLE)
        .select_related("submission__round__programme", "by")
        .order_by("at")
    )
    return [
        one
        for one in found
        if permissions.may_report(
            user, one.submission.round, one.submission.unit_id, on
        )
    ]


def reminders(user: User) -> QuerySet[Reminder]:
    """What the person was told, the newest first."""
    return (
        Reminder.objects.filter(user=user)
        .select_related("round__programme")
        .order_by("-made_at", "-id")
    )
