"""What was read, as rows; and rows as what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from donbay.documents import Claim as Read
from donbay.documents import Document as Text
from donbay.documents import Kind, Reading, Relation
from donbay.documents.model import Block, Doubt
from donbay.documents.reading import plain
from donbay.web.evidence.models import Claim, Document

LONGEST_UNIT, LONGEST_TIME, LONGEST_ID = 60, 20, 120


def pack(document: Document, reading: Reading) -> list[Claim]:
    """Fill the document in; its claims are still to be written."""
    text = reading.document
    document.language, document.text = text.language, _storable(text.text)
    document.doubts = list(text.doubts)
    document.blocks = [[b.start, b.end, b.kind, b.repeats] for b in text.blocks]
    document.relations = [
        {
            "kind": one.kind,
            "claims": list(one.claims),
            "holds": one.holds,
            "parameters": dict(one.parameters),
            "mends": [[at, plain(value)] for at, value in one.mends],
        }
        for one in reading.relations
    ]
    return [_row(document, at, one) for at, one in enumerate(reading.claims)]


def _row(document: Document, number: int, one: Read) -> Claim:
    return Claim(
        document=document,
        number=number,
        start=one.start,
        end=one.end,
        sentence_start=one.sentence[0],
        sentence_end=one.sentence[1],
        text=_storable(one.text),
        kind=one.kind.value,
        value=_text(one.value),
        of=_text(one.of),
        low=_text(one.low),
        high=_text(one.high),
        unit=one.unit[:LONGEST_UNIT],
        counted=_storable(one.counted),
        bound=one.bound,
        indicator=(one.indicator or "")[:LONGEST_ID],
        place=one.place or "",
        time=(one.time or "")[:LONGEST_TIME],
        confidence=one.confidence,
        alternatives=[plain(value) for value in one.alternatives],
        doubts=[[d.code, dict(d.parameters)] for d in one.doubts],
        repeated=one.repeated,
        falling=one.falling,
    )


def claim_of(row: Claim) -> Read:
    return Read(
        start=row.start,
        end=row.end,
        text=row.text,
        kind=Kind(row.kind),
        value=_number(row.value),
        of=_number(row.of),
        low=_number(row.low),
        high=_number(row.high),
        unit=row.unit,
        counted=row.counted,
        bound=row.bound,
        indicator=row.indicator or None,
        place=row.place or None,
        time=row.time or None,
        confidence=row.confidence,
        alternatives=tuple(Decimal(value) for value in row.alternatives),
        doubts=tuple(Doubt(code, given) for code, given in row.doubts),
        sentence=(row.sentence_start, row.sentence_end),
        repeated=row.repeated,
        falling=row.falling,
    )


def reading_of(document: Document, rows: Iterable[Claim]) -> Reading:
    """As it came out of the reader."""
    return Reading(
        Text(
            document.name,
            document.language,
            document.text,
            tuple(Block(*block) for block in document.blocks),
            tuple(document.doubts),
        ),
        tuple(claim_of(row) for row in rows),
        tuple(relation_of(one) for one in document.relations),
    )


def relation_of(
    one: Mapping[str, Any], at: Mapping[int, int] | None = None
) -> Relation:
    """`at` says where its claims stand, if not all of the document's are there."""

    def place(number: int) -> int:
        return number if at is None else at[number]

    return Relation(
        one["kind"],
        tuple(map(place, one["claims"])),
        one["holds"],
        one["parameters"],
        tuple((place(n), Decimal(value)) for n, value in one["mends"]),
    )


def _storable(text: str) -> str:
    """What no database takes is marked; every place in the text stays where it was."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
