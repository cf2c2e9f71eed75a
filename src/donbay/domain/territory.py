"""Places: units with dated versions, and the successions that join them over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit was called and belonged to between two days, both included.

    `lat` and `lon` are of a point in it, in degrees: both or neither.
    """

    unit: str
    code: str
    name: str
    level: str
    parent: str | None = None
    valid_from: date = date.min
    valid_to: date = date.max
    region: str | None = None
    tags: frozenset[str] = frozenset()
    lat: float | None = None
    lon: float | None = None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Succession:
    """From `date` on, part `share` of `origin` belongs to `heir`.

    `share` is between 0 and 1, or None where it was not published; the only heir of
    a unit has share 1. `decision` is the legal act; `basis` is what the share is of.
    """

    date: date
    origin: str
    heir: str
    share: float | None
    basis: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """What happens to one unit on one day: where its land came from and goes to.

    `heirs` and `origins` hold (unit, share); a unit that only receives is its own
    heir and origin with share 1 (MEANING 13).
    """

    date: date
    heirs: tuple[tuple[str, float | None], ...]
    origins: tuple[tuple[str, float | None], ...]


class Territory:
    """All units and successions, with the look-ups that both engines need.

    Versions and successions are taken as checked by `tables` (MEANING 11, 13).
    """

    def __init__(
        self, versions: Iterable[Version], successions: Iterable[Succession] = ()
    ) -> None:
        found: dict[str, list[Version]] = defaultdict(list)
        for version in versions:
            found[version.unit].append(version)
        for some in found.values():
            if len(some) > 1:  # of a nation's units nearly all have one
                some.sort(key=lambda v: v.valid_from)
        self.versions = {unit: tuple(some) for unit, some in found.items()}
        self.successions = tuple(successions)

    def version(self, unit: str, day: date) -> Version | None:
        """The unit's version on `day`; None before, after and in a gap."""
        for version in self.versions.get(unit, ()):
            if version.covers(day):
                return version
        return None

    def on(self, day: date) -> dict[str, Version]:
        """Every unit valid on `day`, in the order in which units were first given."""
        return {
            unit: version
            for unit, some in self.versions.items()
            for version in some
            if version.covers(day)
        }

    def changed_before(self, day: date) -> list[date]:
        """The last days of the maps before that of `day`, the earliest first."""
        ends = {s.date - DAY for s in self.successions if s.date <= day}
        return sorted(ends)

    def of_level(self, level: str, day: date) -> list[str]:
        """The units of a level valid on `day`, in the same order."""
        return [
            unit
            for unit, some in self.versions.items()
            for version in some
            if version.level == level and version.valid_from <= day <= version.valid_to
        ]

    @cached_property
    def cuts(self) -> dict[str, tuple[Cut, ...]]:
        """Per unit, its cuts in order of date."""
        heirs: dict[tuple[str, date], list[tuple[str, float | None]]] = {}
        origins: dict[tuple[str, date], list[tuple[str, float | None]]] = {}
        for s in self.successions:
            heirs.setdefault((s.origin, s.date), []).append((s.heir, s.share))
            origins.setdefault((s.heir, s.date), []).append((s.origin, s.share))
        found: dict[str, list[Cut]] = defaultdict(list)
        for unit, day in sorted(heirs.keys() | origins.keys(), key=lambda k: k[1]):
            found[unit].append(self._cut(unit, day, heirs, origins))
        return {unit: tuple(some) for unit, some in found.items()}

    def _cut(
        self,
        unit: str,
        day: date,
        heirs: dict[tuple[str, date], list[tuple[str, float | None]]],
        origins: dict[tuple[str, date], list[tuple[str, float | None]]],
    ) -> Cut:
        own: list[tuple[str, float | None]] = [(unit, 1.0)]
        to = heirs.get((unit, day))
        of = list(origins.get((unit, day), []))
        if to is None and self.version(unit, day - DAY):
            of = own + of
        return Cut(day, tuple(to or own), tuple(of))

    def ended(self, unit: str, day: date) -> Version | None:
        """The last version that ended on or before `day`, if any."""
        past = [v for v in self.versions.get(unit, ()) if v.valid_to <= day]
        return past[-1] if past else None

    def opened(self, unit: str, day: date) -> Version | None:
        """The first version that began on or after `day`, if any."""
        later = [v for v in self.versions.get(unit, ()) if v.valid_from >= day]
        return later[0] if later else None

    def kin(self, unit: str, day: date) -> list[str]:
        """Where a unit lay, or lies, on a day: itself if it was there then.

        Those of every step are asked in turn; a unit may have none.
        """
        back = all(v.valid_from > day for v in self.versions.get(unit, ()))
        found, rest, seen = [], [unit], {unit}
        while rest:
            one = rest.pop(0)
            if self.version(one, day):
                found.append(one)
                continue
            for s in self.successions:
                here, there = (s.heir, s.origin) if back else (s.origin, s.heir)
                if here == one and there not in seen and (s.date > day) == back:
                    seen.add(there)
                    rest.append(there)
        return found

    def ancestors(self, unit: str, day: date) -> Iterator[str]:
        """The parents above a unit on `day`, nearest first."""
        version = self.version(unit, day)
        while version and version.parent:
            yield version.parent
            version = self.version(version.parent, day)
