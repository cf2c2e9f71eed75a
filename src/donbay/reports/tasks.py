"""What offices have to do by a day, as the programme lays down."""

from __future__ import annotations

from datetime import date

from donbay.domain.programmes import Task
from donbay.domain.verdicts import Status
from donbay.reports.model import Cell, Column, Paragraph, Section, Table
from donbay.reports.telling import Teller


def tasks(teller: Teller) -> Section:
    """Empty where the programme names none."""
    title = teller.say("printed.tasks")
    found = teller.matter.programme.tasks
    if not found:
        return Section(title, ())
    named = teller.names.task
    ordered = sorted(found, key=lambda one: (one.deadline or date.max, named(one)))
    number = teller.words.number
    over = sum(_state(teller, one) == "over" for one in found)
    told = teller.tell("tasks", count=number(len(found)), over=number(over))
    return Section(title, (Paragraph(told), _listed(teller, ordered)))


def _state(teller: Teller, task: Task) -> str:
    """By the calendar alone: nobody reports whether a task was done."""
    if task.deadline is None:
        return "open"
    return "over" if task.is_over(teller.matter.days.on) else "running"


def _listed(teller: Teller, some: list[Task]) -> Table:
    say = teller.say
    return Table(
        say("printed.tasks"),
        (
            Column(say("printed.task"), 4),
            Column(say("printed.owner"), 2),
            Column(say("heading.deadline"), 1.2),
            Column(say("printed.task_state"), 1.4),
            Column(say("printed.task_targets"), 1.8),
        ),
        tuple(_task(teller, one) for one in some),
        say("printed.tasks_note"),
    )


def _task(teller: Teller, task: Task) -> tuple[Cell, ...]:
    names = teller.names
    return (
        names.task(task),
        names.authority(task.owner),
        teller.words.day(task.deadline) if task.deadline else "",
        teller.say(f"task_state.{_state(teller, task)}"),
        _served(teller, task),
    )


def _served(teller: Teller, task: Task) -> str:
    """How many targets of its objective are achieved; empty where it serves none."""
    targets = teller.names.targets
    statuses = [
        row.status
        for row in teller.matter.targets
        if task.objective
        and row.target in targets
        and targets[row.target].objective == task.objective
    ]
    if not statuses:
        return ""
    number = teller.words.number
    return teller.say(
        "printed.achieved_of",
        achieved=number(statuses.count(Status.ACHIEVED)),
        total=number(len(statuses)),
    )
