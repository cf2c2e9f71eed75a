"""What a decision does to the places: the map after it, and who answers for what ended.

Nothing here asks whether a decision is fit: `tables` checks the places that follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from donbay.domain.quantities import equal
from donbay.domain.territory import DAY, Succession, Territory, Version


@dataclass(frozen=True)
class Reorganisation:
    """From a day on, other places: `versions` begin, or end what they name.

    A version of a known unit and first day takes the place of that version; another
    that begins cuts what was valid before. An origin that is not named so ends.
    """

    day: date
    versions: tuple[Version, ...]
    successions: tuple[Succession, ...]

    @property
    def eve(self) -> date:
        return self.day - DAY

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Every unit that it speaks of, in order."""
        named = [version.unit for version in self.versions]
        for one in self.successions:
            named += [one.origin, one.heir]
        return tuple(dict.fromkeys(named))


def applied(places: Territory, change: Reorganisation) -> Territory:
    """The places as they are with the change."""
    found = {unit: list(some) for unit, some in places.versions.items()}
    for version in change.versions:
        some = found.setdefault(version.unit, [])
        some[:] = [*_before(some, version), version]
    begun = {v.unit for v in change.versions if v.valid_from == change.day}
    for one in change.successions:
        if one.origin not in begun:
            some = found.get(one.origin, [])
            some[:] = [_ended(version, change) for version in some]
    versions = [version for some in found.values() for version in some]
    return Territory(versions, [*places.successions, *change.successions])


def _before(some: Sequence[Version], new: Version) -> Iterator[Version]:
    """What stays of a unit's versions beside a new one."""
    for old in some:
        if old.valid_from >= new.valid_from:
            if old.valid_from != new.valid_from:
                yield old
        elif old.valid_to >= new.valid_from:
            yield replace(old, valid_to=new.valid_from - DAY)
        else:
            yield old


def _ended(version: Version, change: Reorganisation) -> Version:
    if not version.covers(change.eve) or version.valid_to == change.eve:
        return version
    return replace(version, valid_to=change.eve)


def undone(
    places: Territory, change: Reorganisation, before: Iterable[Version]
) -> Territory:
    """The places without the change: `before` are the versions of its units then."""
    versions: dict[str, list[Version]] = {}
    for version in before:
        versions.setdefault(version.unit, []).append(version)
    kept = {
        unit: list(some)
        for unit, some in places.versions.items()
        if unit not in set(change.units)
    }
    gone = {(s.date, s.origin, s.heir) for s in change.successions}
    return Territory(
        [version for some in (*kept.values(), *versions.values()) for version in some],
        [s for s in places.successions if (s.date, s.origin, s.heir) not in gone],
    )


def found_in(places: Territory, day: date) -> tuple[Reorganisation, list[Version]]:
    """What places that are told with their past say happened on a day.

    With the versions of its units as they would be without it: what ended on the eve
    would go on.
    """
    change = [one for one in places.successions if one.date == day]
    origins = {one.origin for one in change}
    every = [v for some in places.versions.values() for v in some]
    begun = [v for v in every if v.valid_from == day]
    again = origins | {v.unit for v in begun}
    ended = [v for v in every if v.valid_to == day - DAY and v.unit not in again]
    found = Reorganisation(day, (*begun, *ended), tuple(change))
    touched = set(found.units)
    before = [
        replace(v, valid_to=date.max) if v.valid_to == found.eve else v
        for v in every
        if v.unit in touched and v.valid_from != day
    ]
    return found, before


# --- who answers for what ended -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heir:
    """Who goes on with a unit's work; `unit` None: somebody has to say.

    `why`: whole (one heir), largest (the greatest published part), above (a level
    that ended), unknown (several, and no part is greater), stays (it is still there).
    """

    unit: str | None
    why: str


def heir(places: Territory, unit: str, day: date) -> Heir:
    """Who goes on on `day` with what a unit did: itself while it is valid."""
    if places.version(unit, day):
        return Heir(unit, "stays")
    cut = next(
        (c for c in reversed(places.cuts.get(unit, ())) if c.date <= day and c.heirs),
        None,
    )
    if cut is None or cut.heirs == ((unit, 1.0),):
        return _above(places, unit, day)
    if len(cut.heirs) == 1:
        return _onward(places, cut.heirs[0][0], day, "whole")
    largest = _largest(cut.heirs)
    if largest is None:
        return Heir(None, "unknown")
    return _onward(places, largest, day, "largest")


def _onward(places: Territory, unit: str, day: date, why: str) -> Heir:
    """The heir itself, or who goes on with it in turn."""
    if places.version(unit, day):
        return Heir(unit, why)
    return heir(places, unit, day)


def _largest(heirs: Sequence[tuple[str, float | None]]) -> str | None:
    parts = sorted(((part or 0.0, unit) for unit, part in heirs), reverse=True)
    if any(part is None for _, part in heirs) or equal(parts[0][0], parts[1][0]):
        return None
    return parts[0][1]


def _above(places: Territory, unit: str, day: date) -> Heir:
    """Of a unit that ended without an heir: its last parent, or who goes on with it."""
    last = places.ended(unit, day)
    if last is None or last.parent is None:
        return Heir(None, "unknown")
    found = heir(places, last.parent, day)
    return Heir(found.unit, "above" if found.unit else "unknown")


def goes_on_alone(change: Reorganisation, unit: str) -> str | None:
    """The one heir of a unit that is nothing but this unit, if there is one."""
    to = [one.heir for one in change.successions if one.origin == unit]
    if len(to) != 1:
        return None
    of = [one.origin for one in change.successions if one.heir == to[0]]
    new = all(
        version.unit != to[0] or version.valid_from == change.day
        for version in change.versions
    )
    return to[0] if of == [unit] and new else None
