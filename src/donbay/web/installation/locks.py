"""Locks that a process holds for as long as it lives, and that die with it.

With PostgreSQL they are advisory locks, on a connection of their own; with SQLite,
where all processes are on one machine, they are locks of files in the home.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody else is in here; says False at once instead of waiting."""
    if connection.vendor == "postgresql":
        with _advisory(name, "pg_try_advisory_lock") as held:
            yield held
    else:
        with _file(name, fcntl.LOCK_EX | fcntl.LOCK_NB) as held:
            yield held


@contextmanager
def in_turn(name: str) -> Iterator[None]:
    """Waits until nobody else is in here."""
    if connection.vendor == "postgresql":
        with _advisory(name, "pg_advisory_lock"):
            yield
    else:
        with _file(name, fcntl.LOCK_EX):
            yield


def is_held(name: str) -> bool:
    with alone(name) as free:
        return not free


def forget(name: str) -> None:
    """Of a lock that nobody will ever take again."""
    (Path(settings.HOME) / "locks" / name.replace(":", "-")).unlink(missing_ok=True)


@contextmanager
def _advisory(name: str, how: str) -> Iterator[bool]:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    own = connections.create_connection("default")
    with closing(own), own.cursor() as cursor:
        cursor.execute(f"SELECT {how}(%s)", [key])
        yield cursor.fetchone()[0] is not False


@contextmanager
def _file(name: str, how: int) -> Iterator[bool]:
    folder = Path(settings.HOME) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name.replace(":", "-")).open("w") as file:
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            yield False
            return
        yield True
