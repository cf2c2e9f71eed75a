"""The databases of the tests: a migrated SQLite file that is copied, and PostgreSQL.

PostgreSQL is started by the tests, in a folder of theirs, over a socket only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
MISSING = (
    "PostgreSQL is missing, on which these tests run. "
    "Get it with: sudo apt install postgresql"
)


def environment(database: str, home: Path) -> dict[str, str]:
    """Of a process that has an installation of its own."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "donbay.web.settings",
        "DONBAY_DATABASE": database,
        "DONBAY_HOME": str(home),
        "DONBAY_LANG": "en",
        "PYTHONPATH": str(SOURCE),
    }


def manage(database: str, home: Path, *words: str) -> str:
    """Run one of Django's own commands in a process of its own."""
    return _run(database, home, "-m", "django", *words)


def run_python(database: str, home: Path, code: str) -> str:
    """Run code on an installation in a process of its own; returns what it prints."""
    return _run(database, home, "-c", f"import django; django.setup()\n{code}")


def _run(database: str, home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        env=environment(database, home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def schema_hash() -> str:
    """Of everything from which the tables are made."""
    hashed = hashlib.sha256()
    migrations = sorted((SOURCE / "donbay" / "web").glob("*/migrations/*.py"))
    locked = SOURCE.parent / "requirements" / "run.txt"
    for path in (*migrations, locked, Path(__file__)):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


def migrated_sqlite(kept: Path) -> Path:
    """A file with all tables and no rows, made once and kept between runs."""
    template = kept / f"{schema_hash()}.sqlite3"
    if not template.is_file():
        for old in kept.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        new = kept / f"{os.getpid()}.new"
        manage(f"sqlite:///{new}", kept / f"home-{os.getpid()}", "migrate")
        with closing(sqlite3.connect(new)) as made:
            made.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        new.replace(template)
        shutil.rmtree(kept / f"home-{os.getpid()}")
    return template


def _program(name: str) -> str:
    found = shutil.which(name)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if found is None and not places:
        raise AssertionError(MISSING)
    # Debian's wrapper on the path, if any, is for its own clusters.
    return str(places[-1]) if places else str(found)


@dataclass(frozen=True)
class Postgres:
    """A cluster in a folder, reached by a socket in it."""

    folder: Path

    def address(self, name: str = "donbay") -> str:
        return f"postgresql://donbay@/{name}?host={self.folder}"

    def start(self) -> None:
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(self.folder, "nobody")
            for above in (self.folder.parent, self.folder.parent.parent):
                above.chmod(above.stat().st_mode | 0o011)
        data = str(self.folder / "data")
        self._run(
            "initdb",
            "-D",
            data,
            "-U",
            "donbay",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )  # fmt: skip -- an option and its value
        settings = (
            f"-k {self.folder} -h '' -c fsync=off -c max_connections=200 "
            "-c shared_buffers=64MB -c log_min_duration_statement=-1"
        )
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "-w", "-s", "-D", data, "-l", log, "-o", settings)

    def stop(self) -> None:
        data = str(self.folder / "data")
        self._run("pg_ctl", "stop", "-s", "-m", "immediate", "-D", data)

    def create(self, name: str, like: str | None = None) -> str:
        """A new database, empty or as another one; returns its address."""
        template = f" TEMPLATE {like}" if like else ""
        self._say(f"CREATE DATABASE {name}{template}")
        return self.address(name)

    def drop(self, name: str) -> None:
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        who = ["-h", str(self.folder), "-U", "donbay", "-d", "postgres"]
        self._run("psql", *who, "-qXc", statement)

    def migrated(self, home: Path) -> str:
        """The name of a database with all tables and no rows."""
        name = "migrated"
        manage(self.create(name), home, "migrate")
        return name

    def schema(self, name: str) -> list[str]:
        """Every line of the schema, in no order."""
        dump = self.folder / f"{name}.sql"
        self._run(
            "pg_dump",
            "-h",
            str(self.folder),
            "-U",
            "donbay",
            "-s",
            "-f",
            str(dump),
            name,
        )  # fmt: skip -- as above
        lines = dump.read_text(encoding="utf-8").splitlines()
        return sorted(
            line.strip().rstrip(",") for line in lines if "restrict" not in line
        )

    def _run(self, program: str, *words: str) -> None:
        unprivileged: Mapping[str, str] = (
            {"user": "nobody"} if os.geteuid() == 0 else {}
        )
        with (self.folder / "said").open("ab") as said:
            done = subprocess.run(
                [_program(program), *words],
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                **unprivileged,  # type: ignore[call-overload]  # user= where it is given
            )
        assert done.returncode == 0, (self.folder / "said").read_text(encoding="utf-8")
