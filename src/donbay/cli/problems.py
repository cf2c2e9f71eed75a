"""What was refused, grouped so that it can be mended; or all of it for machines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from donbay.cli.output import write_json
from donbay.cli.screen import Screen
from donbay.domain.problems import Problem
from donbay.tables import Group, grouped
from donbay.texts import Wording

FEW = 3


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
    for group in grouped(problems):
        _show_group(group, screen, words)
    screen.line(words.say("cli.nothing_done"))
    if file is None and len(problems) > FEW:
        screen.line(words.say("cli.all_problems"), "dim")


def show_notes(problems: Sequence[Problem], words: Wording) -> None:
    """What was left out of what was done, in groups."""
    if not problems:
        return
    screen = Screen(sys.stderr)
    screen.line(words.say("cli.left_out", count=words.number(len(problems))), "bold")
    for group in grouped(problems):
        _show_group(group, screen, words)


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


def _show_group(group: Group, screen: Screen, words: Wording) -> None:
    place = group.file if group.column is None else f"{group.file} · {group.column}"
    if group.count == 1:
        (only,) = group.examples
        screen.line(f"  {place}{_line(only, words)}: {_message(only, words)}")
        return
    count = words.say("cli.times", count=words.number(group.count))
    screen.line(f"  {place}: {count}{_lines(group, words)}")
    for example in group.examples:
        line = _line(example, words).removeprefix(", ")
        where = f" ({line})" if line else ""
        screen.line(f"      {_message(example, words)}{where}")


def _message(problem: Problem, words: Wording) -> str:
    return words.say(problem.code, **problem.parameters)


def _line(problem: Problem, words: Wording) -> str:
    if problem.line is None:
        return ""
    return ", " + words.say("cli.line", line=problem.line)


def _lines(group: Group, words: Wording) -> str:
    if not group.lines:
        return ""
    named = ", ".join(
        str(r.start) if len(r) == 1 else f"{r.start}-{r.stop - 1}" for r in group.lines
    )
    more = words.say("cli.and_more", count=words.number(group.more))
    return f" ({words.say('cli.lines', lines=named)}{f' {more}' if group.more else ''})"
