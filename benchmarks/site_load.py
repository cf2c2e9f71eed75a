"""The synthetic case in the tables of a site: places, programme, and the ledger."""

import csv
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection, transaction

from benchmarks import site_pack
from benchmarks.case import LOG, Case
from donbay.web.ledger.models import Batch
from donbay.web.programmes.models import Edition, Programme
from donbay.web.territory.models import Revision, Succession, Unit, UnitVersion
from donbay.web.territory.queries import folded

COLUMNS = (
    *("programme_id", "seq", "batch_id", "unit_id", "indicator", "period"),
    *("category", "value", "bound", "recorded_at", "source"),
)
TABLE = "ledger_observation"


def load(case: Case) -> Programme:
    """All of the case but its verdicts; they are made by the first `turn_day`."""
    programme = load_places(case)
    _ledger(programme, case.folder / LOG)
    return programme


def load_places(case: Case) -> Programme:
    """Without the ledger."""
    with transaction.atomic():
        _places(case.folder)
        return _programme(case)


def _places(folder: Path) -> None:
    with (folder / "units.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = dict.fromkeys(row["id"] for row in rows)
    Unit.objects.bulk_create(
        [Unit(id=name, order=n) for n, name in enumerate(names)], batch_size=1_000
    )
    UnitVersion.objects.bulk_create([_version(row) for row in rows], batch_size=1_000)
    with (folder / "successions.csv").open(encoding="utf-8") as file:
        made = [
            Succession(
                date=row["date"],
                origin_id=row["from"],
                heir_id=row["to"],
                share=float(row["share"]),
                basis="population",
                decision="synthetic",
            )
            for row in csv.DictReader(file)
        ]
    Succession.objects.bulk_create(made, batch_size=1_000)
    Revision.objects.create(number=1)


def _version(row: dict[str, str]) -> UnitVersion:
    return UnitVersion(
        unit_id=row["id"],
        code=row["code"],
        name=row["name"],
        folded=folded(row["name"]),
        level=row["level"],
        parent_id=row["parent"] or None,
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
        region=row["region"],
    )


def _programme(case: Case) -> Programme:
    folder = site_pack.write(case, Path(settings.PACKS) / "made" / "nation")
    made = Programme.objects.create(
        id=site_pack.PROGRAMME,
        titles=dict.fromkeys(site_pack.LANGUAGES, "Synthetic nation"),
        time_zone="Asia/Ho_Chi_Minh",
        synthetic=True,
    )
    made.roots.set([Unit.objects.get(pk="country")])
    Edition.objects.create(
        programme=made,
        checksum="synthetic",
        path=str(folder.relative_to(settings.PACKS)),
        installed_at=datetime.now(UTC),
        installed_by="",
    )
    return made


# --- the ledger ----------------------------------------------------------------------


def _ledger(programme: Programme, log: Path) -> None:
    """Each row group of the log is a batch. Its rows are not hashed: nothing asks."""
    file = pq.ParquetFile(log)
    with _without_indexes():
        _rows_in(file, programme)


def _rows_in(file: pq.ParquetFile, programme: Programme) -> None:
    seq, previous = 0, ""
    for group in range(file.num_row_groups):
        table = file.read_row_group(group)
        batch = Batch.objects.create(
            programme=programme,
            number=group + 1,
            first=seq + 1,
            last=seq + table.num_rows,
            origin="import",
            reference="synthetic",
            by="",
            recorded_at=datetime.now(UTC),
            rows_hash="synthetic",
            previous=previous,
            link=hashlib.sha256(f"synthetic {group + 1}".encode()).hexdigest(),
        )
        _copy(_columns(table, programme, batch))
        seq, previous = batch.last, batch.link


def _columns(table: pa.Table, programme: Programme, batch: Batch) -> pa.Table:
    size = table.num_rows
    moments = pc.strftime(table["recorded_at"], "%Y-%m-%d %H:%M:%S")
    given = {
        "programme_id": pa.repeat(programme.pk, size),
        "seq": pa.array(np.arange(batch.first, batch.last + 1)),
        "batch_id": pa.repeat(batch.pk, size),
        "unit_id": table["unit"].cast(pa.string()),
        "indicator": table["indicator"].cast(pa.string()),
        "period": table["period"].cast(pa.string()),
        "category": pa.repeat("", size),
        "value": table["value"],
        "bound": pa.repeat("exact", size),
        "recorded_at": moments,
        "source": table["source"].cast(pa.string()),
    }
    return pa.table({name: given[name] for name in COLUMNS})


def _copy(rows: pa.Table) -> None:
    names = ", ".join(COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # the case refers to nothing that is not there: nothing is looked up by row
            cursor.execute("SET LOCAL session_replication_role = replica")
            out = BytesIO()
            arrow_csv.write_csv(rows, out, arrow_csv.WriteOptions(include_header=False))
            with cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN (FORMAT csv)") as copy:
                copy.write(out.getbuffer())
        else:
            marks = ", ".join("%s" for _ in COLUMNS)
            cursor.executemany(
                f"INSERT INTO {TABLE} ({names}) VALUES ({marks})",
                [list(row) for row in _rows(rows)],  # type: ignore[arg-type]  # of the columns
            )


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    yield from zip(*(table[name].to_pylist() for name in COLUMNS), strict=True)


@contextmanager
def _without_indexes() -> Iterator[None]:
    """PostgreSQL makes an index over all rows faster than row by row."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND "
            "indexname NOT IN (SELECT conname FROM pg_constraint)",
            [TABLE],
        )
        plain = cursor.fetchall()
        cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT observation_seq")
        for name, _ in plain:
            cursor.execute(f"DROP INDEX {name}")
    yield
    unique = "ADD CONSTRAINT observation_seq UNIQUE (programme_id, seq)"
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '2GB'")
        cursor.execute(f"ALTER TABLE {TABLE} {unique}")
        for _, definition in plain:
            cursor.execute(definition)
        cursor.execute(f"VACUUM (ANALYZE) {TABLE}")


def forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
