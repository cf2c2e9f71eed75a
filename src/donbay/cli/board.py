"""The result tables as people read them: titles for ids, words for codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from donbay.cli.screen import RIGHT, Cell, Grid, without_empty
from donbay.cli.sentences import Sentences
from donbay.domain.mobilisation import MobilisationRow
from donbay.domain.periods import Period
from donbay.domain.verdicts import CriterionRow, LevelRow, TargetRow, ValueRow
from donbay.folder.frames import Row

STATUS = {
    "no_data": ("-", "dim"),
    "achieved": ("✓", "bold green"),
    "missed": ("✗", "bold red"),
    "open": ("○", "cyan"),
    "on_track": ("↑", "green"),
    "at_risk": ("!", "yellow"),
    "off_track": ("↓", "red"),
}
RESULT = {
    "met": ("✓", "green"),
    "basically_met": ("≈", "green"),
    "not_met": ("✗", "red"),
    "unknown": ("?", "dim"),
    "not_applicable": ("-", "dim"),
}


def board(table: str, rows: Sequence[Row], say: Sentences) -> Grid:
    """The rows of one of the five tables; a column that says nothing is left out."""
    draw: Callable[[Sequence[Row], Sentences], Grid] = _DRAWN[table]
    return without_empty(draw(rows, say))


def headings(say: Sentences, *names: str) -> list[str]:
    return [say.words.say(f"heading.{name}") for name in names]


def status_cell(status: str, say: Sentences) -> Cell:
    sign, style = STATUS[status]
    return Cell(f"{sign} {say.words.say(f'status.{status}')}", style)


def result_cell(result: str, say: Sentences) -> Cell:
    sign, style = RESULT[result]
    return Cell(f"{sign} {say.words.say(f'result.{result}')}", style)


def _several(rows: Iterable[Row]) -> bool:
    return len({row.unit for row in rows}) > 1


def _targets(rows: Sequence[TargetRow], say: Sentences) -> Grid:
    places = _several(rows)
    names = ["target", "target_value", "value", "period", "pace", "status", "reason"]
    return Grid(
        say.words.say("table.targets"),
        headings(say, *(["unit_name"] if places else []), *names),
        [
            [*([say.place(row.unit)] if places else []), *_target_cells(row, say)]
            for row in rows
        ],
        (*(["left"] if places else []), "left", "left", RIGHT, "left", RIGHT),
    )


def _target_cells(row: TargetRow, say: Sentences) -> list[str | Cell]:
    return [
        say.target_title(row.target),
        say.promise(row.target),
        say.reached(row),
        say.words.period(row.period) if row.period else "",
        say.amount(row.pace, row.indicator),
        status_cell(row.status, say),
        say.target_reason(row),
    ]


def _values(rows: Sequence[ValueRow], say: Sentences) -> Grid:
    places = ["unit_name"] if _several(rows) else []
    names = ["indicator", "period", "value", "coverage", "stated", "reason"]
    return Grid(
        say.words.say("table.values"),
        headings(say, *places, *names),
        [
            [*([say.place(row.unit)] if places else []), *_value_cells(row, say)]
            for row in rows
        ],
        (*places, "left", "left", RIGHT, RIGHT, RIGHT),
    )


def _value_cells(row: ValueRow, say: Sentences) -> list[str | Cell]:
    whole = row.coverage is None or row.coverage == 1
    return [
        say.indicator_title(row.indicator),
        say.words.period(row.period),
        say.value_of(row),
        "" if whole else say.words.share(row.coverage or 0.0),
        say.amount(row.stated, row.indicator),
        say.words.say(f"reason.{row.reason}") if row.reason else "",
    ]


def _criteria(rows: Sequence[CriterionRow], say: Sentences) -> Grid:
    sets = _sets(rows)
    names = ["criterion", "sub_criterion", "value", "threshold", "result", "reason"]
    return Grid(
        _title("table.criteria", rows, say),
        headings(say, "unit_name", *sets, *names, "verified"),
        [
            [
                say.place(row.unit),
                *(say.set_title(row.set) for _ in sets),
                *_criterion_cells(row, say),
            ]
            for row in rows
        ],
        ("left", *("left" for _ in sets), "left", "left", RIGHT, RIGHT),
    )


def _sets(rows: Iterable[CriterionRow | LevelRow]) -> list[str]:
    """The column of sets, where there are several; one alone stands in the title."""
    return ["set"] if len({row.set for row in rows}) > 1 else []


def _title(code: str, rows: Sequence[CriterionRow | LevelRow], say: Sentences) -> str:
    title = say.words.say(code)
    return title if _sets(rows) else f"{title} · {say.set_title(rows[0].set)}"


def _criterion_cells(row: CriterionRow, say: Sentences) -> list[str | Cell]:
    indicator = say.measured_by(row.set, row.sub_criterion)
    mark = "verified" if row.verified else "unverified"
    return [
        say.criterion_title(row.set, row.criterion),
        say.sub_title(row.set, row.sub_criterion) if row.sub_criterion else "",
        say.amount(row.value, indicator),
        say.amount(row.threshold, indicator),
        result_cell(row.result, say),
        say.reason(row.reason),
        say.words.say(f"word.{mark}"),
    ]


def _levels(rows: Sequence[LevelRow], say: Sentences) -> Grid:
    sets = _sets(rows)
    return Grid(
        _title("table.levels", rows, say),
        headings(say, "unit_name", *sets, "reached", "possible", "recognised"),
        [
            [
                say.place(row.unit),
                *(say.set_title(row.set) for _ in sets),
                say.level_title(row.set, row.reached),
                say.level_title(row.set, row.possible),
                say.level_title(row.set, row.recognised),
            ]
            for row in rows
        ],
    )


def _mobilisation(rows: Sequence[MobilisationRow], say: Sentences) -> Grid:
    """Each total, and under it what it is made of. What to beware of stands below."""
    places = ["unit_name"] if _several(rows) else []
    names = ["indicator", "period", "amount", "share", "leverage", "flags"]
    notes: dict[str, int] = {}
    return Grid(
        say.words.say("table.mobilisation"),
        headings(say, *places, *names),
        [
            [*([say.place(row.unit)] if places else []), *_money_cells(row, notes, say)]
            for row in _totals_first(rows)
        ],
        (*(["left"] if places else []), "left", "left", RIGHT, RIGHT, RIGHT),
        [f"{number}  {note}" for note, number in notes.items()],
    )


def _totals_first(rows: Sequence[MobilisationRow]) -> list[MobilisationRow]:
    order: dict[tuple[str, str, Period], list[MobilisationRow]] = {}
    for row in rows:
        some = order.setdefault((row.unit, row.indicator, row.period), [])
        some.insert(0 if row.is_total else len(some), row)
    return [row for some in order.values() for row in some]


def _money_cells(
    row: MobilisationRow, notes: dict[str, int], say: Sentences
) -> list[str | Cell]:
    title = Cell(say.indicator_title(row.indicator), "bold")
    marks = [notes.setdefault(note, len(notes) + 1) for note in say.flags(row)]
    return [
        title if row.is_total else f"  {say.part_title(row)}",
        say.words.period(row.period),
        say.raised(row),
        say.share(row),
        say.leverage(row),
        ", ".join(map(str, marks)),
    ]


_DRAWN: dict[str, Callable[..., Grid]] = {
    "targets": _targets,
    "values": _values,
    "criteria": _criteria,
    "levels": _levels,
    "mobilisation": _mobilisation,
}
