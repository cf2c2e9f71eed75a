"""A report in the words of its reader: titles, figures, findings, history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from donbay.domain.answers import Finding
from donbay.domain.default_forms import form_of
from donbay.domain.forms import FieldKind
from donbay.domain.quantities import Bound
from donbay.domain.verdicts import Days
from donbay.domain.workflow import Action
from donbay.texts import Wording
from donbay.texts.reporting import (
    field_title,
    finding_text,
    form_title,
    section_title,
)
from donbay.web.evidence.queries import Passage, passages
from donbay.web.journal.models import Entry
from donbay.web.journal.queries import of_object
from donbay.web.look.titles import Titles, titles
from donbay.web.look.words import current, wording
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions.models import Submission
from donbay.web.submissions.queries import Cell, Sheet

DIGITS = 9  # of a reading, or two would look alike
SMALL_MOVES = ("save", "note", "attach", "detach")


@cache
def _bounds(language: str, chosen: str) -> SafeString:
    """What a figure may be, to choose from: each figure of a form has the same."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (
                bound.value,
                mark_safe(" selected") if bound.value == chosen else "",
                wording(language).say(f"bound_name.{bound.value}"),
            )
            for bound in Bound
        ),
    )


@dataclass(frozen=True)
class Row:
    """One field as shown. `anchor` is its place on the page."""

    cell: Cell
    sheet: Sheet
    titles: Titles
    asked_reason: str = ""
    passage: Passage | None = None

    @property
    def anchor(self) -> str:
        return f"f{self.cell.number}"

    @property
    def id(self) -> str:
        return self.cell.field.id

    @property
    def kind(self) -> str:
        return self.cell.field.kind.value

    @cached_property
    def title(self) -> str:
        return field_title(current(), self.cell.field, self.cell.indicator)

    @property
    def help(self) -> str:
        field, indicator = self.cell.field, self.cell.indicator
        own = field.help.in_(current().language)
        return own or (
            indicator.description.in_(current().language) if indicator else ""
        )

    @property
    def unit(self) -> str:
        indicator = self.cell.indicator
        if indicator is None:
            return ""
        texts = self.titles.pack.texts.get(current().language, {})
        return texts.get(f"indicators.{indicator.id}.unit", indicator.unit)

    @property
    def previous(self) -> str:
        return self._amount(self.cell.previous)

    @property
    def value(self) -> str:
        """A figure with its unit and bound; of other fields what was answered."""
        cell = self.cell
        if cell.answer is None or cell.answer.withdrawn:
            return current().say("report.withdrawn") if cell.answer else ""
        if cell.field.kind is FieldKind.CHOICE:
            return self.choice(cell.typed)
        if cell.value is None:
            return cell.typed
        shown = self._amount(cell.value)
        bound = cell.answer.bound
        return (
            shown if bound == "exact" else current().say(f"bound.{bound}", value=shown)
        )

    @property
    def read_as(self) -> str:
        """The figure as understood, to its last digit."""
        cell = self.cell
        if cell.field.kind is not FieldKind.FIGURE or cell.value is None:
            return ""
        return f"{current().number(cell.value, DIGITS)} {self.unit}".strip()

    @property
    def bounds(self) -> SafeString:
        answer = self.cell.answer
        return _bounds(current().language, answer.bound if answer else "")

    @property
    def beside(self) -> bool:
        """Whether anything lies beside the figure."""
        cell = self.cell
        some = (cell.note, cell.findings, cell.returns, cell.attachments, self.passage)
        return any(some)

    @property
    def change(self) -> str:
        change = self.cell.change
        if change is None:
            return ""
        return f"{'+' if change > 0 else ''}{current().number(change)}"

    @property
    def approved(self) -> str:
        """What is being corrected."""
        old = self.cell.approved
        if old is None:
            return ""
        return self._amount(old.value) if old.value is not None else old.typed

    @property
    def target(self) -> str:
        return self.titles.asked(self.cell.target) if self.cell.target else ""

    @property
    def readings(self) -> list[tuple[str, str]]:
        """What the two numbers are called on the buttons that choose one."""
        if self.cell.readings is None:
            return []
        joined, parted = self.cell.readings
        return [
            ("joined", current().number(joined, 0)),
            ("parted", current().number(parted, DIGITS)),
        ]

    @property
    def choices(self) -> list[tuple[str, str]]:
        language = current().language
        return [(c.id, c.title.in_(language, c.id)) for c in self.cell.field.choices]

    def choice(self, wanted: str) -> str:
        return dict(self.choices).get(wanted, wanted)

    @property
    def findings(self) -> list[tuple[str, str]]:
        """Severity and sentence; a soft one with a note behind it is answered."""
        return [
            ("answered" if one not in self.cell.stops else one.severity.value, text)
            for one, text in zip(
                self.cell.findings, self.texts(self.cell.findings), strict=True
            )
        ]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is said beside a field while one fills in.

        That nobody has come to it yet is no mistake until the report is to be sent.
        """
        untouched = self.cell.answer is None
        pairs = zip(self.cell.findings, self.findings, strict=True)
        return [said for one, said in pairs if one.code != "missing" or not untouched]

    def texts(self, found: Iterable[Finding]) -> list[str]:
        return [finding_text(current(), one, self.sheet.form) for one in found]

    @property
    def stopped(self) -> bool:
        return bool(self.cell.stops or self.cell.conflicts)

    @property
    def opened(self) -> bool:
        """Whether what lies beside the figure is shown at once."""
        cell = self.cell
        soft = any(one.severity == "soft" for one in cell.findings)
        return bool(cell.note or cell.attachments or soft or cell.open_returns)

    def _amount(self, value: float | None) -> str:
        name = self.cell.field.indicator
        return self.titles.amount(value, name) if value is not None else ""


@dataclass(frozen=True)
class Shown:
    """A sheet with its words; `reasons` are those that a reviewer just typed."""

    sheet: Sheet
    titles: Titles
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Wording:
        return current()

    @property
    def title(self) -> str:
        return form_title(current(), self.sheet.form, self.sheet.promise)

    @property
    def place(self) -> str:
        return self.sheet.version.name

    @property
    def period(self) -> str:
        return current().period(programmes.period_of(self.sheet.round))

    @cached_property
    def parts(self) -> list[tuple[str, list[Row]]]:
        return [
            (
                section_title(current(), part.section),
                [self._row(cell) for cell in part.cells],
            )
            for part in self.sheet.parts
        ]

    @property
    def rows(self) -> list[Row]:
        return [row for _, rows in self.parts for row in rows]

    def row(self, wanted: str) -> Row:
        """Raises KeyError where the form has no such field."""
        return self._row(self.sheet.cell(wanted))

    def _row(self, cell: Cell) -> Row:
        taken = cell.answer.taken_from if cell.answer else ""
        reason = self.reasons.get(cell.field.id, "")
        return Row(cell, self.sheet, self.titles, reason, self.passages.get(taken))

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Of figures that were taken from documents; no query where none was."""
        answers = [cell.answer for cell in self.sheet.cells if cell.answer]
        return passages({one.taken_from for one in answers if one.taken_from})

    @property
    def stopped(self) -> list[Row]:
        return [row for row in self.rows if row.stopped]

    @property
    def whole(self) -> list[str]:
        """What concerns no single field."""
        return [finding_text(current(), f, self.sheet.form) for f in self.sheet.whole]

    @property
    def ready(self) -> bool:
        return not self.stopped and not self.sheet.whole

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.sheet.cells if cell.given.given)

    @property
    def asked(self) -> int:
        return sum(1 for _ in self.sheet.cells)

    def may(self, action: str, offered: Iterable[Action]) -> bool:
        return Action(action) in offered


def shown(sheet: Sheet, on: date, reasons: Mapping[str, str] | None = None) -> Shown:
    words = titles(sheet.round.programme, Days(on, on))
    return Shown(sheet, words, reasons or {})


def title_of(round: Round) -> str:
    """What a round's form is called."""
    promise = programmes.promise_of(round)
    return form_title(current(), form_of(promise, round.form), promise)


@dataclass(frozen=True, slots=True)
class Move:
    """One entry of a report's history."""

    entry: Entry
    said: str
    reasons: list[tuple[str, str]]


def history(submission: Submission, seen: Shown) -> list[Move]:
    """The moves, the last first; what was saved field by field is in the journal."""
    names = {row.id: row.title for row in seen.rows}
    found = of_object("submission", submission.pk).exclude(verb__in=SMALL_MOVES)
    moves = []
    for entry in found[:200]:
        given = entry.details.get("reasons") or {}
        reasons = [(names.get(field, field), text) for field, text in given.items()]
        if text := entry.details.get("reason"):
            reasons.append(("", text))
        moves.append(Move(entry, current().say(f"verb.{entry.verb}"), reasons))
    return moves
