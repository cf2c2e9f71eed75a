"""A running site: `donbay serve` in a process of its own, that can be killed."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.web.databases import environment, run_python

PATIENCE = 60.0


@dataclass(frozen=True)
class Page:
    """An answer, with the cookies that it sets."""

    status: int
    text: str
    cookies: str


@dataclass
class Server:
    """One installation and, while it runs, the process that serves it."""

    home: Path
    database: str
    verb: str = "serve"
    more: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")

    def run_python(self, code: str) -> str:
        """Code on this installation, in another process; returns what it prints."""
        return run_python(self.database, self.home, code)

    def run_python_at(self, home: Path, code: str) -> str:
        """The same for an installation that chose its own home."""
        return run_python(self.database, home, code)

    def start(self) -> Server:
        """Begin, on the port of the last time; returns when it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        begun = (self.home / "log").stat().st_size if self._has_log() else 0
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "donbay", self.verb),
                    *("--port", str(self.port), *self.options),
                ],
                env=environment(self.database, self.home) | self.more,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._await(begun)
        return self

    def _has_log(self) -> bool:
        return (self.home / "log").is_file()

    def _await(self, begun: int) -> None:
        assert self.process is not None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            said = self.log.encode()[begun:].decode(errors="replace")
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", said):
                self.port = int(found[1])
                return
            time.sleep(0.05)
        raise AssertionError(self.log)

    def kill(self) -> None:
        """As a power cut would: nothing is asked, nothing is tidied."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an administrator would."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            if self.process.poll() is None:
                os.kill(self.process.pid, how)
            self.process.wait(PATIENCE)
            self.process = None

    def get(self, path: str) -> tuple[int, str]:
        found = self.get_page(path)
        return found.status, found.text

    def get_page(self, path: str, cookies: str = "") -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Cookie": cookies})
            answer = connection.getresponse()
            given = answer.headers.get_all("Set-Cookie") or []
            set_cookies = "; ".join(one.split(";")[0] for one in given)
            return Page(answer.status, answer.read().decode(), set_cookies)
        finally:
            connection.close()
