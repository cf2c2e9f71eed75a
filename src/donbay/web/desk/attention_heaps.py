"""The lists of what needs attention: their columns, filters and what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from donbay.web.desk.attention_shown import Watch
from donbay.web.look.boards import MOST_PLACES
from donbay.web.look.lines import DAYS
from donbay.web.look.tables import Choice, Column
from donbay.web.look.words import current

Said = Callable[[Any], str]  # of a line: each list has lines of its own kind
Lines = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Heap:
    """One kind of thing that needs attention, and how its list is shown.

    `codes` are those of its lines that are counted, each with its look; a line with
    another code stands in the list alone. `none` is said where `lines` gives None: it
    is not known then whether there are any.
    """

    name: str
    lines: Callable[[Watch], Lines | None]
    code: Said
    codes: Mapping[str, str]
    columns: Sequence[Column]
    filters: Callable[[Lines], Sequence[Choice]]
    text: Said = attrgetter("text")
    none: str = ""

    def counts(self, watch: Watch) -> Mapping[str, int | None]:
        lines = self.lines(watch)
        if lines is None:
            return dict.fromkeys(self.codes)
        found = Counter(self.code(line) for line in lines)
        return {code: found[code] for code in self.codes}

    def pressing(self, watch: Watch) -> Lines | None:
        """Those that are counted."""
        lines = self.lines(watch)
        if lines is None or not self.codes:
            return lines
        return [line for line in lines if self.code(line) in self.codes]


# --- filters -----------------------------------------------------------------------


def _options(lines: Iterable[Any], value: Said, label: Said) -> list[tuple[str, str]]:
    """Each that a line has, once; of too many none, for a menu would be of no use."""
    found = {value(line): label(line) for line in lines if value(line)}
    if len(found) > MOST_PLACES:
        return []
    return sorted(found.items(), key=lambda one: one[1])


def _of(name: str, label: str, lines: Lines, value: Said, text: Said) -> Choice:
    return Choice(name, label, _options(lines, value, text), value)


def _words(label: str, room: str, codes: Iterable[str], value: Said) -> Choice:
    options = [(code, current().say(f"{room}.{code}")) for code in codes]
    return Choice("state", label, options, value)


def _place(lines: Lines) -> Choice:
    name = "heading.unit_name"
    return _of("place", name, lines, attrgetter("unit"), attrgetter("place"))


def _below(lines: Lines) -> Choice:
    parent, named = attrgetter("parent"), attrgetter("parent_name")
    return _of("below", "rounds.below", lines, parent, named)


def _form(lines: Lines) -> Choice:
    form = attrgetter("form")
    return _of("form", "rounds.form", lines, form, form)


REPORT_STATES = ("not_started", "draft", "returned")
TASK_STATES = ("passed", "soon", "later", "no_day")


def _late_filters(lines: Lines) -> list[Choice]:
    state = attrgetter("state")
    states = _words("rounds.state", "report_state", REPORT_STATES, state)
    return [states, _form(lines), _below(lines), _place(lines)]


def _returned_filters(lines: Lines) -> list[Choice]:
    return [_form(lines), _below(lines), _place(lines)]


def _target_filters(lines: Lines) -> list[Choice]:
    level = attrgetter("level")
    levels = _of(
        "level", "board.level", lines, level, lambda x: x.titles.level(x.level)
    )
    states = _words("heading.status", "status", TARGETS.codes, TARGETS.code)
    return [states, levels, _place(lines)]


def _task_filters(lines: Lines) -> list[Choice]:
    owner = attrgetter("line.owner")
    states = _words("attention.day", "attention.day", TASK_STATES, TASKS.code)
    return [states, _of("owner", "board.owner", lines, owner, owner)]


def _act_filters(lines: Lines) -> list[Choice]:
    kind = _of(
        *("kind", "acts.kind", lines, attrgetter("act.kind"), attrgetter("said.kind"))
    )
    states = _words("acts.state", "attention.end", ACTS.codes, ACTS.code)
    return [states, kind, _below(lines), _place(lines)]


# --- lists -------------------------------------------------------------------------

OWNERS = (
    Column("offices", "attention.office", lambda x: x.offices),
    Column("leaders", "attention.leader", lambda x: x.leaders, of_file=True),
    Column("people", "attention.people", lambda x: x.people, of_file=True),
)
PLACE = Column("place", "heading.unit_name", lambda x: x.place)
REPORT = (
    PLACE,
    Column("form", "rounds.form", lambda x: x.form),
    Column("period", "rounds.period", lambda x: x.round.period),
)


LATE = Heap(
    "late",
    attrgetter("late"),
    lambda _: "late",
    {"late": "late"},
    (
        *REPORT,
        Column("due", "rounds.due", lambda x: x.due),
        Column("days", "attention.days", lambda x: x.days, of_file=True),
        Column("state", "rounds.state", lambda x: x.state),
        Column("until", "attention.until", lambda x: x.until),
        *OWNERS,
    ),
    _late_filters,
    none="attention.no_rounds",
)
RETURNED = Heap(
    "returned",
    attrgetter("returned"),
    lambda _: "returned",
    {"returned": "returned"},
    (
        *REPORT,
        Column("since", "attention.since", lambda x: x.found.since),
        Column(
            *("reasons", "attention.reasons", lambda x: len(x.reasons)),
            exported=lambda x: "; ".join(f"{a}: {b}" for a, b, _ in x.reasons),
        ),
        *OWNERS,
    ),
    _returned_filters,
)
TARGETS = Heap(
    "targets",
    attrgetter("targets"),
    lambda x: str(x.status),
    {"off_track": "off_track", "missed": "missed", "at_risk": "at_risk"},
    (
        Column(
            *("status", "heading.status", lambda x: x.order),
            exported=lambda x: x.status_word,
        ),
        Column("target", "heading.target", lambda x: x.title),
        PLACE,
        Column("value", "heading.value", lambda x: x.row.value, number=True),
        Column(
            *("asked", "heading.target_value", lambda x: x.target.value), number=True
        ),
        Column("deadline", "heading.deadline", lambda x: x.target.deadline),
        Column(
            *("takes", "portal.takes", lambda x: x.left and x.left.each),
            exported=lambda x: " ".join(x.takes),
        ),
        Column("owner", "board.owner", lambda x: x.owner),
        Column("period", "heading.period", lambda x: x.row.period, of_file=True),
        Column("pace", "heading.pace", lambda x: x.row.pace, of_file=True),
        Column("unit", "board.unit", lambda x: x.unit_of_measure, of_file=True),
        *DAYS,
    ),
    _target_filters,
    lambda x: f"{x.title} {x.place} {x.owner}",
    none="board.no_verdicts",
)
TASKS = Heap(
    "tasks",
    attrgetter("tasks"),
    attrgetter("state"),
    {"passed": "warning", "soon": "open"},
    (
        Column("task", "portal.task", lambda x: x.line.title),
        Column("step", "attention.step", lambda x: x.step_title, of_file=True),
        Column("day", "heading.deadline", lambda x: x.day),
        Column("state", "attention.day", lambda x: x.state),
        Column("owner", "board.owner", lambda x: x.line.owner),
    ),
    _task_filters,
    none="attention.no_tasks",
)
ACTS = Heap(
    "acts",
    attrgetter("acts"),
    attrgetter("state"),
    {"lapsed": "missed", "ending": "warning"},
    (
        PLACE,
        Column("says", "acts.says", lambda x: x.said.says),
        Column("kind", "acts.kind", lambda x: x.said.kind, of_file=True),
        Column("number", "acts.number", lambda x: x.act.number),
        Column("authority", "acts.authority", lambda x: x.said.authority, of_file=True),
        Column("until", "acts.until", lambda x: x.act.end),
        Column("state", "acts.state", lambda x: x.state),
        *OWNERS,
    ),
    _act_filters,
)
HEAPS = (LATE, RETURNED, TARGETS, TASKS, ACTS)
LOOKS = {code: look for heap in HEAPS for code, look in heap.codes.items()}
OF_PLACES = {
    code: heap.name for heap in HEAPS if heap is not TASKS for code in heap.codes
}


HEADINGS = {"late": "report_state", "returned": "report_state"}
HEADINGS |= dict.fromkeys(TARGETS.codes, "status")
HEADINGS |= dict.fromkeys(ACTS.codes, "attention.end")


def _count(code: str) -> Column:
    def counted(line: Any) -> int | None:  # noqa: ANN401 -- as `Said`
        found: int | None = line.counts.get(code)
        return found

    return Column(code, f"{HEADINGS[code]}.{code}", counted, number=True)


PLACES = Heap(
    "places",
    attrgetter("places"),
    attrgetter("unit"),
    {},
    (PLACE, *(_count(code) for code in OF_PLACES), *OWNERS),
    lambda lines: [_below(lines)],
)
LISTS = {heap.name: heap for heap in (PLACES, *HEAPS)}
