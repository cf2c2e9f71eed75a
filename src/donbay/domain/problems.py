"""What is wrong with an input: where, what, and what was expected instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing refused. `code` and `parameters` are put in words by the catalogues.

    `line` is 1-based; `column` is the column's name in a table, the path in YAML.
    """

    code: str
    file: str
    line: int | None = None
    column: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """Raised once with all problems of an input; nothing was half-done."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")
