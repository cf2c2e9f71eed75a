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


def latest(
    programme: Programme,
    territory: Territory,
    observations: Iterable[Observation],
    known: datetime | None,
) -> list[Observation]:
    """The rows in force at `known`: the last of each key, unless it withdrew."""
    found: dict[Key, Observation] = {}
    for o in sorted(observations, key=lambda o: (o.recorded_at, o.row)):
        if (known is None or o.recorded_at <= known) and _fits(programme, territory, o):
            found[o.unit, o.indicator, o.period, o.category] = o
    return [o for o in found.values() if o.value is not None]


def _fits(programme: Programme, territory: Territory, o: Observation) -> bool:
    """Tables refuse what does not; an engine that is given it does not see it."""
    indicator = programme.indicators.get(o.indicator)
    return (
        indicator is not None
        and o.period.frequency is indicator.frequency
        and (o.period.frequency is not Frequency.SPAN or o.period in indicator.spans)
        and (o.category is None or o.category in indicator.categories)
        and territory.version(o.unit, o.period.last) is not None
    )


class Ledger:
    """Rows in force, parted into collected and merely stated ones."""

    def __init__(
        self, programme: Programme, territory: Territory, in_force: list[Observation]
    ) -> None:
        self._programme, self._territory = programme, territory
        self._in_force = in_force
        self.start = _first_day(in_force)
        self.rows = frozenset(o.row for o in in_force)
        self._stated: dict[Key, Observation] = {}
        self._said: dict[Key, Observation] = {}
        self._periods: dict[tuple[str, str], set[Period]] = defaultdict(set)
        self._by_unit: dict[str, list[int]] = defaultdict(list)
        for o in in_force:
            self._enter(o)

    def _enter(self, o: Observation) -> None:
        key = o.unit, o.indicator, o.period, o.category
        if self._is_stated(o):
            self._stated[key] = o
            return
        self._said[key] = o
        self._periods[o.unit, o.indicator].add(o.period)
        self._by_unit[o.unit].append(o.row)

    def cut_to(self, rows: frozenset[int]) -> Ledger:
        """Had only these been reported, of the rows in force."""
        fewer = [o for o in self._in_force if o.row in rows]
        return Ledger(self._programme, self._territory, fewer)

    def rows_of(self, units: Iterable[str]) -> tuple[int, ...]:
        """All that these units said of themselves."""
        return tuple(row for unit in units for row in self._by_unit.get(unit, ()))

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
