"""All that a verdict is a function of, with the look-ups that its rules share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from functools import cache

from donbay.domain.acts import Act
from donbay.domain.indicators import Indicator, OverTime
from donbay.domain.ledger import Observation
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days
from donbay.engine.plain.atlas import Atlas
from donbay.engine.plain.figures import Ask, Clauses
from donbay.engine.plain.ledger import Ledger, latest
from donbay.engine.plain.ties import Origin, Ties, origins_of


class World:
    """Programme, territory, ledger and acts on the days asked for."""

    def __init__(
        self,
        programme: Programme,
        territory: Territory,
        observations: Sequence[Observation],
        acts: Sequence[Act],
        days: Days,
    ) -> None:
        self.programme = programme
        self.territory = territory
        self.acts = tuple(acts)
        self.days = days
        in_force = latest(programme, territory, observations, days.known)
        self.ledger = Ledger(programme, territory, in_force)
        self.atlas = Atlas(territory, days.map, programme.level_ids)
        self.order = tuple(territory.versions)
        self.origins: Callable[[str, Clauses, Period, bool], list[Origin]] = cache(
            self._origins
        )
        self.ties: Callable[[str, Clauses, tuple[Period, ...], bool], Ties] = cache(
            self._ties
        )

    def cut_to(self, rows: frozenset[int]) -> World:
        """The same world, had only these rows been reported."""
        fewer = copy(self)
        fewer.ledger = self.ledger.cut_to(rows)
        return fewer

    def indicator(self, wanted: str) -> Indicator:
        return self.programme.indicators[wanted]

    def clauses(
        self, indicator: Indicator, over: Collection[frozenset[str]]
    ) -> Clauses:
        """Programme, indicator, a ratio's parts, and whoever asks: all must hold."""
        parts = (indicator.numerator, indicator.denominator)
        scopes = [self.programme.scope, indicator.scope, *over]
        scopes += [self.indicator(part).scope for part in parts if part]
        return frozenset(scope for scope in scopes if scope)

    def _origins(
        self,
        level: str,
        clauses: Clauses,
        period: Period,
        extreme: bool,  # noqa: FBT001 -- a part of the key of a cache
    ) -> list[Origin]:
        return origins_of(
            self.territory, self.atlas, level, clauses, period, extreme=extreme
        )

    def _ties(
        self,
        level: str,
        clauses: Clauses,
        periods: tuple[Period, ...],
        extreme: bool,  # noqa: FBT001 -- a part of the key of a cache
    ) -> Ties:
        origins = {p: self.origins(level, clauses, p, extreme) for p in periods}
        return Ties(origins, self.order)

    def sub_periods(self, ask: Ask) -> tuple[Period, ...]:
        return ask.period.parts(self.indicator(ask.indicator).frequency)


def asked_of(rule: OverTime | None, periods: Sequence[Period]) -> tuple[Period, ...]:
    """The sub-periods that a time rule looks at: all, or the last alone."""
    if rule in {None, OverTime.LAST}:
        return (periods[-1],)
    return tuple(periods)
