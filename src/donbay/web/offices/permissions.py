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
from donbay.web.offices.models import Role, User
from donbay.web.territory.queries import lies_under


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
