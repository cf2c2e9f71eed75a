"""One part alone, for a rival that can do no more: verdicts on values rolled up."""

import time
from pathlib import Path

from benchmarks import engines
from benchmarks.case import LOG, Case
from benchmarks.results import Results
from benchmarks.worker import Clock, clear_peak

SUPPLIER = "polars"  # rolls the values up for openfisca, outside the clock


def measure(name: str, case: Case, out: Path, repeat: int) -> dict[str, object]:
    if name == "openfisca":
        return _openfisca(case, out, repeat)
    engine = engines.make(name, case)
    engine.load(case.folder / LOG)
    engine.roll_up()
    clear_peak()
    runs = []
    for _ in range(repeat):
        clock = Clock()
        engine.verdicts()
        runs.append(clock.stop())
    engine.results().save(out)
    return {"runs": runs}


def _rolled_up(case: Case) -> Results:
    engine = engines.make(SUPPLIER, case)
    engine.load(case.folder / LOG)
    engine.evaluate()
    return engine.results()


def _openfisca(case: Case, out: Path, repeat: int) -> dict[str, object]:
    # not installed everywhere, and slow to import
    from benchmarks.rivals.openfisca_part import OpenFisca  # noqa: PLC0415

    began = time.monotonic()
    engine = OpenFisca(case, _rolled_up(case))
    runs = []
    for _ in range(repeat):
        engine.prepare()
        clear_peak()
        clock = Clock()
        engine.verdicts()
        runs.append(clock.stop())
    engine.results().save(out)
    return {"runs": runs, "preparing": time.monotonic() - began}
