"""A folder of made-up reports: places, pack, reports, acts, and a mark."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv as pa_csv

from donbay.domain.criteria import Attestation, CriteriaSet, sub_criteria
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.synthetic.figures import Country
from donbay.synthetic.places import write_places
from donbay.synthetic.reports import BOUNDS, Published, Reporting, Rows

PACK = Path(__file__).parent / "pack"
MARK = "SYNTHETIC.md"
MANY = 1_000_000  # rows; above it CSV is slow to read
GROUP = 1_000_000  # rows of a Parquet row group
TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("unit", TEXT),
        ("indicator", TEXT),
        ("period", TEXT),
        ("category", TEXT),
        ("value", pa.float64()),
        ("bound", TEXT),
        ("recorded_at", pa.timestamp("us", tz="UTC")),
        ("source", TEXT),
    ]
)


@dataclass(frozen=True)
class Order:
    """What to make. `published` are real figures to which reports must add up."""

    programme: Programme
    territory: Territory
    seed: int
    first: int
    last: int
    parquet: bool | None = None
    published: Mapping[tuple[str, Period], Published] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """How much was written."""

    units: int
    rows: int


def write_folder(folder: Path, order: Order) -> Made:
    """Everything but the pack, which the caller puts there; `folder` exists."""
    write_places(folder, order.territory)
    _write_acts(folder, order)
    (folder / MARK).write_text(
        f"Synthetic: the reports in this folder were made up, seed {order.seed}.\n",
        encoding="utf-8",
    )
    return Made(len(order.territory.versions), _write_reports(folder, order))


def copy_pack(folder: Path) -> Path:
    """The built-in programme, with every kind of indicator, as FOLDER/pack."""
    shutil.copytree(PACK, folder / "pack")
    return folder / "pack"


def _write_reports(folder: Path, order: Order) -> int:
    country = Country(order.programme, order.territory, order.seed)
    reporting = Reporting(country, order.first, order.last, order.published)
    tables = _Tables(reporting, f"synthetic:seed={order.seed}")
    parquet = order.parquet
    if parquet is None:
        parquet = len(country.units) * len(reporting.periods) * 10 > MANY
    path = folder / ("observations.parquet" if parquet else "observations.csv")
    sink = (
        pq.ParquetWriter(path, SCHEMA, compression="zstd")
        if parquet
        else pa_csv.CSVWriter(path, tables.plain_schema, write_options=_QUOTES)
    )
    count = 0
    with sink:
        for table in (tables.stated(), *map(tables.table, reporting.batches())):
            if table.num_rows:
                count += table.num_rows
                sink.write_table(table if parquet else tables.plain(table))
    return count


_QUOTES = pa_csv.WriteOptions(quoting_style="needed")


@dataclass
class _Tables:
    """Codes to Arrow tables, with names given once."""

    reporting: Reporting
    source: str

    def table(self, rows: Rows) -> pa.Table:
        r = self.reporting
        size = len(rows)
        columns = [
            _coded(rows.unit, list(r.country.units)),
            _coded(rows.indicator, [i.id for i in r.indicators]),
            _coded(rows.period, [str(p) for p in r.periods]),
            _coded(rows.category, list(r.categories)),
            pa.array(rows.value, mask=rows.value != rows.value),
            _coded(rows.bound, [str(b) for b in BOUNDS]),
            pa.array(rows.at, pa.int64()).cast(pa.timestamp("us", tz="UTC")),
            pa.DictionaryArray.from_arrays(
                pa.array([0] * size, pa.int32()), pa.array([self.source])
            ),
        ]
        return pa.Table.from_arrays(columns, schema=SCHEMA)

    def stated(self) -> pa.Table:
        """The really published totals, with their own sources."""
        rows = [
            {
                "unit": p.unit,
                "indicator": name,
                "period": str(period),
                "category": None,
                "value": p.value,
                "bound": str(p.bound),
                "recorded_at": _noon(period.last),
                "source": p.source,
            }
            for (name, period), p in self.reporting.published.items()
        ]
        plain = pa.schema([(f.name, _plain_type(f.type)) for f in SCHEMA])
        return pa.Table.from_pylist(rows, schema=plain).cast(SCHEMA)

    @property
    def plain_schema(self) -> pa.Schema:
        return pa.schema(
            [
                (
                    f.name,
                    pa.string() if f.name == "recorded_at" else _plain_type(f.type),
                )
                for f in SCHEMA
            ]
        )

    def plain(self, table: pa.Table) -> pa.Table:
        """As CSV wants it: text for every word and moment."""
        moments = pc.strftime(table["recorded_at"], format="%Y-%m-%dT%H:%M:%SZ")
        place = table.schema.get_field_index("recorded_at")
        return table.set_column(place, "recorded_at", moments).cast(self.plain_schema)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _plain_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _coded(codes: object, names: list[str]) -> pa.DictionaryArray:
    numbers = pa.array(codes).cast(pa.int32())
    none = pc.less(numbers, 0)
    kept = pc.if_else(none, pa.scalar(None, pa.int32()), numbers)
    return pa.DictionaryArray.from_arrays(kept, pa.array(names, pa.string()))


def _write_acts(folder: Path, order: Order) -> None:
    """Most attestations are given, some refused; some places are recognised."""
    chance = Random(order.seed)  # noqa: S311 -- a demonstration, not a secret
    with (folder / "acts.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(
            [
                "unit",
                "kind",
                "subject",
                "level",
                "result",
                "from",
                "to",
                "number",
                "authority",
                "date",
            ]
        )
        for found in order.programme.criteria:
            for day in (date(order.first, 12, 1), date(order.last, 12, 1)):
                _acts_of_set(rows, found, day, order, chance)


def _acts_of_set(
    rows: object, found: CriteriaSet, day: date, order: Order, chance: Random
) -> None:
    write = rows.writerow  # type: ignore[attr-defined]
    leaves = {
        leaf.id: leaf.rule.authority
        for level in found.levels
        for criterion in level.criteria
        for leaf in sub_criteria(criterion.node)
        if isinstance(leaf.rule, Attestation)
    }
    units = [
        unit
        for unit, version in order.territory.on(day).items()
        if version.level == found.unit_level
    ]
    results = ["met"] * 7 + ["basically_met", "not_met"]
    until = day + timedelta(days=5 * 365)
    for unit in units:
        for sub, authority in leaves.items():
            if chance.random() < 0.8:  # noqa: PLR2004 -- the others are not attested
                result = chance.choice(results)
                write(
                    [unit, "attestation", sub, "", result, "", "", "", authority, day]
                )
        if found.recognised_by and chance.random() < 0.5:  # noqa: PLR2004 -- half
            level = chance.choice([level.id for level in found.levels[:2]])
            number = f"synthetic {order.seed}"
            write(
                [unit, found.recognised_by, "", level, "", day, until, number, "", day]
            )
