"""The latest rows, and what each reporting unit said (MEANING 8 and 9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.ledger import Observation
from donbay.domain.periods import Frequency, Period
from donbay.domain.programmes import Programme
from donbay.domain.quantities import reported_range
from donbay.domain.territory import Territory
from donbay.engine.plain import ranges
from donbay.engine.plain.figures import NO_ROWS, SILENCE, Cell, Said

Key = tuple[str, str, Period, str | None]


class Ledger:
    """Rows in force at `known`, parted into collected and merely stated ones."""

    def __init__(
        self,
        programme: Programme,
        territory: Territory,
        observations: Iterable[Observation],
        known: datetime | None,
    ) -> None:
        self._programme = programme
        self._territory = territory
        in_force = self._in_force(observations, known)
        self.start = _first_day(in_force.values())
        self.rows = frozenset(o.row for o in in_force.values())
        self._stated = {k: o for k, o in in_force.items() if self._is_stated(o)}
        self._said = {k: o for k, o in in_force.items() if k not in self._stated}
        self._periods: dict[tuple[str, str], set[Period]] = defaultdict(set)
        for unit, indicator, period, _ in self._said:
            self._periods[unit, indicator].add(period)

    def _in_force(
        self, observations: Iterable[Observation], known: datetime | None
    ) -> dict[Key, Observation]:
        latest: dict[Key, Observation] = {}
        for o in sorted(observations, key=lambda o: (o.recorded_at, o.row)):
            if (known is None or o.recorded_at <= known) and self._is_understood(o):
                latest[o.unit, o.indicator, o.period, o.category] = o
        return {key: o for key, o in latest.items() if o.value is not None}

    def _is_understood(self, o: Observation) -> bool:
        indicator = self._programme.indicators.get(o.indicator)
        return (
            indicator is not None
            and o.period.frequency is indicator.frequency
            and (
                o.period.frequency is not Frequency.SPAN or o.period in indicator.spans
            )
            and (o.category is None or o.category in indicator.categories)
            and self._territory.version(o.unit, o.period.last) is not None
        )

    def _is_stated(self, o: Observation) -> bool:
        indicator = self._programme.indicators[o.indicator]
        version = self._territory.version(o.unit, o.period.last)
        return (
            not indicator.roll_up.collected
            or version is None
            or version.level != indicator.level
        )

    def stated(self, unit: str, indicator: str, period: Period) -> Observation | None:
        return self._stated.get((unit, indicator, period, None))

    def said(
        self, indicator: Indicator, category: str | None, unit: str, period: Period
    ) -> Said:
        """A total wins; without one a sum needs all its declared categories."""
        own = self._said.get((unit, indicator.id, period, category))
        if own:
            cell = _cell(own, indicator)
            return Said(cell, cell.rows)
        if category is None and indicator.roll_up is RollUp.SUM:
            return self._from_categories(indicator, unit, period)
        return SILENCE

    def _from_categories(self, indicator: Indicator, unit: str, period: Period) -> Said:
        keys = ((unit, indicator.id, period, name) for name in indicator.categories)
        cells = [_cell(self._said[key], indicator) for key in keys if key in self._said]
        if not cells:
            return SILENCE
        heard = NO_ROWS.union(*(cell.rows for cell in cells))
        if len(cells) < len(indicator.categories):
            return Said(None, heard)
        return Said(Cell(ranges.total([cell.guess for cell in cells]), heard), heard)

    def carried(
        self, indicator: Indicator, category: str | None, unit: str, day: date
    ) -> tuple[Period, Cell] | None:
        """The last cell of a period ended by `day`, however old (MEANING 7)."""
        ended = [p for p in self._periods[unit, indicator.id] if p.last <= day]
        for period in sorted(ended, key=lambda p: (p.last, p), reverse=True):
            cell = self.said(indicator, category, unit, period).cell
            if cell:
                return period, cell
        return None


def _cell(o: Observation, indicator: Indicator) -> Cell:
    if o.value is None:
        raise ValueError(o)
    span = reported_range(o.value, o.bound, non_negative=indicator.non_negative)
    return Cell((o.value, span), frozenset([o.row]))


def _first_day(rows: Iterable[Observation]) -> date | None:
    """Of the earliest row; spans of years do not begin a series."""
    regular = (o.period for o in rows if o.period.frequency is not Frequency.SPAN)
    return min((period.first for period in regular), default=None)
