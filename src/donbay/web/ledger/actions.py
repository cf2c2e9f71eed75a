"""The one door into the ledger. Only `results` calls it, so that verdicts follow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from donbay.domain.ledger import Log
from donbay.web.journal.actions import Acting, holding
from donbay.web.ledger import segments
from donbay.web.ledger.columns import Coded, Table, is_coded
from donbay.web.ledger.models import Batch, Observation, Statement
from donbay.web.ledger.queries import (
    HASHED,
    HASHED_WORDS,
    head,
    link_of,
    rows_hash,
)
from donbay.web.ledger.writing import inserted, next_key
from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit
from donbay.web.territory.queries import territory

OF = ("programme_id", "batch_id", "recorded_at")


class Row(NamedTuple):
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
class Figures:
    """Many numbers to append, as columns in the order of a row's fields."""

    columns: Table

    def __len__(self) -> int:
        return len(self.columns[0])

    @property
    def units(self) -> set[object]:
        unit = self.columns[0]
        return set(unit.cells if isinstance(unit, Coded) else unit)

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Figures:
        """A zero has no sign in the ledger."""
        unit, indicator, period, value, *rest = _columns(8, rows)
        numbers = [None if one is None else float(one) + 0.0 for one in value]  # type: ignore[arg-type]  # a number
        return cls([unit, indicator, period, numbers, *rest])


class Word(NamedTuple):
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
    rows: Sequence[Row] | Figures,
    words: Sequence[Word],
    origin: Origin,
) -> Batch:
    """Write rows behind the last one, as the next link of the programme's chain.

    The programme's chain of the journal must be held; `recorded_at` is the moment of
    the act. Raises ValueError for a batch of nothing, or of places unknown here.
    """
    holding(programme.chain)
    if not rows and not words:
        msg = "a batch has rows"
        raise ValueError(msg)
    given = rows if isinstance(rows, Figures) else Figures.of(rows)
    _known(given.units)
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
    figures = _numbered(first, given)
    said = _said(first + len(rows), words)
    batch.pk = next_key(Batch)
    with inserted(Observation, (*OF, *HASHED), _of(batch, figures)):
        batch.rows_hash = rows_hash(figures, said)
        columns = segments.columns(batch, figures)
    batch.link = link_of(batch)
    batch.save(force_insert=True)
    with inserted(Statement, (*OF, *HASHED_WORDS), _of(batch, said)):
        pass
    if columns is not None:
        segments.extend(batch, columns)
    return batch


def log_with(programme: Programme, rows: Figures) -> Log:
    """The ledger as it will be if rows are entered behind its last one."""
    last = head(programme)
    return segments.log(programme, ahead=_numbered(last.last + 1 if last else 1, rows))


def _of(batch: Batch, table: Table) -> Table:
    """With the columns of OF before it."""
    of = (batch.programme_id, batch.pk, batch.recorded_at)
    size = len(table[0])
    if is_coded(table):
        return [*(Coded.same(cell, size) for cell in of), *table]
    return [*([cell] * size for cell in of), *table]


def _known(units: Collection[object]) -> None:
    """Once for all rows: the database would look each of them up.

    A place that was undone has no versions, and may still be spoken of.
    """
    versions = territory().versions
    unknown = {unit for unit in units if unit not in versions}
    if unknown and (unknown := unknown - Unit.objects.in_bulk(unknown).keys()):
        msg = f"not on the map: {', '.join(sorted(map(str, unknown))[:5])}"
        raise ValueError(msg)


def _numbered(first: int, figures: Figures) -> Table:
    """Columns in the order of HASHED."""
    unit, indicator, period, value, category, bound, source, day = figures.columns
    seq = range(first, first + len(figures))
    return [seq, unit, indicator, period, category, value, bound, day, source]


def _said(first: int, words: Sequence[Word]) -> Table:
    """Columns in the order of HASHED_WORDS."""
    return [range(first, first + len(words)), *_columns(6, words)]


def _columns(width: int, rows: Sequence[tuple[object, ...]]) -> Table:
    return list(zip(*rows, strict=True)) if rows else [()] * width
