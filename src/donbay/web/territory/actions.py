"""Places added, or told anew; their areas brought and taken away."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Max

from donbay.domain import territory as domain
from donbay.domain.problems import Problem, Refused
from donbay.tables.boundaries import Boundaries, Wanted, read_boundaries
from donbay.tables.geojson import LARGEST
from donbay.web.files.actions import file_name, keep
from donbay.web.journal.actions import Acting, Stamp, acting, holding
from donbay.web.territory.models import (
    BoundarySet,
    Revision,
    Succession,
    Unit,
    UnitBoundary,
    UnitVersion,
)
from donbay.web.territory.queries import folded, look_again, territory

STAMP = Stamp("", "Donbay", channel="command")
GEOJSON = "application/geo+json"
LONGEST = {"source": 300, "licence": 200, "address": 300}


def add_places(stamp: Stamp, places: domain.Territory) -> int:
    """Units with their versions and successions; those known by id are told anew.

    Nothing is ever taken away: a place that closed has a last day. Returns how many
    units there are in `places`.
    """
    with acting(stamp) as act:
        known = Unit.objects.aggregate(last=Max("order"))["last"] or 0
        units = [
            Unit(id=unit, order=known + n)
            for n, unit in enumerate(places.versions, start=1)
        ]
        Unit.objects.bulk_create(units, ignore_conflicts=True)
        UnitVersion.objects.filter(unit__in=list(places.versions)).delete()
        UnitVersion.objects.bulk_create(
            _version(v) for some in places.versions.values() for v in some
        )
        Succession.objects.filter(heir__in=list(places.versions)).delete()
        Succession.objects.bulk_create(map(_succession, places.successions))
        revise()
        act.note("add_places", "territory", "site", units=len(units))
    return len(units)


def redraw(
    act: Acting,
    versions: Mapping[str, Iterable[domain.Version]],
    begun: Iterable[domain.Succession] = (),
    undone: Iterable[domain.Succession] = (),
) -> None:
    """Tell units anew, all their versions each, and what became of whom.

    A unit without versions was never there; its id is kept. Inside `acting`.
    """
    holding(act.chain)
    last = Unit.objects.aggregate(last=Max("order"))["last"] or 0
    units = [Unit(id=u, order=last + n) for n, u in enumerate(versions, start=1)]
    Unit.objects.bulk_create(units, ignore_conflicts=True)
    UnitVersion.objects.filter(unit__in=list(versions)).delete()
    UnitVersion.objects.bulk_create(
        _version(v) for some in versions.values() for v in some
    )
    for one in undone:
        Succession.objects.filter(
            date=one.date, origin=one.origin, heir=one.heir
        ).delete()
    Succession.objects.bulk_create(map(_succession, begun))
    revise()


def revise() -> None:
    """A number that no earlier revision had, one that was rolled back neither."""
    now = time.time_ns() // 1000
    last = Revision.objects.first()
    if last is None:
        Revision.objects.create(number=now)
    else:
        Revision.objects.update(number=max(now, last.number + 1))
    look_again()


def _succession(s: domain.Succession) -> Succession:
    return Succession(
        date=s.date,
        origin_id=s.origin,
        heir_id=s.heir,
        share=s.share,
        basis=s.basis or "",
        decision=(s.decision or "")[:200],
    )


def _version(v: domain.Version) -> UnitVersion:
    return UnitVersion(
        unit_id=v.unit,
        code=v.code,
        name=v.name,
        folded=folded(v.name),
        level=v.level,
        parent_id=v.parent,
        valid_from=None if v.valid_from == date.min else v.valid_from,
        valid_to=None if v.valid_to == date.max else v.valid_to,
        region=v.region or "",
        tags=sorted(v.tags),
        lat=v.lat,
        lon=v.lon,
    )


# --- areas ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose areas they are, and under which licence they may be shown."""

    source: str
    licence: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; `already` where it was brought for that day before."""

    found: Boundaries
    number: int | None = None
    already: bool = False


def bring_boundaries(
    path: Path, wanted: Wanted, whose: Whose, *, dry: bool = False
) -> Taken:
    """Areas of places from a file, all of them or none. Raises Refused.

    Those brought later are shown; the earlier are kept under them.
    """
    _check(path, whose)
    found = read_boundaries(path, territory(), wanted)
    if dry:
        return Taken(found)
    with acting(STAMP) as act, path.open("rb") as file:
        stored = keep(iter(lambda: file.read(1 << 20), b""), GEOJSON, most=LARGEST)
        same = {"file": stored, "day": wanted.day, "tolerance": wanted.tolerance}
        there = BoundarySet.objects.filter(**same, **_told(whose)).last()
        if there is not None and there.areas.count() == len(found.boundaries):
            return Taken(found, there.pk, already=True)
        made = BoundarySet.objects.create(
            **same, **_told(whose), name=file_name(path.name), at=act.at
        )
        UnitBoundary.objects.bulk_create(
            UnitBoundary(set=made, unit_id=one.unit, polygons=one.polygons)
            for one in found.boundaries
        )
        about = {"day": wanted.day, "areas": len(found.boundaries), **_told(whose)}
        act.note("boundaries_brought", "boundaries", made.pk, file=made.name, **about)
    return Taken(found, made.pk)


def _check(path: Path, whose: Whose) -> None:
    """Nobody's areas, and those that nobody may show, are not taken."""
    problems: list[Problem] = []
    for name, text in _told(whose).items():
        most = LONGEST[name]
        if len(text) > most:
            about = {"name": name, "most": str(most)}
            problems.append(Problem("boundaries.too_long", path.name, parameters=about))
        elif not text.strip() and name != "address":
            problems.append(Problem(f"boundaries.{name}_missing", path.name))
    if problems:
        raise Refused(problems)


def _told(whose: Whose) -> dict[str, str]:
    return {
        "source": whose.source,
        "licence": whose.licence,
        "address": whose.address,
    }


def remove_boundaries(number: int) -> BoundarySet:
    """Take a file's areas away; its bytes and the journal stay. Raises Refused."""
    with acting(STAMP) as act:
        found = BoundarySet.objects.filter(pk=number).first()
        if found is None:
            about = {"number": str(number)}
            raise Refused([Problem("boundaries.no_set", "", parameters=about)])
        BoundarySet.objects.filter(pk=number).delete()
        act.note("boundaries_removed", "boundaries", number, file=found.name)
    return found
