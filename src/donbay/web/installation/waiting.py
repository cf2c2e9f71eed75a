"""What waits for a job that is gone: taken up again, or said to have been cut off.

A process may be killed between keeping a file and ordering the job that reads it, or
while a page reads a short one; and a job may kill each worker that takes it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from donbay.web.evidence import actions as evidence
from donbay.web.evidence import tasks as documents
from donbay.web.evidence.models import Document
from donbay.web.imports import actions as importing
from donbay.web.imports import tasks as imports
from donbay.web.imports.models import Import
from donbay.web.publications import actions as publishing
from donbay.web.publications import tasks as publications
from donbay.web.publications.models import Publication
from donbay.web.reorganisations import actions as reorganising
from donbay.web.reorganisations import tasks as reorganisations
from donbay.web.reorganisations.models import Reorganisation
from donbay.web.results import actions as evaluating
from donbay.web.results import tasks as results
from donbay.web.results.models import Evaluation, FullRun

log = logging.getLogger("donbay.jobs")
PATIENCE = timedelta(minutes=2)  # a page may still be at it
LIVE = {"READY", "RUNNING"}


@dataclass(frozen=True, slots=True)
class Work:
    """Rows that wait for a job, since a moment, and how one says it was cut off."""

    job: Task[[int], None]
    waiting: Callable[[], QuerySet[Model]]
    since: str
    cut_off: Callable[[int], None]


WORKS = (
    Work(
        documents.read,
        lambda: Document.objects.filter(state=Document.State.WAITING),
        "uploaded_at",
        evidence.cut_off,
    ),
    Work(
        imports.look_over,
        lambda: Import.objects.filter(state=Import.State.CHECKING),
        "at",
        importing.cut_off,
    ),
    Work(
        imports.carry_out,
        lambda: Import.objects.filter(state=Import.State.APPLYING),
        "at",
        importing.cut_off,
    ),
    Work(
        publications.make,
        lambda: Publication.objects.filter(state__in=["waiting", "running"]),
        "ordered_at",
        publishing.cut_off,
    ),
    Work(
        results.answer,
        lambda: Evaluation.objects.filter(live=False, state__in=["waiting", "running"]),
        "asked_at",
        lambda pk: evaluating.fail(pk, "interrupted"),
    ),
    Work(
        results.full_run,
        lambda: FullRun.objects.filter(ended_at=None, problem=""),
        "asked_at",
        lambda pk: evaluating.fail_run(pk, "interrupted"),
    ),
    Work(
        reorganisations.rehearse,
        lambda: Reorganisation.objects.filter(rehearsing=True),
        "recorded_at",
        lambda pk: reorganising.fail(pk, "interrupted"),
    ),
)


def take_up_waiting() -> int:
    """Order the jobs that are missing; give up what each of its workers died of."""
    begun = 0
    before = timezone.now() - PATIENCE
    for work in WORKS:
        old = work.waiting().filter(**{f"{work.since}__lt": before})
        for pk in old.order_by("pk").values_list("pk", flat=True):
            begun += _taken_up(work, pk)
    if begun:
        log.warning("files and reports that no job was at, taken up again: %s", begun)
    return begun


def _taken_up(work: Work, pk: int) -> bool:
    jobs = DBTaskResult.objects.filter(
        task_path=work.job.module_path, args_kwargs__args=[pk]
    )
    states = set(jobs.values_list("status", flat=True))
    if states & LIVE:
        return False
    if "FAILED" in states:
        work.cut_off(pk)
        return False
    work.job.enqueue(pk)
    return True
