"""A territory on the day that its history has reached, and what its units can do.

Everything made here obeys MEANING 11 and 13: a parent is valid on every day of its
child, and a unit that gives while staying has a row to itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tests.engine.worlds.dice import Dice

from donbay.domain.territory import DAY, Succession, Version

REGIONS = ("delta", "hills")
TAGS = ("coast", "border", "urban")
SHARES = {
    2: ((0.5, 0.5), (0.25, 0.75), (0.3, 0.7), (0.9, 0.1)),
    3: ((0.5, 0.25, 0.25), (0.2, 0.3, 0.5), (1 / 3, 1 / 3, 1 / 3)),
}


class Builder:
    """The state of a territory on the day that its history has reached."""

    def __init__(self, dice: Dice, levels: tuple[str, ...]) -> None:
        self.dice = dice
        self.levels = levels
        self.open: dict[str, Version] = {}
        self.past: list[Version] = []
        self.asleep: dict[str, Version] = {}
        self.successions: list[Succession] = []
        self.changes: set[str] = set()
        self.ended: dict[str, date] = {}
        self.touched: set[str] = set()
        self.today = date.min
        self.count = 0

    # --- what a unit can do ---------------------------------------------------------

    def new_id(self, level: str) -> str:
        self.count += 1
        return f"{level[0]}{self.count}"

    def begin(self, unit: str, level: str, parent: str | None) -> None:
        self.open[unit] = Version(
            unit=unit,
            code=unit.upper(),
            name=unit,
            level=level,
            parent=parent,
            valid_from=self.today,
            region=self.dice.choice((*REGIONS, None)),
            tags=frozenset(self.dice.some(TAGS, 0, 2)),
        )
        self.touched.add(unit)

    def change(self, unit: str, **fields: object) -> None:
        """A new version from today, or the one that began today made different."""
        now = self.open[unit]
        if now.valid_from != self.today:
            self.past.append(replace(now, valid_to=self.today - DAY))
        self.open[unit] = replace(now, valid_from=self.today, **fields)  # type: ignore[arg-type]
        self.touched.add(unit)

    def end(self, unit: str, heirs: list[str | None]) -> None:
        """Close a unit; its children go to one of the heirs each."""
        for child in self.children(unit):
            self.change(child, parent=self.dice.choice(heirs))
        self.past.append(replace(self.open.pop(unit), valid_to=self.today - DAY))
        self.touched.add(unit)

    def children(self, unit: str) -> list[str]:
        return [u for u, version in self.open.items() if version.parent == unit]

    def parents_for(self, level: str) -> list[str | None]:
        """Units that may stand above one of this level, the nearest level first."""
        upper = reversed(self.levels[: self.levels.index(level)])
        for above in upper:
            found = [u for u, v in self.open.items() if v.level == above]
            if found:
                return list(found)
        return [None]

    def parent_for(self, level: str, like: Iterable[str] = ()) -> str | None:
        kin = [self.open[u].parent for u in like if u in self.open]
        if kin and self.dice.chance(0.6):
            return self.dice.choice(kin)
        return self.dice.choice(self.parents_for(level))

    def free(self, level: str) -> list[str]:
        """Units of a level that nothing has happened to today."""
        return [
            unit
            for unit, version in self.open.items()
            if version.level == level and unit not in self.touched
        ]

    # --- land changes hands ---------------------------------------------------------

    def shares(self, count: int) -> tuple[float | None, ...]:
        if count == 1:
            return (1.0,)
        if count not in SHARES or self.dice.chance(0.45):
            self.changes.add("shares_not_published")
            return (None,) * count
        shares = self.dice.choice(SHARES[count])
        self.changes.add("shares_published")
        return tuple(self.dice.sample(shares, count))

    def transfer(self, level: str, gifts: dict[str, list[str]]) -> None:
        """From today each origin belongs to its heirs; it stays if it is one."""
        for origin, heirs in gifts.items():
            for heir, share in zip(heirs, self.shares(len(heirs)), strict=True):
                self.successions.append(Succession(self.today, origin, heir, share))
        heirs_of_all = dict.fromkeys(h for heirs in gifts.values() for h in heirs)
        for heir in heirs_of_all:
            if heir not in self.open:
                self.begin(heir, level, self.parent_for(level, gifts))
            elif heir in gifts or self.dice.chance(0.5):
                self.change(heir)
            self.touched.add(heir)
        for origin, heirs in gifts.items():
            if origin not in heirs:
                self.end(origin, list(heirs))

    def heir(self, level: str, besides: Iterable[str]) -> str:
        """A new unit, one that is there already, or one that was closed before."""
        there = [u for u in self.free(level) if u not in set(besides)]
        if there and self.dice.chance(0.3):
            return self.dice.choice(there)
        gone = {
            v.unit
            for v in self.past
            if v.level == level and v.unit not in self.open | self.asleep
        }
        back = sorted(gone - self.touched)
        if back and self.dice.chance(0.25):
            self.changes.add("restored")
            return self.dice.choice(back)
        return self.new_id(level)

    def heirs(self, level: str, count: int, besides: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(self.heir(level, besides) for _ in range(count)))
