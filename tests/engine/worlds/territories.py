"""Territories that live: units open, change, merge, divide and close on dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.engine.worlds.builder import Builder
from tests.engine.worlds.dice import Dice
from tests.engine.worlds.events import happen, wake

from donbay.domain.territory import Territory

LEVELS = ("country", "province", "district", "commune")


@dataclass(frozen=True)
class Land:
    """A territory with what happened to it; `ended` holds abolished levels."""

    territory: Territory
    levels: tuple[str, ...]
    changes: frozenset[str]
    days: tuple[date, ...]
    ended: dict[str, date] = field(default_factory=dict)

    def below(self, level: str) -> tuple[str, ...]:
        """The levels at and below a level."""
        return self.levels[self.levels.index(level) :]

    def above(self, level: str) -> tuple[str, ...]:
        """The levels at and above a level."""
        return self.levels[: self.levels.index(level) + 1]

    def units(self, levels: Iterable[str]) -> list[str]:
        wanted = set(levels)
        found = self.territory.versions.items()
        return [unit for unit, some in found if some[0].level in wanted]


def first_day_of_all(land: Builder, leaves: int) -> None:
    for level in land.levels[:-1]:
        top = level == land.levels[0]
        for _ in range(land.dice.choice((1, 1, 1, 2) if top else (1, 2, 2, 3, 4))):
            land.begin(land.new_id(level), level, land.parent_for(level))
    for _ in range(leaves):
        level = land.levels[-1]
        parent = land.parent_for(level)
        if land.dice.chance(0.04):
            parent = None
        land.begin(land.new_id(level), level, parent)


def days_of(dice: Dice, years: range, count: int) -> list[date]:
    """When things happen: mostly at the turn of a period, sometimes within one."""
    months = [1, 1, 1, 4, 7, 7, 7, 10]
    turns = [date(dice.choice(years), dice.choice(months), 1) for _ in range(count)]
    within = [0, 0, 0, -1, 14, 30]
    return [day + timedelta(days=dice.choice(within)) for day in turns]


def grow(dice: Dice, *, levels: int, leaves: int, years: range, events: int) -> Land:
    """A territory of `levels` levels and its history over the years."""
    names = LEVELS[-levels:] if dice.chance(0.5) else LEVELS[:levels]
    land = Builder(dice.fork("first"), names)
    land.today = date.min if dice.chance(0.7) else date(years[0] - 1, 1, 1)
    first_day_of_all(land, leaves)
    some_days = sorted(set(days_of(dice, years, dice.randint(1, 3))))
    when = sorted((dice.choice(some_days), number) for number in range(events))
    for day, number in when:
        if day != land.today:
            land.today, land.touched = day, set()
            wake(land)
        happen(land, dice.fork("event", number))
    versions = [*land.past, *land.open.values()]
    if dice.chance(0.5):
        dice.shuffle(versions)
    return Land(
        territory=Territory(versions, land.successions),
        levels=names,
        changes=frozenset(land.changes),
        days=tuple(dict.fromkeys(day for day, _ in when)),
        ended=land.ended,
    )
