"""Claims as records for machines: numbers as decimal strings in base units."""

from __future__ import annotations

from decimal import Decimal

from donbay.documents.model import Claim, Reading, Relation
from donbay.documents.reading import plain

KEYS = (
    "start",
    "end",
    "text",
    "value",
    "of",
    "low",
    "high",
    "unit",
    "counted",
    "bound",
    "kind",
    "indicator",
    "place",
    "time",
    "confidence",
    "alternatives",
    "doubts",
)


def claim_record(claim: Claim) -> dict[str, object]:
    """The keys of the contract, in its order."""
    return {
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "value": _number(claim.value),
        "of": _number(claim.of),
        "low": _number(claim.low),
        "high": _number(claim.high),
        "unit": claim.unit,
        "counted": claim.counted,
        "bound": claim.bound,
        "kind": claim.kind.value,
        "indicator": claim.indicator,
        "place": claim.place,
        "time": claim.time,
        "confidence": claim.confidence,
        "alternatives": [plain(v) for v in claim.alternatives],
        "doubts": [d.code for d in claim.doubts],
    }


def relation_record(relation: Relation) -> dict[str, object]:
    """`claims` are positions in the list of claims."""
    return {
        "kind": relation.kind,
        "claims": list(relation.claims),
        "holds": relation.holds,
        **relation.parameters,
        "mends": [{"claim": i, "value": plain(v)} for i, v in relation.mends],
    }


def reading_record(reading: Reading) -> dict[str, object]:
    document = reading.document
    return {
        "document": document.name,
        "language": document.language,
        "doubts": list(document.doubts),
        "claims": [claim_record(c) for c in reading.claims],
        "relations": [relation_record(r) for r in reading.relations],
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
