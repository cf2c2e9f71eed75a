"""Reading people and offices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from donbay.web.offices.models import Office, Role, User
from donbay.web.offices.permissions import managed_units
from donbay.web.territory.models import Unit, UnitVersion
from donbay.web.territory.queries import folded

DEMO_PEOPLE = 8


def people_of(user: User, search: str = "") -> QuerySet[User]:
    """The people whom somebody sees to, with office and roles; three queries in all."""
    found = (
        User.objects.filter(office__unit__in=Unit.objects.filter(managed_units(user)))
        if not user.is_superuser
        else User.objects.all()
    )
    if search:
        found = found.filter(
            Q(name__icontains=search)
            | Q(username__icontains=folded(search))
            | Q(email__icontains=search)
        )
    roles = Role.objects.select_related("programme").order_by("starts", "id")
    return (
        found.select_related("office")
        .prefetch_related(Prefetch("roles", roles))
        .order_by("office__name", "name", "id")
    )


def offices_of(user: User) -> QuerySet[Office]:
    """The offices whose people somebody sees to."""
    return (
        Office.objects.filter(unit__in=Unit.objects.filter(managed_units(user)))
        .select_related("leader")
        .order_by("name", "id")
    )


def answering_at(units: Collection[str], of: Collection[int]) -> QuerySet[Office]:
    """The offices at some places, and some others by their numbers; with leaders."""
    found = Office.objects.filter(Q(unit_id__in=units) | Q(pk__in=of))
    return found.select_related("leader").order_by("name", "id")


def places_of(user: User, on: date) -> list[tuple[str, str]]:
    """Ids and names of the places whose people somebody sees to, on a day."""
    versions = (
        UnitVersion.objects.filter(unit__in=Unit.objects.filter(managed_units(user)))
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("unit__order")
    )
    return list(versions.values_list("unit_id", "name"))


def demo_people() -> QuerySet[User]:
    """Who can be signed in as in the demonstration: made first, one of each role."""
    return (
        User.objects.filter(is_active=True)
        .select_related("office")
        .prefetch_related(Prefetch("roles", Role.objects.select_related("programme")))
        .order_by("id")[:DEMO_PEOPLE]
    )
