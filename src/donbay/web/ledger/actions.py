"""The one door into the ledger. Only `results` calls it, so that verdicts follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from donbay.web.journal.actions import Acting, holding
from donbay.web.ledger.models import Batch, Observation, Statement
from donbay.web.ledger.queries import (
    HASHED,
    HASHED_WORDS,
    head,
    link_of,
    rows_hash,
)
from donbay.web.programmes.models import Programme

AT_ONCE = 5_000  # rows of one statement to the database


@dataclass(frozen=True, slots=True)
class Row:
    """A number to append; `value` None withdraws, zero is a value."""

    unit: str
    indicator: str
    period: str
    value: float | None
    category: str = ""
    bound: str = "exact"
    source: str = ""
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """An answer in words, a choice or a day; an empty `value` withdraws."""

    unit: str
    form: str
    field: str
    period: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a batch comes from: a submission, an import, a demonstration."""

    kind: str
    reference: str = ""


def append(
    act: Acting,
    programme: Programme,
    rows: Sequence[Row],
    words: Sequence[Word],
    origin: Origin,
) -> Batch:
    """Write rows behind the last one, as the next link of the programme's chain.

    The programme's chain of the journal must be held; `recorded_at` is the moment of
    the act. Raises ValueError for a batch of nothing.
    """
    holding(programme.chain)
    if not rows and not words:
        msg = "a batch has rows"
        raise ValueError(msg)
    last = head(programme)
    first = last.last + 1 if last else 1
    batch = Batch(
        programme=programme,
        number=last.number + 1 if last else 1,
        first=first,
        last=first + len(rows) + len(words) - 1,
        origin=origin.kind,
        reference=origin.reference,
        by=act.stamp.by,
        recorded_at=act.at,
        previous=last.link if last else "",
    )
    observations = _observations(batch, rows)
    statements = _statements(batch, words, first + len(rows))
    batch.rows_hash = rows_hash(
        [tuple(getattr(o, name) for name in HASHED) for o in observations],
        [tuple(getattr(s, name) for name in HASHED_WORDS) for s in statements],
    )
    batch.link = link_of(batch)
    batch.save(force_insert=True)
    Observation.objects.bulk_create(observations, batch_size=AT_ONCE)
    Statement.objects.bulk_create(statements, batch_size=AT_ONCE)
    return batch


def _observations(batch: Batch, rows: Sequence[Row]) -> list[Observation]:
    return [
        Observation(
            programme_id=batch.programme_id,
            seq=batch.first + n,
            batch=batch,
            unit_id=row.unit,
            indicator=row.indicator,
            period=row.period,
            category=row.category,
            value=None if row.value is None else float(row.value) + 0.0,
            bound=row.bound,
            recorded_at=batch.recorded_at,
            reported_on=row.reported_on,
            source=row.source,
        )
        for n, row in enumerate(rows)
    ]


def _statements(batch: Batch, words: Sequence[Word], first: int) -> list[Statement]:
    return [
        Statement(
            programme_id=batch.programme_id,
            seq=first + n,
            batch=batch,
            unit_id=word.unit,
            form=word.form,
            field=word.field,
            period=word.period,
            value=word.value,
            recorded_at=batch.recorded_at,
            source=word.source,
        )
        for n, word in enumerate(words)
    ]
