"""Who may decide over places: the office of every programme that has them."""

from __future__ import annotations

from collections.abc import Iterable

from donbay.domain.reorganisations import Reorganisation as Change
from donbay.domain.reorganisations import applied
from donbay.domain.roles import RoleKind
from donbay.domain.territory import Territory
from donbay.web.offices.permissions import By, Closed, manager, roles_on
from donbay.web.programmes.models import Programme
from donbay.web.reorganisations.models import Reorganisation


def reorganisation_for(by: By, wanted: int) -> Reorganisation:
    """For whoever sees to people at all: what is planned is theirs to know."""
    manager(by.user)
    found = Reorganisation.objects.select_related("document").filter(pk=wanted).first()
    if found is None:
        raise Closed
    return found


def may_change(
    by: By, places: Territory, change: Change, programmes: Iterable[Programme]
) -> bool:
    """Whether every place that gives, goes or comes lies under the person's office."""
    if by.user.is_superuser:
        return True
    after = applied(places, change)
    lines = [
        {unit, *where.ancestors(unit, day)}
        for unit in change.units
        for where, day in ((places, change.eve), (after, change.day))
        if where.version(unit, day)
    ]
    return all(
        all(line & _offices(by, programme) for line in lines)
        for programme in programmes
    )


def _offices(by: By, programme: Programme) -> set[str]:
    return {
        role.unit_id
        for role in roles_on(by.user)
        if role.kind == RoleKind.PROGRAMME_OFFICE
        and role.programme_id in {None, programme.pk}
    }
