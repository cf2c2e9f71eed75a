"""What leaders and offices are told: reports late or sent back, and who answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Prefetch

from donbay.domain.forms import Form
from donbay.domain.territory import Version
from donbay.domain.workflow import State
from donbay.web.offices.models import Office, User
from donbay.web.offices.queries import answering_at
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.submissions.models import Return, Submission
from donbay.web.submissions.queries.matrices import Cell, matrix
from donbay.web.submissions.queries.reporters import reporters

YEAR = timedelta(days=366)  # after which a report that never came is history


@dataclass(frozen=True, slots=True)
class Overdue:
    """A report whose day has passed, and that has not come."""

    version: Version
    cell: Cell


def overdue(
    programme: Programme, units: Collection[str], on: date
) -> list[Overdue] | None:
    """Of rounds due in the last year, the longest late first; four queries in all.

    None where no round was due, so that nothing could be late.
    """
    due = Round.objects.filter(programme=programme, due__lt=on, due__gte=on - YEAR)
    rounds = programmes.shared(due.select_related("programme").order_by("due", "id"))
    if not rounds:
        return None
    found = [
        Overdue(line.version, cell)
        for line in matrix(rounds, units, on).lines
        for cell in line.cells
        if cell and cell.late
    ]
    return sorted(found, key=lambda one: one.cell.days.last_due)


@dataclass(frozen=True, slots=True)
class SentBack:
    """A report that was sent back and has not come again.

    `reasons` are those of the figures that nobody has mended yet.
    """

    submission: Submission
    form: Form
    version: Version
    since: datetime | None
    reasons: tuple[Return, ...]


def sent_back(programme: Programme, units: Collection[str]) -> list[SentBack]:
    """Those that wait longest first; two queries in all."""
    returns = Return.objects.select_related("by").order_by("at", "id")
    rows = (
        Submission.objects.filter(round__programme=programme, state=State.RETURNED)
        .select_related("round__programme")
        .prefetch_related(Prefetch("returns", returns))
        .order_by("id")
    )
    here = [row for row in rows if row.unit_id in units]
    programmes.shared(row.round for row in here)
    found = [one for row in here if (one := _sent_back(row))]
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: one.since or never)


def _sent_back(row: Submission) -> SentBack | None:
    """None of a place that is asked no more."""
    asked = programmes.asked(row.round)
    form = asked.form_once_for(row.unit_id)
    if form is None:
        return None
    returns = list(row.returns.all())
    reasons = [one for one in returns if one.mended_at is None]
    # Where all is mended and nothing sent, the last reason tells since when.
    told = reasons[:1] or returns[-1:]
    since = told[0].at if told else None
    return SentBack(row, form, asked.place(row.unit_id), since, tuple(reasons))


# --- who answers -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a place: those who report for it, and offices with leaders."""

    people: tuple[User, ...] = ()
    offices: tuple[Office, ...] = ()


def answering(
    programme: str, units: Collection[str], on: date
) -> Mapping[str, Answering]:
    """By unit: the offices of who reports for it, else those at the place itself.

    Two queries, whatever the number of units.
    """
    if not units:
        return {}
    people = reporters(programme, units, on)
    theirs = {u.office_id for some in people.values() for u in some if u.office_id}
    offices = {office.pk: office for office in answering_at(units, theirs)}
    at: dict[str, list[Office]] = {}
    for office in offices.values():
        at.setdefault(office.unit_id, []).append(office)
    return {
        unit: Answering(tuple(some), tuple(_offices(some, offices) or at.get(unit, ())))
        for unit, some in people.items()
    }


def _offices(people: Collection[User], offices: Mapping[int, Office]) -> list[Office]:
    """Each once, in the order of the people."""
    found = dict.fromkeys(user.office_id for user in people if user.office_id)
    return [offices[one] for one in found]
