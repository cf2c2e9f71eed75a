"""Reading the journal: by object, by person, and whether its chains still hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from donbay.web.journal.models import Chain, Entry


def of_object(kind: str, object: object) -> QuerySet[Entry]:  # noqa: A002 -- the journal's own word
    return Entry.objects.filter(kind=kind, object=str(object)).order_by("-id")


def of_person(by: object) -> QuerySet[Entry]:
    return Entry.objects.filter(by=str(by)).order_by("-id")


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry of a chain that is not what was written."""

    chain: str
    number: int


def broken_chains() -> list[Broken]:
    """Walk every chain from its first entry to its head."""
    found = []
    for chain in Chain.objects.order_by("name"):
        number = _first_broken(chain)
        if number is not None:
            found.append(Broken(chain.name, number))
    return found


def _first_broken(chain: Chain) -> int | None:
    previous, number = "", 0
    for entry in Entry.objects.filter(chain=chain.name).order_by("number").iterator():
        number += 1
        whole = entry.number == number and entry.previous == previous
        if not whole or entry.link != entry.computed_link():
            return number
        previous = entry.link
    if number != chain.length or previous != chain.link:
        return number + 1
    return None
