"""How a place stands: in all, target by target, what changed, and what is behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from donbay.domain.remaining import remaining
from donbay.domain.verdicts import Status, TargetRow
from donbay.reports.charting import Draw, statuses_chart, trend_charts
from donbay.reports.model import (
    Block,
    Cell,
    Column,
    Figure,
    Paragraph,
    Section,
    Table,
)
from donbay.reports.telling import Teller

# What needs attention stands first.
WORST_FIRST = (
    Status.OFF_TRACK,
    Status.MISSED,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.OPEN,
    Status.ON_TRACK,
    Status.ACHIEVED,
)
BEHIND = frozenset({Status.OFF_TRACK, Status.MISSED, Status.AT_RISK})
_RUNGS = {
    status: rung
    for rung, status in enumerate(
        (
            *(Status.MISSED, Status.OFF_TRACK, Status.AT_RISK),
            *(Status.ON_TRACK, Status.ACHIEVED),
        )
    )
}


def overall(teller: Teller, draw: Draw | None) -> Section:
    """How many targets stand where."""
    rows = teller.matter.targets
    counts = Counter(row.status for row in rows)
    number = teller.words.number
    said = {str(status): number(counts[status]) for status in Status}
    blocks: list[Block] = []
    if rows:
        blocks.append(
            Paragraph(teller.tell("summary", total=number(len(rows)), **said))
        )
        blocks.append(_tally(teller, counts))
        if draw:
            blocks.append(statuses_chart(teller, counts, draw))
    return Section(teller.say("printed.overall"), tuple(blocks))


def _tally(teller: Teller, counts: Counter[Status]) -> Table:
    number, total = teller.words.number, counts.total()
    rows = [
        (
            teller.say(f"status.{status}"),
            teller.say(f"status_means.{status}"),
            Figure(number(counts[status]), counts[status]),
        )
        for status in reversed(WORST_FIRST)
    ]
    rows.append((teller.say("printed.total"), "", Figure(number(total), total)))
    return Table(
        teller.say("printed.tally"),
        (
            Column(teller.say("heading.status"), 1.2),
            Column(teller.say("printed.meaning"), 4),
            Column(teller.say("printed.targets"), 0.8, number=True),
        ),
        tuple(rows),
    )


# --- target by target ---


def promises(teller: Teller, draw: Draw | None) -> Section:
    """Every target, under its objective."""
    blocks: list[Block] = [
        _promised(teller, aim, rows) for aim, rows in _by_objective(teller)
    ]
    if draw:
        blocks += trend_charts(teller, draw)
    return Section(teller.say("printed.promises"), tuple(blocks))


def _by_objective(teller: Teller) -> Iterator[tuple[str, list[TargetRow]]]:
    """In the order of the programme; last those that serve none."""
    targets = teller.names.targets
    rows = [row for row in teller.matter.targets if row.target in targets]
    aims = [o.id for o in teller.matter.programme.objectives]
    for aim in (*aims, None):
        own = [row for row in rows if targets[row.target].objective == aim]
        if own:
            yield teller.names.objective(aim), own


def _promised(teller: Teller, aim: str, rows: list[TargetRow]) -> Table:
    heading = teller.say
    return Table(
        aim or heading("table.targets"),
        (
            Column(heading("heading.target"), 3.4),
            Column(heading("heading.target_value"), 2),
            Column(heading("heading.value"), 1.5, number=True),
            Column(heading("heading.period"), 1),
            Column(heading("heading.pace"), 1.5, number=True),
            Column(heading("heading.status"), 1.4),
        ),
        tuple(_promise(teller, row) for row in rows),
    )


def _promise(teller: Teller, row: TargetRow) -> tuple[Cell, ...]:
    names = teller.names
    return (
        names.target(row.target),
        names.promise(row.target),
        _reached(teller, row),
        teller.words.period(row.period) if row.period else "",
        names.figure(row.pace, row.indicator),
        names.status(row),
    )


def _reached(teller: Teller, row: TargetRow) -> Cell:
    """The verdict's value, with its bounds where the figures tell them."""
    key = (row.indicator, row.period)
    for value in teller.matter.values:
        if (value.indicator, value.period) == key and value.value == row.value:
            return teller.names.value_of(value)
    return teller.names.figure(row.value, row.indicator)


# --- what changed ---


def changes(teller: Teller) -> Section:
    """Targets that stand elsewhere than when the period began."""
    matter = teller.matter
    if not matter.before or matter.before_on is None:
        return Section("", ())
    title = teller.say("printed.changes")
    before = {row.target: row for row in matter.before}
    pairs = [(before[r.target], r) for r in matter.targets if r.target in before]
    moved = [(old, new) for old, new in pairs if old.status is not new.status]
    day = teller.words.day(matter.before_on)
    if not moved:
        return Section(title, (Paragraph(teller.tell("no_changes", before=day)),))
    ways = Counter(_way(old, new) for old, new in moved)
    number = teller.words.number
    told = teller.tell(
        "changes",
        before=day,
        better=number(ways["better"]),
        worse=number(ways["worse"]),
        other=number(ways["other"]),
        same=number(len(pairs) - len(moved)),
    )
    return Section(title, (Paragraph(told), _moved(teller, moved)))


def _way(old: TargetRow, new: TargetRow) -> str:
    if old.status not in _RUNGS or new.status not in _RUNGS:
        return "other"
    return "better" if _RUNGS[new.status] > _RUNGS[old.status] else "worse"


def _moved(teller: Teller, moved: list[tuple[TargetRow, TargetRow]]) -> Table:
    heading, names = teller.say, teller.names
    return Table(
        heading("printed.changed"),
        (
            Column(heading("heading.target"), 3),
            Column(heading("heading.before"), 1.2),
            Column(heading("heading.value"), 1.2, number=True),
            Column(heading("heading.after"), 1.2),
            Column(heading("heading.value"), 1.2, number=True),
        ),
        tuple(
            (
                names.target(new.target),
                names.status(old),
                names.figure(old.value, old.indicator),
                names.status(new),
                names.figure(new.value, new.indicator),
            )
            for old, new in moved
        ),
    )


# --- what is behind ---


def behind(teller: Teller) -> Section:
    """Targets off track, missed or at risk: who owns them, and what it would take."""
    title = teller.say("printed.behind")
    rows = [row for row in teller.matter.targets if row.status in BEHIND]
    if not teller.matter.targets:
        return Section(title, ())
    if not rows:
        return Section(title, (Paragraph(teller.tell("none_behind")),))
    rows.sort(key=lambda row: WORST_FIRST.index(row.status))
    told = teller.tell("behind", count=teller.words.number(len(rows)))
    return Section(title, (Paragraph(told), _behind(teller, rows)))


def _behind(teller: Teller, rows: list[TargetRow]) -> Table:
    heading = teller.say
    return Table(
        heading("printed.needed"),
        (
            Column(heading("heading.target"), 3),
            Column(heading("heading.status"), 1.1),
            Column(heading("heading.value"), 1.3, number=True),
            Column(heading("heading.target_value"), 1.7),
            Column(heading("printed.gap"), 1.4, number=True),
            Column(heading("printed.each_period"), 1.4, number=True),
            Column(heading("printed.owner"), 1.8),
        ),
        tuple(_needed(teller, row) for row in rows),
        heading("printed.needed_note"),
    )


def _needed(teller: Teller, row: TargetRow) -> tuple[Cell, ...]:
    names = teller.names
    target = names.targets[row.target]
    left = remaining(target, row)
    gap = None if row.value is None else target.value - row.value
    return (
        names.target(row.target),
        names.status(row),
        names.figure(row.value, row.indicator),
        names.promise(row.target),
        "" if gap is None else Figure(names.way(gap, row.indicator), gap),
        _each(teller, row.indicator, left.each if left else None),
        names.owner(row.target) or teller.say("printed.no_owner"),
    )


def _each(teller: Teller, indicator: str, each: float | None) -> Cell:
    if each is None:
        return teller.say("printed.deadline_passed")
    return Figure(teller.names.way(each, indicator), each)
