"""Doors to acts: whoever reads a programme sees them, its office records them."""

from __future__ import annotations

from donbay.web.acts.models import Act
from donbay.web.offices.permissions import By, Closed, reads


def act_for(by: By, programme: str, wanted: int) -> Act:
    """Raises Closed where the person does not read the programme, or there is none."""
    found = (
        Act.objects.select_related("programme", "document", "annulled_by")
        .filter(pk=wanted, programme=programme, annuls=None)
        .first()
    )
    if found is None or not reads(by.user, found.programme):
        raise Closed
    return found


def may_record(by: By, programme: str, unit: str) -> bool:
    """The programme's office at the place or above it."""
    return by.runs(programme, [unit])
