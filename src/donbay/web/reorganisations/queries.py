"""Decisions as the core knows them, and what stands in the way of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from donbay.domain.periods import parse_period
from donbay.domain.reorganisations import Reorganisation as Change
from donbay.domain.territory import Succession, Territory, Version
from donbay.web.acts.models import Act
from donbay.web.ledger.models import Observation
from donbay.web.offices.models import Office, Role
from donbay.web.programmes.models import Programme
from donbay.web.programmes.queries import territory_of
from donbay.web.reorganisations.models import Move, Reorganisation
from donbay.web.submissions.models import Submission

State = Reorganisation.State


def all_of_them() -> QuerySet[Reorganisation]:
    return Reorganisation.objects.defer("rehearsed", "before").order_by("-day", "-id")


def change_of(row: Reorganisation) -> Change:
    return Change(
        row.day,
        tuple(map(version_of, row.versions)),
        tuple(
            Succession(row.day, s["from"], s["to"], s["share"], s["basis"], row.number)
            for s in row.successions
        ),
    )


def version_of(told: dict[str, object]) -> Version:
    said = {**told, "tags": frozenset(told["tags"])}  # type: ignore[call-overload]  # a list
    for name, otherwise in (("valid_from", date.min), ("valid_to", date.max)):
        day = said[name]
        said[name] = date.fromisoformat(str(day)) if day else otherwise
    return Version(**said)


def told(version: Version) -> dict[str, object]:
    """As it is kept; open ends are none."""
    first, last = version.valid_from, version.valid_to
    return {
        "unit": version.unit,
        "code": version.code,
        "name": version.name,
        "level": version.level,
        "parent": version.parent,
        "valid_from": None if first == date.min else first.isoformat(),
        "valid_to": None if last == date.max else last.isoformat(),
        "region": version.region,
        "tags": sorted(version.tags),
        "lat": version.lat,
        "lon": version.lon,
    }


def concerned(places: Territory, change: Change) -> list[Programme]:
    """The programmes to whose places it does something."""
    named = set(change.units) & places.versions.keys()
    named |= {version.parent for version in change.versions if version.parent}
    return [
        programme
        for programme in Programme.objects.order_by("id")
        if named & territory_of(programme).versions.keys()
    ]


def ending(places: Territory, after: Territory, change: Change) -> list[str]:
    """Units on the map of the eve that are not on that of the day."""
    return [
        unit
        for unit in change.units
        if places.version(unit, change.eve) and not after.version(unit, change.day)
    ]


def opening(places: Territory, change: Change) -> list[str]:
    """Units that were not on the map of the eve."""
    return [
        version.unit
        for version in change.versions
        if version.valid_from == change.day
        and not places.version(version.unit, change.eve)
    ]


# --- what stands in the way -----------------------------------------------------------


def reported_by(units: Iterable[str], day: date) -> int:
    """Figures of these units in the ledger for periods that end on a day or later."""
    rows = Observation.objects.filter(
        programme__in=Programme.objects.values_list("pk", flat=True),  # for the index
        unit_id__in=list(units),
    )
    periods = rows.values_list("period", flat=True).distinct().order_by()
    late = [period for period in periods if parse_period(period).last >= day]
    return rows.filter(period__in=late).count()


def in_the_way_of_undoing(
    row: Reorganisation, change: Change, opened: Iterable[str]
) -> list[tuple[str, int]]:
    """What has been done at the new places since: codes, each with how much."""
    new = list(opened)
    again = [version.unit for version in change.versions]
    moves = row.moves.filter(undone=False)
    keys = {kind: _keys(moves, kind) for kind in ("office", "submission", "role")}
    made = [move.after["made"] for move in moves if move.after.get("made")]
    later = Reorganisation.objects.filter(state=State.APPLIED, day__gt=row.day)
    counts = (
        ("reported", reported_by({*new, *again}, row.day)),
        ("begun", _others(Submission.objects, new, keys["submission"])),
        ("acts", Act.objects.filter(unit__in=new).count()),
        ("offices", _others(Office.objects, new, keys["office"])),
        ("roles", _others(Role.objects, new, [*made, *keys["role"]])),
        ("later", sum(1 for one in later if _touches(one, change))),
        ("moved_on", _moved_on(moves)),
    )
    return [(code, count) for code, count in counts if count]


def _keys(moves: QuerySet[Move], kind: str) -> list[int]:
    return [int(key) for key in moves.filter(kind=kind).values_list("key", flat=True)]


def _others(objects: object, units: list[str], known: Iterable[int]) -> int:
    rows = objects.filter(Q(unit__in=units)).exclude(pk__in=list(known))  # type: ignore[attr-defined]  # a manager
    return int(rows.count())


def _touches(other: Reorganisation, change: Change) -> bool:
    return bool(set(change_of(other).units) & set(change.units))


def _moved_on(moves: QuerySet[Move]) -> int:
    """Reports that somebody has acted on since they were moved."""
    revisions = dict(Submission.objects.values_list("pk", "revision"))
    return sum(
        revisions.get(int(move.key)) != move.after["revision"]
        for move in moves.filter(kind="submission")
    )
