"""What offices have to do by a day, as the programme lays down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from donbay.domain.programmes import Task
from donbay.web.look.titles import Titles


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with its owner and its day. Whether it was done is not said in a pack."""

    titles: Titles
    task: Task

    @property
    def title(self) -> str:
        return self.task.title.in_(self.titles.words.language, self.task.id)

    @property
    def owner(self) -> str:
        return self.titles.authority(self.task.owner)

    @property
    def objective(self) -> str:
        return self.titles.objective(self.task.objective)

    @property
    def over(self) -> bool:
        return self.task.is_over(self.titles.days.on)


def tasks_of(
    titles: Titles, objectives: Collection[str] | None = None
) -> list[TaskLine]:
    """Of a programme, or of some of its objectives; the next to end comes first."""
    found = [
        TaskLine(titles, task)
        for task in titles.pack.programme.tasks
        if objectives is None or task.objective in objectives
    ]
    return sorted(found, key=lambda one: (one.task.deadline or date.max, one.title))
