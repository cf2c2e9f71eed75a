"""`python -m benchmarks.site_import`: a file of reports into an empty ledger.

Timed from the file to the commit: read, every row checked, appended and hashed, and
every verdict that follows kept. The file is the first rows of the case's log, as CSV.
"""

import argparse
import json
import shutil
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from benchmarks import case as cases
from benchmarks import generate
from benchmarks.case import LOG, Case
from benchmarks.run import DATA
from benchmarks.site_enter import differences, opened
from benchmarks.worker import Clock

COLUMNS = ["unit", "indicator", "period", "value", "recorded_at", "source"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site_import")
    add = parser.add_argument
    add("--scale", default="province")
    add("--database", choices=["sqlite", "postgresql"], default="sqlite")
    add("--rows", type=int, default=1_000_000)
    add("--data", type=Path, default=DATA)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    case = cases.read(generate.ensure(args.scale, args.data))
    name = f"import-{args.scale}"
    home = args.data / "site" / f"{name}-{args.database}"
    shutil.rmtree(home, ignore_errors=True)
    cluster = opened(argparse.Namespace(**{**vars(args), "scale": name}))
    try:
        print(json.dumps(measure(case, home, args.rows), indent=1))
    finally:
        if cluster:
            cluster.stop()


def measure(case: Case, home: Path, most: int) -> dict[str, object]:
    from django.core.management import call_command  # noqa: PLC0415 -- when Django is set up

    from benchmarks import site_load  # noqa: PLC0415 -- as above
    from donbay.web.imports.actions import import_file  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    programme = site_load.load_places(case)
    path = home / "reports.csv"
    written = write(case.folder / LOG, path, most)
    clock, start = Clock(), time.perf_counter()
    done = import_file(path, programme.pk)
    seconds = time.perf_counter() - start
    run = clock.stop()
    assert done.rows == written
    start = time.perf_counter()
    assert import_file(path, programme.pk).already
    again = time.perf_counter() - start
    return {
        "rows": done.rows,
        "seconds": round(seconds, 2),
        "rows_per_s": round(done.rows / seconds),
        "again_s": round(again, 2),
        "others": run["others"],
        "peak_mb": run["peak_mb"],
        "different": differences(),
    }


def write(log: Path, path: Path, most: int) -> int:
    """The first rows of the log, as an office would send them."""
    groups = pq.ParquetFile(log).iter_batches(most, columns=COLUMNS)
    table = pa.Table.from_batches([next(groups)])
    plain = [
        column.cast(pa.string()) if name != "value" else column
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]
    arrow_csv.write_csv(pa.table(plain, names=table.column_names), path)
    return int(table.num_rows)


if __name__ == "__main__":
    main()
