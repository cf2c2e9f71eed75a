"""Jobs in this process: the worker, what a killed one left behind, and the clock."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable
from threading import Event, Thread

from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from donbay.web.installation.locks import alone, forget, is_held
from donbay.web.installation.schedule import each_minute, each_minute_here
from donbay.web.installation.waiting import take_up_waiting

log = logging.getLogger("donbay.jobs")
PAUSE = 0.3  # seconds between two looks for a job
REST = 5.0  # seconds after something went wrong
MINUTE = 60.0
TRIES = 3
READY, RUNNING, FAILED = "READY", "RUNNING", "FAILED"


def start(stop: Event) -> list[Thread]:
    """The worker and the clock, as threads that end when `stop` is set."""
    threads = [
        Thread(target=work, args=[stop], name="worker", daemon=True),
        Thread(target=keep_time, args=[stop], name="clock", daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads


def work(stop: Event) -> None:
    """Run jobs one by one; while this lives it holds a lock of its own name."""
    name = f"{socket.gethostname()[:24]}-{os.getpid()}-{secrets.token_hex(8)}"
    while not stop.is_set():
        _survive(stop, lambda: _work_as(name, stop))
    forget(_lock(name))
    connections.close_all()


def _work_as(name: str, stop: Event) -> None:
    with alone(_lock(name)):
        worker = _worker(name)
        while not stop.is_set():
            close_old_connections()
            if DBTaskResult.objects.ready().exists():
                worker.run()
            else:
                stop.wait(PAUSE)


def _worker(name: str) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def keep_time(stop: Event) -> None:
    """Each minute: in one process of all mend jobs, and do what the day asks for."""
    while not stop.is_set():
        _survive(stop, _minute)
        _survive(stop, each_minute_here)
        stop.wait(MINUTE)
    connections.close_all()


def _minute() -> None:
    close_old_connections()
    with alone("clock") as ours:
        if ours:
            requeue_abandoned()
            take_up_waiting()
            each_minute()
    close_old_connections()


def _survive(stop: Event, act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:
        log.exception("a thread of jobs goes on after this")
        connections.close_all()
        stop.wait(REST)


def requeue_abandoned() -> int:
    """Give back the jobs whose worker was killed; those that kill workers fail."""
    found = 0
    for job in DBTaskResult.objects.running():
        worker = job.worker_ids[-1] if job.worker_ids else ""
        if is_held(_lock(worker)):
            continue
        forget(_lock(worker))
        same = DBTaskResult.objects.filter(
            pk=job.pk, status=RUNNING, started_at=job.started_at
        )
        if len(job.worker_ids) < TRIES:
            found += same.update(status=READY, started_at=None)
        else:
            why = "Abandoned: each worker that took it was killed."
            same.update(status=FAILED, finished_at=timezone.now(), traceback=why)
    if found:
        log.warning("jobs taken up again after their worker was killed: %s", found)
    return found


def _lock(worker: str) -> str:
    return f"worker:{worker}"
