"""A programme's places as a layer for a map program: where each promise stands there.

The columns of a promise are the same at every place: what is not known is null and has
a reason, and so has what is not promised there. Titles are in the language asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import IO

from django.conf import settings

from donbay.domain.boundaries import Position
from donbay.domain.targets import Target
from donbay.domain.territory import Version
from donbay.domain.verdicts import Status, TargetRow
from donbay.tables.features import Feature, write_features
from donbay.web.look.grounds import point_of
from donbay.web.look.rules import rules
from donbay.web.look.titles import Titles
from donbay.web.portal.published import Seen
from donbay.web.results import queries as results
from donbay.web.territory.models import BoundarySet
from donbay.web.territory.queries import Areas, boundaries

NOT_JUDGED = "not_judged"  # the reason where a promise is not one of the place
OF_PROMISE = ("value", "target", "status", "reason", "period")
Rows = Mapping[str, TargetRow]


def write_places(seen: Seen, units: Collection[str], output: IO[bytes]) -> None:
    """The places of the day on the map, and what stands beside them."""
    titles = seen.titles
    shown = [unit for unit in titles.ground if unit in units]
    areas = boundaries(shown, titles.days.map)
    rows = _by_place(results.targets(seen.evaluation, units=shown))
    features = (_feature(titles, unit, areas, rows.get(unit, {})) for unit in shown)
    write_features(_about(seen, areas, rows), features, output)


def _by_place(rows: Collection[TargetRow]) -> dict[str, dict[str, TargetRow]]:
    ordered = sorted(rows, key=_unit)
    by_unit = groupby(ordered, key=_unit)
    return {unit: {row.target: row for row in some} for unit, some in by_unit}


def _unit(row: TargetRow) -> str:
    return row.unit


# --- a place -------------------------------------------------------------------------


def _feature(titles: Titles, unit: str, areas: Areas, rows: Rows) -> Feature:
    version, polygons = titles.ground[unit], areas.of.get(unit, ())
    point = _point(titles, unit)
    kind = "boundary" if polygons else "point" if point else None
    properties = {
        **_place(titles, version),
        "geometry_kind": kind,
        **_drawn(areas.drawn_by.get(unit) if polygons else None),
    }
    for target in titles.targets:
        properties |= _promise(titles.targets[target], rows.get(target))
    return Feature(unit, properties, polygons, point)


def _point(titles: Titles, unit: str) -> Position | None:
    found = point_of(titles, unit)
    return (found[1], found[0]) if found else None


def _place(titles: Titles, version: Version) -> dict[str, object]:
    parent = version.parent
    return {
        "unit": version.unit,
        "code": version.code,
        "name": version.name,
        "level": version.level,
        "level_name": titles.level(version.level),
        "parent": parent,
        "parent_name": titles.place(parent) if parent else None,
        "region": version.region,
    }


def _drawn(by: BoundarySet | None) -> dict[str, object]:
    """Whose an area is; no area here is official, whoever drew it."""
    return {
        "geometry_source": by.source if by else None,
        "geometry_licence": by.licence if by else None,
        "geometry_day": by.day.isoformat() if by else None,
        "geometry_official": False if by else None,
    }


def _promise(target: Target, row: TargetRow | None) -> dict[str, object]:
    found = _judged(row) if row else dict.fromkeys(OF_PROMISE)
    if row is None:
        found["reason"] = NOT_JUDGED
    return {f"{target.id}.{name}": found[name] for name in OF_PROMISE}


def _judged(row: TargetRow) -> dict[str, object]:
    return {
        "value": row.value,
        "target": row.target_value,
        "status": row.status.value,
        "reason": str(row.reason) if row.reason else None,
        "period": str(row.period) if row.period else None,
    }


# --- beside the places ---------------------------------------------------------------


def _about(seen: Seen, areas: Areas, rows: Mapping[str, Rows]) -> dict[str, object]:
    titles, programme = seen.titles, seen.programme
    words, named = titles.words, programme.titles
    title = named.get(words.language) or next(iter(named.values()), "")
    about: dict[str, object] = {
        "language": words.language,
        "programme": {"id": programme.pk, "title": title},
        "on": titles.days.on.isoformat(),
        "map": titles.days.map.isoformat(),
        "source": words.say("portal.places_source"),
        "licence": _licence(titles),
        "geometry_note": words.say("portal.places_note"),
        "geometry_sources": [_brought(one) for one in areas.sets],
        "targets": [_asked(titles, one) for one in titles.targets.values()],
        "statuses": {status.value: words.say(f"status.{status}") for status in Status},
        "reasons": dict(_reasons(titles, rows)),
    }
    if programme.synthetic:
        about["synthetic"] = words.say("site.synthetic")
    return about


def _licence(titles: Titles) -> dict[str, object]:
    """Of the figures; areas have licences of their own."""
    none = titles.words.say("portal.no_licence")
    return {
        "name": settings.DATA_LICENCE or None,
        "address": settings.DATA_LICENCE_ADDRESS or None,
        "note": None if settings.DATA_LICENCE else none,
    }


def _brought(one: BoundarySet) -> dict[str, object]:
    return {
        "source": one.source,
        "licence": one.licence,
        "address": one.address or None,
        "day": one.day.isoformat(),
        "official": False,
    }


def _asked(titles: Titles, target: Target) -> dict[str, object]:
    return {
        "id": target.id,
        "title": titles.target(target.id),
        "indicator": target.indicator,
        "indicator_title": titles.indicator(target.indicator),
        "unit": titles.unit_of_measure(target.indicator),
        "comparator": target.comparator.value,
        "value": target.value,
        "deadline": target.deadline.isoformat(),
        "source": _cited(titles, target),
    }


def _cited(titles: Titles, target: Target) -> dict[str, object] | None:
    cited = rules(titles, [target.source])
    if not cited:
        return None
    (rule,) = cited
    document = rule.document
    return {
        "title": rule.title,
        "number": document.number if document else None,
        "article": rule.source.article,
        "address": rule.source.href or (document.href if document else None),
        "verified": rule.source.verified,
    }


def _reasons(titles: Titles, rows: Mapping[str, Rows]) -> Iterator[tuple[str, str]]:
    """In words, those that occur."""
    found = {str(r.reason) for some in rows.values() for r in some.values() if r.reason}
    for reason in sorted(found):
        yield reason, titles.reason(reason)
    yield NOT_JUDGED, titles.words.say("portal.not_judged_there")
