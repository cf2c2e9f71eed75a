"""One evaluation: the log laid out, what is asked for planned, every sheet filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain

import numpy as np

from donbay.domain.indicators import Indicator
from donbay.domain.ledger import Log
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days
from donbay.engine.fast.arrays import Bools
from donbay.engine.fast.cells import Cells
from donbay.engine.fast.forms import Form, Forms, OutOfOrder
from donbay.engine.fast.grounds import EXTREME
from donbay.engine.fast.making import Maker
from donbay.engine.fast.places import Clauses, Places
from donbay.engine.fast.plan import Plan
from donbay.engine.fast.sheets import (
    Boards,
    GeneralSheet,
    QuickSheet,
    Request,
    Sheet,
    SummedSheet,
    shape_of,
    share_room,
)
from donbay.engine.fast.survey import Crosswalks

WORKERS = 2
KEPT = 16 << 20
"""Bytes: glibc keeps what is given back of pieces up to the largest it has seen."""


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
        self.walks: Crosswalks = (
            before.walks
            if before
            else Crosswalks(Places(programme, territory, days.map))
        )
        self.places = self.walks.places
        self._before, self.keep = before, keep
        self._free: Boards = {}
        self.boards: list[Cells] = []
        self.pool = ThreadPoolExecutor(WORKERS)
        self.start: date | None = None
        self.sheets: list[Sheet] = []
        self.at: dict[Request, tuple[Sheet, int]] = {}
        self._coarse: dict[Request, GeneralSheet] = {}

    def open(self, first: date, last: date) -> None:
        """Make room for reports of periods between two days."""
        if self._before:
            self.forms: Forms = self._before.forms
            for board in self._before.boards:
                self._free.setdefault(shape_of(board), []).append(board)
            self._before = None
        else:
            np.empty(KEPT, dtype=np.uint8)  # given back at once, and never touched
            self.forms = Forms(self.programme, self.walks, first, last)
        self._cleared = self.pool.submit(self.forms.clear)  # while the log is opened
        self._surveyed = self.pool.submit(self._survey)  # while it is read

    def _survey(self) -> None:
        """Find where the land of all units lies for whatever they report.

        Crosswalks are kept once built; those of requests with scopes of their own come
        later.
        """
        asked = {
            (form.level, period.last, clauses, whole)
            for form in self.forms.forms.values()
            for clauses, whole in self._grounds(form)
            for period in form.units
        }
        for level, day, clauses, whole in sorted(asked, key=lambda one: one[1]):
            self.walks.get(level, clauses, [day], whole=whole)

    def _grounds(self, form: Form) -> set[tuple[Clauses, bool]]:
        """Under which scopes the form's indicators are rolled up, and how."""
        programme, found = self.programme, set()
        for indicator in {name for name, _ in form.elements}:
            own = programme.indicators[indicator]
            scopes = {programme.scope, own.scope} - {frozenset()}
            found.add((frozenset(scopes), own.roll_up in EXTREME))
        return found

    def load(self, log: Log) -> None:
        """Lay a log (or the next part of one) over what is there."""
        self._cleared.result()
        self.forms.load(log, self.days.known, self.pool)

    def load_all(self, parts: Callable[[], Iterable[Log]]) -> None:
        """Lay a log as it is read; if it is out of order, once more from the start."""
        try:
            self.load_parts(parts())
        except OutOfOrder:
            self.forms.clear()
            self.forms.allow_disorder()
            self.load_parts(parts())

    def load_parts(self, parts: Iterable[Log]) -> None:
        """Lay parts that follow each other, the next one read meanwhile."""
        following = iter(parts)
        with ThreadPoolExecutor(1) as reader:
            coming = reader.submit(next, following, None)
            while (part := coming.result()) is not None:
                coming = reader.submit(next, following, None)
                self.load(part)

    def plan(self, requests: Iterable[Request]) -> None:
        """Decide the sheets of everything asked for, and of what that rests on."""
        self._cleared.result()
        self._surveyed.result()
        plan = Plan(self.programme, self.places, self.forms, self.days)
        for request in requests:
            plan.place(plan.widened(request))
        self._plan, self.start = plan, plan.start
        self._maker = Maker(plan, self.walks, self.cells, keep=self.keep)
        made = self._maker.sheets()
        self.sheets = list(made.values())
        self.at = {one: (made[draft], c) for one, (draft, c) in plan.at.items()}
        self._coarse.clear()
        self._share()

    def again(self) -> None:
        """Plan once more over what is laid out now: bounds or a start may be new."""
        self.plan(list(self.at))

    def _share(self) -> None:
        """Sheets with the same units and periods stand side by side on one board.

        Points stand apart: they need half the room. But a run that is kept current is
        fastest with few boards.
        """
        alike: dict[tuple[object, ...], dict[tuple[object, ...], list[Sheet]]] = {}
        for sheet in self.sheets:
            if sheet.exact:
                points = sheet.points and not self.keep
                key = (sheet.offset, sheet.frequency, sheet.periods, points)
                strands = alike.setdefault(key, {})
                strands.setdefault(sheet.strand, []).append(sheet)
        self.boards = [
            share_room(list(chain(*strands.values())), self._free, points=bool(key[-1]))
            for key, strands in alike.items()
        ]

    def widened(self, request: Request) -> Request:
        """As the plan has it: with all scopes that restrict it."""
        return self._plan.widened(request)

    def periods(self, indicator: Indicator) -> tuple[Period, ...]:
        """Those that are evaluated of an indicator."""
        return self._plan.periods(indicator)

    def fill(self) -> None:
        """Evaluate every sheet at its own frequency, periods side by side."""
        for sheet in self.sheets:
            sheet.room()
            work = range(len(sheet.periods))
            if isinstance(sheet, QuickSheet):
                self._warm_walks(sheet)
            if isinstance(sheet, SummedSheet):
                list(self.pool.map(sheet.fill, work))
            else:
                for k in work:
                    sheet.fill(k)

    def _warm_walks(self, sheet: QuickSheet) -> None:
        """Build the crosswalks in one thread: they are shared."""
        for period in sheet.periods:
            sheet.walk(period)

    def cells(self, request: Request, period: Period) -> Cells:
        """One column for any period: of its own frequency, or coarser."""
        sheet, column = self.at[self.widened(request)]
        if isinstance(sheet, QuickSheet) and period.frequency is not sheet.frequency:
            return self.general(request).cells(period)
        return sheet.cells(period).column(column)

    def expected(self, request: Request, period: Period) -> Bools:
        """In whose place anybody is expected: as `cells` has it, and nothing else."""
        sheet, column = self.at[self.widened(request)]
        k = sheet.index.get(period)
        if k is None:
            return self.cells(request, period).expected[:, 0]
        told = sheet.room().expected  # one column may stand for all
        found: Bools = told[k, :, min(column, told.shape[2] - 1)]
        return found

    def general(self, request: Request) -> GeneralSheet:
        """The general sheet of a column that the plan may have put on a quick one."""
        wide = self.widened(request)
        sheet, _ = self.at[wide]
        if isinstance(sheet, GeneralSheet):
            return sheet
        if wide not in self._coarse:
            frame = sheet.frame._replace(periods=())
            self._coarse[wide] = self._maker.general(frame, wide)
        return self._coarse[wide]
