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
from donbay.web.ledger.writing import insert
from donbay.web.programmes.models import Programme

OF = ("programme_id", "batch_id", "recorded_at")


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
    numbers = [_observed(first + n, row) for n, row in enumerate(rows)]
    said = [_stated(first + len(rows) + n, word) for n, word in enumerate(words)]
    batch.rows_hash = rows_hash(numbers, said)
    batch.link = link_of(batch)
    batch.save(force_insert=True)
    of = (batch.programme_id, batch.pk, batch.recorded_at)
    insert(Observation, (*OF, *HASHED), [(*of, *row) for row in numbers])
    insert(Statement, (*OF, *HASHED_WORDS), [(*of, *row) for row in said])
    return batch


def _observed(seq: int, row: Row) -> tuple[object, ...]:
    """In the order of HASHED."""
    value = None if row.value is None else float(row.value) + 0.0
    key = (row.unit, row.indicator, row.period, row.category)
    return (seq, *key, value, row.bound, row.reported_on, row.source)


def _stated(seq: int, word: Word) -> tuple[object, ...]:
    """In the order of HASHED_WORDS."""
    key = (word.unit, word.form, word.field, word.period)
    return (seq, *key, word.value, word.source)
