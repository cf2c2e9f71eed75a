"""Who orders and issues reports, who words them, and who may read them."""

from __future__ import annotations

from donbay.domain.roles import RoleKind
from donbay.web.offices.models import User
from donbay.web.offices.permissions import By, Closed, programme_for, role_for
from donbay.web.programmes.models import Programme
from donbay.web.publications.models import Publication

ORDERS = (RoleKind.PROGRAMME_OFFICE, RoleKind.LEADER)


def may_order(by: By, programme: str, unit: str) -> bool:
    """The programme office and the leader of a place."""
    return by.user.is_superuser or bool(role_for(by.user, ORDERS, programme, unit))


def may_word(by: By, programme: Programme) -> bool:
    """Only the office of the whole programme speaks for it."""
    return by.runs(programme.pk, [unit.pk for unit in programme.roots.all()])


def worded(by: By, programme: str) -> Programme:
    """A programme whose wording a person may change. Raises Closed."""
    found = programme_for(by.user, programme)
    if not may_word(by, found):
        raise Closed
    return found


def publication_for(user: User, programme: str, wanted: int) -> Publication:
    """One issued, or one of those that a person may order. Raises Closed."""
    door = programme_for(user, programme)
    found = Publication.objects.filter(programme=door, pk=wanted).first()
    if found is None:
        raise Closed
    issued = found.state == Publication.State.ISSUED
    if not issued and not may_order(By(user), programme, found.unit_id):
        raise Closed
    return found
