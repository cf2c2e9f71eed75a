"""One evaluation: the plan of sheets, the log laid out, and every sheet filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np

from donbay.domain.formulas import Operand
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.ledger import Log
from donbay.domain.periods import Frequency, Period, periods_between
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days
from donbay.engine.fast.arrays import Floats
from donbay.engine.fast.cells import Cells, nobody
from donbay.engine.fast.computed import Formulas, Tested
from donbay.engine.fast.crosswalk import Crosswalk
from donbay.engine.fast.forms import Element, Form, Forms, OutOfOrder
from donbay.engine.fast.general import EXTREME, General
from donbay.engine.fast.places import Clauses, Places
from donbay.engine.fast.quick import Extremes, Kind, Means, Pairs, Sums, columns
from donbay.engine.fast.reports import FormReports
from donbay.engine.fast.sheets import (
    Boards,
    FormulaSheet,
    GeneralSheet,
    QuickSheet,
    Request,
    Sheet,
    TestedSheet,
    operands_of,
    share_room,
)
from donbay.engine.fast.survey import Crosswalks

WORKERS = 2


class Run:
    """A programme over a territory on three days; logs are loaded, then filled.

    `before`: an earlier run of the same programme, territory and days between the
    same days, whose map and room are used again; its results are lost.
    """

    def __init__(
        self,
        programme: Programme,
        territory: Territory,
        days: Days,
        *,
        before: Run | None = None,
        keep: bool = False,
    ) -> None:
        self.programme, self.territory, self.days = programme, territory, days
        self.walks = before.walks if before else _walks(programme, territory, days)
        self.places = self.walks.places
        self._before, self.keep = before, keep
        self._free: Boards = {}
        self.boards: list[Cells] = []
        self.pool = ThreadPoolExecutor(WORKERS)
        self.start: date | None = None
        self.sheets: dict[tuple[object, ...], Sheet] = {}
        self.at: dict[Request, tuple[Sheet, int]] = {}
        self._coarse: dict[Request, GeneralSheet] = {}

    def open(self, first: date, last: date) -> None:
        """Make room for reports of periods between two days."""
        if self._before:
            self.forms = self._before.forms
            self.forms.clear()
            for board in self._before.boards:
                self._free.setdefault(board.value.shape, []).append(board)
            self._before = None
        else:
            self.forms = Forms(self.programme, self.walks, first, last)
        self.reports = FormReports(self.programme, self.forms, self.walks)

    def load(self, log: Log) -> None:
        """Lay a log (or the next part of one) over what is there."""
        self.forms.load(log, self.days.known, self.pool)

    def load_all(
        self, parts: Callable[[], Iterable[Log]], whole: Callable[[], Log]
    ) -> None:
        """Lay a log as it is read; if its parts are out of order, all of it at once."""
        try:
            for part in parts():
                self.load(part)
        except OutOfOrder:
            self.forms.clear()
            self.load(whole())

    def plan(self, requests: Iterable[Request]) -> None:
        """Decide the sheets of everything asked for, and of what that rests on."""
        self.start = self.forms.start()
        for request in requests:
            self._place(self.widened(request))
        for sheet in self.sheets.values():
            self._ready(sheet)
        self._share()

    def _share(self) -> None:
        """Sheets with the same units and periods stand side by side on one board."""
        alike: dict[tuple[object, ...], list[Sheet]] = {}
        for sheet in self.sheets.values():
            if sheet.exact:
                alike.setdefault(
                    (sheet.offset, sheet.frequency, sheet.periods), []
                ).append(sheet)
        self.boards = [share_room(sheets, self._free) for sheets in alike.values()]

    def again(self) -> None:
        """Plan once more over what is laid out now: bounds or a start may be new."""
        asked = list(self.at)
        self.sheets.clear()
        self.at.clear()
        self._coarse.clear()
        self.plan(asked)

    def widened(self, request: Request) -> Request:
        """With the scopes of the programme, the indicator and a ratio's parts."""
        indicators = self.programme.indicators
        indicator = indicators[request.indicator]
        scopes = {self.programme.scope, indicator.scope}
        if indicator.roll_up is RollUp.RATIO:
            scopes.add(indicators[indicator.numerator or ""].scope)
            scopes.add(indicators[indicator.denominator or ""].scope)
        clauses = request.clauses | {scope for scope in scopes if scope}
        return Request(request.indicator, request.category, clauses)

    def base_of(self, request: Request, operand: Operand) -> Request:
        return self.widened(
            Request(operand.indicator, operand.category, request.clauses)
        )

    def _place(self, request: Request) -> tuple[Sheet, int]:
        if request in self.at:
            return self.at[request]
        indicator = self.programme.indicators[request.indicator]
        bases = [
            self._place(self.base_of(request, operand))
            for operand in operands_of(indicator)
        ]
        key, make = self._sheet_for(indicator, request, bases)
        sheet = self.sheets.get(key)
        if sheet is None:
            sheet = self.sheets[key] = make()
        self.at[request] = sheet, len(sheet.requests)
        sheet.requests.append(request)
        return self.at[request]

    def periods(self, indicator: Indicator) -> tuple[Period, ...]:
        """Ended by `on`, from the first reported in the programme (MEANING 10)."""
        if indicator.frequency is Frequency.SPAN:
            if self.forms.empty:
                return ()
            spans = (s for s in indicator.spans if s.last <= self.days.on)
            return tuple(sorted(spans, key=lambda s: (s.last, s.first)))
        if self.start is None:
            return ()
        return tuple(periods_between(self.start, self.days.on, indicator.frequency))

    def _sheet_for(
        self,
        indicator: Indicator,
        request: Request,
        bases: Sequence[tuple[Sheet, int]],
    ) -> tuple[tuple[object, ...], Callable[[], Sheet]]:
        offset = self.places.start[indicator.level]
        units = len(self.places) - offset
        periods = self.periods(indicator)
        common = (
            indicator.level,
            indicator.frequency,
            request.clauses,
            offset,
            units,
            periods,
        )
        kind = indicator.roll_up
        if kind in {RollUp.SHARE, RollUp.COUNT}:
            key = ("tested", kind, *common, id(bases[0][0]))
            return key, lambda: TestedSheet(*common)
        if kind is RollUp.FORMULA:
            return ("formula", request), lambda: FormulaSheet(*common)
        if self._is_quick(indicator, request.category):
            return ("quick", kind, *common), lambda: QuickSheet(*common)
        return ("general", request), lambda: GeneralSheet(*common)

    def _elements(self, indicator: Indicator, category: str | None) -> list[Element]:
        """The elements that an indicator's own cells are read from."""
        parts = [indicator.id]
        if indicator.roll_up is RollUp.RATIO:
            parts = [indicator.numerator or "", indicator.denominator or ""]
        elif indicator.roll_up is RollUp.MEAN and indicator.weight:
            parts.append(indicator.weight)
        found: list[Element] = []
        for part in parts:
            known = self.programme.indicators[part].categories
            own = part == indicator.id or category in known
            found.append((part, category if own else None))
        return found

    def _is_quick(self, indicator: Indicator, category: str | None) -> bool:
        if indicator.carry or indicator.roll_up is RollUp.NONE:
            return False
        for part, of in self._elements(indicator, category):
            found = self.programme.indicators[part]
            if found.frequency is not indicator.frequency:
                return False
            if found.level != indicator.level or not found.roll_up.collected:
                return False
            adds = found.roll_up is RollUp.SUM
            if of is None and found.categories and adds:
                return False
            if (part, of) in self.forms.bounded:
                return False
        return True

    def _ready(self, sheet: Sheet) -> None:
        """Give a sheet, now that its columns are known, what it computes with."""
        indicators = self.programme.indicators
        own = [indicators[r.indicator] for r in sheet.requests]
        match sheet:
            case QuickSheet():
                form = self.forms.forms[sheet.level, sheet.frequency]
                sheet.kind = self._kind(form, own, sheet.requests)
                sheet.reads = frozenset(
                    form.elements[element]
                    for i, r in zip(own, sheet.requests, strict=True)
                    for element in self._elements(i, r.category)
                )
                whole = own[0].roll_up in EXTREME
                sheet.walk = self._native_walk(sheet, whole=whole)
                sheet.block = lambda period: self._block(form, period)
                sheet.keep = self.keep
            case GeneralSheet():
                self._ready_general(sheet, sheet.requests[0])
            case TestedSheet():
                self._ready_tested(sheet, own)
            case FormulaSheet():
                request = sheet.requests[0]
                sheet.indicator = own[0]
                sheet.formulas = Formulas(
                    lambda o, p, r=request, i=own[0]: self._operand(r, i, o, p),
                    sheet.units,
                )

    def _ready_general(self, sheet: GeneralSheet, request: Request) -> None:
        indicators = self.programme.indicators
        indicator = indicators[request.indicator]
        sheet.general = General(
            self.reports, dict(indicators), indicator, request.category
        )
        whole = indicator.roll_up in EXTREME
        sheet.walk = lambda periods: self.walks.get(
            sheet.level, sheet.clauses, [p.last for p in periods], whole=whole
        )

    def _ready_tested(self, sheet: TestedSheet, own: list[Indicator]) -> None:
        wanted = [
            self.base_of(request, operands_of(indicator)[0])
            for request, indicator in zip(sheet.requests, own, strict=True)
        ]
        base = self.at[wanted[0]][0]
        at = columns([self.at[one][1] for one in wanted])
        tree = self.walks.bare(sheet.level)
        sheet.tree, sheet.keep, sheet.base_sheet = tree, self.keep, base
        sheet.tested = Tested(own, tree.own, at)

        def fetch(period: Period) -> Cells:
            if period.frequency is base.frequency:
                return base.cells(period).tail(sheet.units)
            several = [self.cells(one, period).tail(sheet.units) for one in wanted]
            return _side_by_side(several, base, at)

        sheet.base = fetch

    def _native_walk(
        self, sheet: Sheet, *, whole: bool
    ) -> Callable[[Period], Crosswalk]:
        def walk(period: Period) -> Crosswalk:
            return self.walks.get(
                sheet.level, sheet.clauses, [period.last], whole=whole
            )

        return walk

    def _block(self, form: Form, period: Period) -> Floats:
        block = form.block(period)
        if block is not None:
            return block
        units = self.walks.level_units(form.level, period.last)
        return np.full((len(units), len(form.elements)), np.nan)

    def _kind(
        self, form: Form, indicators: list[Indicator], requests: list[Request]
    ) -> Kind:
        at = [
            [form.elements[element] for element in self._elements(i, r.category)]
            for i, r in zip(indicators, requests, strict=True)
        ]
        match indicators[0].roll_up:
            case RollUp.SUM:
                return Sums(indicators, [a[0] for a in at])
            case RollUp.RATIO:
                return Pairs(indicators, [a[0] for a in at], [a[1] for a in at])
            case RollUp.MEAN:
                weights = [a[1] if len(a) > 1 else None for a in at]
                return Means(indicators, [a[0] for a in at], weights)
        return Extremes(indicators, [a[0] for a in at])

    def fill(self) -> None:
        """Evaluate every sheet at its own frequency, periods side by side."""
        for sheet in self.sheets.values():
            sheet.room()
            work = range(len(sheet.periods))
            if isinstance(sheet, QuickSheet):
                self._warm_walks(sheet)
                list(self.pool.map(sheet.fill, work))
            elif isinstance(sheet, TestedSheet):
                list(self.pool.map(sheet.fill, work))
            else:
                for k in work:
                    sheet.fill(k)

    def _warm_walks(self, sheet: QuickSheet) -> None:
        """Build the crosswalks in one thread: they are shared."""
        for period in sheet.periods:
            if sheet.walk is not None:
                sheet.walk(period)

    def cells(self, request: Request, period: Period) -> Cells:
        """One column for any period: of its own frequency, or coarser."""
        wide = self.widened(request)
        sheet, column = self._place(wide)
        indicator = self.programme.indicators[request.indicator]
        if period.frequency is indicator.frequency:
            return sheet.cells(period).column(column)
        if isinstance(sheet, QuickSheet):
            return self.general(wide).cells(period)
        return sheet.cells(period).column(column)

    def general(self, request: Request) -> GeneralSheet:
        """The general sheet of a column that the plan put on a quick one."""
        wide = self.widened(request)
        sheet, _ = self.at[wide]
        if isinstance(sheet, GeneralSheet):
            return sheet
        if wide not in self._coarse:
            made = GeneralSheet(
                sheet.level,
                sheet.frequency,
                sheet.clauses,
                sheet.offset,
                sheet.units,
                (),
                [wide],
            )
            self._ready_general(made, wide)
            self._coarse[wide] = made
        return self._coarse[wide]

    def _operand(
        self, request: Request, indicator: Indicator, operand: Operand, period: Period
    ) -> Cells:
        base = self.base_of(request, operand)
        at = operand.period or period.shift(-operand.lag)
        if operand.indicator not in indicator.carry:
            return self.cells(base, at)
        return self._carried(base, at)

    def _carried(self, base: Request, at: Period) -> Cells:
        """The last value found at each unit, however old (MEANING 7)."""
        indicator = self.programme.indicators[base.indicator]
        older = self._until(indicator, at.last)
        found: Cells | None = None
        for period in reversed(older):
            cells = self.cells(base, period)
            if found is None:
                found = cells.each(np.copy)
                continue
            lacking = np.isnan(found.value) & ~np.isnan(cells.value)
            for name, part in vars(found).items():
                other = getattr(cells, name)
                if part is not None or other is not None:
                    none = np.zeros(lacking.shape, dtype=bool)
                    mine, theirs = (none if x is None else x for x in (part, other))
                    setattr(found, name, np.where(lacking, theirs, mine))
        return found if found is not None else nobody(self.at[base][0].units)

    def _until(self, indicator: Indicator, day: date) -> Sequence[Period]:
        """From the programme's start to the last period ended by a day."""
        if indicator.frequency is Frequency.SPAN:
            spans = (s for s in indicator.spans if s.last <= day)
            return sorted(spans, key=lambda s: (s.last, s.first))
        if self.start is None:
            return ()
        return periods_between(self.start, day, indicator.frequency)


def _side_by_side(cells: list[Cells], base: Sheet, at: object) -> Cells:
    """Columns gathered from several places, where the base sheet has them."""
    width = len(base.requests)
    place = list(range(width))[at] if isinstance(at, slice) else list(at)  # type: ignore[call-overload]
    found = {}
    for name, part in vars(cells[0]).items():
        if part is None:
            found[name] = None
            continue
        room = np.zeros((part.shape[0], width), dtype=part.dtype)
        for column, one in zip(place, cells, strict=True):
            other = getattr(one, name)
            room[:, column] = 0 if other is None else other[:, 0]
        found[name] = room
    return Cells(**found)


def _walks(programme: Programme, territory: Territory, days: Days) -> Crosswalks:
    return Crosswalks(Places(programme, territory, days.map))


def clauses_of(*scopes: frozenset[str]) -> Clauses:
    """The scopes that restrict anything."""
    return frozenset(scope for scope in scopes if scope)
