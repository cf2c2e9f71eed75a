"""What a row's cells must be to each other: unit and day, indicator and period, ..."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from donbay.domain.indicators import Indicator
from donbay.domain.ledger import Log
from donbay.domain.periods import MONTHS, Frequency, period_of
from donbay.domain.territory import Territory
from donbay.tables.arrays import take
from donbay.tables.cells import Cells, number_text
from donbay.tables.coding import ANY_LEVEL, COMPUTED, NOT_VALID, Coding
from donbay.tables.findings import Fault, Findings, Ints, fault

Array: TypeAlias = npt.NDArray[Any]
_INT32 = 1 << 31
MOST_NAMED = 5  # heirs in one message


class Relations:
    """Holds the rows of a log against the tables of a coding."""

    def __init__(self, coding: Coding, findings: Findings, notices: Findings) -> None:
        self._coding, self._findings, self._notices = coding, findings, notices

    def check(
        self,
        log: Log,
        cells: Cells,
        bad: npt.NDArray[np.bool_] | None,
        indicators: Ints,
        periods: Ints,
    ) -> None:
        """`indicators` and `periods` may occur; rows that are `bad` are left out."""
        rows = _Rows(log, cells, None if bad is None else np.flatnonzero(~bad))
        if not len(rows.unit):
            return
        self._units(rows, indicators)
        if not self._coding.fits[np.ix_(indicators, periods)].all():
            self._frequency(rows)
        if log.category is not None:
            self._category(rows)
        if rows.value.size and np.nanmin(rows.value, initial=0) < 0:
            self._negative(rows)
        if self._coding.has_range:
            self._range(rows)

    def _units(self, rows: _Rows, indicators: Ints) -> None:
        coding = self._coding
        first = _first_of_alike(rows.unit, rows.period)
        level = self._levels(rows.unit[first], rows.period[first])
        wanted = {*coding.collected[indicators].tolist()}
        if len(wanted) == 1 and (level == wanted.pop()).all():
            return
        level = self._levels(rows.unit, rows.period)
        odd = np.flatnonzero(level != coding.collected[rows.indicator])
        found = level[odd]
        self._not_valid(rows, odd[found == NOT_VALID])
        self._stated(rows, odd[(found != NOT_VALID) & (found != ANY_LEVEL)])

    def _levels(self, unit: Array, period: Array) -> Array:
        """The level of each unit in a period, or why it has none."""
        table = self._coding.level
        place: Array = unit.astype(np.int32 if table.size < _INT32 else np.int64)
        place *= table.shape[1]
        place += period
        return take(table.ravel(), place)

    def _not_valid(self, rows: _Rows, odd: Ints) -> None:
        coding = self._coding
        for (unit, period), some in _grouped(odd, rows.unit[odd], rows.period[odd]):
            when = coding.periods[period]
            wrong = not_valid(
                coding.territory, coding.units[unit], str(when), when.last
            )
            self._findings.at(wrong, "unit", rows.lines(some))

    def _stated(self, rows: _Rows, odd: Ints) -> None:
        """Rows that are shown beside what is computed or rolled up, never mixed in."""
        coding = self._coding
        for (code,), some in _grouped(odd, rows.indicator[odd]):
            indicator = coding.indicators[code]
            if coding.collected[code] == COMPUTED:
                wrong = fault("stated_computed", indicator=indicator.id)
            else:
                level = indicator.level
                wrong = fault("stated_level", indicator=indicator.id, level=level)
            self._notices.at(wrong, "indicator", rows.lines(some))

    def _frequency(self, rows: _Rows) -> None:
        coding = self._coding
        odd = np.flatnonzero(~coding.fits[rows.indicator, rows.period])
        for pair, some in _grouped(odd, rows.indicator[odd], rows.period[odd]):
            indicator, period = coding.indicators[pair[0]], coding.periods[pair[1]]
            wrong = fault(
                "period_frequency",
                found=period,
                indicator=indicator.id,
                frequency=indicator.frequency,
                expected=_example(indicator, period.first),
            )
            self._findings.at(wrong, "period", rows.lines(some))

    def _category(self, rows: _Rows) -> None:
        coding = self._coding
        category = rows.category
        given = np.flatnonzero(category >= 0)
        fits = coding.declares[rows.indicator[given], category[given]]
        odd = given[~fits]
        for pair, some in _grouped(odd, rows.indicator[odd], category[odd]):
            indicator = coding.indicators[pair[0]]
            wrong = fault(
                "category_undeclared",
                found=coding.categories[pair[1]],
                indicator=indicator.id,
                expected=", ".join(indicator.categories) or "-",
            )
            self._findings.at(wrong, "category", rows.lines(some))

    def _negative(self, rows: _Rows) -> None:
        negative = np.flatnonzero(rows.value < 0)
        odd = negative[self._coding.non_negative[rows.indicator[negative]]]
        for pair, some in _grouped(odd, rows.indicator[odd], rows.value[odd]):
            indicator = self._coding.indicators[int(pair[0])].id
            found = number_text(float(rows.value[some[0]]))
            wrong = fault("negative", found=found, indicator=indicator)
            self._findings.at(wrong, "value", rows.lines(some))

    def _range(self, rows: _Rows) -> None:
        low, high = self._coding.low, self._coding.high
        outside = rows.value < low[rows.indicator]
        outside |= rows.value > high[rows.indicator]
        odd = np.flatnonzero(outside)
        for (code,), some in _grouped(odd, rows.indicator[odd]):
            wrong = fault(
                "implausible",
                indicator=self._coding.indicators[code].id,
                low=number_text(low[code]) if np.isfinite(low[code]) else "-∞",
                high=number_text(high[code]) if np.isfinite(high[code]) else "∞",
            )
            self._notices.at(wrong, "value", rows.lines(some))


class _Rows:
    """The rows of a log that can be looked at, with the way back to their lines."""

    def __init__(self, log: Log, cells: Cells, sound: Ints | None) -> None:
        self._log, self._cells, self._sound = log, cells, sound
        self.unit = self._of("unit")
        self.indicator = self._of("indicator")
        self.period = self._of("period")
        self.value = self._of("value")

    @property
    def category(self) -> Array:
        return self._of("category")

    def _of(self, name: str) -> Array:
        column: Array = getattr(self._log, name)
        return column if self._sound is None else column[self._sound]

    def lines(self, rows: Ints) -> Ints:
        return self._cells.lines_at(rows if self._sound is None else self._sound[rows])


def _first_of_alike(*keys: Array) -> Ints:
    """Rows that differ from the one above in any key."""
    differs = np.zeros(len(keys[0]), np.bool_)
    differs[:1] = True
    for key in keys:
        differs[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(differs)


def _grouped(rows: Ints, *keys: Array) -> list[tuple[tuple[Any, ...], Ints]]:
    """Rows by their keys, groups in the order of their first row."""
    if not len(rows):
        return []
    order = np.lexsort(keys[::-1])
    ordered = [key[order] for key in keys]
    changes = np.any([key[1:] != key[:-1] for key in ordered], axis=0)
    starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
    groups = [
        (tuple(key[start].item() for key in ordered), rows[some])
        for start, some in zip(starts, np.split(order, starts[1:]), strict=True)
    ]
    return sorted(groups, key=lambda group: int(group[1][0]))


def _example(indicator: Indicator, day: date) -> str:
    if indicator.frequency is Frequency.SPAN:
        return ", ".join(map(str, indicator.spans))
    return (
        str(period_of(day, indicator.frequency))
        if indicator.frequency in MONTHS
        else ""
    )


def not_valid(territory: Territory, unit: str, period: str, day: date) -> Fault:
    """Why a unit cannot report for the period, and who does instead."""
    place = {"unit": unit, "period": period, "day": day}
    opened = territory.opened(unit, day)
    ended = territory.ended(unit, day)
    if ended:
        heirs = ", ".join(_heirs(territory, unit, day)[:MOST_NAMED])
        if heirs:
            return fault("unit_ended", **place, last=ended.valid_to, heirs=heirs)
        return fault("unit_closed", **place, last=ended.valid_to)
    first = opened.valid_from if opened else "?"
    return fault("unit_not_open", **place, first=first)


def _heirs(territory: Territory, unit: str, day: date) -> list[str]:
    """The units that hold on `day` what belonged to `unit`, through every change."""
    found: dict[str, None] = {}
    waiting, seen = [(unit, date.min)], set()
    while waiting:
        name, since = waiting.pop(0)
        if (name, since) in seen:
            continue
        seen.add((name, since))
        cuts = [c for c in territory.cuts.get(name, ()) if since < c.date <= day]
        if cuts:
            waiting += [(heir, cuts[0].date) for heir, _ in cuts[0].heirs]
        elif territory.version(name, day) and name != unit:
            found[name] = None
    return list(found)
