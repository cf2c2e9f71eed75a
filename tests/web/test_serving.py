"""The site in one process or several: it answers, ends when asked, outlives a kill."""

import http.client
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.servers import Server

pytestmark = pytest.mark.slow
BEGIN = """
import uuid
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
DBTaskResult.objects.create(
    task_path="donbay.web.installation.tasks.nothing", status="{status}",
    args_kwargs={{"args": [], "kwargs": {{}}}}, backend_name="default",
    run_after=get_date_max(), worker_ids={workers}, started_at=timezone.now(),
)
"""
STATUS = """
from django_tasks_db.models import DBTaskResult
print(*DBTaskResult.objects.values_list("status", flat=True))
"""


def ended(server: Server, status: str) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if server.run_python(STATUS).split() == [status]:
            return True
        time.sleep(0.2)
    return False


def soon(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until and not true():
        time.sleep(0.1)
    return true()


def children(server: Server) -> list[int]:
    """Those that answer; the process that was begun only looks after them."""
    assert server.process is not None
    number = server.process.pid
    told = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
    return [int(word) for word in told.split()]


def in_two(server: Server) -> Server:
    server.stop()
    server.options = ("--processes", "2")
    return server.start()


def refused(server: Server) -> bool:
    try:
        server.get("/")
    except (OSError, http.client.HTTPException):
        return True
    return False


def test_of_two_processes_one_that_was_killed_is_begun_anew(server: Server) -> None:
    in_two(server)
    first, other = children(server)
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: len(children(server)) == 2 and first not in children(server))
    assert other in children(server)
    assert [server.get("/")[0] for _ in range(8)] == [200] * 8


def test_two_processes_end_with_the_one_that_looks_after_them(server: Server) -> None:
    in_two(server)
    server.stop()
    assert refused(server)
    server.start()
    assert server.get("/")[0] == 200
    server.kill()
    assert soon(lambda: refused(server))
    assert "Traceback" not in server.log


def test_a_job_runs_once_in_two_processes(server: Server) -> None:
    in_two(server)
    server.run_python(BEGIN.format(status="READY", workers=[]))
    assert ended(server, "SUCCESSFUL"), server.log


def test_it_answers_again_after_it_was_killed(server: Server) -> None:
    assert server.get("/")[0] == 200
    server.kill()
    server.start()
    assert server.get("/work/")[0] == 302
    server.stop()
    assert "Traceback" not in server.log


def test_a_job_runs(server: Server) -> None:
    server.run_python(BEGIN.format(status="READY", workers=[]))
    assert ended(server, "SUCCESSFUL"), server.log


def test_the_job_of_a_killed_worker_is_taken_up_again(server: Server) -> None:
    server.kill()
    server.run_python(BEGIN.format(status="RUNNING", workers=["gone-1-a"]))
    server.start()
    assert ended(server, "SUCCESSFUL"), server.log


def test_a_job_that_kills_each_worker_is_given_up(server: Server) -> None:
    server.kill()
    workers = ["gone-1-a", "gone-2-b", "gone-3-c"]
    server.run_python(BEGIN.format(status="RUNNING", workers=workers))
    server.start()
    assert ended(server, "FAILED"), server.log
