"""Every figure of a report with its source: on paper in grids, for a sheet in rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from donbay.domain.periods import Period
from donbay.domain.verdicts import ValueRow
from donbay.reports.model import (
    Cell,
    Column,
    Figure,
    Listing,
    Paragraph,
    Section,
    Table,
)
from donbay.reports.telling import Teller

ACROSS = 5  # indicators beside each other in a grid
Key = tuple[str, str]


@dataclass(frozen=True)
class Annex:
    """Sources are numbered in the order in which figures name them."""

    teller: Teller

    def sections(self) -> tuple[Section, ...]:
        """The figures of the place, those of the places in it, and the sources."""
        sections = (self.of_place(), self.of_places(), self.of_sources())
        return tuple(section for section in sections if section.blocks)

    @cached_property
    def _shown(self) -> dict[tuple[str, str, Period], Figure | str]:
        """Every figure as it is read: grids and rows say the same."""
        rows = (*self._values, *self.teller.matter.values_below)
        value_of = self.teller.names.value_of
        return {(row.unit, row.indicator, row.period): value_of(row) for row in rows}

    def _figure(self, row: ValueRow) -> Figure | str:
        return self._shown[row.unit, row.indicator, row.period]

    @cached_property
    def _values(self) -> list[ValueRow]:
        """Of the place: what ended by the end of the period."""
        end = self.teller.order.period.last
        return [
            row
            for row in self.teller.matter.values
            if row.period.last <= end and (row.value is not None or row.stated)
        ]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        rows = (*self._values, *self.teller.matter.values_below)
        origins = (self._origin(row) for row in rows)
        named = dict.fromkeys(origin for origin in origins if origin)
        return {origin: number for number, origin in enumerate(named, 1)}

    def _origin(self, row: ValueRow) -> str:
        """Empty where the figure was computed."""
        key = (row.unit, row.indicator, row.period)
        return self.teller.matter.origins.get(key, "")

    def _source(self, row: ValueRow) -> str:
        """Its number, or that it was computed and how."""
        if origin := self._origin(row):
            return f"[{self._numbers[origin]}]"
        indicator = self.teller.matter.programme.indicators[row.indicator]
        return self.teller.say(f"printed.roll_up.{indicator.roll_up}")

    # --- on paper ---

    def of_place(self) -> Section:
        teller, say = self.teller, self.teller.say
        if not self._values:
            return Section("", ())
        told = teller.tell("annex_place", count=teller.words.number(len(self._values)))
        table = Table(
            say("printed.figures"),
            (
                Column(say("heading.indicator"), 3.6),
                Column(say("heading.period"), 1.7),
                Column(say("heading.value"), 1.8, number=True),
                Column(say("heading.coverage"), 1, number=True),
                Column(say("heading.stated"), 1.5, number=True),
                Column(say("heading.source"), 2),
            ),
            tuple(self._of_place(row) for row in self._values),
            say("printed.figures_note"),
        )
        return Section(say("printed.annex_place"), (Paragraph(told), table))

    def _of_place(self, row: ValueRow) -> tuple[Cell, ...]:
        names = self.teller.names
        return (
            names.indicator(row.indicator),
            self.teller.words.period(row.period),
            self._figure(row) or names.reason(row.reason),
            self._coverage(row),
            names.figure(row.stated, row.indicator),
            self._source(row),
        )

    def _coverage(self, row: ValueRow) -> Cell:
        if row.coverage is None:
            return ""
        return Figure(self.teller.words.share(row.coverage), row.coverage)

    def of_places(self) -> Section:
        """Grids: a row for each place, some indicators beside each other."""
        rows = self.teller.matter.values_below
        if not rows:
            return Section("", ())
        number = self.teller.words.number
        units = list(dict.fromkeys(row.unit for row in rows))
        told = self.teller.tell(
            "annex_places", count=number(len(rows)), places=number(len(units))
        )
        by_key = {(row.unit, row.indicator): row for row in rows}
        named = list(dict.fromkeys(row.indicator for row in rows))
        grids = (
            self._grid(units, named[first : first + ACROSS], by_key)
            for first in range(0, len(named), ACROSS)
        )
        title = self.teller.say("printed.annex_places")
        return Section(title, (Paragraph(told), *grids))

    def _grid(
        self,
        units: Sequence[str],
        indicators: Sequence[str],
        by_key: Mapping[Key, ValueRow],
    ) -> Table:
        say, names = self.teller.say, self.teller.names
        periods = {name: self._usual(by_key, units, name) for name in indicators}
        some = [one for one in units if any((one, i) in by_key for i in indicators)]
        return Table(
            say("printed.comma").join(names.indicator(one) for one in indicators),
            (
                Column(say("heading.unit_name"), 2),
                *(self._column(name, periods[name]) for name in indicators),
                Column(say("heading.source"), 0.8),
            ),
            tuple(
                (
                    names.place(unit),
                    *(
                        self._cell(by_key.get((unit, name)), periods[name])
                        for name in indicators
                    ),
                    self._sources(by_key.get((unit, name)) for name in indicators),
                )
                for unit in some
            ),
            say("printed.grid_note"),
        )

    def _column(self, indicator: str, period: str) -> Column:
        title = f"{self.teller.names.indicator(indicator)} ({period})"
        return Column(title, 1.6, number=True)

    def _usual(
        self, by_key: Mapping[Key, ValueRow], units: Sequence[str], indicator: str
    ) -> str:
        """The latest period of an indicator; a cell of another one says so."""
        found = [by_key[u, indicator].period for u in units if (u, indicator) in by_key]
        return self.teller.words.period(max(found))

    def _cell(self, row: ValueRow | None, usual: str) -> Cell:
        if row is None:
            return ""
        shown = self._figure(row)
        period = self.teller.words.period(row.period)
        if period == usual or not isinstance(shown, Figure):
            return shown
        return Figure(f"{shown.text} ({period})", shown.value)

    def _sources(self, rows: Iterable[ValueRow | None]) -> str:
        named = dict.fromkeys(self._origin(row) for row in rows if row is not None)
        numbers = sorted(self._numbers[one] for one in named if one)
        return " ".join(f"[{number}]" for number in numbers)

    def of_sources(self) -> Section:
        listed = tuple(f"[{number}] {text}" for text, number in self._numbers.items())
        if not listed:
            return Section("", ())
        return Section(self.teller.say("printed.annex_sources"), (Listing(listed),))

    # --- for a sheet ---

    def rows(self) -> Table:
        say = self.teller.say
        rows = (*self._values, *self.teller.matter.values_below)
        return Table(
            say("printed.figures"),
            (
                Column(say("heading.unit_name"), 2),
                Column(say("heading.indicator"), 4),
                Column(say("printed.unit_of_measure"), 1.5),
                Column(say("heading.period"), 1),
                Column(say("heading.value"), 1.5, number=True),
                Column(say("printed.as_read"), 2),
                Column(say("heading.coverage"), 1, number=True),
                Column(say("heading.source"), 3),
            ),
            tuple(self._rows(rows)),
        )

    def _rows(self, rows: Iterable[ValueRow]) -> Iterator[tuple[Cell, ...]]:
        names, words = self.teller.names, self.teller.words
        for row in rows:
            shown = self._figure(row)
            yield (
                names.place(row.unit),
                names.indicator(row.indicator),
                names.unit_of_measure(row.indicator),
                words.period(row.period),
                shown,
                shown.text if isinstance(shown, Figure) else shown,
                self._coverage(row),
                self._origin(row) or self._source(row),
            )
