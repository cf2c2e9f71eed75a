"""The workbook of a round: what a person has to fill in below a place, form by form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from donbay.domain.forms import Field, FieldKind
from donbay.domain.workflow import EDITABLE, NotAllowed, State
from donbay.packs import Pack
from donbay.tables.workbooks import MOST_LINES, Book, FilledSheet, Line, Value
from donbay.tables.xlsx_files import text_of
from donbay.texts import Wording
from donbay.texts.reporting import field_title, form_title, section_title
from donbay.web.offices.models import User
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions import permissions
from donbay.web.submissions.models import Answer, Submission
from donbay.web.submissions.queries.identities import (
    Exported,
    Identity,
    installation,
    key_of,
    keyed,
)
from donbay.web.submissions.queries.matrices import rounds_of
from donbay.web.submissions.queries.reading import form_of, previous

HEADINGS = ("place", "section", "question", "measure", "before", "answer", "note")
_Values = Callable[[str, Field], "Given"]  # what stands in the line of a key
LONGEST_NAME = 31  # letters of a sheet's name
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in a line that came back, with what is wrong there."""

    answer: Value
    note: str
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """A place and a round that the person may fill in now."""

    round: Round
    unit: str
    answers: Mapping[str, Answer] = field(default_factory=dict)


def fillable(user: User, round: Round, below: str, on: date) -> list[Asked]:
    """Reports of the round's period that the person may fill in, below a place."""
    mine = permissions.units_of(user, permissions.REPORTS, round.programme_id, on)
    if below:
        mine &= permissions.reach(below, on)
    rounds = rounds_of(round.programme, round.period)
    held = _submissions(rounds, mine)
    found = []
    for one in rounds:
        units = [unit for unit in programmes.asked(one).units if unit in mine]
        days = programmes.days([one], units)
        for unit in units:
            some = held.get((one.pk, unit), [])
            if _takes(some, takes=days[one.pk, unit].takes(on)):
                found.append(Asked(one, unit, _answers(some)))
    return found


def _submissions(
    rounds: Sequence[Round], units: Collection[str]
) -> dict[tuple[int, str], list[Submission]]:
    held: dict[tuple[int, str], list[Submission]] = {}
    rows = Submission.objects.filter(round__in=rounds).order_by("id")
    for one in rows.prefetch_related("answers"):
        if one.unit_id in units:
            held.setdefault((one.round_id, one.unit_id), []).append(one)
    return held


def _takes(some: Sequence[Submission], *, takes: bool) -> bool:
    """What was never begun may be begun while the round takes it."""
    return State(some[-1].state) in EDITABLE if some else takes


def _answers(some: Sequence[Submission]) -> dict[str, Answer]:
    return {row.field: row for row in some[-1].answers.all()} if some else {}


# --- out -----------------------------------------------------------------------------


def workbook(
    user: User, round: Round, below: str, words: Wording, on: date
) -> Book | None:
    """None where there is nothing to fill in; too much raises NotAllowed."""
    asked = fillable(user, round, below, on)
    if not asked:
        return None
    sheets = _names([one.round for one in asked], words)
    cells: dict[str, Exported] = {}
    for one in asked:
        for each in form_of(one.round, one.unit).fields:
            row = one.answers.get(each.id)
            key = key_of(one.round.pk, one.unit, each.id)
            cells[key] = _exported(row, each, words.language)
    if len(cells) > MOST_LINES:
        raise NotAllowed("workbook_too_large", most=str(MOST_LINES))
    identity = Identity(
        installation=installation(),
        programme=round.programme_id,
        edition=programmes.edition(round.programme).checksum,
        period=round.period,
        below=below,
        language=words.language,
        sheets=[(name, pk) for pk, name in sheets.items()],
        cells=cells,
    )
    known = {(one.round.pk, one.unit): one.answers for one in asked}
    return _book(identity, rounds_by_id(identity), words, _as_known(known, words))


def marked(identity: Identity, given: Mapping[str, Given], words: Wording) -> Book:
    """The workbook with what came back in it, coloured where something is wrong."""

    def value(key: str, _: Field) -> Given:
        return given.get(key, Given(None, ""))

    return _book(identity, rounds_by_id(identity), words, value)


def rounds_by_id(identity: Identity) -> dict[int, Round]:
    found = Round.objects.filter(
        pk__in=[pk for _, pk in identity.sheets], programme=identity.programme
    )
    rounds = programmes.shared(found.select_related("programme"))
    return {one.pk: one for one in rounds}


def shown_value(row: Answer | None, asked: Field, language: str) -> Value:
    """An answer as a cell holds it: figures and days as such where they were read."""
    if row is None or row.withdrawn or not row.typed.strip():
        return None
    if asked.kind is FieldKind.FIGURE and row.value is not None:
        return row.value
    if asked.kind is FieldKind.CHOICE:
        titles = {c.id: c.title.in_(language, c.id) for c in asked.choices}
        return titles.get(row.typed, row.typed)
    if asked.kind is FieldKind.DATE:
        try:
            return date.fromisoformat(row.typed.strip())
        except ValueError:
            return row.typed
    return row.typed


def _exported(row: Answer | None, asked: Field, language: str) -> Exported:
    value = shown_value(row, asked, language)
    note = row.note if row else ""
    revision = row.revision if row else 0
    return Exported(text_of(value) or "", note, revision)


def _as_known(
    known: Mapping[tuple[int, str], Mapping[str, Answer]], words: Wording
) -> _Values:
    def value(key: str, asked: Field) -> Given:
        round, unit, name = keyed(key)
        row = known[round, unit].get(name)
        return Given(shown_value(row, asked, words.language), row.note if row else "")

    return value


def _names(rounds: Iterable[Round], words: Wording) -> dict[int, str]:
    """A name for the sheet of each round; no two alike, whatever the letters' size."""
    found: dict[int, str] = {}
    for one in dict.fromkeys(rounds):
        promise = programmes.promise_of(one)
        form = programmes.asked(one).form
        title = form_title(words, form, promise).translate(_FORBIDDEN).strip(" _")
        name, number = title[:LONGEST_NAME].strip() or str(one.pk), 1
        while name.casefold() in {other.casefold() for other in found.values()}:
            number += 1
            end = f" {number}"
            name = title[: LONGEST_NAME - len(end)].strip() + end
        found[one.pk] = name
    return found


def _book(
    identity: Identity, rounds: Mapping[int, Round], words: Wording, value: _Values
) -> Book:
    by_round: dict[int, list[str]] = {}
    for key in identity.cells:
        by_round.setdefault(keyed(key)[0], []).append(key)
    sheets = []
    for name, pk in identity.sheets:
        one = rounds[pk]
        period = words.period(programmes.period_of(one))
        form = form_title(words, programmes.asked(one).form, programmes.promise_of(one))
        lines = list(_lines(one, by_round.get(pk, []), words, value))
        sheets.append(FilledSheet(name, f"{form} · {period}", lines))
    return Book(
        sheets=sheets,
        headings=[words.say(f"workbook.{name}") for name in (*HEADINGS, "faults")],
        help=words.say("workbook.help"),
        identity=identity.text,
        right_to_left=words.language == "ar",
    )


def _lines(
    round: Round, keys: Sequence[str], words: Wording, value: _Values
) -> Iterator[Line]:
    pack = programmes.pack(round.programme, round.opens)
    units = programmes.asked(round).units
    by_unit: dict[str, dict[str, str]] = {}
    for key in keys:
        _, unit, name = keyed(key)
        by_unit.setdefault(unit, {})[name] = key
    for unit, wanted in by_unit.items():
        form = programmes.asked(round).form_for(unit)
        if form is None:
            continue
        last = previous(round, unit, form)
        for section in form.sections:
            title = section_title(words, section)
            for one in section.fields:
                if one.id not in wanted:
                    continue
                given = value(wanted[one.id], one)
                before = last.get(one.id)
                yield Line(
                    wanted[one.id],
                    units[unit].name,
                    title,
                    *_asked(one, pack, words),
                    before=None if before is None else float(before),
                    answer=given.answer,
                    note=given.note,
                    whole=_whole(one, pack),
                    choices=_choices(one, words),
                    faults=given.faults,
                )


def _asked(one: Field, pack: Pack, words: Wording) -> tuple[str, str]:
    """What is asked, and what it is measured in."""
    indicator = pack.programme.indicators.get(one.indicator or "")
    title = field_title(words, one, indicator)
    if indicator is None:
        return title, words.say(f"workbook.kind_{one.kind.value}")
    texts = pack.texts.get(words.language, {})
    return title, texts.get(f"indicators.{indicator.id}.unit", indicator.unit)


def _whole(one: Field, pack: Pack) -> bool:
    indicator = pack.programme.indicators.get(one.indicator or "")
    return indicator is not None and indicator.decimals == 0


def _choices(one: Field, words: Wording) -> tuple[str, ...]:
    return tuple(c.title.in_(words.language, c.id) for c in one.choices)
