"""Numbers for names, and what goes with what: the tables that rows are held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency, Period
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory, Version

Bools = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]

NOT_VALID = -1  # instead of a level: the unit is not valid on the period's last day
ANY_LEVEL = -2  # the unit's own rows were refused, so nothing is known of it
COMPUTED = -3  # instead of an indicator's level: no report of it is ever judged


class Coding:
    """Units, indicators and categories are numbered beforehand, periods as they come.

    `level[unit, period]` is the unit's level where it is valid on the last day.
    """

    def __init__(
        self, programme: Programme, territory: Territory, units: Sequence[str]
    ) -> None:
        self.programme, self.territory = programme, territory
        self.indicators = tuple(programme.indicators.values())
        self.units = tuple(units)
        self.unit_code = {unit: code for code, unit in enumerate(self.units)}
        self.indicator_code = {i.id: n for n, i in enumerate(self.indicators)}
        declared = (c for i in self.indicators for c in i.categories)
        self.categories = tuple(dict.fromkeys(declared))
        self.category_code = {c: n for n, c in enumerate(self.categories)}
        self.periods: list[Period] = []
        self.period_code: dict[Period, int] = {}
        self._rank = {level: n for n, level in enumerate(programme.level_ids)}
        self._prepare_units()
        self._prepare_indicators()
        self.level: Levels = np.full((len(self.units) + 1, 64), ANY_LEVEL, np.int8)
        self.fits: Bools = np.ones((len(self.indicators), 64), np.bool_)

    def _prepare_units(self) -> None:
        code, rank = self.unit_code, self._rank
        versions = [v for some in self.territory.versions.values() for v in some]
        self._unit = np.array([code[v.unit] for v in versions], np.intp)
        self._first = np.array([v.valid_from.toordinal() for v in versions], np.int64)
        self._last = np.array([v.valid_to.toordinal() for v in versions], np.int64)
        self._level = np.array([rank[v.level] for v in versions], np.int8)

    def _prepare_indicators(self) -> None:
        self.collected = np.array(
            [
                self._rank.get(i.level, COMPUTED) if i.roll_up.collected else COMPUTED
                for i in self.indicators
            ],
            np.int8,
        )
        self.non_negative = np.array(
            [i.non_negative and i.roll_up.collected for i in self.indicators], np.bool_
        )
        self.low = _ends([i.low for i in self.indicators], -np.inf)
        self.high = _ends([i.high for i in self.indicators], np.inf)
        self.has_range = any(
            end is not None for i in self.indicators for end in (i.low, i.high)
        )
        shape = len(self.indicators), len(self.categories)
        self.declares: Bools = np.zeros(shape, np.bool_)
        for row, indicator in enumerate(self.indicators):
            for category in indicator.categories:
                self.declares[row, self.category_code[category]] = True

    def add_period(self, period: Period) -> int:
        """The period's number, given on first sight."""
        code = self.period_code.setdefault(period, len(self.periods))
        if code < len(self.periods):
            return code
        self.periods.append(period)
        if code >= self.level.shape[1]:
            self.level = np.hstack([self.level, np.full_like(self.level, ANY_LEVEL)])
            self.fits = np.hstack([self.fits, np.ones_like(self.fits)])
        self._fill(period, code)
        return code

    def _fill(self, period: Period, code: int) -> None:
        day = period.last.toordinal()
        self.level[self._unit, code] = NOT_VALID
        valid = (self._first <= day) & (day <= self._last)
        self.level[self._unit[valid], code] = self._level[valid]
        for row, indicator in enumerate(self.indicators):
            self.fits[row, code] = fits(indicator, period)

    def version(self, unit: int, day: date) -> Version | None:
        return self.territory.version(self.units[unit], day)


def fits(indicator: Indicator, period: Period) -> bool:
    """Whether a report of the indicator may be for this period (MEANING 9)."""
    if indicator.frequency is Frequency.SPAN:
        return period in indicator.spans
    return period.frequency is indicator.frequency


def _ends(given: list[float | None], default: float) -> npt.NDArray[np.float64]:
    return np.array([default if end is None else end for end in given], np.float64)
