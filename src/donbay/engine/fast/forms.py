"""The log laid out as dense blocks, one a level and frequency: [unit, element].

The log is in order, so the latest row of a key wins by overwriting; where it is not,
the moment of each cell is kept beside.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import isnan

import numpy as np

from donbay.domain.indicators import RollUp
from donbay.domain.ledger import Log
from donbay.domain.periods import Frequency, Period, periods_between
from donbay.domain.programmes import Programme
from donbay.engine.fast.arrays import Bools, Bytes, Floats, Ints
from donbay.engine.fast.rows import Rows, is_in_order
from donbay.engine.fast.survey import Crosswalks

AHEAD = 3  # parts that are addressed before they are laid


class OutOfOrder(Exception):  # noqa: N818 -- an answer: begin again and allow it
    """A part of a log holds rows recorded before those of the parts above it."""


NOWHERE = -(1 << 62)
"""An address so low that with any element it is still none."""

LONG_AGO = np.iinfo(np.int64).min
"""Before any moment at which anything was recorded."""

Element = tuple[str, str | None]
"""An indicator, and one of its categories or None for the total."""

Stated = tuple[str, str, Period, str | None]
"""A figure beside the cells: unit, indicator, period, category."""


@dataclass
class Form:
    """What the units of one level report at one frequency.

    `cells` is [rows x elements] with NaN for nothing; the rows of a period are its
    units in territory order and begin at `first_row[period]`.
    """

    level: str
    frequency: Frequency
    elements: dict[Element, int]
    units: dict[Period, list[str]]
    first_row: dict[Period, int]
    rows: int
    base: int
    cells: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    bounds: Bytes | None = None

    def block(self, period: Period) -> Floats | None:
        """[units x elements] of a period, None where the form has no such period."""
        at = self.first_row.get(period)
        return None if at is None else self.cells[at : at + len(self.units[period])]

    def bound_block(self, period: Period) -> Bytes | None:
        at = self.first_row.get(period)
        if self.bounds is None or at is None:
            return None
        return self.bounds[at : at + len(self.units[period])]


class Forms:
    """All forms of a programme over the days that the log covers.

    There is nothing to read in them before they are cleared.
    """

    def __init__(
        self, programme: Programme, walks: Crosswalks, first: date, last: date
    ) -> None:
        self.programme, self.walks, self.last = programme, walks, last
        self.forms: dict[tuple[str, Frequency], Form] = {}
        self.size = 0
        for key, elements in _elements(programme).items():
            self._add(*key, elements, first, last)
        self.cells = np.empty(self.size)
        self.bounds: Bytes | None = None
        self.stated: dict[Stated, float] = {}
        self.bounded: set[Element] = set()
        self._addresses: _Addresses | None = None
        self._moments: Ints | None = None
        self._stated_at: dict[Stated, int] = {}
        self.loaded = 0
        self._share_cells()

    def clear(self) -> None:
        """Forget every report, keep the room."""
        self.cells.fill(np.nan)
        self.loaded = 0
        self.bounds = self._moments = None
        for form in self.forms.values():
            form.bounds = None
        self.stated.clear()
        self._stated_at.clear()
        self.bounded.clear()

    def _add(
        self,
        level: str,
        frequency: Frequency,
        elements: list[Element],
        first: date,
        last: date,
    ) -> None:
        if frequency is Frequency.SPAN:
            spans = {s for i, _ in elements for s in self.programme.indicators[i].spans}
            periods = sorted(spans)
        else:
            periods = periods_between(first, last, frequency)
        units, first_row, rows = {}, {}, 0
        for period in periods:
            units[period] = self.walks.level_units(level, period.last)
            first_row[period] = rows
            rows += len(units[period])
        order = {element: i for i, element in enumerate(elements)}
        form = Form(level, frequency, order, units, first_row, rows, self.size)
        self.forms[level, frequency] = form
        self.size += rows * len(elements)

    def _share_cells(self) -> None:
        for form in self.forms.values():
            shape = (form.rows, len(form.elements))
            span = slice(form.base, form.base + form.rows * len(form.elements))
            form.cells = self.cells[span].reshape(shape)
            if self.bounds is not None:
                form.bounds = self.bounds[span].reshape(shape)

    def of(self, indicator: str) -> Form | None:
        found = self.programme.indicators[indicator]
        return self.forms.get((found.level, found.frequency))

    def load(self, log: Log, known: datetime | None, pool: ThreadPoolExecutor) -> None:
        """Lay the rows known by a moment over what is there.

        Several logs may follow each other. Raises OutOfOrder where one has rows that
        were recorded before those of the logs above it, unless that is allowed.
        """
        if self._moments is None and not log.ordered:
            if self.loaded:
                raise OutOfOrder
            if not is_in_order(log):
                self.allow_disorder()
        self.loaded += 1
        rows = Rows.of(log, known)
        names = (log.units, log.indicators, log.periods, log.categories)
        if self._addresses is None or self._addresses.names != names:
            self._addresses = _Addresses(self, log)
        address = self._addresses
        if rows.bound is not None and self.bounds is None:
            self.bounds = np.zeros(self.size, dtype=np.uint8)
            self._share_cells()
        for these, places, placed in _ahead(pool, address, rows.parts()):
            if placed is None:
                self._lay(these, places)
                continue
            self._state(log, these.some(~placed))
            self._lay(these.some(placed), places[placed])
        self._note_bounds(log, rows)

    def allow_disorder(self) -> None:
        """Keep when each cell was recorded, so that rows may come in any order."""
        self._moments = np.full(self.size, LONG_AGO)

    def _lay(self, rows: Rows, places: Ints) -> None:
        if self._moments is None:
            self._write(rows, places)
            return
        rest = rows.recorded >= self._moments[places]
        while rest.any():  # once, and again for those that an older row lay upon
            rows, places = rows.some(rest), places[rest]
            self._moments[places] = rows.recorded
            self._write(rows, places)
            rest = rows.recorded > self._moments[places]

    def _write(self, rows: Rows, places: Ints) -> None:
        self.cells[places] = rows.value
        if self.bounds is not None:
            self.bounds[places] = 0 if rows.bound is None else rows.bound

    def _note_bounds(self, log: Log, rows: Rows) -> None:
        if rows.bound is None:
            return
        loose = rows.bound != 0
        who = rows.indicator[loose].astype(np.int64)
        what = rows.category[loose] if rows.category is not None else -np.ones_like(who)
        for i, c in set(zip(who.tolist(), what.tolist(), strict=True)):
            self.bounded.add((log.indicators[i], log.categories[c] if c >= 0 else None))

    def _state(self, log: Log, rows: Rows) -> None:
        """Rows at a level that the indicator does not collect are kept beside."""
        for i in range(len(rows)):
            code = -1 if rows.category is None else int(rows.category[i])
            category = log.categories[code] if code >= 0 else None
            unit, indicator = log.units[rows.unit[i]], log.indicators[rows.indicator[i]]
            key = (unit, indicator, log.periods[rows.period[i]], category)
            moment = int(rows.recorded[i])
            if moment < self._stated_at.get(key, LONG_AGO) or not self._is_stated(*key):
                continue
            self._stated_at[key] = moment
            number = float(rows.value[i])
            if isnan(number):
                self.stated.pop(key, None)
            else:
                self.stated[key] = number

    def _is_stated(
        self, unit: str, indicator: str, period: Period, category: str | None
    ) -> bool:
        """Whether a row that has no cell is a figure to show beside; else nothing."""
        found = self.programme.indicators.get(indicator)
        version = self.walks.places.territory.version(unit, period.last)
        if found is None or version is None:
            return False
        if period.frequency is not found.frequency:
            return False
        if category is not None and category not in found.categories:
            return False
        if found.frequency is Frequency.SPAN and period not in found.spans:
            return False
        return version.level != found.level or not found.roll_up.collected

    @property
    def empty(self) -> bool:
        """Whether no row at all is in force."""
        return not self.stated and bool(np.isnan(self.cells).all())

    def start(self) -> date | None:
        """First day of the earliest period with a row in force, spans apart."""
        days = [
            p.first for _, _, p, _ in self.stated if p.frequency is not Frequency.SPAN
        ]
        for form in self.forms.values():
            if form.frequency is Frequency.SPAN:
                continue
            for period in form.units:
                block = form.block(period)
                if block is not None and not np.isnan(block).all():
                    days.append(period.first)
                    break
        return min(days, default=None)


class _Addresses:
    """Where in the cells each row of a log belongs; negative: nowhere."""

    def __init__(self, forms: Forms, log: Log) -> None:
        self.names = (log.units, log.indicators, log.periods, log.categories)
        self.units = len(log.units)
        self.one_form = len(forms.forms) == 1
        self.row = self._rows(forms, log).ravel()
        shape = (len(log.indicators), len(log.categories) + 1)
        self.element = np.full(shape, NOWHERE // 4)
        self.form = np.zeros(len(log.indicators), dtype=np.int64)
        self._find_elements(forms, log)
        self.totals = np.ascontiguousarray(self.element[:, 0])

    def _rows(self, forms: Forms, log: Log) -> Ints:
        """[forms x periods*units]: the first cell of each unit's row."""
        place = {unit: i for i, unit in enumerate(log.units)}
        found = np.full((len(forms.forms), len(log.periods) * self.units), NOWHERE)
        places: dict[int, Ints] = {}
        for f, form in enumerate(forms.forms.values()):
            for p, period in enumerate(log.periods):
                if period not in form.first_row:
                    continue
                units = form.units[period]
                here = (place.get(u, -1) for u in units)
                if id(units) not in places:
                    places[id(units)] = np.fromiter(here, np.int64, len(units))
                at = places[id(units)]
                rows = form.first_row[period] + np.arange(len(at))
                cell = form.base + rows * len(form.elements)
                found[f, p * self.units + at[at >= 0]] = cell[at >= 0]
        return found

    def _find_elements(self, forms: Forms, log: Log) -> None:
        """Where each indicator's form begins, and each element in a row of it."""
        keys, size = list(forms.forms), len(log.periods) * self.units
        for i, name in enumerate(log.indicators):
            form_of = forms.of(name) if name in forms.programme.indicators else None
            if form_of is None:
                continue
            self.form[i] = keys.index((form_of.level, form_of.frequency)) * size
            for c, category in enumerate((None, *log.categories)):
                at_element = form_of.elements.get((name, category))
                if at_element is not None:
                    self.element[i, c] = at_element

    def __call__(self, rows: Rows) -> tuple[Rows, Ints, Bools | None]:
        """Rows as they are laid, where each belongs, and which do if not all."""
        indicator = rows.indicator
        at = self._first_cells(rows.unit, rows.period, indicator)
        if rows.category is None:
            at += self.totals.take(indicator)
        else:
            at += self.element[indicator, rows.category.astype(np.int64) + 1]
        laid = replace(rows, value=rows.value + 0.0)  # of -0 too: one zero
        return laid, at, None if at.min() >= 0 else at >= 0

    def _first_cells(self, unit: Ints, period: Ints, indicator: Ints) -> Ints:
        """Where the row of each report begins: found once for neighbours alike."""
        form = None if self.one_form else self.form.take(indicator)
        turns = unit[1:] != unit[:-1]
        turns |= period[1:] != period[:-1]
        if form is not None:
            turns |= form[1:] != form[:-1]
        ends = np.append(np.flatnonzero(turns) + 1, len(unit))
        sizes = np.diff(ends, prepend=0)
        starts = ends - sizes
        key = period[starts].astype(np.int64) * self.units + unit[starts]
        if form is not None:
            key += form[starts]
        return np.repeat(self.row.take(key), sizes)


def _ahead(
    pool: ThreadPoolExecutor,
    address: _Addresses,
    parts: Sequence[Rows],
) -> Iterator[tuple[Rows, Ints, Bools | None]]:
    """Address parts beside what is done with them; few ahead, in the same memory."""
    if len(parts) == 1:
        yield address(parts[0])
        return
    coming: deque[Future[tuple[Rows, Ints, Bools | None]]] = deque()
    for part in parts:
        coming.append(pool.submit(address, part))
        if len(coming) > AHEAD:
            yield coming.popleft().result()
    while coming:
        yield coming.popleft().result()


def _elements(programme: Programme) -> dict[tuple[str, Frequency], list[Element]]:
    """Elements of each form, those of one roll-up side by side."""
    found: dict[tuple[str, Frequency], list[Element]] = {}
    kinds = list(RollUp)
    collected = [i for i in programme.indicators.values() if i.roll_up.collected]
    for indicator in sorted(collected, key=lambda i: kinds.index(i.roll_up)):
        form = found.setdefault((indicator.level, indicator.frequency), [])
        form.append((indicator.id, None))
    for indicator in collected:
        form = found[indicator.level, indicator.frequency]
        form += [(indicator.id, category) for category in indicator.categories]
    return found
