"""`python -m benchmarks`: generate, measure, compare, print. Fails on a difference."""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks import case as cases
from benchmarks import generate, table
from benchmarks.case import LOG, SHUFFLED, Case
from benchmarks.engines import ENGINES
from benchmarks.measure import Bench, Measured, WorkerError
from benchmarks.results import Results, compare
from benchmarks.spec import SCALES

DATA = Path(__file__).parent / "data"
MODES = ("scan", "cold", "warm", "unsorted", "part", "increment")
SLOW = ("pandas",)  # measured once
READERS = ("pyarrow", "polars", "duckdb")
SUBMISSIONS = 2_000
TITLES = {
    "scan": "Physical floor: decoding five columns of the file",
    "cold": "Cold: from the start of the process and the file to the last verdict",
    "warm": "Warm: from the log in memory as integer codes",
    "cold-unsorted": "Cold, rows in random order",
    "part": "The part that openfisca-core can do: verdicts on values rolled up before",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--scale", nargs="+", choices=list(SCALES), default=["2.5M", "25M"])
    add("--only", help="engines, comma-separated: " + ", ".join(ENGINES))
    add("--modes", help="comma-separated: " + ", ".join(MODES))
    add("--repeat", type=int, default=3, help="runs of each, but of slow engines one")
    add("--threads", type=int, default=2)
    add("--data", type=Path, default=DATA)
    add("--json", type=Path, help="write every figure here too")
    return parser.parse_args()


def chosen(text: str | None, known: tuple[str, ...]) -> list[str]:
    names = text.split(",") if text else list(known)
    if unknown := set(names) - set(known):
        raise SystemExit(f"not known: {', '.join(sorted(unknown))}")
    return [name for name in known if name in names]


@dataclass(frozen=True, slots=True)
class Job:
    """One measurement to make."""

    mode: str
    engine: str
    repeat: int
    log: str = LOG
    tag: str = ""


def jobs(modes: list[str], names: list[str], repeat: int) -> Iterator[Job]:
    times = {name: 1 if name in SLOW else repeat for name in names}
    if "scan" in modes:
        yield from (Job("scan", reader, repeat) for reader in READERS)
    for mode in ("cold", "warm"):
        if mode in modes:
            yield from (Job(mode, name, times[name]) for name in names)
    if "unsorted" in modes:
        quick = [name for name in names if name not in SLOW]
        yield from (Job("cold", name, 1, SHUFFLED, "-unsorted") for name in quick)
    if "part" in modes:
        yield Job("part", "openfisca", repeat)
        yield from (Job("part", name, times[name]) for name in names)
    if "increment" in modes and "ours" in names:
        yield Job("increment", "ours", SUBMISSIONS)


def measured(bench: Bench, plan: Iterator[Job]) -> tuple[list[Measured], list[str]]:
    """Every job's figures, and the last words of those that broke."""
    rows, broken = [], []
    for job in plan:
        name = f"{job.mode}{job.tag} {job.engine}"
        try:
            row = bench.run(
                job.mode, job.engine, job.log, repeat=job.repeat, tag=job.tag
            )
        except WorkerError as error:
            broken.append(f"{name} broke:\n{error}")
            continue
        rows.append(row)
        best = f"{row.best:.2f} s" if row.walls else "done"
        print(f"  {name}: {best}", file=sys.stderr, flush=True)
    return rows, broken


def compared(case: Case, rows: list[Measured]) -> bool:
    """Every run's results against the first run's; ours stands first when it ran."""
    held = [row for row in rows if row.mode not in ("scan", "increment")]
    held.sort(key=lambda row: row.engine != "ours")
    if not held:
        return not any(row.more.get("different") for row in rows)
    first = Results.load(held[0].out)
    print(f"\nCompared with {held[0].mode} {held[0].engine}: {first.count()}")
    same = not any(row.more.get("different") for row in rows)
    for row in held[1:]:
        found = compare(case, first, Results.load(row.out))
        same &= not any(one.rows for one in found)
        print("  " + table.differences(f"{row.mode} {row.engine}", found))
    return same


def report(rows: list[Measured]) -> None:
    for mode, title in TITLES.items():
        block = [row for row in rows if row.mode == mode and row.walls]
        if block:
            print(table.section(title, block, "ours"))
    for row in rows:
        if "writing" in row.more:
            print(table.writing(row))
        if row.mode == "increment":
            print(table.increment(row))


def one_scale(
    args: argparse.Namespace, scale: str, modes: list[str]
) -> tuple[bool, list[Measured]]:
    print(f"\n=== {scale} ===", flush=True)
    folder = generate.ensure(scale, args.data, shuffled="unsorted" in modes)
    rows_in_log = pq.ParquetFile(folder / LOG).metadata.num_rows
    case = cases.read(folder)
    print(
        f"{rows_in_log:,} synthetic observations of {len(case.source_ids):,} communes; "
        f"{len(case.indicators)} indicators, {len(case.unit_ids):,} units on the map, "
        f"{len(case.unit_ids) * len(case.goals):,} targets, "
        f"{len(case.subs)} sub-criteria; {args.threads} threads"
    )
    names = chosen(args.only, tuple(ENGINES))
    bench = Bench(scale, folder, args.threads)
    rows, broken = measured(bench, jobs(modes, names, args.repeat))
    report(rows)
    agree = compared(case, rows)
    shutil.rmtree(folder / "out", ignore_errors=True)
    print("\n".join(broken))
    return agree and not broken, rows


def main() -> int:
    args = arguments()
    modes = chosen(args.modes, MODES)
    done = [one_scale(args, scale, modes) for scale in args.scale]
    if args.json:
        rows = [asdict(row) | {"out": str(row.out)} for _, rows in done for row in rows]
        args.json.write_text(json.dumps(rows, indent=1, default=str), encoding="utf-8")
    if all(same for same, _ in done):
        return 0
    print("\nThe engines do not agree, or one broke.", file=sys.stderr)
    return 1
