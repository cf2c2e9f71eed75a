"""What units reported of one element, with bounds, categories and carry."""

from __future__ import annotations

import numpy as np

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme
from donbay.engine.fast.arrays import Bools
from donbay.engine.fast.forms import Form, Forms
from donbay.engine.fast.ranges import Ranged, reported
from donbay.engine.fast.survey import Crosswalks


class FormReports:
    """Reads the forms for the general sheets."""

    def __init__(self, programme: Programme, forms: Forms, walks: Crosswalks) -> None:
        self.programme, self.forms, self.walks = programme, forms, walks

    def reported(
        self, indicator: str, category: str | None, period: Period, *, carry: bool
    ) -> tuple[Ranged, Bools]:
        """Cells of the level's units on the period's last day, and raw reports."""
        found = self.programme.indicators[indicator]
        form = self.forms.of(indicator)
        if form is None or (not carry and period not in form.first_row):
            units = self.walks.level_units(found.level, period.last)
            none = np.full(len(units), np.nan)
            return Ranged.exact(none), np.zeros(len(units), dtype=bool)
        if carry:
            return self._carried(form, found, category, period)
        return self._read(form, found, category, period)

    def _read(
        self, form: Form, indicator: Indicator, category: str | None, period: Period
    ) -> tuple[Ranged, Bools]:
        total = self._element(form, indicator, category, period)
        there = ~np.isnan(total.value)
        if category or indicator.roll_up is not RollUp.SUM or not indicator.categories:
            return total, there
        parts = [
            self._element(form, indicator, one, period) for one in indicator.categories
        ]
        added = parts[0]
        for part in parts[1:]:
            added = added + part
        raw = there | np.any([~np.isnan(part.value) for part in parts], axis=0)
        return total.where(there, added), raw

    def _element(
        self, form: Form, indicator: Indicator, category: str | None, period: Period
    ) -> Ranged:
        at = form.elements[indicator.id, category]
        block, bounds = form.block(period), form.bound_block(period)
        floor = np.array(0.0 if indicator.non_negative else -np.inf)
        if block is None:
            return Ranged.exact(np.zeros(0))
        return reported(block[:, at], None if bounds is None else bounds[:, at], floor)

    def _carried(
        self, form: Form, indicator: Indicator, category: str | None, period: Period
    ) -> tuple[Ranged, Bools]:
        units = self.walks.level_units(form.level, period.last)
        found = Ranged.exact(np.full(len(units), np.nan))
        fresh = np.zeros(len(units), dtype=bool)
        older = [p for p in form.units if p.last <= period.last]
        for earlier in sorted(older, key=lambda p: (p.last, p.first), reverse=True):
            number, _ = self._read(form, indicator, category, earlier)
            place = {unit: i for i, unit in enumerate(form.units[earlier])}
            at = np.array([place.get(unit, -1) for unit in units], dtype=np.int64)
            if not place:
                continue
            moved = number.each(lambda part, at=at: part[np.maximum(at, 0)])
            moved.value = np.where(at >= 0, moved.value, np.nan)
            if earlier.last >= period.first:
                fresh |= ~np.isnan(moved.value)
            found = found.where(~np.isnan(found.value), moved)
        return found, fresh
