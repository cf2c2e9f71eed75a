"""What acts say of a unit, read through its mergers (MEANING 31, 32)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from donbay.domain.acts import Act
from donbay.domain.criteria import CriteriaSet, Result
from donbay.domain.territory import Cut, Territory
from donbay.domain.verdicts import Days

NONE = -1


@dataclass(frozen=True)
class Life:
    """A unit's own acts count while `start <= date < end`."""

    unit: str
    start: date
    end: date


class Acts:
    """Acts known and in force on the day judged."""

    def __init__(
        self, territory: Territory, acts: Sequence[Act], days: Days, time_zone: str
    ) -> None:
        self.territory, self.days = territory, days
        known = days.known
        until = known.astimezone(ZoneInfo(time_zone)).date() if known else date.max
        self.of: dict[tuple[str, str], list[Act]] = defaultdict(list)
        for act in sorted(acts, key=lambda a: a.date):
            if act.date <= until:
                self.of[act.unit, act.kind].append(act)

    def recognised(self, unit: str, found: CriteriaSet) -> int:
        """The rung of the ladder that acts recognise; -1 for none."""
        if found.recognised_by is None:
            return NONE
        rungs = {level.id: i for i, level in enumerate(found.levels)}
        return self._rung(unit, date.max, found.recognised_by, rungs)

    def _rung(self, unit: str, end: date, kind: str, rungs: dict[str, int]) -> int:
        merger: Cut | None = None
        own: list[Act] = []
        for life, cut in self._lives(unit, end):
            own = self._during(life, kind) + own
            merger = cut
        if own:
            force = [act for act in own if act.in_force(self.days.on)]
            return rungs.get(force[-1].level or "", NONE) if force else NONE
        if merger is None:
            return NONE
        origins = [origin for origin, _ in merger.origins]
        return min(
            (self._rung(origin, merger.date, kind, rungs) for origin in origins),
            default=NONE,
        )

    def attested(self, unit: str, subject: str, authority: str) -> Result | None:
        """What the authority says of a sub-criterion; None where it says nothing."""
        said: list[Act] = []
        for life, _ in self._lives(unit, date.max):
            said = self._during(life, "attestation") + said
        said = [
            act
            for act in said
            if act.subject == subject
            and act.authority == authority
            and act.in_force(self.days.on)
        ]
        return Result(said[-1].result) if said and said[-1].result else None

    def _during(self, life: Life, kind: str) -> list[Act]:
        acts = self.of.get((life.unit, kind), ())
        return [act for act in acts if life.start <= act.date < life.end]

    def _lives(self, unit: str, end: date) -> Iterator[tuple[Life, Cut | None]]:
        """The unit and those it goes on from one to one, at the end with its merger."""
        while True:
            cut = self._last_cut(unit, end)
            if cut is None:
                yield Life(unit, date.min, end), None
                return
            one_to_one = self._passes_whole(unit, cut)
            yield Life(unit, cut.date, end), None if one_to_one else cut
            if not one_to_one:
                return
            unit, end = cut.origins[0][0], cut.date

    def _last_cut(self, unit: str, end: date) -> Cut | None:
        for cut in reversed(self.territory.cuts.get(unit, ())):
            if cut.date <= self.days.map and cut.date < end:
                return cut
        return None

    def _passes_whole(self, unit: str, cut: Cut) -> bool:
        if len(cut.origins) != 1 or cut.origins[0][0] == unit:
            return False
        origin = cut.origins[0][0]
        for other in self.territory.cuts[origin]:
            if other.date == cut.date:
                return len(other.heirs) == 1
        return False
