"""Collects what is wrong with a file, without an object per row until the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from donbay.domain.problems import Problem

PREFIX = "tables."
LISTED = 100_000  # problems of one file that are listed; the rest is counted

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one text, wherever it stands."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def fault(code: str, **parameters: object) -> Fault:
    return Fault(code, {name: str(value) for name, value in parameters.items()})


class Findings:
    """The problems of one file, in the order of its lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self._batches: list[tuple[Fault, str | None, Ints | None]] = []

    def __bool__(self) -> bool:
        return self.count > 0

    def add(
        self, found: Fault, column: str | None = None, line: int | None = None
    ) -> None:
        lines = None if line is None else np.array([line])
        self.at(found, column, lines)

    def at(self, found: Fault, column: str | None, lines: Ints | None) -> None:
        """The same fault in one column of many lines; None: of the file as a whole."""
        room = LISTED - self.count
        self.count += 1 if lines is None else len(lines)
        if lines is not None:
            lines = lines[: max(room, 0)]
            if not len(lines):
                return
        self._batches.append((found, column, lines))

    def problems(self) -> tuple[Problem, ...]:
        found = sorted(self._listed(), key=lambda problem: problem.line or 0)
        if self.count > len(found):
            rest = fault("more", count=self.count - len(found))
            found.append(self._problem(rest, None, None))
        return tuple(found)

    def _listed(self) -> Iterator[Problem]:
        for found, column, lines in self._batches:
            if lines is None:
                yield self._problem(found, column, None)
            else:
                for line in lines.tolist():
                    yield self._problem(found, column, line)

    def _problem(self, found: Fault, column: str | None, line: int | None) -> Problem:
        code = PREFIX + found.code
        return Problem(code, self.file, line, column, found.parameters)


def listed(findings: Iterable[Findings]) -> tuple[Problem, ...]:
    return tuple(problem for some in findings for problem in some.problems())
