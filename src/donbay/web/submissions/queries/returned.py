"""A workbook that came back, held against what stands on the site: nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils import timezone

from donbay.domain.answers import Answer as Typed
from donbay.domain.answers import Finding, read_answer
from donbay.domain.findings import findings
from donbay.domain.forms import Field, FieldKind, Form
from donbay.domain.problems import Problem, Refused
from donbay.domain.quantities import Bound
from donbay.tables.returned_books import ReturnedBook, ReturnedLine, read_book
from donbay.tables.workbooks import ANSWER, Value
from donbay.tables.xlsx_files import text_of
from donbay.texts import LANGUAGES
from donbay.web.offices.models import User
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions import permissions
from donbay.web.submissions.models import Answer
from donbay.web.submissions.queries.identities import (
    Exported,
    Identity,
    keyed,
    read_identity,
)
from donbay.web.submissions.queries.reading import given, previous
from donbay.web.submissions.queries.workbooks import (
    Asked,
    Given,
    fillable,
    rounds_by_id,
    shown_value,
)
from donbay.web.territory.queries import territory

COLUMN = "ABCDEFGHI"[ANSWER]
DECIMAL_COMMA = frozenset({"vi", "fr"})
THOUSAND = 3  # digits behind a mark that could be taken for a group


@dataclass(frozen=True)
class Change:
    """One line that says something new.

    `held`: it looks wrong by itself and is left out until it is mended. `meanwhile` is
    the answer that somebody else gave after the workbook was downloaded.
    """

    key: str
    sheet: str
    row: int
    round: Round
    unit: str
    field: Field
    form: Form
    typed: str
    note: str
    exported: Exported
    known: Answer | None
    findings: tuple[Finding, ...] = ()
    meanwhile: Answer | None = None

    @property
    def cell(self) -> str:
        return f"{COLUMN}{self.row}"

    @property
    def held(self) -> bool:
        return any(one.severity == "hard" for one in self.findings)

    @property
    def old(self) -> str:
        return self.known.typed if self.known and not self.known.withdrawn else ""

    @property
    def old_note(self) -> str:
        return self.known.note if self.known else ""

    @property
    def says(self) -> bool:
        return self.typed.strip() != self.old.strip()

    @property
    def notes(self) -> bool:
        return self.note.strip() != self.old_note.strip()


@dataclass(frozen=True)
class Preview:
    """What applying would do. With `refusals` nothing can be applied."""

    identity: Identity | None = None
    changes: Sequence[Change] = ()
    problems: Sequence[Problem] = ()
    refusals: Sequence[Problem] = ()
    lines: Mapping[str, ReturnedLine] = field(default_factory=dict)

    @property
    def held(self) -> list[Change]:
        return [one for one in self.changes if one.held]

    @property
    def ready(self) -> list[Change]:
        return [] if self.refusals else [one for one in self.changes if not one.held]

    @property
    def wrong(self) -> bool:
        """Whether there is anything to mark in the workbook."""
        found = self.problems or any(one.findings for one in self.changes)
        return bool(self.identity and not self.refusals and found)


def preview(user: User, path: Path, round: Round, below: str, on: date) -> Preview:
    """Every change and every problem of a workbook that was sent in for a round."""
    try:
        book = read_book(path)
    except Refused as stop:
        return Preview(refusals=stop.problems)
    identity = read_identity(book.identity)
    if isinstance(identity, Problem):
        return Preview(refusals=(identity,))
    refusals = [*_other(identity, round, below), *_sheets(identity, book)]
    if not refusals:
        refusals += _closed(user, identity, on)
    if refusals:
        return Preview(identity, refusals=refusals)
    return _compared(user, identity, book, on)


# --- refused as a whole --------------------------------------------------------------


def _other(identity: Identity, round: Round, below: str) -> Iterator[Problem]:
    """What belongs elsewhere, each named."""
    if identity.programme != round.programme_id:
        yield _refusal("book_other_programme", found=identity.programme)
    elif identity.period != round.period:
        yield _refusal("book_other_round", found=identity.period, expected=round.period)
    if below and any(keyed(key)[1] != below for key in identity.cells):
        inside = permissions.reach(below, round.opens)
        outside = {keyed(key)[1] for key in identity.cells} - inside - {below}
        if outside:
            yield _refusal("book_other_unit", found=_named(outside))


def _sheets(identity: Identity, book: ReturnedBook) -> Iterator[Problem]:
    for name, _ in identity.sheets:
        if name not in book.sheets:
            yield _refusal("book_sheet_missing", found=name)


def _closed(user: User, identity: Identity, on: date) -> Iterator[Problem]:
    units = {keyed(key)[1] for key in identity.cells}
    mine = permissions.units_of(user, permissions.REPORTS, identity.programme, on)
    if outside := units - mine:
        yield _refusal("book_not_yours", found=_named(outside))


def _named(units: set[str]) -> str:
    names = [name_of(unit) for unit in sorted(units)[:5]]
    return ", ".join(names) + (" …" if len(units) > len(names) else "")


def name_of(unit: str) -> str:
    """As it is called, or was called last."""
    whole, today = territory(), timezone.localdate()
    version = whole.version(unit, today) or whole.ended(unit, today)
    return version.name if version else unit


def _refusal(code: str, **parameters: str) -> Problem:
    return Problem(f"tables.{code}", "", None, None, parameters)


# --- compared ------------------------------------------------------------------------


def _compared(user: User, identity: Identity, book: ReturnedBook, on: date) -> Preview:
    lines, problems = _by_key(identity, book)
    bad = {(one.file, one.line) for one in book.problems}
    rounds = rounds_by_id(identity)
    first = next(iter(rounds.values()))
    open_now = {(one.round.pk, one.unit): one for one in fillable(user, first, "", on)}
    changes: list[Change] = []
    for report, some in _said(identity, lines, bad).items():
        sheet = some[0][0]
        asked = open_now.get(report)
        if asked is None:
            unit = name_of(report[1])
            problems.append(
                Problem(
                    "tables.book_not_open", sheet, some[0][1].row, None, {"place": unit}
                )
            )
            continue
        changes += _of_report(user, asked, identity, some, problems)
    return Preview(
        identity,
        changes,
        [*book.problems, *problems],
        lines={key: line for key, (_, line) in lines.items()},
    )


Lines = dict[str, tuple[str, ReturnedLine]]


def _by_key(identity: Identity, book: ReturnedBook) -> tuple[Lines, list[Problem]]:
    """Lines by key, wherever they were moved to on their sheet."""
    found: Lines = {}
    problems: list[Problem] = []
    for name, round in identity.sheets:
        for line in book.sheets[name]:
            mine = line.key.startswith(f"{round}|") and line.key in identity.cells
            code = "book_line_twice" if line.key in found else "book_line_unknown"
            if mine and line.key not in found:
                found[line.key] = name, line
            else:
                problems.append(Problem(f"tables.{code}", name, line.row, None))
    names = {round: name for name, round in identity.sheets}
    for key in identity.cells:
        if key not in found:
            round, unit, wanted = keyed(key)
            said = {"place": name_of(unit), "field": wanted}
            problems.append(
                Problem("tables.book_line_missing", names[round], None, None, said)
            )
    return found, problems


def _said(
    identity: Identity, lines: Lines, bad: set[tuple[str, int | None]]
) -> dict[tuple[int, str], list[tuple[str, ReturnedLine]]]:
    """Lines that differ from what went out, by report."""
    found: dict[tuple[int, str], list[tuple[str, ReturnedLine]]] = {}
    for key, (sheet, line) in lines.items():
        went = identity.cells[key]
        same = _bare(line.answer) == _bare(went.answer) and _bare(line.note) == _bare(
            went.note
        )
        if not same and (sheet, line.row) not in bad:
            round, unit, _ = keyed(key)
            found.setdefault((round, unit), []).append((sheet, line))
    return found


def _bare(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _of_report(
    user: User,
    asked: Asked,
    identity: Identity,
    some: Sequence[tuple[str, ReturnedLine]],
    problems: list[Problem],
) -> Iterator[Change]:
    """The changes of one report, with what the form's rules say of all together."""
    form = programmes.asked(asked.round).form_for(asked.unit)
    fields = {one.id: one for one in form.fields} if form else {}
    made = []
    for sheet, line in some:
        one = fields.get(keyed(line.key)[2])
        if one is None or form is None:
            problems.append(Problem("tables.book_field_gone", sheet, line.row, None))
            continue
        change = _change(user, asked, identity, form, one, sheet, line)
        if change.says or change.notes:
            made.append(change)
    if form is not None and made:
        yield from _judged(user, asked, form, made)


def _change(  # noqa: PLR0917 -- all that one line needs
    user: User,
    asked: Asked,
    identity: Identity,
    form: Form,
    one: Field,
    sheet: str,
    line: ReturnedLine,
) -> Change:
    went, known = identity.cells[line.key], asked.answers.get(one.id)
    touched = _bare(line.answer) != _bare(went.answer)
    noted = _bare(line.note) != _bare(went.note)
    old = known.typed if known and not known.withdrawn else ""
    same = text_of(shown_value(known, one, identity.language)) or ""
    typed = old
    if touched and _bare(line.answer) != _bare(same):
        typed = typed_text(one, line, user.language)
    others = known is not None and known.revision != went.revision
    theirs = others and known is not None and known.by_id != user.pk
    return Change(
        *(line.key, sheet, line.row, asked.round, asked.unit, one, form, typed),
        _bare(line.note) if noted else (known.note if known else ""),
        went,
        known,
        meanwhile=known if theirs and typed.strip() != old.strip() else None,
    )


def typed_text(one: Field, line: ReturnedLine, language: str) -> str:
    """What the person would have typed into the page's field for the same answer."""
    text = line.answer.replace("\r\n", "\n").strip()
    if one.kind is FieldKind.CHOICE:
        titles = {
            choice.title.in_(each, choice.id).casefold(): choice.id
            for choice in one.choices
            for each in LANGUAGES
        }
        return titles.get(text.casefold(), text)
    if one.kind is FieldKind.FIGURE and line.number:
        whole, mark, rest = text.partition(".")
        if mark and len(rest) == THOUSAND:
            rest += "0"  # or it might be read as thousands
        return whole + ("," if language in DECIMAL_COMMA else ".") * bool(mark) + rest
    return text


def _judged(
    user: User, asked: Asked, form: Form, made: Sequence[Change]
) -> Iterator[Change]:
    promise = programmes.promise_of(asked.round)
    answers = given(form, promise.indicators, asked.answers.values())
    for change in made:
        known, one = change.known, change.field
        indicator = promise.indicators.get(one.indicator or "")
        before = answers.get(one.id, Typed())
        read, bound, withdrawn = before.value, before.bound, before.withdrawn
        if change.says:
            read = read_answer(one, change.typed, user.language, indicator)
            bound, withdrawn = Bound(known.bound) if known else Bound.EXACT, False
        answers[one.id] = Typed(read, bound, withdrawn, change.note)
    last = previous(asked.round, asked.unit, form)
    found = findings(form, promise.indicators, answers, last, promise.targets)
    for change in made:
        own = tuple(
            one for one in found if one.field == change.field.id and _open(one, change)
        )
        yield Change(
            *(change.key, change.sheet, change.row, change.round, change.unit),
            *(change.field, change.form, change.typed, change.note, change.exported),
            *(change.known, own, change.meanwhile),
        )


def _open(found: Finding, change: Change) -> bool:
    """A soft one that a note answers is no longer asked about."""
    return found.severity == "hard" or not change.note.strip()


# --- back, coloured ------------------------------------------------------------------


def as_returned(
    seen: Preview, faults: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, Given]:
    """What came back line by line, with the reasons by key."""
    return {
        key: Given(_value(line), line.note, tuple(faults.get(key, ())))
        for key, line in seen.lines.items()
    }


def _value(line: ReturnedLine) -> Value:
    return float(line.answer) if line.number else line.answer
