"""What formulas read: operands of another period, or the last value found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from donbay.domain.formulas import Operand
from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency, Period, periods_between
from donbay.engine.fast.cells import Cells, nobody
from donbay.engine.fast.plan import Plan
from donbay.engine.fast.sheets import Request


class Operands:
    """Cells of the operands of a plan's formulas, through a reader of requests."""

    def __init__(self, plan: Plan, read: Callable[[Request, Period], Cells]) -> None:
        self.plan, self.read = plan, read

    def cells(self, request: Request, operand: Operand, period: Period) -> Cells:
        """An operand of the formula that answers a request."""
        indicator = self.plan.programme.indicators[request.indicator]
        base = self.plan.base_of(request, operand)
        at = operand.period or period.shift(-operand.lag)
        if operand.indicator in indicator.carry:
            return self._carried(base, at)
        return self.read(base, at)

    def _carried(self, base: Request, at: Period) -> Cells:
        """The last value found at each unit, however old (MEANING 7)."""
        indicator = self.plan.programme.indicators[base.indicator]
        found: Cells | None = None
        for period in reversed(self._until(indicator, at.last)):
            cells = self.read(base, period)
            if found is None:
                found = cells.each(np.copy)
            else:
                found.mend(cells)
        return nobody(self.plan.at[base][0].frame.units) if found is None else found

    def _until(self, indicator: Indicator, day: date) -> Sequence[Period]:
        """From the programme's start to the last period ended by a day."""
        if indicator.frequency is Frequency.SPAN:
            spans = (s for s in indicator.spans if s.last <= day)
            return sorted(spans, key=lambda s: (s.last, s.first))
        if self.plan.start is None:
            return ()
        return periods_between(self.plan.start, day, indicator.frequency)
