"""What was refused, grouped so that it can be mended; or the whole list for machines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from donbay.cli.output import write_json
from donbay.cli.screen import Screen
from donbay.domain.problems import Problem
from donbay.texts import Wording

EXAMPLES = 3
LINES = 12


def show_problems(
    problems: Sequence[Problem], options: Namespace, words: Wording
) -> None:
    """Groups to standard error; JSON to standard output if that was asked for."""
    file: Path | None = getattr(options, "problems", None)
    machine = getattr(options, "format", None) == "json"
    if file is not None:
        write_json(file, listed(problems, words))
    if machine:
        write_json(None, listed(problems, words))
        return
    screen = Screen(sys.stderr)
    screen.line(words.say("cli.refused", count=words.number(len(problems))), "bold red")
    for group in _groups(problems):
        _show_group(group, screen, words)
    screen.line(words.say("cli.nothing_done"))
    if file is None and len(problems) > EXAMPLES:
        screen.line(words.say("cli.all_problems"), "dim")


def listed(problems: Iterable[Problem], words: Wording) -> dict[str, object]:
    """Every problem, with its code for machines and its words for people."""
    return {
        "problems": [
            {
                "code": p.code,
                "file": p.file,
                "line": p.line,
                "column": p.column,
                "parameters": dict(p.parameters),
                "message": words.say(p.code, **p.parameters),
            }
            for p in problems
        ]
    }


def _groups(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Same file, same column, same kind; the largest groups first."""

    def kind(problem: Problem) -> tuple[str, str, str]:
        return problem.file, problem.column or "", problem.code

    groups = [list(some) for _, some in groupby(sorted(problems, key=kind), key=kind)]
    return sorted(groups, key=lambda g: (g[0].file, -len(g)))


def _show_group(group: Sequence[Problem], screen: Screen, words: Wording) -> None:
    first = group[0]
    place = first.file if first.column is None else f"{first.file} · {first.column}"
    if len(group) == 1:
        screen.line(f"  {place}{_line(first, words)}: {_message(first, words)}")
        return
    count = words.number(len(group))
    screen.line(f"  {place}: {words.say('cli.times', count=count)}")
    messages: dict[str, list[Problem]] = {}
    for problem in group:
        messages.setdefault(_message(problem, words), []).append(problem)
    for message, same in list(messages.items())[:EXAMPLES]:
        screen.line(f"      {message}{_lines(same, words)}")
    if len(messages) > EXAMPLES:
        more = words.number(len(messages) - EXAMPLES)
        screen.line(f"      {words.say('cli.and_more', count=more)}")


def _message(problem: Problem, words: Wording) -> str:
    return words.say(problem.code, **problem.parameters)


def _line(problem: Problem, words: Wording) -> str:
    if problem.line is None:
        return ""
    return ", " + words.say("cli.line", line=problem.line)


def _lines(problems: Sequence[Problem], words: Wording) -> str:
    numbers = [str(p.line) for p in problems if p.line is not None]
    if not numbers:
        return ""
    shown = ", ".join(numbers[:LINES]) + (", ..." if len(numbers) > LINES else "")
    return f" ({words.say('cli.lines', lines=shown)})"
