"""A PostgreSQL of the benchmark's own, which writes to its disk as in earnest."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.web.databases import Postgres

MEMORY = "-c shared_buffers=1GB -c effective_cache_size=8GB -c max_wal_size=8GB"


@dataclass(frozen=True)
class Cluster(Postgres):
    """As the tests' own, but kept between runs, and safe against a power cut."""

    def start(self) -> None:
        new = not (self.folder / "data").is_dir()
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(self.folder, "nobody")
        data = str(self.folder / "data")
        if new:
            words = ("-U", "donbay", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
            self._run("initdb", "-D", data, *words)
        settings = f"-k {self.folder} -h '' -c max_connections=100 {MEMORY}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "-w", "-s", "-D", data, "-l", log, "-o", settings)
        if new:
            self.create("donbay")

    def stop(self) -> None:
        data = str(self.folder / "data")
        self._run("pg_ctl", "stop", "-s", "-m", "fast", "-D", data)


def size_mb(folder: Path) -> int:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) >> 20
