"""Who may bring documents about a place, read them, and take figures from them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from donbay.web.evidence.models import Claim, Decision, Document
from donbay.web.offices.models import User
from donbay.web.offices.permissions import Closed
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions import permissions as reports

WORKS_WITH = reports.REPORTS | reports.REVIEWS
"""They bring documents, and read what others brought before anything was sent."""


def place_for(user: User, round: Round, unit: str, on: date | None = None) -> str:
    """A place asked in a round, for who works with its figures. Raises Closed."""
    reports.unit_for(user, round, unit, on)
    if not works_with(user, round, unit, on):
        raise Closed
    return unit


def document_for(user: User, wanted: int) -> Document:
    """For who works with the place's figures, and who reads a report made from it.

    Raises Closed.
    """
    found = (
        Document.objects.select_related("round__programme", "unit", "file")
        .filter(pk=wanted)
        .first()
    )
    if found is None or not may_read(user, found):
        raise Closed
    return found


def claim_for(user: User, document: int, number: int) -> Claim:
    """Raises Closed where the person may not read the document that it is of."""
    of = document_for(user, document)
    found = of.claims.select_related("decision").filter(number=number).first()
    if found is None:
        raise Closed
    found.document = of
    return found


def may_read(user: User, document: Document, on: date | None = None) -> bool:
    if works_with(user, document.round, document.unit_id, on):
        return True
    rests = Decision.objects.filter(claim__document=document, submission__isnull=False)
    made = (one.submission for one in _one_each(rests))
    return any(one is not None and reports.may_read(user, one, on) for one in made)


def may_decide(user: User, document: Document, on: date | None = None) -> bool:
    """Only the place itself says what its figures are."""
    return reports.may_report(user, document.round, document.unit_id, on)


def works_with(user: User, round: Round, unit: str, on: date | None = None) -> bool:
    """Whether the person reports or reviews the figures of a place."""
    day = on or programmes.today(round.programme)
    return bool(reports.roles_at(user, WORKS_WITH, round.programme_id, unit, day))


def _one_each(rests: QuerySet[Decision]) -> list[Decision]:
    found = rests.select_related("submission__round__programme")
    return list({one.submission_id: one for one in found}.values())
