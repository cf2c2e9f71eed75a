"""The reports of a folder: as a stream of columns, as one log, or row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from math import isnan
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from donbay.domain.ledger import Log, Observation
from donbay.domain.problems import Problem, Refused
from donbay.tables.cells import coded
from donbay.tables.coding import Coding
from donbay.tables.columns import OBSERVATIONS
from donbay.tables.files import expected_rows, read_cells
from donbay.tables.findings import Findings
from donbay.tables.kept import OPTIONAL, Kept, Texts
from donbay.tables.moments import moment_of
from donbay.tables.observations import BOUNDS, NEEDED, LogReader
from donbay.tables.parquet_files import first_and_last_year
from donbay.tables.vocabulary import Vocabulary

Array: TypeAlias = npt.NDArray[Any]


class Ledger:
    """Reads its file when first asked; once it has been refused it is never given.

    `chunks` reads anew each time and keeps nothing; `log` keeps what it read.
    """

    def __init__(
        self,
        path: Path,
        coding: Coding,
        units: Vocabulary | None,
        *,
        keep_sources: bool = False,
    ) -> None:
        self.path, self._coding, self._units = path, coding, units
        self._keep_sources, self._sources = keep_sources, Texts("source")
        self.notices: tuple[Problem, ...] = ()
        self._log: Log | None = None
        self._lines: list[Any] = []

    def chunks(self) -> Iterator[Log]:
        """Columns as they are read. Raises Refused at the end if anything is wrong.

        `ordered` says of each that no row in it was recorded before one above it.
        """
        if self._log is not None:
            yield self._log
            return
        findings = Findings(self.path.name)
        yield from self._read(findings)
        if findings:
            raise Refused(findings.problems())

    def years(self) -> tuple[int, int] | None:
        """First and last year in which a reported period begins, without reading.

        None where the file does not tell: only Parquet keeps such statistics.
        """
        parquet = self.path.suffix == ".parquet"
        return first_and_last_year(self.path) if parquet else None

    def check(self, findings: Findings) -> None:
        """Read everything and keep it if nothing is wrong."""
        kept = Kept(expected_rows(self.path))
        for chunk in self._read(findings):
            kept.add(chunk)
        if not findings:
            self._log = kept.log(self._coding)

    def _read(self, findings: Findings) -> Iterator[Log]:
        notices = Findings(self.path.name)
        reader = LogReader(self._coding, self._units, findings, notices)
        self._lines, self._sources = [], Texts("source")
        leave_out = () if self._keep_sources else ("source",)
        for cells in read_cells(self.path, OBSERVATIONS, findings, leave_out):
            self._lines.append(cells.lines)
            if self._keep_sources:
                self._sources.add(cells)
            log = reader.read(cells)
            if log is not None and not findings:
                yield log
        self.notices = notices.problems()

    def log(self) -> Log:
        """All rows as one; a row's place is its number."""
        if self._log is None:
            findings = Findings(self.path.name)
            self.check(findings)
            if self._log is None:
                raise Refused(findings.problems())
        return self._log

    def observations(self, rows: Iterable[int] | None = None) -> list[Observation]:
        """All rows, or those asked for, as objects with their sources."""
        log = self.log()
        wanted = range(len(log.unit)) if rows is None else list(rows)
        places = np.array(wanted, np.int64)
        return _observations(log, places, self.sources(places), self.time_zone)

    def days(self) -> tuple[list[date], Array]:
        """The days when rows were recorded, in the programme's time zone.

        A day for each moment, and the number of its moment for each row.
        """
        moments, which = np.unique(
            np.asarray(self.log().recorded_at), return_inverse=True
        )
        zone = ZoneInfo(self.time_zone)
        return [moment_of(at, zone).date() for at in moments.tolist()], which

    def kept_sources(self) -> tuple[tuple[str, ...], Array]:
        """The distinct sources, and a number for each row, if they were kept."""
        self.log()
        return self._sources.words, self._sources.codes

    @property
    def time_zone(self) -> str:
        return self._coding.programme.time_zone

    def line(self, row: int) -> int:
        """The line in the file, or the row of a Parquet file counted from 1."""
        self.log()
        for lines in self._lines:
            if row < len(lines):
                return int(lines[row])
            row -= len(lines)
        raise IndexError(row)

    def sources(self, places: Array | None = None) -> list[str]:
        """The sources of rows, read again: they are long, and rarely asked for."""
        if places is None:
            places = np.arange(len(self.log().unit))
        found = np.full(len(places), "", dtype=object)
        first = 0
        leave_out = [name for name in OBSERVATIONS.names if name != "source"]
        cells_of_file = read_cells(
            self.path, OBSERVATIONS, Findings(self.path.name), leave_out
        )
        for cells in cells_of_file:
            here = np.flatnonzero((places >= first) & (places < first + len(cells)))
            if "source" in cells.columns and len(here):
                column = coded(cells.columns["source"])
                words = np.array(column.words, dtype=object)
                found[here] = words[column.codes[places[here] - first]]
            first += len(cells)
        given: list[str] = found.tolist()
        return given


def _observations(
    log: Log, places: Array, sources: list[str], time_zone: str
) -> list[Observation]:
    zone = ZoneInfo(time_zone)
    moments: dict[int, datetime] = {}
    columns = [np.asarray(getattr(log, name))[places].tolist() for name in NEEDED]
    columns += [
        [default] * len(places)
        if (column := getattr(log, name)) is None
        else np.asarray(column)[places].tolist()
        for name, default in OPTIONAL.items()
    ]
    found = []
    for unit, indicator, period, value, at, category, bound, row, source in zip(
        *columns, places.tolist(), sources, strict=True
    ):
        if at not in moments:
            moments[at] = moment_of(at, zone)
        found.append(
            Observation(
                log.units[unit],
                log.indicators[indicator],
                log.periods[period],
                None if isnan(value) else value,
                moments[at],
                row,
                None if category < 0 else log.categories[category],
                BOUNDS[bound],
                source,
            )
        )
    return found
