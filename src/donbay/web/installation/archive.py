"""A backup: one file with every row, every stored file and every pack, and their sums.

    manifest.json        version, day, steps of the tables, a SHA-256 of each member
    tables/<table>.jsonl one row a line, in the order of the database's own keys
    files/..., packs/... as they lie in the home

It says nothing of the kind of database, so that an installation can move from SQLite
to PostgreSQL. The secret of the home stays out: a backup may be kept by others, and a
new home makes its own, so that everybody signs in anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from donbay.web.installation.rows import dump_table, tables

FORMAT = 1
MANIFEST = "manifest.json"
FOLDERS = ("files", "packs")
CHUNK = 1 << 20


@dataclass(frozen=True)
class Written:
    """What a backup holds."""

    rows: int
    files: int
    size: int


class _Sums:
    """A tar being written, with the SHA-256 of each member."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.sums: dict[str, str] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        info.mtime = int(datetime.now(UTC).timestamp())
        digest = hashlib.sha256()
        self.tar.addfile(info, _Reading(file, digest))
        self.sums[name] = digest.hexdigest()


class _Reading:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes], digest: hashlib._Hash) -> None:
        self.file, self.digest = file, digest

    def read(self, size: int = -1) -> bytes:
        found = self.file.read(size)
        self.digest.update(found)
        return found


def write_backup(path: Path) -> Written:
    """Everything as it is at one moment; the file appears only when it is complete."""
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    half = Path(name)
    try:
        with (
            os.fdopen(handle, "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar,
        ):
            rows, files = _write(_Sums(tar))
        with half.open("rb") as whole:
            os.fsync(whole.fileno())
        size = half.stat().st_size
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return Written(rows, files, size)


def _write(out: _Sums) -> tuple[int, int]:
    rows = 0
    with _one_moment(), tempfile.TemporaryDirectory() as folder:
        for table in tables():
            at = Path(folder) / "rows"
            rows += dump_table(table, at)
            with at.open("rb") as file:
                out.add(f"tables/{table}.jsonl", file, at.stat().st_size)
        steps = steps_taken()
    # Stored files are never changed, and written before the row that names them: those
    # of now hold those of the moment of the rows.
    files = 0
    for name, path in _stored():
        with path.open("rb") as file:
            out.add(name, file, path.stat().st_size)
        files += 1
    _write_manifest(out, steps)
    return rows, files


def _write_manifest(out: _Sums, steps: list[str]) -> None:
    about = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "steps": steps,
        "sha256": dict(out.sums),
    }
    text = json.dumps(about, indent=1).encode()
    out.add(MANIFEST, io.BytesIO(text), len(text))


def _stored() -> Iterator[tuple[str, Path]]:
    home = Path(settings.HOME)
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("incoming-"):
                yield str(path.relative_to(home)), path


def steps_taken() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted(f"{app}.{name}" for app, name in cursor.fetchall())


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads see the database as it is now, whoever writes meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    connection.ensure_connection()
    connection.cursor().execute("BEGIN DEFERRED")  # readers stop nobody in WAL mode
    try:
        yield
    finally:
        connection.cursor().execute("ROLLBACK")
