"""The ledger as columns: a Parquet log beside the table, and the rows behind it.

The log is a copy that may be deleted at any time. A segment holds whole batches and
names the link of its last one: where the chain says otherwise (a backup was restored,
a transaction rolled back) it is thrown away and written anew.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from donbay.domain.ledger import Log
from donbay.domain.periods import parse_period
from donbay.domain.quantities import Bound
from donbay.web.ledger.columns import Coded, Table
from donbay.web.ledger.models import Batch, Observation
from donbay.web.programmes.models import Programme

WORTH = 50_000  # rows behind the log that are worth a segment
CHUNK = 50_000
NAME = re.compile(r"\d+-\d+-[0-9a-f]{64}")  # another file in the folder is not ours
NAMES = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        *(("seq", pa.int64()), ("unit", NAMES), ("indicator", NAMES)),
        *(("period", NAMES), ("category", NAMES), ("value", pa.float64())),
        *(("bound", NAMES), ("at", pa.int64())),
    ]
)
BOUNDS = {str(bound): code for code, bound in enumerate(Bound)}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Segment:
    """A file of the log: rows `first` to `last`, and the link of the last batch."""

    path: Path
    first: int
    last: int
    link: str

    @classmethod
    def named(cls, path: Path) -> Segment:
        first, last, link = path.stem.split("-")
        return cls(path, int(first), int(last), link)


def log(
    programme: Programme, until: int | None = None, ahead: Table | None = None
) -> Log:
    """The ledger up to a row (None: all of it) as columns, in order of sequence.

    Behind all of it stand rows `ahead` of it, as columns in its order up to `bound`.
    """
    last = Batch.objects.filter(programme=programme).order_by("-number").first()
    end = last.last if last and until is None else until or 0
    kept = list(_whole(programme))
    begin = kept[-1].last if kept else 0
    tables = [pq.read_table(one.path, schema=SCHEMA) for one in kept]
    if end > begin:
        behind = _behind(programme, begin, end)
        tables.append(behind)
        if last and until is None and behind.num_rows >= WORTH:
            _write(begin, last, behind)
    if ahead is not None:
        tables.append(_arrays([*ahead[:7], Coded.same(0, len(ahead[0]))]))
    whole = pa.concat_tables([SCHEMA.empty_table(), *tables]).unify_dictionaries()
    if until is not None and until < begin:
        whole = whole.slice(
            0, int(np.searchsorted(_numbers(whole, "seq"), until, "right"))
        )
    return _log(whole)


def columns(batch: Batch, rows: Table) -> pa.Table | None:
    """A large batch as the log has it, from columns in its order up to `bound`."""
    size = len(rows[0])
    if size < WORTH:
        return None
    at = (batch.recorded_at - EPOCH) // EPOCH.resolution
    return _arrays([*rows[:7], Coded.same(at, size)])


def extend(batch: Batch, rows: pa.Table) -> None:
    """Write a batch behind the log while its rows are at hand.

    If it is never committed, the chain does not hold its link, and the segment is
    thrown away.
    """
    kept = list(_whole(batch.programme))
    begin = kept[-1].last if kept else 0
    parts = [_behind(batch.programme, begin, batch.first - 1), rows]
    _write(begin, batch, pa.concat_tables(parts).unify_dictionaries())


def _folder(programme: Programme) -> Path:
    return Path(settings.HOME) / "ledger" / programme.id


def _whole(programme: Programme) -> Iterator[Segment]:
    """Segments that follow each other from the first row on, and are of this chain."""
    paths = _folder(programme).glob("*.parquet")
    ours = (path for path in paths if NAME.fullmatch(path.stem))
    found = sorted(map(Segment.named, ours), key=lambda one: one.first)
    links = dict(
        Batch.objects.filter(
            programme=programme, last__in=[one.last for one in found]
        ).values_list("last", "link")
    )
    begin = 0
    for one in found:
        if one.first == begin + 1 and links.get(one.last) == one.link:
            begin = one.last
            yield one
        else:
            one.path.unlink(missing_ok=True)


def _write(begin: int, last: Batch, rows: pa.Table) -> None:
    """Rows behind the log as its next segment."""
    folder = _folder(last.programme)
    with contextlib.suppress(OSError):  # a copy that can be done without
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{begin + 1}-{last.last}-{last.link}.parquet"
        part = folder / f"{os.getpid()}.part"
        pq.write_table(rows, part, compression="zstd")
        part.replace(path)


def _behind(programme: Programme, begin: int, end: int) -> pa.Table:
    """Rows of the table behind a place in the sequence, up to another."""
    rows = Observation.objects.filter(
        programme=programme, seq__gt=begin, seq__lte=end
    ).order_by("seq")
    batches = Batch.objects.filter(programme=programme, last__gt=begin, first__lte=end)
    moments = {
        batch: (at - EPOCH) // EPOCH.resolution
        for batch, at in batches.values_list("id", "recorded_at")
    }
    names = ("seq", "unit_id", "indicator", "period", "category", "value", "bound")
    found = rows.values_list(*names, "batch_id").iterator(chunk_size=CHUNK)
    parts = [SCHEMA.empty_table()]
    while some := list(islice(found, CHUNK)):
        parts.append(_table(some, moments))
    return pa.concat_tables(parts).unify_dictionaries()


def _table(rows: list[tuple[object, ...]], moments: dict[int, int]) -> pa.Table:
    *columns, batches = zip(*rows, strict=True)
    columns.append([moments[batch] for batch in batches])  # type: ignore[arg-type]  # a column of numbers
    return _arrays(columns)


def _arrays(columns: Table) -> pa.Table:
    kinds = [field.type for field in SCHEMA]
    arrays = [_array(*given) for given in zip(columns, kinds, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _array(column: Sequence[object], kind: pa.DataType) -> pa.Array:
    named = pa.types.is_dictionary(kind)
    if isinstance(column, Coded):
        cells = pa.array(column.cells, pa.string() if named else kind)
        codes = pa.array(column.codes)
        whole = pa.DictionaryArray.from_arrays(codes, cells)
        return whole if named else whole.dictionary_decode()
    if named:
        return pa.array(column, pa.string()).dictionary_encode()
    return pa.array(column, kind)


def _numbers(table: pa.Table, name: str) -> np.ndarray:
    found: np.ndarray = table.column(name).to_numpy()
    return found


def _codes(table: pa.Table, name: str) -> tuple[np.ndarray, list[str]]:
    column = table.column(name).combine_chunks()
    codes = column.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return codes, column.dictionary.to_pylist()


def _log(rows: pa.Table) -> Log:
    unit, units = _codes(rows, "unit")
    indicator, indicators = _codes(rows, "indicator")
    period, periods = _codes(rows, "period")
    category, categories = _codes(rows, "category")
    bound, bounds = _codes(rows, "bound")
    totals = [name for name, word in enumerate(categories) if not word]
    kinds = np.array([BOUNDS[word] for word in bounds] or [0], dtype=np.int8)
    return Log(
        *(tuple(units), tuple(indicators)),
        tuple(parse_period(word) for word in periods),
        tuple(categories),
        *(unit, indicator, period),
        np.array(_numbers(rows, "value"), dtype=np.float64),
        _numbers(rows, "at"),
        np.where(np.isin(category, totals), np.int32(-1), category),
        kinds[bound],
        ordered=True,
    )
