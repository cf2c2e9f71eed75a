"""What the benchmark asks of an engine, and which engines there are."""

import importlib
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from benchmarks.case import Case
from benchmarks.results import Results


class Engine(ABC):
    """One way to evaluate a case; made once per process."""

    stages: dict[str, float]

    @abstractmethod
    def load(self, log: Path) -> None:
        """Take the whole log into memory as integer codes; not part of warm time."""

    @abstractmethod
    def roll_up(self) -> None:
        """From the log in memory to every value on the map judged."""

    @abstractmethod
    def verdicts(self) -> None:
        """From the values to every target and level; may be called again."""

    @abstractmethod
    def results(self) -> Results:
        """What was found, for the comparison; never timed."""

    def evaluate(self) -> None:
        """From the log in memory to every value, target and level."""
        self.clear()
        self.stages = {}
        for stage in (self.roll_up, self.verdicts):
            start = time.perf_counter()
            stage()
            self.stages[stage.__name__] = time.perf_counter() - start

    def stream(self, log: Path) -> None:
        """From the file to every value, target and level."""
        self.load(log)
        self.evaluate()

    def clear(self) -> None:  # noqa: B027 - most have nothing to forget
        """Forget what was found, where keeping it would cost the next run."""

    def write(self, folder: Path) -> int:  # noqa: ARG002 - for those who offer it
        """Write the rows as files; gives how many, 0 where this is not offered."""
        return 0


ENGINES = {
    "ours": "benchmarks.ours:Ours",
    "duckdb": "benchmarks.rivals.duckdb_wide:DuckDB",
    "polars": "benchmarks.rivals.polars_wide:Polars",
    "pandas": "benchmarks.rivals.pandas_long:Pandas",
}


def make(name: str, case: Case) -> Engine:
    module, _, attribute = ENGINES[name].partition(":")
    build: Callable[[Case], Engine] = getattr(
        importlib.import_module(module), attribute
    )
    return build(case)
