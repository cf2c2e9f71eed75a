"""Problems for people: those of one kind in one column together, with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from donbay.domain.problems import Problem

EXAMPLES = 3
RANGES = 8  # of lines named in one group


@dataclass(frozen=True, slots=True)
class Group:
    """`lines` are the first of them as ranges, `more` how many lines follow these."""

    code: str
    file: str
    column: str | None
    count: int
    lines: tuple[range, ...]
    more: int
    examples: tuple[Problem, ...]


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """What concerns a whole file first, then the largest groups of each file."""
    found: dict[tuple[str, str, str | None], list[Problem]] = {}
    files: dict[str, int] = {}
    for problem in problems:
        files.setdefault(problem.file, len(files))
        key = problem.file, problem.code, problem.column
        found.setdefault(key, []).append(problem)
    groups = [_group(some) for some in found.values()]
    return sorted(
        groups, key=lambda g: (files[g.file], bool(g.lines), -g.count, g.code)
    )


def _group(some: list[Problem]) -> Group:
    ranges = list(_ranges(sorted({p.line for p in some if p.line is not None})))
    named, rest = ranges[:RANGES], ranges[RANGES:]
    first = some[0]
    return Group(
        first.code,
        first.file,
        first.column,
        len(some),
        tuple(named),
        sum(len(lines) for lines in rest),
        tuple(_examples(some)),
    )


def _ranges(lines: Iterable[int]) -> Iterator[range]:
    """Lines in order, those that follow each other as one range."""
    start = end = None
    for line in lines:
        if start is None or end is None:
            start = line
        elif line != end:
            yield range(start, end)
            start = line
        end = line + 1
    if start is not None and end is not None:
        yield range(start, end)


def _examples(some: list[Problem]) -> list[Problem]:
    """The first few that differ in what they say."""
    different: dict[tuple[tuple[str, str], ...], Problem] = {}
    for problem in some:
        different.setdefault(tuple(problem.parameters.items()), problem)
        if len(different) == EXAMPLES:
            break
    return list(different.values())
