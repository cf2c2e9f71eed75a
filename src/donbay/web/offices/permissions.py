"""Who may do what, where and when: the one question behind every door."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from donbay.domain.roles import RoleKind
from donbay.web.journal.actions import Stamp
from donbay.web.offices.models import Office, Role, User
from donbay.web.programmes.models import Programme
from donbay.web.territory.queries import lies_under, within

# Whoever answers for a programme at a place, and is told what needs attention there.
OVERSEES = frozenset({RoleKind.LEADER, RoleKind.PROGRAMME_OFFICE})


class Closed(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """The door stays shut. To the asker the thing does not exist."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, from where and through what."""

    user: User
    address: str = ""
    channel: str = "web"

    @property
    def stamp(self) -> Stamp:
        return Stamp(str(self.user.pk), str(self.user), self.address, self.channel)

    def runs(self, programme: str, units: Collection[str]) -> bool:
        """Whether they are the programme's office for one of these places."""
        office = (RoleKind.PROGRAMME_OFFICE,)
        return self.user.is_superuser or any(
            role_for(self.user, office, programme, unit) for unit in units
        )


def by(request: HttpRequest) -> By:
    """The person behind a request. Raises Closed where nobody is signed in."""
    if not isinstance(request.user, User):
        raise Closed
    return By(request.user, request.META.get("REMOTE_ADDR", ""))


def roles_on(user: User, on: date | None = None) -> list[Role]:
    """The roles that hold on a day; no query after the first for one user object."""
    kept: list[Role] | None = getattr(user, "_roles", None)
    if kept is None:
        kept = list(user.roles.order_by("id"))
        user._roles = kept  # type: ignore[attr-defined]  # noqa: SLF001 -- lives as long as the request's user
    day = on or timezone.localdate()
    return [r for r in kept if r.starts <= day and (r.ends is None or day <= r.ends)]


def role_for(
    user: User,
    kinds: Collection[RoleKind],
    programme: str,
    unit: str,
    on: date | None = None,
) -> Role | None:
    """A role of one of the kinds that reaches this place in this programme, if any."""
    day = on or timezone.localdate()
    for role in roles_on(user, day):
        here = role.programme_id in {None, programme}
        if role.kind in kinds and here and lies_under(unit, role.unit_id, day):
            return role
    return None


def in_force(on: date) -> Q:
    """Roles that hold on a day, for queries."""
    return Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gte=on))


def programme_for(user: User, wanted: str, on: date | None = None) -> Programme:
    """A programme whose boards a person may read: any role in it. Raises Closed."""
    found = Programme.objects.filter(pk=wanted).first()
    if found is None or not reads(user, found, on):
        raise Closed
    return found


def reads(user: User, programme: Programme, on: date | None = None) -> bool:
    """Any role in a programme opens its boards; so does running the installation."""
    return user.is_superuser or any(
        role.programme_id in {None, programme.pk} for role in roles_on(user, on)
    )


def oversees(user: User, programme: str | None = None) -> bool:
    """Whether somebody answers for a programme at any place, or for any programme."""
    return user.is_superuser or any(
        role.kind in OVERSEES
        and (programme is None or role.programme_id in {None, programme})
        for role in roles_on(user)
    )


# --- people and offices ------------------------------------------------------------


def manages(user: User, unit: str, programme: str | None = None) -> bool:
    """Whether somebody sees to the people of a place: its programme office does.

    Roles in every programme are given only by who holds one such.
    """
    if user.is_superuser:
        return True
    today = timezone.localdate()
    return any(
        role.kind == RoleKind.PROGRAMME_OFFICE
        and (programme is None or role.programme_id in {None, programme})
        and lies_under(unit, role.unit_id, today)
        for role in roles_on(user, today)
    )


def gives(user: User, unit: str, programme: str | None) -> bool:
    """Whether somebody may give and end roles in a programme (None: all) at a place."""
    if user.is_superuser or programme is not None:
        return manages(user, unit, programme)
    today = timezone.localdate()
    return any(
        role.kind == RoleKind.PROGRAMME_OFFICE
        and role.programme_id is None
        and lies_under(unit, role.unit_id, today)
        for role in roles_on(user, today)
    )


def manager(user: User) -> User:
    """Whoever sees to any people at all. Raises Closed."""
    roles = roles_on(user)
    if not user.is_superuser and not any(
        role.kind == RoleKind.PROGRAMME_OFFICE for role in roles
    ):
        raise Closed
    return user


def managed_units(user: User) -> Q:
    """The places whose people somebody sees to, as a condition on ids of units."""
    if user.is_superuser:
        return Q()
    today = timezone.localdate()
    roots = [
        role.unit_id
        for role in roles_on(user, today)
        if role.kind == RoleKind.PROGRAMME_OFFICE
    ]
    return Q(pk__in=list(within(roots).versions)) if roots else Q(pk__in=[])


def person_for(user: User, wanted: int) -> User:
    """A person whom somebody sees to. Raises Closed.

    Nobody may change a person who can do more than they can: who changes the password
    could sign in with it.
    """
    found = User.objects.select_related("office").filter(pk=wanted).first()
    if found is None or not _sees_to(user, found):
        raise Closed
    return found


def _sees_to(user: User, other: User) -> bool:
    if user.is_superuser:
        return True
    if other.is_superuser or other.office is None:
        return False
    return manages(user, other.office.unit_id) and all(
        gives(user, role.unit_id, role.programme_id) for role in roles_on(other)
    )


def office_for(user: User, wanted: int) -> Office:
    """An office whose people somebody sees to. Raises Closed."""
    found = Office.objects.filter(pk=wanted).first()
    if found is None or not manages(user, found.unit_id):
        raise Closed
    return found


def role_to_end(user: User, wanted: int) -> Role:
    """A role that somebody could have given. Raises Closed."""
    found = (
        Role.objects.select_related("user", "user__office").filter(pk=wanted).first()
    )
    if found is None or not gives(user, found.unit_id, found.programme_id):
        raise Closed
    return found
