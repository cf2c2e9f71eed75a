"""`python -m benchmarks.site_enter`: 60 values into the ledger, in process.

Timed from taking the programme's lock to the commit of the rows and every verdict
above them. After all of them a full run must say the same as what is kept.
"""

import argparse
import json
import os
import random
import time
from pathlib import Path

import numpy as np

from benchmarks import case as cases
from benchmarks import generate
from benchmarks.increments import Submission, draw
from benchmarks.run import DATA
from benchmarks.site_postgres import Cluster
from benchmarks.spec import PERIODS
from benchmarks.worker import Clock

UNTIMED = 10


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site_enter")
    add = parser.add_argument
    add("--scale", default="province")
    add("--database", choices=["sqlite", "postgresql"], default="sqlite")
    add("--repeat", type=int, default=200)
    add("--processes", type=int, default=2, help="that answer pages")
    add("--data", type=Path, default=DATA)
    add("--profile", action="store_true")
    add("--no-full", action="store_true")
    return parser.parse_args()


def opened(args: argparse.Namespace) -> Cluster | None:
    """Set Django up on the case's own home; the database lies in it."""
    home = args.data / "site" / f"{args.scale}-{args.database}"
    home.mkdir(parents=True, exist_ok=True)
    cluster = None
    address = f"sqlite:///{home / 'donbay.sqlite3'}"
    if args.database == "postgresql":
        cluster = Cluster(home / "postgresql")
        cluster.start()
        address = cluster.address()
    os.environ |= {
        "DONBAY_HOME": str(home),
        "DONBAY_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "donbay.web.settings",
    }
    import django  # noqa: PLC0415 -- when its settings are known

    django.setup()
    return cluster


def prepared(args: argparse.Namespace) -> cases.Case:
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    from benchmarks import site_load  # noqa: PLC0415 -- as above
    from donbay.web.programmes.models import Programme  # noqa: PLC0415 -- as above

    case = cases.read(generate.ensure(args.scale, args.data))
    call_command("migrate", verbosity=0)
    if not Programme.objects.exists():
        start = time.perf_counter()
        site_load.load(case)
        print(f"loaded in {time.perf_counter() - start:.1f} s", flush=True)
    return case


def rows_of(case: cases.Case, one: Submission) -> list[object]:
    from donbay.web.results.actions import Row  # noqa: PLC0415 -- as above

    unit, period = case.source_ids[one.source], PERIODS[one.period]
    names = [case.series_ids[n] for n in one.series]
    return [
        Row(unit, name, period, float(value))
        for name, value in zip(names, one.values, strict=True)
    ]


def measure(case: cases.Case, args: argparse.Namespace) -> dict[str, object]:
    from donbay.web.journal.actions import NOBODY, acting  # noqa: PLC0415 -- as above
    from donbay.web.programmes.models import Programme  # noqa: PLC0415 -- as above
    from donbay.web.results.actions import enter, turn_day  # noqa: PLC0415 -- as above

    def submit(one: Submission) -> float:
        programme = Programme.objects.get()
        rows = rows_of(case, one)
        start = time.perf_counter()
        with acting(NOBODY, programme.chain) as act:
            enter(act, programme, rows, origin="bench", reference="bench")  # type: ignore[arg-type]
        return time.perf_counter() - start

    clock = Clock()
    turn_day(Programme.objects.get())
    first = clock.stop()
    print(f"day turned: {first}", flush=True)
    everyone = draw(case, args.repeat + UNTIMED)
    random.Random(1).shuffle(everyone)  # noqa: S311 -- order only
    start = time.perf_counter()
    submit(everyone[0])
    print(f"first: {time.perf_counter() - start:.2f} s", flush=True)
    for one in everyone[1:UNTIMED]:
        submit(one)
    clock = Clock()
    if args.profile:
        import cProfile  # noqa: PLC0415 -- where it is asked for
        import pstats  # noqa: PLC0415 -- where it is asked for

        profile = cProfile.Profile()
        profile.enable()
    seconds = np.array([submit(one) for one in everyone[UNTIMED:]])
    if args.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("cumtime").print_stats(60)
    run = clock.stop()
    return {
        "p50_ms": float(np.quantile(seconds, 0.5)) * 1000,
        "p95_ms": float(np.quantile(seconds, 0.95)) * 1000,
        "worst_ms": float(seconds.max()) * 1000,
        "others": run["others"],
        "peak_mb": run["peak_mb"],
    }


def differences() -> list[str]:
    from donbay.web.journal.actions import NOBODY  # noqa: PLC0415 -- as above
    from donbay.web.programmes.models import Programme  # noqa: PLC0415 -- as above
    from donbay.web.results.actions import carry_out, full_run  # noqa: PLC0415 -- as above

    run = full_run(NOBODY, Programme.objects.get())
    carry_out(run)
    run.refresh_from_db()
    assert run.compared
    return list(run.differences or ())


def main() -> None:
    args = arguments()
    cluster = opened(args)
    try:
        case = prepared(args)
        line = measure(case, args)
        if not args.no_full:
            line["different"] = differences()
        print(json.dumps(line))
    finally:
        if cluster:
            cluster.stop()


if __name__ == "__main__":
    main()
