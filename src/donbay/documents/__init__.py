"""Reports in prose: numbers with their meaning, checked against each other."""

from donbay.documents.model import Claim, Document, Kind, Reading, Relation
from donbay.documents.opening import FORMATS, open_document, text_document
from donbay.documents.reader import read
from donbay.documents.reading import Known

__all__ = [
    "FORMATS",
    "Claim",
    "Document",
    "Kind",
    "Known",
    "Reading",
    "Relation",
    "open_document",
    "read",
    "text_document",
]
