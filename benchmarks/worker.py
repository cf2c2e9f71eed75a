"""One measurement in a process of its own; prints one line of JSON."""

import argparse
import gc
import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import case as cases
from benchmarks import engines

STATUS, CLEAR_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")
Line = dict[str, object]
YOUNG = 100_000
"""Objects made before cycles are looked for, as `donbay evaluate` has it; for all."""


def peak_mb() -> float:
    """The most memory this process has held since the peak was last cleared."""
    for line in STATUS.read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def clear_peak() -> None:
    if CLEAR_PEAK.exists():
        CLEAR_PEAK.write_text("5")


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def machine_seconds() -> float:
    """CPU seconds used by everybody since the machine started."""
    words = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    user, nice, system, _, _, irq, softirq, steal = (int(w) for w in words[1:9])
    ticks = user + nice + system + irq + softirq + steal
    return ticks / os.sysconf("SC_CLK_TCK")


class Clock:
    """Wall and CPU seconds of a block, and how busy others kept the machine."""

    def __init__(self, began: float | None = None) -> None:
        """With `began`, counts from there (the parent's clock), start-up included."""
        self.began = time.monotonic() if began is None else began
        self.cpu_then = 0.0 if began is not None else cpu_seconds()
        self.machine_then = machine_seconds()
        self.own_then = cpu_seconds()

    def stop(self) -> Line:
        wall = time.monotonic() - self.began
        own = cpu_seconds()
        others = machine_seconds() - self.machine_then - (own - self.own_then)
        share = max(0.0, others / wall / (os.cpu_count() or 1))
        cpu = own - self.cpu_then
        return {"wall": wall, "cpu": cpu, "others": share, "peak_mb": peak_mb()}


def cold(args: argparse.Namespace) -> Line:
    """From the start of the process to the last level, from the file."""
    clock = Clock(args.began)
    case = cases.read(args.case)
    engine = engines.make(args.engine, case)
    engine.stream(args.case / args.log)
    line: Line = {"runs": [clock.stop()]}
    engine.results().save(args.out)
    return line


def warm(args: argparse.Namespace) -> Line:
    """From the log in memory as codes; the log itself counts as memory held."""
    case = cases.read(args.case)
    engine = engines.make(args.engine, case)
    loading = Clock()
    engine.load(args.case / args.log)
    line: Line = {"loading": loading.stop()}
    clear_peak()
    line["runs"] = [_run(engine.evaluate) for _ in range(args.repeat)]
    line["stages"] = getattr(engine, "stages", {})
    engine.results().save(args.out)
    writing = Clock()
    rows = engine.write(args.out)
    if rows:
        line["writing"] = writing.stop() | {"rows": rows}
    return line


def _run(evaluate: Callable[[], None]) -> Line:
    clock = Clock()
    evaluate()
    return clock.stop()


def scan(args: argparse.Namespace) -> Line:
    """The physical floor: decode the columns that an evaluation needs, no more."""
    from benchmarks.rivals import scans  # noqa: PLC0415 - not part of other start-ups

    decode = getattr(scans, args.engine)(args.case / args.log)
    return {"runs": [_run(decode) for _ in range(args.repeat)]}


def part(args: argparse.Namespace) -> Line:
    from benchmarks import parts  # noqa: PLC0415 - not part of other start-ups

    return parts.measure(args.engine, cases.read(args.case), args.out, args.repeat)


def increment(args: argparse.Namespace) -> Line:
    from benchmarks import increments  # noqa: PLC0415 - not part of other start-ups

    case = cases.read(args.case)
    return increments.measure(case, args.case / args.log, args.repeat)


def main() -> None:
    gc.set_threshold(YOUNG)
    modes = {f.__name__: f for f in (cold, warm, scan, part, increment)}
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=modes)
    parser.add_argument("engine")
    parser.add_argument("--case", type=Path, required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--began", type=float, default=None)
    args = parser.parse_args()
    print(json.dumps(modes[args.mode](args)))


if __name__ == "__main__":
    main()
