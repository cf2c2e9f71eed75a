"""The files of a printed report, several languages beside each other."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

from donbay.cli.output import opened
from donbay.domain.problems import Problem, Refused
from donbay.reports.composing import compose
from donbay.reports.matter import Matter, Order
from donbay.reports.pdf import NoGlyph
from donbay.reports.rendering import drawn, get_ready, rendered
from donbay.texts import Wording

YOUNG = 100_000  # objects made before cycles are looked for


@dataclass(frozen=True)
class Job:
    """One language of a report, in all its formats.

    `packed` is its matter, made into bytes once for all languages (see `packed`).
    """

    packed: bytes
    order: Order
    language: str
    wording: Mapping[str, str]
    formats: Sequence[str]
    folder: Path
    at: datetime


def packed(matter: Matter) -> bytes:
    """For another process of this command, and for nobody else."""
    return pickle.dumps(matter)


@lru_cache(maxsize=1)
def _matter(packed: bytes) -> Matter:
    """Unpacked once in each process: several languages follow each other in it."""
    found: Matter = pickle.loads(packed)  # noqa: S301 -- made by `packed` in the process above
    return found


@contextmanager
def writers(languages: int) -> Iterator[Writers]:
    """Processes that get ready while the folder is read: one for each processor.

    A language keeps one busy for some seconds; a single one is written here.
    """
    workers = min(languages, os.cpu_count() or 1)
    if workers == 1:
        yield Writers(None)
        return
    spawn = get_context("spawn")
    with ProcessPoolExecutor(workers, spawn, initializer=_get_ready) as pool:
        for _ in range(workers):
            pool.submit(_get_ready)
        yield Writers(pool)


def _get_ready() -> None:
    """As the command itself: it keeps most of what it makes."""
    gc.set_threshold(YOUNG)
    get_ready()


@dataclass(frozen=True)
class Writers:
    """Write the languages of a report, beside each other where there is a pool."""

    pool: ProcessPoolExecutor | None

    def write(self, jobs: Sequence[Job]) -> Iterator[Path]:
        """Raises Refused for a letter that no font has."""
        if self.pool is None:
            waiting: list[Callable[[], list[Path]]] = [
                partial(_write, job) for job in jobs
            ]
        else:
            waiting = [self.pool.submit(_write, job).result for job in jobs]
        for job, written in zip(jobs, waiting, strict=True):
            try:
                yield from written()
            except NoGlyph as wrong:
                place, about = str(job.folder), {"what": str(wrong)}
                problem = Problem("printed.no_glyph", place, None, job.language, about)
                raise Refused([problem]) from wrong


def _write(job: Job) -> list[Path]:
    words = Wording(job.language)
    matter = _matter(job.packed)
    report = compose(matter, job.order, words, job.wording, drawn)
    paths = []
    for form in job.formats:
        path = job.folder / _name(job, matter.programme.id, form)
        content = rendered(report, form, job.at)
        with opened(path) as file:
            file.write(content)
        paths.append(path)
    return paths


def _name(job: Job, programme: str, form: str) -> str:
    order = job.order
    period = str(order.period).replace("/", "-")
    parts = (programme, order.unit, str(order.kind), period, job.language)
    return "-".join(parts).replace("_", "-") + f".{form}"
