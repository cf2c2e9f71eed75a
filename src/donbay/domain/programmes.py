"""A programme whole: what a pack says, as objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from donbay.domain.calls import Call
from donbay.domain.criteria import CriteriaSet
from donbay.domain.forms import Form
from donbay.domain.indicators import Indicator, Texts
from donbay.domain.sources import Document, Source
from donbay.domain.targets import Target


@dataclass(frozen=True, slots=True)
class UnitLevel:
    """A level of the tree; `end` is its last day where the level was abolished."""

    id: str
    title: Texts = field(default_factory=Texts)
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective or, with a `parent`, a target group under it."""

    id: str
    title: Texts = field(default_factory=Texts)
    parent: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class TaskMilestone:
    """A dated step of a task."""

    title: Texts
    due: date


@dataclass(frozen=True, slots=True)
class Task:
    """Something that an owner must do by a deadline."""

    id: str
    title: Texts
    owner: str
    deadline: date | None = None
    milestones: tuple[TaskMilestone, ...] = ()
    objective: str | None = None
    source: Source | None = None

    def is_over(self, on: date) -> bool:
        """Whether its day has passed. Whether it was done is not said in a pack."""
        return self.deadline is not None and self.deadline < on


@dataclass(frozen=True, slots=True)
class FundingSource:
    """Where money comes from; `budget` tells state budget from all other money."""

    id: str
    title: Texts = field(default_factory=Texts)
    budget: bool = False


@dataclass(frozen=True, slots=True)
class Mobilisation:
    """Resources as one indicator, its categories read as source and form.

    `sources` and `forms` map a category of the indicator to a funding source and to
    a form (cash, labour, land, ...). Where only a share or the leverage was published
    and no amount behind it, `shares` (by funding source) and `leverage` name the
    indicators that hold them; no amount is ever computed from these.
    """

    indicator: str
    sources: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    title: Texts = field(default_factory=Texts)
    shares: Mapping[str, str] = field(default_factory=dict)
    leverage: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A published judgement without the figures behind it ("21 of 25")."""

    id: str
    text: Texts
    source: Source
    value: float | None = None
    of: float | None = None


@dataclass(frozen=True)
class Programme:
    """Everything promised, with its levels listed from the top down."""

    id: str
    levels: tuple[UnitLevel, ...]
    indicators: Mapping[str, Indicator]
    targets: tuple[Target, ...] = ()
    criteria: tuple[CriteriaSet, ...] = ()
    scope: frozenset[str] = frozenset()
    time_zone: str = "Asia/Ho_Chi_Minh"
    title: Texts = field(default_factory=Texts)
    documents: tuple[Document, ...] = ()
    objectives: tuple[Objective, ...] = ()
    tasks: tuple[Task, ...] = ()
    funding: tuple[FundingSource, ...] = ()
    mobilisation: tuple[Mobilisation, ...] = ()
    claims: tuple[Claim, ...] = ()
    forms: tuple[Form, ...] = ()
    calendar: tuple[Call, ...] = ()
    in_force: date | None = None
    until: date | None = None
    synthetic: bool = False

    @property
    def level_ids(self) -> tuple[str, ...]:
        return tuple(level.id for level in self.levels)

    def criteria_set(self, wanted: str) -> CriteriaSet:
        """Raises KeyError where the programme has no such set."""
        for found in self.criteria:
            if found.id == wanted:
                return found
        raise KeyError(wanted)
