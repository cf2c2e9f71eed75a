"""The files of a printed report, several languages beside each other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from donbay.cli.output import opened
from donbay.domain.problems import Problem, Refused
from donbay.reports.composing import compose
from donbay.reports.matter import Matter, Order
from donbay.reports.pdf import NoGlyph
from donbay.reports.rendering import drawn, rendered
from donbay.texts import Wording


@dataclass(frozen=True)
class Job:
    """One language of a report, in all its formats."""

    matter: Matter
    order: Order
    language: str
    wording: Mapping[str, str]
    formats: Sequence[str]
    folder: Path
    at: datetime


def written(jobs: Sequence[Job]) -> Iterator[Path]:
    """Languages beside each other: each keeps a processor busy for some seconds."""
    workers = min(len(jobs), os.cpu_count() or 1)
    if workers == 1:
        for job in jobs:
            yield from _write(job)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for paths in pool.map(_write, jobs):
            yield from paths


def _write(job: Job) -> list[Path]:
    words = Wording(job.language)
    report = compose(job.matter, job.order, words, job.wording, drawn)
    paths = []
    for form in job.formats:
        path = job.folder / _name(job, form)
        try:
            content = rendered(report, form, job.at)
        except NoGlyph as wrong:
            raise _refused(path, wrong) from wrong
        with opened(path) as file:
            file.write(content)
        paths.append(path)
    return paths


def _name(job: Job, form: str) -> str:
    order = job.order
    period = str(order.period).replace("/", "-")
    programme = job.matter.programme.id
    parts = (programme, order.unit, str(order.kind), period, job.language)
    return "-".join(parts).replace("_", "-") + f".{form}"


def _refused(path: Path, wrong: NoGlyph) -> Refused:
    about = {"what": str(wrong)}
    return Refused([Problem("printed.no_glyph", str(path), None, None, about)])
