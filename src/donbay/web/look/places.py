"""A place as a reader sees it: its levels, what lies above it, what it went through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from donbay.domain.territory import Version
from donbay.domain.verdicts import CriterionRow, LevelRow
from donbay.web.look.titles import Titles
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation


@dataclass(frozen=True, slots=True)
class Levels:
    """A set's level at a place, reached by its figures beside recognised by acts."""

    titles: Titles
    row: LevelRow

    @property
    def set(self) -> str:
        return self.titles.set(self.row.set)

    @property
    def reached(self) -> str:
        return self.titles.rung(self.row.set, self.row.reached)

    @property
    def possible(self) -> str:
        return self.titles.rung(self.row.set, self.row.possible)

    @property
    def recognised(self) -> str:
        return self.titles.rung(self.row.set, self.row.recognised)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the map in use, with the levels that it has."""

    titles: Titles
    unit: str
    version: Version
    levels: tuple[Levels, ...]

    @property
    def name(self) -> str:
        return self.version.name

    @property
    def level(self) -> str:
        return self.titles.level(self.version.level)

    @property
    def parent(self) -> str:
        parent = self.version.parent
        return self.titles.place(parent) if parent else ""

    @property
    def reached(self) -> str:
        return ", ".join(one.reached for one in self.levels)

    @property
    def recognised(self) -> str:
        return ", ".join(one.recognised for one in self.levels)


def places_of(titles: Titles, evaluation: Evaluation) -> list[Place]:
    found: dict[str, list[Levels]] = {}
    if titles.sets:
        for row in results.levels(evaluation):
            found.setdefault(row.unit, []).append(Levels(titles, row))
    wanted = titles.pack.programme.level_ids
    return [
        Place(titles, unit, version, tuple(found.get(unit, ())))
        for unit, version in titles.ground.items()
        if version.level in wanted
    ]


def line_above(titles: Titles, unit: str) -> list[tuple[str, str]]:
    """The places above, from the top down."""
    above = list(titles.territory.ancestors(unit, titles.days.map))
    return [(one, titles.place(one)) for one in reversed(above)]


@dataclass(frozen=True, slots=True)
class Change:
    """What a place went through on a day: named, come of others, gone into others."""

    day: date
    kind: str
    name: str
    units: tuple[tuple[str, str], ...] = ()
    decision: str = ""


def history(titles: Titles, unit: str) -> list[Change]:
    """A place's names and the mergers and divisions that it went through, in order."""
    found = [
        Change(v.valid_from, "named", v.name)
        for v in titles.territory.versions.get(unit, ())
        if v.valid_from > date.min
    ]
    found += _changes(titles, unit, "came_of")
    found += _changes(titles, unit, "went_into")
    return sorted(found, key=lambda change: (change.day, change.kind))


def _changes(titles: Titles, unit: str, kind: str) -> list[Change]:
    others: dict[date, list[tuple[str, str]]] = {}
    decisions: dict[date, str] = {}
    for change in titles.territory.successions:
        here, other = (change.heir, change.origin)
        if kind == "went_into":
            here, other = other, here
        if here == unit and other != unit:
            named = (other, _name_at(titles, other, change.date))
            others.setdefault(change.date, []).append(named)
            decisions[change.date] = change.decision or ""
    name = titles.place(unit)
    return [
        Change(day, kind, name, tuple(some), decisions[day])
        for day, some in others.items()
    ]


def _name_at(titles: Titles, unit: str, day: date) -> str:
    """What a place was called on a day on which it began or ended."""
    where = titles.territory
    found = (
        where.version(unit, day) or where.ended(unit, day) or where.opened(unit, day)
    )
    return found.name if found else unit


def whole_first(rows: Iterable[CriterionRow]) -> list[CriterionRow]:
    """Each criterion before its parts, in the order in which they came."""
    found: dict[str, list[CriterionRow]] = {}
    for row in rows:
        found.setdefault(row.criterion, []).append(row)
    return [
        row
        for some in found.values()
        for row in sorted(some, key=lambda one: one.sub_criterion is not None)
    ]
