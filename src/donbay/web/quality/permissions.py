"""Who may look at the screen, and who may say that a suspicion is none."""

from __future__ import annotations

from donbay.domain.roles import RoleKind
from donbay.web.offices.models import User
from donbay.web.offices.permissions import (
    By,
    Closed,
    programme_for,
    role_for,
    roles_on,
)
from donbay.web.programmes.models import Programme

LOOKS = {
    *(RoleKind.PROGRAMME_OFFICE, RoleKind.INSPECTOR),
    *(RoleKind.REVIEWER, RoleKind.LEADER),
}
DISMISSES = (RoleKind.PROGRAMME_OFFICE, RoleKind.INSPECTOR)


def screened(user: User, wanted: str) -> Programme:
    """A programme, for those who look over others' figures. Raises Closed."""
    found = programme_for(user, wanted)
    here = {None, found.pk}
    some = (r.kind for r in roles_on(user) if r.programme_id in here)
    if not user.is_superuser and not any(kind in LOOKS for kind in some):
        raise Closed
    return found


def may_dismiss(by: By, programme: str, unit: str) -> bool:
    """The office and the inspector of a place; nobody who reports or reviews there."""
    return by.user.is_superuser or bool(role_for(by.user, DISMISSES, programme, unit))
