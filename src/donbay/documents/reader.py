"""The whole of reading: claims, then how they hang together."""

from __future__ import annotations

from donbay.documents.model import Document, Reading
from donbay.documents.reading import Known, claims_of
from donbay.documents.relations import relations_of


def read(document: Document, known: Known | None = None) -> Reading:
    claims = claims_of(document, known or Known())
    return Reading(document, claims, relations_of(document, claims))
