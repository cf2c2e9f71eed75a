"""One report as a page shows it: field by field with all that belongs to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from donbay.domain.answers import Answer as Given
from donbay.domain.answers import Finding
from donbay.domain.forms import Field, Form, Section
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.programmes import Programme as Promise
from donbay.domain.targets import Target
from donbay.domain.territory import Version
from donbay.domain.typed_numbers import Ambiguous
from donbay.domain.workflow import NotAllowed
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.programmes.queries import Days
from donbay.web.submissions.models import (
    Answer,
    Attachment,
    Conflict,
    Return,
    Submission,
)
from donbay.web.submissions.queries.reading import Reading, given, previous

_ALIKE = frozenset({RollUp.MEAN, RollUp.MIN, RollUp.MAX, RollUp.NONE, RollUp.RATIO})


@dataclass(frozen=True)
class Cell:
    """One field of a report.

    `approved` is the answer that this one corrects. `readings` are the two numbers that
    the text may mean: marks parting thousands, and a mark beginning decimals.
    """

    number: int
    field: Field
    indicator: Indicator | None
    previous: float | None
    target: Target | None
    answer: Answer | None
    given: Given
    readings: tuple[float, float] | None
    approved: Answer | None
    attachments: list[Attachment]
    returns: list[Return]
    conflicts: list[Conflict]
    findings: list[Finding]

    @property
    def typed(self) -> str:
        return self.answer.typed if self.answer else ""

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def note(self) -> str:
        return self.answer.note if self.answer else ""

    @property
    def value(self) -> float | None:
        return self.answer.value if self.answer else None

    @property
    def change(self) -> float | None:
        """Against the period before, where both are known."""
        if self.value is None or self.previous is None:
            return None
        return float(Decimal(str(self.value)) - Decimal(str(self.previous)))

    @property
    def stops(self) -> list[Finding]:
        return [one for one in self.findings if _stops(one, self.given)]

    @property
    def open_returns(self) -> list[Return]:
        return [one for one in self.returns if one.mended_at is None]


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its fields."""

    section: Section
    cells: list[Cell]


@dataclass(frozen=True)
class Sheet:
    """One unit's report for one round; `submission` is None before it is begun."""

    round: Round
    unit: str
    version: Version
    submission: Submission | None
    form: Form
    promise: Promise
    days: Days
    parts: list[Part]
    findings: tuple[Finding, ...]
    stopping: tuple[Finding, ...]

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for part in self.parts for cell in part.cells)

    def cell(self, wanted: str) -> Cell:
        """Raises KeyError where the form has no such field."""
        for found in self.cells:
            if found.field.id == wanted:
                return found
        raise KeyError(wanted)

    @property
    def whole(self) -> list[Finding]:
        """What concerns no single field."""
        return [one for one in self.findings if not one.field]


def sheet(round: Round, unit: str, submission: Submission | None = None) -> Sheet:
    """About eight queries, whatever the number of fields."""
    asked, promise = programmes.asked(round), programmes.promise_of(round)
    form = asked.form_once_for(unit)
    if form is None:
        raise NotAllowed("unit_not_asked")
    last = previous(round, unit, form)
    rows = _by_field(_answers(submission))
    answers = given(form, promise.indicators, [row for [row] in rows.values()])
    reading = Reading(form, promise, answers, last)
    found, stopping = reading.findings, reading.stopping
    beside = _Beside(submission)
    makers = _numbered(form)
    parts = [
        Part(
            section,
            [
                _cell(number, one, promise, form, last, rows, answers, beside, found)
                for number, one in fields
            ],
        )
        for section, fields in makers
    ]
    days = programmes.days_of(round, unit)
    return Sheet(
        *(round, unit, asked.place(unit), submission, form, promise, days, parts),
        *(found, stopping),
    )


def _numbered(form: Form) -> Iterator[tuple[Section, list[tuple[int, Field]]]]:
    number = 0
    for section in form.sections:
        fields = list(enumerate(section.fields, number + 1))
        number += len(fields)
        yield section, fields


class _Beside:
    """What lies beside the answers: one query a kind."""

    def __init__(self, submission: Submission | None) -> None:
        self.attachments: dict[str, list[Attachment]] = {}
        self.returns: dict[str, list[Return]] = {}
        self.conflicts: dict[str, list[Conflict]] = {}
        self.approved: dict[str, list[Answer]] = {}
        if submission is None:
            return
        files = submission.attachments.filter(removed_at=None).select_related("file")
        self.attachments = _by_field(files.order_by("id"))
        backs = submission.returns.select_related("by").order_by("id")
        self.returns = _by_field(backs)
        open_ones = submission.conflicts.filter(settled_at=None).select_related("by")
        self.conflicts = _by_field(open_ones.order_by("id"))
        if submission.corrects_id is not None:
            old = Answer.objects.filter(submission_id=submission.corrects_id)
            self.approved = _by_field(old)


Row = TypeVar("Row", Answer, Attachment, Return, Conflict)


def _by_field(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.field, []).append(row)
    return found


def _answers(submission: Submission | None) -> Iterable[Answer]:
    return submission.answers.select_related("by") if submission else ()


def _cell(  # noqa: PLR0917 -- all that one field needs
    number: int,
    one: Field,
    promise: Promise,
    form: Form,
    last: Mapping[str, Decimal | None],
    rows: Mapping[str, list[Answer]],
    answers: Mapping[str, Given],
    beside: _Beside,
    found: Iterable[Finding],
) -> Cell:
    before, said = last.get(one.id), answers.get(one.id, Given())
    return Cell(
        number,
        one,
        promise.indicators.get(one.indicator or ""),
        None if before is None else float(before),
        target_of(promise, form, one),
        next(iter(rows.get(one.id, ())), None),
        said,
        _readings(said),
        next(iter(beside.approved.get(one.id, ())), None),
        beside.attachments.get(one.id, []),
        beside.returns.get(one.id, []),
        beside.conflicts.get(one.id, []),
        [finding for finding in found if finding.field == one.id],
    )


def _readings(said: Given) -> tuple[float, float] | None:
    if not isinstance(said.value, Ambiguous):
        return None
    parted, joined = sorted(said.value.readings, key=abs)
    return float(joined), float(parted)


def _stops(finding: Finding, said: Given) -> bool:
    return finding.severity == "hard" or not said.note.strip()


def target_of(promise: Promise, form: Form, one: Field) -> Target | None:
    """A target of the size of one unit's figure: the next of those still ahead."""
    indicator = promise.indicators.get(one.indicator or "")
    if indicator is None:
        return None
    fitting = [
        target
        for target in promise.targets
        if (target.indicator, target.category) == (indicator.id, one.category)
        and not target.window
        and (indicator.roll_up in _ALIKE or form.level in target.levels)
    ]
    return min(fitting, key=_deadline, default=None)


def _deadline(target: Target) -> date:
    return target.deadline
