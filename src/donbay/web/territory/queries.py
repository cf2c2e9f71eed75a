"""The territory as the core knows it, read once for each revision."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max

from donbay.domain import boundaries as areas
from donbay.domain import territory as domain
from donbay.web.journal.actions import held
from donbay.web.territory.models import (
    BoundarySet,
    Revision,
    Succession,
    UnitBoundary,
    UnitVersion,
)

SOME = 500  # units that are named in one question to the database


def folded(text: str) -> str:
    """Without marks and capitals, so that `vo nhai` finds Võ Nhai."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@dataclass
class _Look:
    """The revision as it was found, and what was held then."""

    number: int | None = None
    under: Mapping[str, object] | None = None


_look: ContextVar[_Look | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within it the revision is asked for once, and once more after each lock.

    Whoever waited for a lock may have waited for somebody who moved places.
    """
    token = _look.set(_Look())
    try:
        yield
    finally:
        _look.reset(token)


def look_again() -> None:
    """What was found is no longer so."""
    if look := _look.get():
        look.number = None


def revision() -> int:
    look = _look.get()
    if look is None:
        return _revision()
    if look.number is None or look.under is not held():
        look.number, look.under = _revision(), held()
    return look.number


def _revision() -> int:
    found = Revision.objects.values_list("number", flat=True).first()
    return found or 0


def territory() -> domain.Territory:
    """All units and successions of the site."""
    return _territory(revision())


@lru_cache(maxsize=2)
def _territory(revision: int) -> domain.Territory:  # noqa: ARG001 -- the cache's key
    return domain.Territory(_versions(), _successions())


def _versions() -> Iterable[domain.Version]:
    rows = UnitVersion.objects.order_by("unit__order", "valid_from").values_list(
        *("unit_id", "code", "name", "level", "parent_id"),
        *("valid_from", "valid_to", "region", "tags"),
        *("lat", "lon"),
    )
    for unit, code, name, level, parent, start, end, region, tags, *point in rows:
        yield domain.Version(
            unit,
            code,
            name,
            level,
            parent,
            start or date.min,
            end or date.max,
            region or None,
            frozenset(tags),
            *point,
        )


def _successions() -> Iterable[domain.Succession]:
    for row in Succession.objects.order_by("id"):
        yield domain.Succession(
            row.date,
            row.origin_id,
            row.heir_id,
            row.share,
            row.basis or None,
            row.decision or None,
        )


def within(roots: Iterable[str]) -> domain.Territory:
    """The part of the territory that ever lay in or under some units."""
    return _within(revision(), frozenset(roots))


@lru_cache(maxsize=32)
def _within(revision: int, roots: frozenset[str]) -> domain.Territory:
    return part_of(_territory(revision), roots)


def part_of(whole: domain.Territory, roots: Iterable[str]) -> domain.Territory:
    """The same of places that are not, or not yet, those of the site."""
    inside = set(roots)
    grown = True
    while grown:
        more = {
            unit
            for unit, some in whole.versions.items()
            if unit not in inside and any(v.parent in inside for v in some)
        }
        inside |= more
        grown = bool(more)
    return domain.Territory(
        _cut(whole, inside),
        [s for s in whole.successions if {s.origin, s.heir} <= inside],
    )


def _cut(whole: domain.Territory, inside: set[str]) -> Iterable[domain.Version]:
    """Versions of the units inside; a parent outside is nobody."""
    for unit, some in whole.versions.items():
        for v in some:
            if unit in inside:
                yield v if v.parent in inside else _orphan(v)


def _orphan(version: domain.Version) -> domain.Version:
    return replace(version, parent=None)


def lies_under(unit: str, above: str, on: date) -> bool:
    """Whether a unit is `above` itself or lies below it on a day."""
    return unit == above or above in territory().ancestors(unit, on)


# --- areas ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of places on a day, and the files that they are from."""

    of: Mapping[str, areas.Polygons]
    sets: tuple[BoundarySet, ...] = ()
    drawn_by: Mapping[str, BoundarySet] = field(default_factory=dict)


def boundary_sets() -> list[tuple[BoundarySet, int]]:
    """All that were brought, the latest first, each with the count of its areas."""
    counted = UnitBoundary.objects.values_list("set").annotate(count=Count("pk"))
    count = dict(counted.order_by())
    return [(one, count.get(one.pk, 0)) for one in BoundarySet.objects.order_by("-pk")]


def boundaries_mark() -> str:
    """Another as soon as areas are brought or taken away."""
    told = BoundarySet.objects.aggregate(
        last=Max("pk"), at=Max("at"), count=Count("pk")
    )
    return "/".join(map(str, told.values()))


def boundaries(units: Collection[str], day: date) -> Areas:
    """The areas that hold for some units on a day; what was brought last comes first.

    One query where they were asked for before.
    """
    return _boundaries(boundaries_mark(), revision(), frozenset(units), day)


@lru_cache(maxsize=16)
def _boundaries(
    mark: str,  # noqa: ARG001 -- the cache's key
    revision: int,
    units: frozenset[str],
    day: date,
) -> Areas:
    """Two queries at the most, and one more for each few hundred units."""
    if not BoundarySet.objects.exists():
        return Areas({})
    whole = _territory(revision)
    asked = sorted({at for unit in units for at, _ in areas.holders(whole, unit, day)})
    found: dict[str, list[areas.Boundary]] = defaultdict(list)
    for at in range(0, len(asked), SOME):
        rows = UnitBoundary.objects.filter(unit_id__in=asked[at : at + SOME])
        told = rows.order_by("-set_id").values_list(
            *("unit_id", "set__day", "polygons", "set_id")
        )
        for row in told:
            found[row[0]].append(areas.Boundary(*row))
    held_on = areas.held(whole, units, found, day)
    used = {one.brought for one in held_on.values()}
    sets = {s.pk: s for s in BoundarySet.objects.filter(pk__in=used).order_by("pk")}
    return Areas(
        {unit: one.polygons for unit, one in held_on.items()},
        tuple(sets.values()),
        {unit: sets[one.brought] for unit, one in held_on.items()},
    )
