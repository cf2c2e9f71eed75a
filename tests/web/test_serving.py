"""The site in one process: it answers, ends when asked, and outlives being killed."""

import time

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
