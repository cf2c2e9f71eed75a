"""What needs attention, in the reader's words: a kind of line for each list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from donbay.domain.programmes import TaskMilestone
from donbay.domain.verdicts import Days, Status
from donbay.texts.reporting import field_title
from donbay.web.acts import queries as acts
from donbay.web.acts.models import Act
from donbay.web.desk.acts import Line
from donbay.web.desk.forms_shown import title_of
from donbay.web.look.boards import each
from donbay.web.look.lines import TargetLine
from donbay.web.look.rules import Rule, rules
from donbay.web.look.tasks import TaskLine, tasks_of
from donbay.web.look.titles import Titles, titles
from donbay.web.offices.models import User
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation
from donbay.web.submissions import permissions, queries

SOON = timedelta(days=90)  # before the day of a task
RENEWED = timedelta(days=180)  # before the end of a decision, which takes longer
YEAR = timedelta(days=366)  # after which what has lapsed is history
BEHIND = (Status.OFF_TRACK, Status.MISSED, Status.AT_RISK)
UNSENT = frozenset({"not_started", "draft"})  # only its place opens such a report


@dataclass(frozen=True)
class Watch:
    """What one person answers for in one programme today, read as it is asked for."""

    user: User
    programme: Programme
    units: frozenset[str]
    on: date
    told: dict[str, queries.Answering] = field(default_factory=dict)

    @cached_property
    def titles(self) -> Titles:
        return titles(self.programme, Days(self.on, self.on))

    @cached_property
    def evaluation(self) -> Evaluation | None:
        """None where nothing was judged yet."""
        found = results.live(self.programme)
        if found is None or found.state != Evaluation.State.READY:
            return None
        found.programme = self.programme
        return found

    @cached_property
    def late(self) -> list[LateLine] | None:
        found = queries.overdue(self.programme, self.units, self.on)
        if found is None:
            return None
        lines = [LateLine(self, one.cell.unit, one) for one in found]
        self._ask_for(lines)
        return lines

    @cached_property
    def returned(self) -> list[ReturnedLine]:
        found = queries.sent_back(self.programme, self.units)
        lines = [ReturnedLine(self, one.submission.unit_id, one) for one in found]
        self._ask_for(lines)
        return lines

    @cached_property
    def targets(self) -> list[TargetLine] | None:
        """Those behind; the places at the top first, of each the worst first."""
        if self.evaluation is None:
            return None
        rows = results.targets(self.evaluation, units=self.units, statuses=BEHIND)
        named = titles(self.programme, results.days_of(self.evaluation))
        rank = {x: n for n, x in enumerate(named.pack.programme.level_ids)}
        return sorted(
            each(named, rows),
            key=lambda x: (rank.get(x.level, len(rank)), x.order, x.title, x.place),
        )

    @cached_property
    def tasks(self) -> list[DueLine] | None:
        """None where the programme lays down no task."""
        found = [one for x in tasks_of(self.titles) for one in _due(x, self.on)]
        return sorted(found, key=lambda one: one.day or date.max) or None

    @cached_property
    def acts(self) -> list[EndingLine]:
        since, until = self.on - YEAR, self.on + RENEWED
        rows = acts.lapsing(self.programme, self.on, since, until)
        here = [row for row in rows if row.unit_id in self.units]
        lines = [EndingLine(self, row.unit_id, row) for row in here]
        self._ask_for(lines)
        return lines

    @cached_property
    def places(self) -> list[PlaceLine]:
        """Those of which anything needs attention, the most first."""
        counts: dict[str, Counter[str]] = {}
        for unit, code in self._each():
            counts.setdefault(unit, Counter())[code] += 1
        lines = [PlaceLine(self, unit, some) for unit, some in counts.items()]
        lines.sort(key=lambda one: (-one.total, one.place))
        self._ask_for(lines)
        return lines

    def _each(self) -> Iterator[tuple[str, str]]:
        """A place and what of it needs attention."""
        for line in self.late or ():
            yield line.unit, "late"
        for back in self.returned:
            yield back.unit, "returned"
        for target in self.targets or ():
            yield target.unit, target.status
        for act in self.acts:
            yield act.unit, act.state

    def _ask_for(self, lines: Sequence[Here]) -> None:
        """At once, who answers for the places of all these lines."""
        new = {one.unit for one in lines} - self.told.keys()
        self.told.update(queries.answering(self.programme.pk, new, self.on))

    def reads(self, unit: str) -> bool:
        """Whether the person opens the reports of a place once they were sent."""
        kinds, programme = permissions.READS, self.programme.pk
        return bool(permissions.roles_at(self.user, kinds, programme, unit, self.on))


# --- lines -------------------------------------------------------------------------


@dataclass(frozen=True)
class Here:
    """A line about one place."""

    watch: Watch
    unit: str

    @property
    def place(self) -> str:
        return self.watch.titles.place(self.unit)

    @cached_property
    def parent(self) -> str:
        """What it lies in today, or lay in last."""
        named, on = self.watch.titles, self.watch.on
        found = named.ground.get(self.unit) or named.territory.ended(self.unit, on)
        return (found.parent or "") if found else ""

    @property
    def parent_name(self) -> str:
        return self.watch.titles.place(self.parent) if self.parent else ""

    @property
    def answering(self) -> queries.Answering:
        return self.watch.told.get(self.unit, queries.Answering())

    @property
    def offices(self) -> str:
        return "; ".join(office.name for office in self.answering.offices)

    @property
    def leaders(self) -> str:
        some = (office.leader for office in self.answering.offices)
        return "; ".join(str(leader) for leader in some if leader)

    @property
    def people(self) -> str:
        return "; ".join(str(user) for user in self.answering.people)

    @property
    def text(self) -> str:
        """What is searched."""
        return f"{self.place} {self.offices} {self.leaders} {self.people}"


@dataclass(frozen=True)
class ReportLine(Here, ABC):
    """A line about the report of one place for one round."""

    @property
    @abstractmethod
    def round(self) -> Round: ...

    @property
    def form(self) -> str:
        return title_of(self.round)

    @property
    def matrix(self) -> str:
        """The place's line in the matrix of the period, where more time is given."""
        round = self.round
        page = reverse("desk:matrix", args=[round.programme_id, round.pk])
        return f"{page}?{urlencode({'q': self.place})}"


@dataclass(frozen=True)
class LateLine(ReportLine):
    """A report whose day has passed, and that has not come."""

    found: queries.Overdue

    @property
    def round(self) -> Round:
        return self.found.cell.round

    @property
    def state(self) -> str:
        return self.found.cell.state

    @property
    def due(self) -> date:
        return self.found.cell.days.last_due

    @property
    def days(self) -> int:
        return (self.watch.on - self.due).days

    @property
    def until(self) -> date | None:
        """The last day on which it may still come; None where it may no more."""
        days = self.found.cell.days
        if not days.takes(self.watch.on):
            return None
        return max(days.closes, days.extended or days.closes)

    @property
    def address(self) -> str:
        if self.state in UNSENT or not self.watch.reads(self.unit):
            return self.matrix
        return reverse("desk:report", args=[self.found.cell.submission])


@dataclass(frozen=True)
class ReturnedLine(ReportLine):
    """A report that was sent back and has not come again."""

    found: queries.SentBack

    @property
    def round(self) -> Round:
        return self.found.submission.round

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        """Of each figure: what it is called, why it was sent back, and by whom."""
        promise = programmes.promise_of(self.round)
        fields = {one.id: one for one in self.found.form.fields}
        words, found = self.watch.titles.words, []
        for one in self.found.reasons:
            asked = fields.get(one.field)
            whole = promise.indicators.get(asked.indicator or "") if asked else None
            title = field_title(words, asked, whole) if asked else one.field
            found.append((title, one.reason, str(one.by)))
        return found

    @property
    def address(self) -> str:
        if not self.watch.reads(self.unit):
            return self.matrix
        return reverse("desk:report", args=[self.found.submission.pk])


@dataclass(frozen=True, slots=True)
class DueLine:
    """A task, or one dated step of it. Whether it was done is not said in a pack."""

    line: TaskLine
    step: TaskMilestone | None
    on: date

    @property
    def day(self) -> date | None:
        return self.step.due if self.step else self.line.task.deadline

    @property
    def state(self) -> str:
        if self.day is None:
            return "no_day"
        if self.day < self.on:
            return "passed"
        return "soon" if self.day <= self.on + SOON else "later"

    @property
    def anchor(self) -> str:
        steps = self.line.task.milestones
        number = f"-{steps.index(self.step) + 1}" if self.step else ""
        return f"{self.line.task.id}{number}"

    @property
    def step_title(self) -> str:
        named = self.line.titles.words.language
        return self.step.title.in_(named) if self.step else ""

    @property
    def rules(self) -> list[Rule]:
        return rules(self.line.titles, [self.line.task.source])

    @property
    def text(self) -> str:
        return f"{self.line.title} {self.step_title} {self.line.owner}"


def _due(line: TaskLine, on: date) -> Iterator[DueLine]:
    yield DueLine(line, None, on)
    for step in line.task.milestones:
        yield DueLine(line, step, on)


@dataclass(frozen=True)
class EndingLine(Here):
    """A decision that ends soon or has ended, and that no other came after."""

    act: Act

    @property
    def said(self) -> Line:
        return Line(self.watch.titles, self.act, self.watch.on)

    @property
    def state(self) -> str:
        return "lapsed" if self.act.end and self.act.end < self.watch.on else "ending"

    @property
    def text(self) -> str:
        said = f"{self.said.says} {self.act.number}"
        return f"{self.place} {self.offices} {self.leaders} {said}"


@dataclass(frozen=True)
class PlaceLine(Here):
    """A place with how much of it needs attention."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())
