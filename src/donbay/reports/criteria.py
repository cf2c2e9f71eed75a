"""The criteria of one place, and the level that it reaches by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from donbay.domain.verdicts import CriterionRow
from donbay.reports.model import Column, Section, Table
from donbay.reports.telling import Teller


def reached(teller: Teller) -> Section:
    """Empty unless the report is of one place that criteria were judged for."""
    return Section(teller.say("printed.criteria"), tuple(_sets(teller)))


def _sets(teller: Teller) -> Iterator[Table]:
    rows = [row for row in teller.matter.criteria if row.sub_criterion is None]
    for name in dict.fromkeys(row.set for row in rows):
        own = [row for row in rows if row.set == name]
        yield _criteria(teller, name, own)


def _criteria(teller: Teller, name: str, rows: Sequence[CriterionRow]) -> Table:
    heading, names = teller.say, teller.names
    return Table(
        names.sets[name].title.in_(teller.words.language, name),
        (
            Column(heading("heading.criterion"), 4),
            Column(heading("heading.result"), 1.2),
            Column(heading("heading.reason"), 2.5),
        ),
        tuple(
            (
                names.criterion(name, row.criterion),
                heading(f"result.{row.result}"),
                names.reason(row.reason),
            )
            for row in rows
        ),
        _level(teller, name),
    )


def _level(teller: Teller, name: str) -> str:
    """What the place itself reaches and is recognised at, where it is known."""
    unit = teller.order.unit
    for row in teller.matter.levels:
        if (row.unit, row.set) == (unit, name):
            return teller.say(
                "printed.level_of_place",
                reached=teller.names.rung(name, row.reached),
                recognised=teller.names.rung(name, row.recognised),
            )
    return ""
