"""Reading the ledger: what holds, what was said before, and whether its chain holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.db.models import Count, Max, Min, QuerySet, Value
from django.db.models.functions import Concat

from donbay.web.ledger.columns import CodedTable, Lines, Table, as_json, is_coded
from donbay.web.ledger.models import Batch, Observation, Statement
from donbay.web.ledger.segments import log
from donbay.web.programmes.models import Programme

__all__ = [
    "after",
    "broken_batches",
    "head",
    "history",
    "latest",
    "listed",
    "log",
    "recorded",
    "reports_of",
    "statements",
]
CHUNK = 20_000
HASHED = (
    *("seq", "unit_id", "indicator", "period", "category", "value", "bound"),
    *("reported_on", "source"),
)
HASHED_WORDS = ("seq", "unit_id", "form", "field", "period", "value", "source")
Packed = tuple[object, ...]


def head(programme: Programme) -> Batch | None:
    """The last batch of a programme."""
    return Batch.objects.filter(programme=programme).order_by("-number").first()


def latest(
    programme: Programme, unit: str, indicators: Collection[str], period: object
) -> dict[tuple[str, str], Observation]:
    """By indicator and category, the row that holds; withdrawn ones are there too."""
    rows = Observation.objects.filter(
        programme=programme,
        unit_id=unit,
        indicator__in=indicators,
        period=str(period),
    )
    # Sorted here: told to sort, SQLite walks the whole ledger in that order.
    ordered = sorted(rows, key=attrgetter("seq"))
    return {(row.indicator, row.category): row for row in ordered}


def history(
    programme: Programme, unit: str, indicator: str, period: object, category: str = ""
) -> QuerySet[Observation]:
    """Everything ever said of one figure, the first first."""
    return (
        Observation.objects.filter(
            programme=programme,
            unit_id=unit,
            indicator=indicator,
            period=str(period),
            category=category or "",
        )
        .select_related("batch")
        .order_by("seq")
    )


def reports_of(
    programme: Programme, units: Collection[str], indicator: str, period: object
) -> list[Observation]:
    """Everything ever said of a figure and its parts at some places, in order."""
    rows = Observation.objects.filter(
        programme=programme,
        unit_id__in=units,
        indicator=indicator,
        period=str(period),
    )
    # Sorted here, as in `latest`.
    return sorted(rows.select_related("batch"), key=attrgetter("seq"))


LISTED = (
    *("unit_id", "indicator", "period", "category", "value", "bound"),
    *("recorded_at", "source"),
)


def listed(programme: Programme, units: Collection[str]) -> list[tuple[object, ...]]:
    """Every row of some places, in order, in the columns that `LISTED` names."""
    rows = Observation.objects.filter(programme=programme, unit_id__in=units)
    ordered = sorted(rows.values_list("seq", *LISTED))
    return [row[1:] for row in ordered]


class Recorded(NamedTuple):
    """Of a period: how many figures came, when, and how many rows came over others."""

    period: str
    figures: int
    first: datetime
    last: datetime
    again: int


def recorded(
    programme: Programme, units: Collection[str], indicators: Collection[str]
) -> list[Recorded]:
    """By period, of some figures of some places, in one query."""
    key = Concat("unit_id", Value(" "), "indicator", Value(" "), "category")
    rows = (
        Observation.objects.filter(
            programme=programme, unit_id__in=units, indicator__in=indicators
        )
        .values("period")
        .annotate(
            figures=Count(key, distinct=True),
            first=Min("recorded_at"),
            last=Max("recorded_at"),
            rows=Count("id"),
        )
        .order_by("period")
    )
    return [
        Recorded(
            *(row["period"], row["figures"], row["first"], row["last"]),
            row["rows"] - row["figures"],
        )
        for row in rows
    ]


def statements(
    programme: Programme, unit: str, form: str, period: object
) -> dict[str, Statement]:
    """By field, the answer in words that holds."""
    rows = Statement.objects.filter(
        programme=programme, unit_id=unit, form=form, period=str(period)
    )
    return {row.field: row for row in rows.order_by("seq")}


class Told(NamedTuple):
    """What a row says, without where it came from."""

    unit: str
    indicator: str
    period: str
    category: str
    value: float | None
    bound: str


def after(programme: Programme, seq: int, most: int) -> list[Told]:
    """The next rows behind a place in the sequence, in order."""
    rows = Observation.objects.filter(programme=programme, seq__gt=seq).order_by("seq")
    names = ("unit_id", "indicator", "period", "category", "value", "bound")
    return [Told(*row) for row in rows.values_list(*names)[:most]]


# --- the chain -----------------------------------------------------------------------


def rows_hash(*tables: Table) -> str:
    """The hash of a batch's rows, in the order of their sequence: figures, then words.

    A line of JSON for each row, however many of them are written at once.
    """
    digest = hashlib.sha256()
    for table in tables:
        for some in _coded(table) if is_coded(table) else _plain(table):
            digest.update(some)
    return digest.hexdigest()


def _coded(table: CodedTable) -> Iterator[bytes]:
    lines, size = Lines(table, as_json, ",", "]\n["), len(table[0])
    if size:
        yield b"["
    for begin in range(0, size, CHUNK):
        text, _ = lines.of(slice(begin, begin + CHUNK))
        yield text if begin + CHUNK < size else text[:-1]


def _plain(table: Table) -> Iterator[bytes]:
    written = _Written()
    for begin in range(0, len(table[0]), CHUNK):
        some = (column[begin : begin + CHUNK] for column in table)
        cells = [list(map(written.__getitem__, column)) for column in some]
        lines = map(",".join, zip(*cells, strict=True))
        yield ("[" + "]\n[".join(lines) + "]\n").encode()


class _Written(dict[object, str]):
    """Cells as JSON; words and days, which come again, are written once."""

    def __missing__(self, cell: object) -> str:
        written = as_json(cell)
        if not isinstance(cell, (int, float)):
            self[cell] = written
        return written


def link_of(batch: Batch) -> str:
    """The hash of a batch with the link before it."""
    said = (
        *(batch.programme_id, batch.number, batch.first, batch.last, batch.origin),
        *(batch.reference, batch.by, batch.rows_hash, batch.previous),
        batch.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
    )
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BrokenBatch:
    """The first batch of a programme that is not what was written."""

    programme: str
    number: int


def broken_batches() -> list[BrokenBatch]:
    """Walk every ledger from its first row to its last."""
    found = []
    for programme in Programme.objects.order_by("id"):
        number = _first_broken(programme)
        if number is not None:
            found.append(BrokenBatch(programme.id, number))
    return found


def _first_broken(programme: Programme) -> int | None:
    rows = _by_batch(Observation.objects.filter(programme=programme), HASHED)
    words = _by_batch(Statement.objects.filter(programme=programme), HASHED_WORDS)
    previous, seq, number = "", 0, 0
    some, said = next(rows, None), next(words, None)
    for batch in Batch.objects.filter(programme=programme).order_by("number"):
        number += 1
        own, spoken = [], []
        if some and some[0] == batch.pk:
            own, some = some[1], next(rows, None)
        if said and said[0] == batch.pk:
            spoken, said = said[1], next(words, None)
        whole = (
            batch.number == number
            and batch.first == seq + 1
            and batch.previous == previous
            and batch.rows_hash == rows_hash(_table(own), _table(spoken))
            and batch.link == link_of(batch)
        )
        if not whole:
            return number
        previous, seq = batch.link, batch.last
    return number + 1 if some or said else None


def _table(rows: list[Packed]) -> Table:
    return list(zip(*rows, strict=True)) or [()]


def _by_batch(
    rows: QuerySet[Observation] | QuerySet[Statement], names: tuple[str, ...]
) -> Iterator[tuple[int, list[Packed]]]:
    ordered = rows.order_by("seq").values_list("batch_id", *names)
    found = groupby(ordered.iterator(chunk_size=CHUNK), key=itemgetter(0))
    for batch, some in found:
        yield batch, [row[1:] for row in some]
