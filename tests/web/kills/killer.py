"""A request that kills its own server, at a point of what it does to the database.

A point is after every statement, before and after every commit. `X-Kill-At: 12` ends
the process by SIGKILL at the twelfth; where that was, the driver itself says, and it is
on the disk before the process dies. `X-Points` of an answer tells what points there
were: `i` inside a transaction, `o` outside.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def marker() -> Path:
    return Path(settings.HOME) / "killed"


class Points:
    """Counts the points of one request, and dies at one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.seen = fatal, ""

    def __call__(
        self, execute: Callable[..., object], sql: str, *rest: object
    ) -> object:
        try:
            return execute(sql, *rest)
        finally:
            self.pass_by(sql)

    def pass_by(self, doing: str) -> None:
        inside = in_transaction()
        self.seen += "i" if inside else "o"
        if len(self.seen) == self.fatal:
            _die({"point": self.fatal, "in_transaction": inside, "doing": doing[:80]})


def in_transaction() -> bool:
    """As the driver has it, not as Django believes."""
    driver = connection.connection
    if connection.vendor == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status.name != "IDLE")


def _die(last_words: dict[str, object]) -> None:
    with marker().open("a", encoding="utf-8") as file:
        file.write(json.dumps(last_words) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def dying_at(fatal: int) -> Iterator[Points]:
    """Count the points of what is done inside; 0 counts only."""
    points = Points(fatal)
    commit = connection.commit

    def committed() -> None:
        points.pass_by("before COMMIT")
        commit()
        points.pass_by("after COMMIT")

    connection.commit = committed  # type: ignore[method-assign]  # of this thread's connection
    try:
        with connection.execute_wrapper(points):
            yield points
    finally:
        del connection.commit


def deadly(answer: Answer) -> Answer:
    def handle(request: HttpRequest) -> HttpResponse:
        with dying_at(int(request.headers.get("X-Kill-At", "0"))) as points:
            given = answer(request)
        given["X-Points"] = points.seen
        return given

    return handle
