"""Start workers and gather what they measured."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

# What a worker prints: its runs, and whatever else its mode has to say.
Line = dict[str, Any]
THREAD_VARIABLES = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "DONBAY_THREADS")
NO_MATRICES = {"OPENBLAS_NUM_THREADS": "1"}
"""Nobody multiplies any; the command `donbay` starts no threads for them either."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine in one mode, every run of it."""

    scale: str
    mode: str
    engine: str
    walls: list[float]
    cpus: list[float]
    peak_mb: float
    others: float
    out: Path
    more: Line = field(default_factory=dict)

    @property
    def best(self) -> float:
        return min(self.walls)

    @property
    def median(self) -> float:
        return median(self.walls)

    @property
    def cpu(self) -> float:
        return self.cpus[self.walls.index(self.best)]


class WorkerError(RuntimeError):
    """A worker ended badly; its last words are the message."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the case lies and how many threads everyone gets."""

    scale: str
    folder: Path
    threads: int

    def run(
        self, mode: str, engine: str, log: str, *, repeat: int, tag: str = ""
    ) -> Measured:
        """`repeat` processes when cold, `repeat` evaluations in one when warm."""
        out = self.folder / "out" / f"{mode}{tag}-{engine}"
        if mode == "cold":
            lines = [self._start(mode, engine, log, out, 1) for _ in range(repeat)]
        else:
            lines = [self._start(mode, engine, log, out, repeat)]
        runs = [run for line in lines for run in line.get("runs", [])]
        return Measured(
            scale=self.scale,
            mode=mode + tag,
            engine=engine,
            walls=[run["wall"] for run in runs],
            cpus=[run["cpu"] for run in runs],
            peak_mb=max((run["peak_mb"] for run in runs), default=0.0),
            others=max((run["others"] for run in runs), default=0.0),
            out=out,
            more={k: v for k, v in lines[-1].items() if k != "runs"},
        )

    def _start(self, mode: str, engine: str, log: str, out: Path, repeat: int) -> Line:
        if mode in ("cold", "scan"):
            forget(self.folder / log)
        words = [sys.executable, "-m", "benchmarks.worker", mode, engine]
        words += ["--case", str(self.folder), "--log", log, "--out", str(out)]
        words += ["--repeat", str(repeat)]
        if mode == "cold":
            words += ["--began", repr(time.monotonic())]
        threads = dict.fromkeys(THREAD_VARIABLES, str(self.threads)) | NO_MATRICES
        done = subprocess.run(
            words, env=os.environ | threads, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise WorkerError(f"{engine}, {mode}: {done.stderr.strip()[-2000:]}")
        line: Line = json.loads(done.stdout.strip().splitlines()[-1])
        return line


def forget(path: Path) -> None:
    """Ask the system to drop the file from its page cache, so that it is read anew."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
