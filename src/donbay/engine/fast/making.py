"""Makes the sheets of a plan, each with what it computes with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Period
from donbay.engine.fast.arrays import Floats
from donbay.engine.fast.cells import Cells, side_by_side
from donbay.engine.fast.computed import Formulas, Tested
from donbay.engine.fast.crosswalk import Crosswalk
from donbay.engine.fast.forms import Form
from donbay.engine.fast.general import General
from donbay.engine.fast.grounds import EXTREME
from donbay.engine.fast.operands import Operands
from donbay.engine.fast.plan import Draft, Plan, Way, operands_of
from donbay.engine.fast.quick import Extremes, Kind, Means, Pairs, Sums
from donbay.engine.fast.reports import FormReports
from donbay.engine.fast.sheets import (
    FormulaSheet,
    Frame,
    GeneralSheet,
    QuickSheet,
    Request,
    Sheet,
    TestedSheet,
)
from donbay.engine.fast.survey import Crosswalks


class Maker:
    """Makes sheets over the forms of a plan; `read` gives a request's cells later."""

    def __init__(
        self,
        plan: Plan,
        walks: Crosswalks,
        read: Callable[[Request, Period], Cells],
        *,
        keep: bool,
    ) -> None:
        self.plan, self.walks, self.read, self.keep = plan, walks, read, keep
        self.indicators = plan.programme.indicators
        self.operands = Operands(plan, read)
        self.reports = FormReports(plan.programme, plan.forms, walks)
        self._made: dict[Draft, Sheet] = {}

    def sheets(self) -> dict[Draft, Sheet]:
        """A sheet for every draft of the plan, each behind those that it rests on."""
        for draft in sorted(self.plan.drafts.values(), key=lambda one: one.depth):
            self._made[draft] = self._sheet(draft)
        return self._made

    def _sheet(self, draft: Draft) -> Sheet:
        match draft.way:
            case Way.QUICK:
                return self._quick(draft)
            case Way.GENERAL:
                return self.general(draft.frame, draft.requests[0])
            case Way.TESTED:
                return self._tested(draft)
            case Way.FORMULA:
                return self._formula(draft)

    def _quick(self, draft: Draft) -> QuickSheet:
        frame, own = draft.frame, self._indicators(draft)
        form = self.plan.forms.forms[frame.level, frame.frequency]
        at = [
            [form.elements[element] for element in self.plan.elements(request)]
            for request in draft.requests
        ]
        whole = own[0].roll_up in EXTREME

        def walk(period: Period) -> Crosswalk:
            days = [period.last]
            return self.walks.get(frame.level, frame.clauses, days, whole=whole)

        return QuickSheet(
            *frame,
            draft.requests,
            kind_of(own, at),
            walk,
            lambda period: self._block(form, period),
            at,
            keep=self.keep,
        )

    def _block(self, form: Form, period: Period) -> Floats:
        block = form.block(period)
        if block is not None:
            return block
        units = self.walks.level_units(form.level, period.last)
        return np.full((len(units), len(form.elements)), np.nan)

    def general(self, frame: Frame, request: Request) -> GeneralSheet:
        """The general sheet of one request."""
        indicator = self.indicators[request.indicator]
        whole = indicator.roll_up in EXTREME

        def walk(periods: tuple[Period, ...]) -> Crosswalk:
            days = [period.last for period in periods]
            return self.walks.get(frame.level, frame.clauses, days, whole=whole)

        general = General(self.reports, self.indicators, indicator, request.category)
        return GeneralSheet(*frame, [request], general, walk)

    def _tested(self, draft: Draft) -> TestedSheet:
        frame, own = draft.frame, self._indicators(draft)
        wanted = [
            self.plan.base_of(request, operands_of(indicator)[0])
            for request, indicator in zip(draft.requests, own, strict=True)
        ]
        places = (self.plan.at[one] for one in wanted)
        bases = [(self._made[base], column) for base, column in places]
        tree = self.walks.bare(frame.level)

        def coarse(period: Period) -> Cells:
            several = [self.read(one, period).tail(frame.units) for one in wanted]
            return side_by_side(several, len(several), slice(None))

        tested, requests = Tested(own, tree.own), draft.requests
        return TestedSheet(
            *frame, requests, tested, bases, coarse, tree, keep=self.keep
        )

    def _formula(self, draft: Draft) -> FormulaSheet:
        request, indicator = draft.requests[0], self._indicators(draft)[0]
        if indicator.formula is None:
            raise TypeError(indicator)
        formulas = Formulas(
            lambda operand, period: self.operands.cells(request, operand, period),
            draft.frame.units,
        )
        wanted = [self.plan.base_of(request, one) for one in operands_of(indicator)]
        bases = tuple(self._made[self.plan.at[one][0]] for one in wanted)
        alone = not any(one.lag or one.period for one in operands_of(indicator))
        return FormulaSheet(
            *draft.frame,
            [request],
            formulas,
            indicator.formula,
            bases,
            reads_own_periods=alone and not indicator.carry,
        )

    def _indicators(self, draft: Draft) -> list[Indicator]:
        return [self.indicators[request.indicator] for request in draft.requests]


def kind_of(indicators: Sequence[Indicator], at: Sequence[Sequence[int]]) -> Kind:
    """The kind of indicators of one roll-up whose elements stand at some columns."""
    first = [own[0] for own in at]
    match indicators[0].roll_up:
        case RollUp.SUM:
            return Sums(indicators, first)
        case RollUp.RATIO:
            return Pairs(indicators, first, [own[1] for own in at])
        case RollUp.MEAN:
            weights = [own[1] if len(own) > 1 else None for own in at]
            return Means(indicators, first, weights)
    return Extremes(indicators, first)
