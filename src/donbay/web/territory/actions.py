"""Places added, or told anew."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Max

from donbay.domain import territory as domain
from donbay.web.journal.actions import Stamp, acting
from donbay.web.territory.models import Revision, Succession, Unit, UnitVersion
from donbay.web.territory.queries import folded


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
        Succession.objects.bulk_create(
            Succession(
                date=s.date,
                origin_id=s.origin,
                heir_id=s.heir,
                share=s.share,
                basis=s.basis or "",
                decision=(s.decision or "")[:200],
            )
            for s in places.successions
        )
        if not Revision.objects.update(number=F("number") + 1):
            Revision.objects.create(number=1)
        act.note("add_places", "territory", "site", units=len(units))
    return len(units)


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
    )
