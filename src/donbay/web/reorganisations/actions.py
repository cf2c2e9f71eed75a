"""Recording a decision about places, rehearsing it, applying it whole, undoing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone

from donbay.domain.reorganisations import Reorganisation as Change
from donbay.domain.reorganisations import applied, undone
from donbay.domain.territory import Territory, Version
from donbay.domain.workflow import NotAllowed
from donbay.tables.reorganisations import check, read_reorganisation
from donbay.web.files.models import StoredFile
from donbay.web.journal.actions import SITE, Acting, Stamp, acting, holding
from donbay.web.offices.models import Office, Role
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.reorganisations import queries
from donbay.web.reorganisations.models import Move, Reorganisation
from donbay.web.reorganisations.permissions import may_change
from donbay.web.reorganisations.planning import Plan, Planned
from donbay.web.reorganisations.rehearsing import rehearsal
from donbay.web.results.actions import forget_answers, judge_anew
from donbay.web.submissions.models import Submission
from donbay.web.territory.actions import redraw
from donbay.web.territory.models import Unit
from donbay.web.territory.queries import revision, territory

State = Reorganisation.State


@dataclass(frozen=True, slots=True)
class Paper:
    """The decision as it is cited, and the file that holds it."""

    number: str
    authority: str
    basis: str = ""
    document: StoredFile | None = None
    document_name: str = ""


def record(by: By, paper: Paper, folder: Path) -> Reorganisation:
    """Keep a decision whose rows stand in a folder; nothing changes yet.

    Raises Refused with every problem of the rows, NotAllowed.
    """
    places = territory()
    first = Programme.objects.order_by("id").first()
    if first is None:
        raise NotAllowed("no_programme")
    change = read_reorganisation(folder, programmes.promise(first), places)
    return keep(by, paper, change)


def keep(by: By, paper: Paper, change: Change) -> Reorganisation:
    """The same of rows that were read."""
    places = territory()
    if not paper.number.strip() or not paper.authority.strip():
        raise NotAllowed("act_number_missing")
    touched = queries.concerned(places, change)
    if not touched or not may_change(by, places, change, touched):
        raise NotAllowed("only_the_office")
    for programme in touched:
        check(change, programmes.promise(programme), places)
    with acting(by.stamp) as act:
        made = _row(act, paper, change)
        made.save()
        _note(act, "record_reorganisation", made, units=len(change.units))
    return made


def adopt(
    stamp: Stamp, paper: Paper, change: Change, before: Sequence[Version]
) -> Reorganisation:
    """A decision that the places show already, told with what it did to them.

    `before` are the versions of its units without it.
    """
    with acting(stamp) as act:
        made = _row(act, paper, change)
        made.before = [queries.told(version) for version in before]
        made.state, made.applied_at = State.APPLIED, act.at
        now = territory()
        places = undone(now, change, before)
        touched = tuple(queries.concerned(now, change))
        made.rehearsed = rehearsal(Plan(places, now, change, touched))
        made.rehearsed_at, made.rehearsed_on = act.at, revision()
        made.save()
        _note(act, "adopt_reorganisation", made, units=len(change.units))
    return made


def _row(act: Acting, paper: Paper, change: Change) -> Reorganisation:
    return Reorganisation(
        day=change.day,
        number=paper.number.strip(),
        authority=paper.authority.strip(),
        basis=paper.basis.strip(),
        document=paper.document,
        document_name=paper.document_name,
        versions=[queries.told(version) for version in change.versions],
        successions=[
            {"from": s.origin, "to": s.heir, "share": s.share, "basis": s.basis}
            for s in change.successions
        ],
        recorded_at=act.at,
        recorded_by=act.stamp.by,
    )


def _note(act: Acting, verb: str, row: Reorganisation, **more: object) -> None:
    about = {"number": row.number, "day": row.day}
    act.note(verb, "reorganisation", row.pk, **about, **more)


def _plan(row: Reorganisation) -> Plan:
    change, places = queries.change_of(row), territory()
    touched = queries.concerned(places, change)
    return Plan(places, applied(places, change), change, tuple(touched))


# --- rehearsing -----------------------------------------------------------------------


def rehearse(row: Reorganisation) -> Reorganisation:
    """Compute what it would do and keep that beside it; no place is touched."""
    if row.state == State.APPLIED:
        raise NotAllowed("reorganisation_applied")
    plan, on = _plan(row), revision()
    row.rehearsed = rehearsal(plan)
    row.rehearsed_at, row.rehearsed_on = timezone.now(), on
    row.rehearsing, row.problem = False, ""
    row.save(
        update_fields=[
            *("rehearsed", "rehearsed_at", "rehearsed_on", "rehearsing", "problem")
        ]
    )
    return row


def fail(pk: int, why: str) -> None:
    """Say why a rehearsal was not done; what was rehearsed before stays."""
    Reorganisation.objects.filter(pk=pk).update(rehearsing=False, problem=why)


def in_the_way(row: Reorganisation, on: date) -> list[tuple[str, int]]:
    """Why it cannot be applied today: codes, each with how much."""
    plan = _plan(row)
    found = [
        ("rehearse_first", 0 if row.rehearsed_on == revision() else 1),
        ("ahead", 1 if row.day > on else 0),
        ("reported_since", queries.reported_by(plan.ended, row.day)),
    ]
    return [(code, count) for code, count in found if count]


# --- applying -------------------------------------------------------------------------


def apply(by: By, row: Reorganisation) -> Reorganisation:
    """The places, and all that moves with them: whole or not at all."""
    plan = _plan(row)
    if not may_change(by, plan.places, plan.change, plan.programmes):
        raise NotAllowed("only_the_office")
    chains = [programme.chain for programme in plan.programmes]
    with acting(by.stamp, SITE, *chains) as act:
        held = _held(row, {State.RECORDED, State.UNDONE})
        for code, count in in_the_way(held, timezone.localdate()):
            raise NotAllowed(f"reorganisation_{code}", count=str(count))
        plan = _plan(held)
        moves = plan.moves()
        held.before = [
            queries.told(version)
            for unit in plan.change.units
            for version in plan.places.versions.get(unit, ())
        ]
        now = {unit: plan.after.versions[unit] for unit in plan.change.units}
        redraw(act, now, begun=plan.change.successions)
        Move.objects.bulk_create(_carried_out(held, one, by) for one in moves)
        held.state, held.applied_at = State.APPLIED, act.at
        held.save(update_fields=["before", "state", "applied_at"])
        _note(act, "apply_reorganisation", held, moves=len(moves))
        _judge(plan.programmes)
    return held


def _held(row: Reorganisation, states: set[str]) -> Reorganisation:
    held = Reorganisation.objects.select_for_update().get(pk=row.pk)
    if held.state not in states:
        raise NotAllowed("changed_meanwhile")
    return held


def _judge(some: Iterable[Programme]) -> None:
    for programme in some:
        forget_answers(programme)
        judge_anew(programme)


def _carried_out(row: Reorganisation, one: Planned, by: By) -> Move:
    after = dict(one.after)
    match one.kind:
        case "office":
            Office.objects.filter(pk=one.key).update(unit_id=after["unit"])
        case "roots":
            roots = Unit.objects.filter(pk__in=after["roots"])
            Programme.objects.get(pk=one.key).roots.set(roots)
        case "role":
            Role.objects.filter(pk=one.key).update(ends=after["ends"])
            after["made"] = _role_at(row, one, by)
        case "submission":
            _put(one.key, after)
    _say(one, "moved")
    return Move(
        reorganisation=row,
        kind=one.kind,
        key=one.key,
        unit=one.unit,
        to=one.to,
        why=one.why,
        before=one.before,
        after=after,
    )


def _role_at(row: Reorganisation, one: Planned, by: By) -> int | None:
    """The same role at the heir from the day on, if the person has none such there."""
    old = Role.objects.get(pk=one.key)
    if not one.to:
        return None
    ends = one.before["ends"]
    same = Role.objects.filter(
        user=old.user_id,
        kind=old.kind,
        unit=one.to,
        programme=old.programme_id,
        criteria=old.criteria,
        starts__lte=row.day,
    )
    if same.filter(ends=ends).exists():
        return None
    return Role.objects.create(
        user_id=old.user_id,
        kind=old.kind,
        unit_id=one.to,
        programme_id=old.programme_id,
        criteria=old.criteria,
        starts=max(row.day, old.starts),
        ends=ends and date.fromisoformat(str(ends)),
        given_by=by.stamp.by,
    ).pk


def _put(key: str, said: dict[str, object]) -> None:
    Submission.objects.filter(pk=key).update(
        unit_id=said["unit"],
        state=said["state"],
        step=said["step"],
        revision=said["revision"],
    )


def _say(one: Planned | Move, verb: str) -> None:
    """Each move in the journal, with what was before and after."""
    chain = SITE
    if one.kind == "submission":
        found = Submission.objects.select_related("round__programme").get(pk=one.key)
        chain = found.round.programme.chain
    kind = {"role": "role", "roots": "programme"}.get(one.kind, one.kind)
    about = {"before": one.before, "after": one.after, "why": one.why}
    holding(chain).note(verb, kind, one.key, **about)


# --- undoing --------------------------------------------------------------------------


def undo(by: By, row: Reorganisation) -> Reorganisation:
    """All as it was, while nothing has been done at the new places."""
    change = queries.change_of(row)
    touched = queries.concerned(territory(), change)
    chains = [programme.chain for programme in touched]
    with acting(by.stamp, SITE, *chains) as act:
        held = _held(row, {State.APPLIED})
        places = _without(held, change)
        if not may_change(by, places, change, touched):
            raise NotAllowed("only_the_office")
        for code, count in undoing_stops(held):
            raise NotAllowed(f"undo_{code}", count=str(count))
        now = {unit: places.versions.get(unit, ()) for unit in change.units}
        moves = list(held.moves.filter(undone=False).order_by("-pk"))
        _put_back(moves)
        redraw(act, now, undone=change.successions)
        held.moves.update(undone=True)
        held.state, held.undone_at = State.UNDONE, act.at
        held.save(update_fields=["state", "undone_at"])
        _note(act, "undo_reorganisation", held, moves=len(moves))
        _judge(touched)
    return held


def _without(row: Reorganisation, change: Change) -> Territory:
    return undone(territory(), change, map(queries.version_of, row.before))


def undoing_stops(row: Reorganisation) -> list[tuple[str, int]]:
    """What has been done at the new places since: codes, each with how much."""
    change = queries.change_of(row)
    opened = queries.opening(_without(row, change), change)
    return queries.in_the_way_of_undoing(row, change, opened)


def _put_back(moves: Sequence[Move]) -> None:
    for move in moves:
        match move.kind:
            case "office":
                Office.objects.filter(pk=move.key).update(unit_id=move.before["unit"])
            case "roots":
                roots = Unit.objects.filter(pk__in=move.before["roots"])
                Programme.objects.get(pk=move.key).roots.set(roots)
            case "role":
                Role.objects.filter(pk=move.after.get("made")).delete()
                Role.objects.filter(pk=move.key).update(ends=move.before["ends"])
            case "submission":
                _put(move.key, {**move.before, "revision": move.after["revision"] + 1})
        _say(move, "moved_back")
