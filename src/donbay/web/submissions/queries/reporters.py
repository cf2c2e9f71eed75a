"""Whom to tell: the people who report for a unit, today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from donbay.domain.roles import RoleKind
from donbay.web.offices.models import Role, User
from donbay.web.offices.permissions import in_force
from donbay.web.submissions.permissions import reach
from donbay.web.territory.queries import territory


def reporters(
    programme: str, units: Collection[str], on: date
) -> Mapping[str, list[User]]:
    """By unit: those who report for just it, else for the nearest place above it."""
    roles = Role.objects.filter(
        in_force(on),
        Q(programme=None) | Q(programme=programme),
        kind=RoleKind.REPORTER,
        user__is_active=True,
    ).select_related("user")
    by_place: dict[str, list[User]] = {}
    for role in roles.order_by("id"):
        by_place.setdefault(role.unit_id, []).append(role.user)
    return _nearest(units, by_place, on)


def _nearest(
    units: Collection[str], by_place: Mapping[str, list[User]], on: date
) -> Mapping[str, list[User]]:
    places, found, closed = territory(), {}, []
    for unit in units:
        above = (unit, *places.ancestors(unit, on))
        near = next((place for place in above if place in by_place), None)
        found[unit] = [] if near is None else by_place[near]
        if near is None:
            closed.append(unit)
    # What has closed is reported by those who took it in.
    if closed:
        for place, users in by_place.items():
            for unit in reach(place, on).intersection(closed):
                found[unit] = [*found[unit], *users]
    return found
