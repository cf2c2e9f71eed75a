"""Who brings files of reports: the office of the whole programme."""

from __future__ import annotations

from donbay.web.imports.models import Import
from donbay.web.offices.permissions import By, Closed, programme_for
from donbay.web.programmes.models import Programme


def importing(by: By, wanted: str) -> Programme:
    """A programme into whose ledger a person may bring files. Raises Closed.

    A file may speak of every place: whoever brings one is the office of all of them.
    """
    found = programme_for(by.user, wanted)
    if not may_import(by, found):
        raise Closed
    return found


def may_import(by: By, programme: Programme) -> bool:
    roots = [unit.pk for unit in programme.roots.all()]
    return bool(roots) and all(by.runs(programme.pk, [root]) for root in roots)


def import_for(by: By, programme: str, wanted: int) -> Import:
    """One that was brought into such a programme. Raises Closed."""
    door = importing(by, programme)
    found = Import.objects.filter(programme=door, pk=wanted).first()
    if found is None:
        raise Closed
    return found
