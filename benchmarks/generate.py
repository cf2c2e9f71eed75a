"""The log: every report and correction of six years, in the order they arrived."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import case
from benchmarks.nation import Nation
from benchmarks.programme import (
    CONDITIONS,
    POPULATION,
    SERIES,
    SERIES_IDS,
    Model,
)
from benchmarks.spec import (
    FIRST_ON_NEW_MAP,
    LAST,
    LAST_DAYS,
    ON,
    PERIODS,
    SEED,
    Bools,
    Floats,
    Ints,
)

ROW_GROUP = 1_000_000
DAY = 86_400_000_000
MISSING = 0.045  # of the series that are not registers; 3 % over all
REPEATED = 0.026  # reports sent twice, unchanged
WAVES = ((0.04, 200), (0.01, 540))  # share corrected, days until
WITHDRAWN = 0.02  # of the corrections
TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("unit", TEXT, nullable=False),
        pa.field("indicator", TEXT, nullable=False),
        pa.field("period", TEXT, nullable=False),
        pa.field("category", TEXT),
        pa.field("value", pa.float64()),
        pa.field("bound", TEXT, nullable=False),
        pa.field("recorded_at", pa.timestamp("us"), nullable=False),
        pa.field("source", TEXT, nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the log as codes; a withdrawal has no value (nan)."""

    unit: Ints
    series: Ints
    period: Ints
    value: Floats
    at: Ints

    def take(self, which: Ints | Bools) -> "Rows":
        return Rows(
            self.unit[which],
            self.series[which],
            self.period[which],
            self.value[which],
            self.at[which],
        )


def joined(parts: list[Rows]) -> Rows:
    names = ("unit", "series", "period", "value", "at")
    return Rows(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))


def microseconds(day: object) -> int:
    return int(np.datetime64(str(day), "us").astype(np.int64))


OPENS = [microseconds(day) + DAY for day in LAST_DAYS]
CLOSES = [*OPENS[1:], microseconds(ON)]


def is_register(series: Ints) -> Bools:
    """A third of the series come from registers and are never missing."""
    return np.asarray(series % 3 == 1)


@dataclass
class Author:
    """Draws the reports of each quarter and keeps corrections until they arrive."""

    nation: Nation
    model: Model
    rng: np.random.Generator = field(
        default_factory=lambda: np.random.default_rng(SEED + 4)
    )
    waiting: list[Rows] = field(default_factory=list)

    def quarters(self) -> Iterator[Rows]:
        """The rows that arrive between the end of one quarter and of the next."""
        for quarter in range(len(PERIODS)):
            self.waiting += self._arriving(quarter)
            rows = joined(self.waiting)
            due = rows.at < CLOSES[quarter]
            self.waiting = [rows.take(~due)]
            now = rows.take(due)
            yield now.take(np.argsort(now.at, kind="stable"))

    def _arriving(self, quarter: int) -> list[Rows]:
        first = self._reports(quarter)
        kept = first.take(self._present(first, quarter))
        sender = kept.unit
        twice = self.rng.random(sender.max() + 1) < REPEATED
        again = kept.take(twice[sender])
        repeats = Rows(
            again.unit, again.series, again.period, again.value, again.at + DAY // 24
        )
        return [kept, repeats, *self._corrections(kept, quarter)]

    def _reports(self, quarter: int) -> Rows:
        old, new = self.nation.scale.old_communes, self.nation.scale.new_communes
        on_old = quarter < FIRST_ON_NEW_MAP
        units = slice(0, old) if on_old else slice(old, old + new)
        value = self.model.draw(self.rng, units, quarter)
        count = value.shape[0]
        unit = np.repeat(np.arange(count) + units.start, SERIES)
        series = np.tile(np.arange(SERIES), count)
        sent = OPENS[quarter] + self.rng.integers(DAY, 40 * DAY, count) // 1000 * 1000
        period = np.full(unit.size, quarter)
        return Rows(unit, series, period, value.ravel(), np.repeat(sent, SERIES))

    def _present(self, rows: Rows, quarter: int) -> Bools:
        register = is_register(rows.series)
        if quarter >= FIRST_ON_NEW_MAP:  # the merger act states each population
            register |= rows.series == POPULATION
        present = register | (self.rng.random(rows.unit.size) >= MISSING)
        return present & ~self._silent(rows, quarter)

    def _silent(self, rows: Rows, quarter: int) -> Bools:
        """A few places never report a series, or stopped, or half stopped."""
        old = self.nation.scale.old_communes
        place = np.empty(old + self.nation.scale.new_communes, np.int64)
        place[self.nation.source] = self.nation.successor
        place[old:] = np.arange(self.nation.scale.new_communes)
        new = place[rows.unit]
        never = (rows.series == CONDITIONS.stop) & (new < 10)
        stopped = (rows.series == CONDITIONS.stop + 1) & (new < 10) & (quarter > 2)
        halved = (rows.series == 2) & (new < 40) & (quarter > 1)
        halved &= (rows.unit % 2 == 0) | (quarter >= FIRST_ON_NEW_MAP)
        return np.asarray(never | stopped | halved)

    def _corrections(self, rows: Rows, quarter: int) -> list[Rows]:
        made = []
        for wave, (frac, days) in enumerate(WAVES, start=1):
            some = rows.take(self.rng.random(rows.unit.size) < frac)
            span = np.minimum(some.at + days * DAY, CLOSES[LAST]) - some.at
            lag = self.rng.random(span.size) * (span - DAY) // 1000 * 1000
            at = some.at + DAY // 2 + lag.astype(np.int64)
            value = np.round(some.value * self.rng.uniform(0.95, 1.05, at.size), 1)
            lost = self.rng.random(at.size) < WITHDRAWN
            lost &= ~is_register(some.series)
            if quarter >= FIRST_ON_NEW_MAP:
                lost &= some.series != POPULATION
            value[lost] = np.nan
            at += wave  # so that no two rows of a key tie
            made.append(Rows(some.unit, some.series, some.period, value, at))
        return made


def table(rows: Rows, source_ids: list[str]) -> pa.Table:
    size = rows.unit.size
    zero = np.zeros(size, np.int64)

    def text(codes: Ints, words: list[str], *, empty: bool = False) -> pa.Array:
        mask = np.ones(size, np.bool_) if empty else None
        index = pa.array(codes.astype(np.int32), mask=mask)
        return pa.DictionaryArray.from_arrays(index, pa.array(words, pa.string()))

    quarter = np.searchsorted(OPENS, rows.at, "right") - 1
    return pa.Table.from_arrays(
        [
            text(rows.unit, source_ids),
            text(rows.series, list(SERIES_IDS)),
            text(rows.period, list(PERIODS)),
            text(zero, [""], empty=True),
            pa.array(rows.value, from_pandas=True),
            text(zero, ["exact"]),
            pa.array(rows.at).cast(pa.timestamp("us")),
            text(quarter, [f"synthetic report, {p}" for p in PERIODS]),
        ],
        schema=SCHEMA,
    )


def write_log(nation: Nation, model: Model, path: Path) -> int:
    """Write the log in row groups of a million; gives the number of rows."""
    total, kept = 0, None
    part = path.with_suffix(".part")
    with pq.ParquetWriter(part, SCHEMA, compression="zstd") as writer:
        for rows in Author(nation, model).quarters():
            total += rows.unit.size
            now = table(rows, nation.source_ids)
            kept = pa.concat_tables([kept, now]) if kept else now
            while kept.num_rows >= ROW_GROUP:
                writer.write_table(kept.slice(0, ROW_GROUP), ROW_GROUP)
                kept = kept.slice(ROW_GROUP)
        if kept:
            writer.write_table(kept, ROW_GROUP)
    part.replace(path)
    return total


def write_shuffled(log: Path, path: Path) -> None:
    whole = pq.read_table(log)
    order = np.random.default_rng(SEED + 5).permutation(whole.num_rows)
    part = path.with_suffix(".part")
    with pq.ParquetWriter(part, SCHEMA, compression="zstd") as writer:
        for start in range(0, order.size, ROW_GROUP):
            rows = whole.take(order[start : start + ROW_GROUP])
            writer.write_table(rows, ROW_GROUP)
    part.replace(path)


def ensure(scale: str, data: Path, *, shuffled: bool = False) -> Path:
    """The folder of a case, generated when it is not there yet."""
    folder = data / scale
    log = folder / case.LOG
    if not log.exists():
        write_log(*case.write(scale, folder), log)
    if shuffled and not (folder / case.SHUFFLED).exists():
        write_shuffled(log, folder / case.SHUFFLED)
    return folder
