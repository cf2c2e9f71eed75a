"""Places added, or told anew."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max

from donbay.domain import territory as domain
from donbay.web.journal.actions import Acting, Stamp, acting, holding
from donbay.web.territory.models import Revision, Succession, Unit, UnitVersion
from donbay.web.territory.queries import folded, look_again


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
