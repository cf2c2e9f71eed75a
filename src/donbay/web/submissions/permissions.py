"""Doors to rounds, reports, answers and attachments: who may see and who may act."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache

from donbay.domain.default_forms import review_path
from donbay.domain.reorganisations import heir
from donbay.domain.roles import RoleKind
from donbay.domain.territory import Territory
from donbay.domain.workflow import EDITABLE, Action, State, allowed
from donbay.web.offices.models import Role, User
from donbay.web.offices.permissions import OVERSEES, Closed, reads, roles_on
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.submissions.models import Attachment, Conflict, Submission
from donbay.web.territory.queries import revision, territory

REPORTS = frozenset({RoleKind.REPORTER})
REVIEWS = frozenset({RoleKind.REVIEWER, RoleKind.PROGRAMME_OFFICE})
READS = frozenset(RoleKind)
# Before a report was sent only its place sees it.
UNSENT = frozenset({State.DRAFT, State.WITHDRAWN})

# --- places ------------------------------------------------------------------------


def reach(unit: str, on: date) -> frozenset[str]:
    """A unit, all below it on a day, and what has closed and was taken in by these."""
    return _reach(unit, on, revision())


@lru_cache(maxsize=512)
def _reach(unit: str, on: date, revision: int) -> frozenset[str]:  # noqa: ARG001 -- the cache's key
    whole = territory()
    found = {unit, *_below(unit, on)}
    for change in sorted(whole.successions, key=lambda s: s.date, reverse=True):
        if change.heir in found and whole.version(change.origin, on) is None:
            found.add(change.origin)
    return frozenset(found)


def _below(unit: str, on: date) -> Iterator[str]:
    children = _children(on, revision())
    todo = [unit]
    while todo:
        below = children.get(todo.pop(), [])
        yield from below
        todo += below


@lru_cache(maxsize=8)
def _children(on: date, revision: int) -> dict[str, list[str]]:  # noqa: ARG001 -- the cache's key
    found: dict[str, list[str]] = {}
    for unit, version in territory().on(on).items():
        if version.parent:
            found.setdefault(version.parent, []).append(unit)
    return found


def roles_at(
    user: User, kinds: Collection[str], programme: str, unit: str, on: date
) -> list[Role]:
    """The person's roles of these kinds that reach a unit in a programme."""
    return [
        role
        for role in roles_on(user, on)
        if role.kind in kinds
        and role.programme_id in {None, programme}
        and unit in reach(role.unit_id, on)
    ]


def units_of(
    user: User, kinds: Collection[str], programme: str, on: date
) -> frozenset[str]:
    """Every unit that the person's roles of these kinds reach."""
    return frozenset().union(
        *(
            reach(role.unit_id, on)
            for role in roles_on(user, on)
            if role.kind in kinds and role.programme_id in {None, programme}
        )
    )


def programmes_of(
    user: User, on: date, kinds: Collection[str] = READS
) -> list[Programme]:
    """The programmes in which the person has a role of these kinds."""
    roles = [role for role in roles_on(user, on) if role.kind in kinds]
    if not roles:
        return []
    found = Programme.objects.order_by("id")
    if all(role.programme_id for role in roles):
        found = found.filter(id__in={role.programme_id for role in roles})
    return list(found)


# --- review ------------------------------------------------------------------------


def steps(round: Round, unit: str) -> tuple[str, ...]:
    """The units whose reviewers approve this unit's report, in order; never empty."""
    promise = programmes.promise_of(round)
    form = programmes.asked(round).form
    above = _line(unit, programmes.period_of(round).last, round.opens)
    found = [
        above[level]
        for level in review_path(promise, form, round.opens)
        if level in above
    ]
    path = found or [next(reversed(above.values()), unit)]
    return path_after(territory(), path, programmes.today(round.programme)) or (unit,)


def path_after(places: Territory, path: Sequence[str], on: date) -> tuple[str, ...]:
    """A review path on a day: for what ended, who goes on; none twice in a row."""
    found: list[str] = []
    for unit in path:
        now = heir(places, unit, on).unit
        if now and now not in found[-1:]:
            found.append(now)
    return tuple(found)


def _line(unit: str, last: date, opens: date) -> dict[str, str]:
    """The unit and those above it by level, nearest first, as the round opened."""
    whole = territory()
    day = opens if whole.version(unit, opens) else last
    line = (unit, *whole.ancestors(unit, day))
    found = ((whole.version(one, day), one) for one in line)
    return {version.level: one for version, one in found if version}


def step_roles(
    user: User,
    round: Round,
    path: Sequence[str],
    step: int,
    on: date,
) -> list[Role]:
    """The roles by which a person may act at a step.

    A reviewer acts at the step of their own unit, the programme's office also for
    those below it.
    """
    here = path[min(step, len(path) - 1)]
    return [
        role
        for role in roles_at(user, REVIEWS, round.programme_id, here, on)
        if role.kind == RoleKind.PROGRAMME_OFFICE or role.unit_id == here
    ]


def kinds_at_step(
    user: User, submission: Submission, on: date | None = None
) -> list[RoleKind]:
    """The roles by which the person meets this report where it stands now."""
    round, unit = submission.round, submission.unit_id
    day = on or programmes.today(round.programme)
    others = READS - REVIEWS
    if submission.state == State.APPROVED:
        others |= {RoleKind.PROGRAMME_OFFICE}
    path = steps(round, unit)
    found = (
        *step_roles(user, round, path, submission.step, day),
        *roles_at(user, others, round.programme_id, unit, day),
    )
    return sorted({RoleKind(role.kind) for role in found})


def actions_for(
    user: User, submission: Submission, on: date | None = None
) -> tuple[Action, ...]:
    """What the person may do with this report now."""
    if _asked_no_more(submission):
        return ()
    count = len(steps(submission.round, submission.unit_id))
    state = State(submission.state)
    found: dict[Action, None] = {}
    for kind in kinds_at_step(user, submission, on):
        found |= dict.fromkeys(allowed(state, submission.step, kind, count))
    return tuple(found)


# --- doors -------------------------------------------------------------------------


def round_for(user: User, wanted: int, on: date | None = None) -> Round:
    """A round of a programme whose boards the person reads. Raises Closed."""
    found = Round.objects.select_related("programme").filter(pk=wanted).first()
    if found is None:
        raise Closed
    if not reads(user, found.programme, on):
        raise Closed
    return found


def unit_for(user: User, round: Round, unit: str, on: date | None = None) -> str:
    """A unit asked in a round, for who reads its reports. Raises Closed."""
    day = on or programmes.today(round.programme)
    asked = unit in programmes.asked(round).units
    if not asked or not roles_at(user, READS, round.programme_id, unit, day):
        raise Closed
    return unit


def overseen(
    user: User, wanted: str, on: date | None = None
) -> tuple[Programme, frozenset[str]]:
    """A programme with the places that the person answers for. Raises Closed."""
    found = Programme.objects.filter(pk=wanted).first()
    if found is None:
        raise Closed
    day = on or programmes.today(found)
    if user.is_superuser:
        return found, frozenset(programmes.territory_of(found).versions)
    units = units_of(user, OVERSEES, found.id, day)
    if not units:
        raise Closed
    return found, units


def may_report(user: User, round: Round, unit: str, on: date | None = None) -> bool:
    day = on or programmes.today(round.programme)
    return bool(roles_at(user, REPORTS, round.programme_id, unit, day))


def may_edit(user: User, submission: Submission, on: date | None = None) -> bool:
    if State(submission.state) not in EDITABLE or _asked_no_more(submission):
        return False
    return may_report(user, submission.round, submission.unit_id, on)


def may_read(user: User, submission: Submission, on: date | None = None) -> bool:
    """Its place reads it always, all others from its first sending on."""
    day = on or programmes.today(submission.round.programme)
    programme = submission.round.programme_id
    unsent = State(submission.state) in UNSENT
    kinds = REPORTS if unsent else READS
    return bool(roles_at(user, kinds, programme, submission.unit_id, day))


def submission_for(user: User, wanted: int) -> Submission:
    """Raises Closed where the person may not read it, or there is none."""
    found = (
        Submission.objects.select_related("round__programme", "unit", "corrects")
        .filter(pk=wanted)
        .first()
    )
    if found is None or not may_read(user, found) or not _has_form(found):
        raise Closed
    return found


def _has_form(found: Submission) -> bool:
    return programmes.asked(found.round).form_once_for(found.unit_id) is not None


def _asked_no_more(found: Submission) -> bool:
    """Whether another place reports instead, since places were reorganised."""
    return programmes.asked(found.round).form_for(found.unit_id) is None


def answer_for(user: User, wanted: int, field: str) -> tuple[Submission, str]:
    """A field of a report that the person may read. Raises Closed."""
    found = submission_for(user, wanted)
    form = programmes.asked(found.round).form_for(found.unit_id)
    if form is None or field not in {one.id for one in form.fields}:
        raise Closed
    return found, field


def attachment_for(user: User, wanted: int) -> Attachment:
    """Raises Closed where the person may not read the report that it belongs to."""
    found = (
        Attachment.objects.select_related("submission__round__programme", "file")
        .filter(pk=wanted)
        .first()
    )
    if found is None or not may_read(user, found.submission):
        raise Closed
    return found


def conflict_for(user: User, wanted: int) -> Conflict:
    """Raises Closed where the person may not read the report that it belongs to."""
    found = (
        Conflict.objects.select_related("submission__round__programme")
        .filter(pk=wanted)
        .first()
    )
    if found is None or not may_read(user, found.submission):
        raise Closed
    return found
