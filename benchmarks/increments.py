"""One commune sends 60 values: the time until every verdict above it is current."""

import time
from abc import abstractmethod
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from benchmarks import engines
from benchmarks.case import Case
from benchmarks.engines import Engine
from benchmarks.results import Results
from benchmarks.spec import FIRST_ON_NEW_MAP, PERIODS, SEED, Floats, Ints

VALUES, UNTIMED = 60, 50
ROUNDS = 4  # a machine has good and bad seconds: other modes run several times too


@dataclass(frozen=True, slots=True)
class Submission:
    """Values of one source (position in case.source_ids) for one quarter."""

    source: int
    period: int
    series: Ints
    values: Floats


class Incremental(Engine):
    """An engine that also keeps results current, submission by submission.

    After `load` and `evaluate`, each `submit` leaves every value, target and level
    as a full run would; `full` is that run, on the log with the submissions behind it.
    """

    def follow(self) -> None:
        """Make ready for submissions after `load`; by default a full run."""
        self.evaluate()

    @abstractmethod
    def submit(self, submission: Submission) -> None: ...

    @abstractmethod
    def full(self, submissions: list[Submission]) -> Results: ...


def draw(case: Case, count: int) -> list[Submission]:
    """Half are new figures of the last quarters, half correct the years before."""
    rng = np.random.default_rng(SEED + 6)
    made = []
    for n in range(count):
        late = n % 2 == 0
        first, stop = (
            (FIRST_ON_NEW_MAP, len(PERIODS)) if late else (0, FIRST_ON_NEW_MAP)
        )
        old, everyone = case.old_communes, len(case.source_ids)
        source = rng.integers(old, everyone) if late else rng.integers(0, old)
        series = np.sort(rng.choice(len(case.series_ids), VALUES, replace=False))
        values = np.round(rng.uniform(0, 100, VALUES), 1)
        made.append(
            Submission(int(source), int(rng.integers(first, stop)), series, values)
        )
    return made


def measure(case: Case, log: Path, count: int) -> dict[str, object]:
    """Times of `count` submissions, round after round: each has its own quantiles."""
    engine = engines.make("ours", case)
    assert isinstance(engine, Incremental), "ours does not offer submissions"
    engine.load(log)
    engine.follow()
    submissions = draw(case, ROUNDS * count + UNTIMED)
    seconds = np.array([_timed(engine, one) for one in submissions])[UNTIMED:]
    rounds = seconds.reshape(ROUNDS, count)
    after, full = engine.results(), engine.full(submissions)
    different = [
        item.name
        for item in fields(Results)
        if getattr(after, item.name).tobytes() != getattr(full, item.name).tobytes()
    ]
    return {
        "submissions": count,
        "p50": np.quantile(rounds, 0.5, axis=1).tolist(),
        "p99": np.quantile(rounds, 0.99, axis=1).tolist(),
        "worst": float(seconds.max()),
        "different": different,
    }


def _timed(engine: Incremental, submission: Submission) -> float:
    start = time.perf_counter()
    engine.submit(submission)
    return time.perf_counter() - start
