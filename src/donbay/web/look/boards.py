"""Boards: every target with where it stands, and how lists of them are filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from donbay.domain.verdicts import TargetRow
from donbay.web.look.lines import DAYS, WORST_FIRST, TargetLine
from donbay.web.look.tables import Choice, Column, Table
from donbay.web.look.titles import Titles
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation

FEW = 1  # of so many places a board shows each, of more how many stand where
MOST_PLACES = 400  # more are found by the search of places, not in a menu

COLUMNS = (
    Column(
        *("status", "heading.status", lambda x: x.order),
        exported=lambda x: x.status_word,
    ),
    Column("target", "heading.target", lambda x: x.title),
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("asked", "heading.target_value", lambda x: x.target.value, number=True),
    Column("value", "heading.value", lambda x: x.row and x.row.value, number=True),
    Column(
        *("pace", "heading.pace", lambda x: x.row and x.row.pace),
        number=True,
        may_hide=True,
    ),
    Column("deadline", "heading.deadline", lambda x: x.target.deadline),
    Column("owner", "board.owner", lambda x: x.owner, may_hide=True),
    Column("reason", "heading.reason", lambda x: x.why, sorts=False, may_hide=True),
    Column("period", "heading.period", lambda x: x.row and x.row.period, of_file=True),
    Column("unit", "board.unit", lambda x: x.unit_of_measure, of_file=True),
    Column("share", "board.coverage", lambda x: x.row and x.row.coverage, of_file=True),
    *DAYS,
)


def board_lines(
    titles: Titles, evaluation: Evaluation, level: str = "", place: str = ""
) -> list[TargetLine]:
    """A line for each target; for each of its places where these were asked for."""
    if place or level:
        rows = results.targets(evaluation, unit=place or None, level=level or None)
        return each(titles, rows)
    counts = results.tally(evaluation)
    few = {name for name, some in counts.items() if sum(some.values()) <= FEW}
    lines = each(titles, results.of_targets(evaluation, few))
    top = top_rows(titles, evaluation)
    targets = titles.targets
    many = (targets[name] for name in counts if name in targets and name not in few)
    return lines + [TargetLine(titles, t, top.get(t.id), counts[t.id]) for t in many]


def top_rows(titles: Titles, evaluation: Evaluation) -> dict[str, TargetRow]:
    """By target, where the whole stands: the one place at the highest level."""
    for level in titles.pack.programme.level_ids:
        here = [u for u, v in titles.ground.items() if v.level == level]
        if len(here) == 1:
            rows = results.targets(evaluation, unit=here[0])
            return {row.target: row for row in rows}
        if here:
            break
    return {}


def each(titles: Titles, rows: Iterable[TargetRow]) -> list[TargetLine]:
    return [
        TargetLine(titles, titles.targets[row.target], row, {row.status: 1})
        for row in rows
        if row.target in titles.targets
    ]


def board_filters(titles: Titles) -> list[Choice]:
    promise = titles.pack.programme
    statuses = [(s, titles.words.say(f"status.{s}")) for s in WORST_FIRST]
    levels = [(name, titles.level(name)) for name in promise.level_ids]
    aims = {t.objective for t in promise.targets if t.objective}
    objectives = sorted((name, titles.objective(name)) for name in aims)
    filters = [
        Choice("status", "heading.status", statuses, lambda x: x.status),
        Choice("level", "board.level", levels),
        Choice("place", "heading.unit_name", _places(titles)),
    ]
    if objectives:
        filters.append(
            Choice(
                *("objective", "board.objective", objectives),
                lambda x: x.target.objective,
            )
        )
    return filters


def _places(titles: Titles) -> list[tuple[str, str]]:
    """Top down as far as a menu is of use."""
    ground = titles.ground
    found: list[tuple[str, str]] = []
    for level in titles.pack.programme.level_ids:
        here = [(u, v.name) for u, v in ground.items() if v.level == level]
        if len(found) + len(here) > MOST_PLACES:
            break
        found += sorted(here, key=lambda one: one[1])
    return found


def tally(lines: Sequence[TargetLine], table: Table) -> list[tuple[str, int, str]]:
    """How many lines have each status, with the address that shows these alone."""
    counts = Counter(line.status for line in lines)
    return [
        (status, counts[status], table.address(status=status, page=""))
        for status in WORST_FIRST
        if counts[status]
    ]


def by_level(titles: Titles, lines: Sequence[TargetLine]) -> Choice:
    present = {line.level for line in lines}
    options = [
        (name, titles.level(name))
        for name in titles.pack.programme.level_ids
        if name in present
    ]
    return Choice("level", "board.level", options, lambda x: x.level)


def top_of(titles: Titles, lines: Sequence[TargetLine]) -> TargetLine | None:
    """The one place at the highest level, where there is one."""
    for level in titles.pack.programme.level_ids:
        here = [line for line in lines if line.level == level]
        if here:
            return here[0] if len(here) == 1 else None
    return None
