"""The places in a place: how many stand where, and which have to pass still."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from donbay.domain.indicators import Indicator
from donbay.domain.quantities import Range
from donbay.domain.verdicts import Status, TargetRow, ValueRow
from donbay.reports.charting import Draw, places_chart
from donbay.reports.model import (
    Block,
    Cell,
    Column,
    Figure,
    Paragraph,
    Section,
    Table,
)
from donbay.reports.standing import BEHIND
from donbay.reports.telling import Teller

NAMED = 20  # places that a row names; the others are counted
SHOWN = (
    *(Status.ACHIEVED, Status.ON_TRACK, Status.AT_RISK),
    *(Status.OFF_TRACK, Status.MISSED, Status.OPEN, Status.NO_DATA),
)


def places(teller: Teller, draw: Draw | None) -> Section:
    """Targets that each place has, places behind, and the levels that they reach."""
    below = _by_target(teller.matter.below)
    blocks: list[Block] = []
    if below:
        everywhere = {row.unit for rows in below.values() for row in rows}
        count = teller.words.number(len(everywhere))
        blocks += [
            Paragraph(teller.tell("places", count=count)),
            _tallies(teller, below),
        ]
        if draw:
            blocks.append(places_chart(teller, below, draw))
    if lacking := list(_lacking(teller, below)):
        blocks.append(_behind(teller, lacking))
    blocks += _levels(teller)
    return Section(teller.say("printed.places"), tuple(blocks))


def _by_target(rows: Iterable[TargetRow]) -> dict[str, list[TargetRow]]:
    found: dict[str, list[TargetRow]] = {}
    for row in rows:
        found.setdefault(row.target, []).append(row)
    return found


def _tallies(teller: Teller, below: Mapping[str, Sequence[TargetRow]]) -> Table:
    heading = teller.say
    return Table(
        heading("printed.places_by_target"),
        (
            Column(heading("heading.target"), 3),
            Column(heading("printed.judged"), 1, number=True),
            *(Column(heading(f"status.{s}"), 1, number=True) for s in SHOWN),
        ),
        tuple(
            (teller.names.target(name), *_counts(teller, rows))
            for name, rows in below.items()
            if name in teller.names.targets
        ),
    )


def _counts(teller: Teller, rows: Sequence[TargetRow]) -> Iterator[Cell]:
    counts = Counter(row.status for row in rows)
    for count in (len(rows), *(counts[status] for status in SHOWN)):
        yield Figure(teller.words.number(count), count)


# --- which have to pass still ---


def _lacking(
    teller: Teller, below: Mapping[str, Sequence[TargetRow]]
) -> Iterator[tuple[str, list[str]]]:
    """By target: the places behind it, or that do not meet what a share counts."""
    for name, rows in below.items():
        units = [row.unit for row in rows if row.status in BEHIND]
        if units and name in teller.names.targets:
            yield name, units
    for row in teller.matter.targets:
        indicator = teller.matter.programme.indicators[row.indicator]
        if row.status is not Status.ACHIEVED and indicator.condition is not None:
            units = list(_failing(teller.matter.values_below, indicator, row))
            if units:
                yield row.target, units


def _failing(
    values: Iterable[ValueRow], indicator: Indicator, row: TargetRow
) -> Iterator[str]:
    """Units of which every possible value fails the condition of a share or count."""
    asked = indicator.condition
    if asked is None or asked.category is not None:
        return
    for value in values:
        if value.indicator != asked.indicator or value.period != row.period:
            continue
        low = float("-inf") if value.low is None else value.low
        high = float("inf") if value.high is None else value.high
        if value.value is None:
            continue
        if Range(low, high).satisfies(asked.comparator, asked.value) is False:
            yield value.unit


def _behind(teller: Teller, lacking: Sequence[tuple[str, list[str]]]) -> Table:
    heading = teller.say
    return Table(
        heading("printed.places_behind"),
        (
            Column(heading("heading.target"), 2),
            Column(heading("printed.places_short"), 0.8, number=True),
            Column(heading("printed.which"), 5),
        ),
        tuple(
            (
                teller.names.target(name),
                Figure(teller.words.number(len(units)), len(units)),
                _named(teller, units),
            )
            for name, units in lacking
        ),
    )


def _named(teller: Teller, units: Sequence[str]) -> str:
    listed = teller.say("printed.comma").join(
        teller.names.place(unit) for unit in units[:NAMED]
    )
    if len(units) <= NAMED:
        return listed
    more = teller.words.number(len(units) - NAMED)
    return teller.say("printed.and_more", places=listed, count=more)


# --- levels ---


def _levels(teller: Teller) -> Iterator[Table]:
    """Of each set: how many places reach and are recognised at which level."""
    names, own_unit = teller.names, teller.order.unit
    rows = [row for row in teller.matter.levels if row.unit != own_unit]
    for name in dict.fromkeys(row.set for row in rows):
        own = [row for row in rows if row.set == name]
        reached = Counter(row.reached for row in own)
        recognised = Counter(row.recognised for row in own)
        ladder = [one.id for one in names.sets[name].levels]
        yield Table(
            names.sets[name].title.in_(teller.words.language, name),
            (
                Column(teller.say("printed.level"), 3),
                Column(teller.say("heading.reached"), 1, number=True),
                Column(teller.say("heading.recognised"), 1, number=True),
            ),
            tuple(
                (
                    names.rung(name, level),
                    Figure(teller.words.number(reached[level]), reached[level]),
                    Figure(teller.words.number(recognised[level]), recognised[level]),
                )
                for level in (*reversed(ladder), "none", "unknown")
            ),
            teller.say("printed.levels_note"),
        )
