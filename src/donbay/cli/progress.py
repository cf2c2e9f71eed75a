"""A bar on standard error for work that takes longer than two seconds."""

from __future__ import annotations

import sys
from threading import Timer
from types import TracebackType
from typing import Self

from donbay.texts import Wording

PATIENCE = 2.0


class Stages:
    """Names each stage of some work; shows nothing if all of it is quick."""

    def __init__(self, words: Wording, total: int) -> None:
        self.words, self.total, self.done = words, total, 0
        self._name = ""
        self._timer = Timer(PATIENCE, self._show)
        self._bar: object | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._bar is not None:
            self._bar.stop()  # type: ignore[attr-defined]

    def stage(self, code: str) -> None:
        """Begin the stage named by this code; the one before is done."""
        self.done += bool(self._name)
        self._name = self.words.say(code)
        if self._bar is not None:
            self._bar.update(0, completed=self.done, description=self._name)  # type: ignore[attr-defined]

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415 -- only if the work is long
        from rich.progress import Progress  # noqa: PLC0415 -- as above

        bar = Progress(console=Console(file=sys.stderr), transient=True)
        bar.add_task(self._name, total=self.total, completed=self.done)
        bar.start()
        self._bar = bar
