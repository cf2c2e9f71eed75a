"""An evaluation folder put together: pack, places, reports and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack
from zoneinfo import ZoneInfo

from donbay.domain.ledger import Observation
from donbay.domain.mobilisation import MobilisationRow
from donbay.domain.problems import Problem, Refused
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days, Evaluation
from donbay.folder import frames, money
from donbay.folder.engines import fast_result, plain_rows
from donbay.folder.sources import MARK, SYNTHETIC, Shelf, read_shelf
from donbay.packs import Pack, load_pack
from donbay.tables import Tables, read_folder

if TYPE_CHECKING:
    import polars as pl

    from donbay.engine.fast import Result
    from donbay.folder.explain import Explanation

EDITIONS = "editions"  # the folder in a pack that holds them
LOOKED_AT = 10_000  # rows whose source is looked at for the mark of made-up figures
ONE_DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


def pack_of(folder: Path, pack: str | Path | None = None) -> Path:
    """The pack named, else FOLDER/pack: a folder, or a file that holds its path."""
    path = Path(pack) if pack else folder / "pack"
    if path.is_file():
        return (path.parent / path.read_text(encoding="utf-8").strip()).resolve()
    if not path.is_dir():
        raise Refused(
            [Problem("cli.no_pack", str(folder), None, None, {"pack": str(path)})]
        )
    return path


def open_folder(
    path: str | Path, pack: str | Path | None = None, on: str | date | None = None
) -> Study:
    """Read and check a folder whole. Raises Refused with every problem found.

    `on` is the day that the results hold for unless they ask for another; today where
    it is not given.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise Refused([Problem("cli.no_folder", str(folder), None, None, {})])
    where = pack_of(folder, pack)
    day = as_day(on)
    found = load_pack(where, on=day or datetime.now(tz=UTC).date())
    tables = read_folder(folder, found.programme)
    today = datetime.now(ZoneInfo(found.programme.time_zone)).date()
    return Study(folder, found, found.programme, tables, day or today)


def as_day(day: str | date | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


class When(TypedDict, total=False):
    """The three days, as days or ISO texts."""

    on: str | date | None
    known: str | date | None
    map: str | date | None


class Options(When, total=False):
    """What a table may be asked for besides."""

    unit: str | None
    level: str | None
    engine: str


@dataclass(frozen=True)
class Study:
    """A folder that was read. Every table comes with the three days it holds for.

    A table for another day is judged by the edition of the pack in force on that day.

    `on`, `known` and `map` are days or ISO texts; `unit` and `level` keep only the rows
    of one unit or level; `engine` is "fast" or "plain".
    """

    path: Path
    pack: Pack = field(repr=False)
    programme: Programme = field(repr=False)
    tables: Tables = field(repr=False)
    on: date
    _rows: dict[tuple[Days, tuple[str, ...]], Evaluation] = field(
        default_factory=dict, repr=False, compare=False
    )
    _editions: dict[date, Study] = field(
        default_factory=dict, repr=False, compare=False
    )
    _results: dict[Days, Result] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def territory(self) -> Territory:
        return self.tables.territory

    @cached_property
    def synthetic(self) -> bool:
        """Marked by the pack, by a file in the folder, or by the source of a report."""
        if self.programme.synthetic or (self.path / MARK).is_file():
            return True
        first = range(min(LOOKED_AT, self.reported))
        rows = self.tables.ledger.observations(first)
        return any(row.source.startswith(SYNTHETIC) for row in rows)

    @property
    def reported(self) -> int:
        """How many rows the ledger holds."""
        return len(self.tables.log().unit)

    @cached_property
    def observations(self) -> Sequence[Observation]:
        return self.tables.observations()

    @cached_property
    def shelf(self) -> Shelf:
        """The sources named by the reports, with title and address."""
        return read_shelf(self.path)

    @cached_property
    def told_until(self) -> date:
        """The first day on which all that was reported is known and over."""
        zone = ZoneInfo(self.programme.time_zone)
        days = [o.recorded_at.astimezone(zone).date() for o in self.observations]
        days += [period.last for period in self.tables.log().periods]
        return max(days, default=self.on)

    def days(
        self,
        on: str | date | None = None,
        known: str | date | None = None,
        map: str | date | None = None,  # noqa: A002 -- the name it has everywhere
    ) -> Days:
        judged = as_day(on) or self.on
        seen = as_day(known)
        zone = ZoneInfo(self.programme.time_zone)
        end = datetime.combine(seen + ONE_DAY, time(), zone) - INSTANT if seen else None
        return Days(judged, as_day(map) or judged, end)

    def edition(self, on: date) -> Study:
        """The same folder under the edition of the pack in force on a day."""
        folders = {file.parent for file in self.pack.files}
        if on == self.on or not any((f / EDITIONS).is_dir() for f in folders):
            return self
        if on not in self._editions:
            self._editions[on] = open_folder(self.path, self.pack.path, on)
        return self._editions[on]

    def values(self, **options: Unpack[Options]) -> pl.DataFrame:
        """Every indicator of every unit and period, with range, coverage and reason."""
        return self.table("values", **options)

    def targets(self, **options: Unpack[Options]) -> pl.DataFrame:
        """Where each target stands."""
        return self.table("targets", **options)

    def criteria(self, **options: Unpack[Options]) -> pl.DataFrame:
        """Each sub-criterion and criterion of each unit."""
        return self.table("criteria", **options)

    def levels(self, **options: Unpack[Options]) -> pl.DataFrame:
        """The level reached, possible and recognised."""
        return self.table("levels", **options)

    def mobilisation(self, **options: Unpack[Options]) -> pl.DataFrame:
        """Resources by source and form, with shares and leverage."""
        return self.table("mobilisation", **options)

    def explain(self, unit: str, target: str, **when: Unpack[When]) -> Explanation:
        """Why a unit's target has its status, down to the rows it came from."""
        from donbay.folder.explain import explain_target  # noqa: PLC0415 -- it imports this

        days = self.days(**when)
        return explain_target(self.edition(days.on), unit, target, days)

    def table(
        self,
        table: str,
        *,
        on: str | date | None = None,
        known: str | date | None = None,
        map: str | date | None = None,  # noqa: A002 -- as above
        unit: str | None = None,
        level: str | None = None,
        engine: str = "fast",
    ) -> pl.DataFrame:
        """One of the five tables by its name."""
        days = self.days(on, known, map)
        if (other := self.edition(days.on)) is not self:
            return other.table(
                table,
                on=on,
                known=known,
                map=map,
                unit=unit,
                level=level,
                engine=engine,
            )
        if engine == "fast" and table != "mobilisation":
            columns = getattr(self._result(days), table)()
            frame = frames.frame_of_columns(table, columns, self.territory, days)
            frame = self._kept_units(frame, unit, level, days)
        else:
            wanted = self.units(days, unit, level)
            frame = frames.frame_of_records(
                table, self.records(table, days, engine=engine, units=wanted)
            )
        return frames.dated(frame, days, synthetic=self.synthetic)

    def _kept_units(
        self, frame: pl.DataFrame, unit: str | None, level: str | None, days: Days
    ) -> pl.DataFrame:
        import polars as pl  # noqa: PLC0415 -- a command that prints starts without it

        wanted = self.units(days, unit, level)
        return frame if wanted is None else frame.filter(pl.col("unit").is_in(wanted))

    def units(
        self, days: Days, unit: str | None = None, level: str | None = None
    ) -> list[str] | None:
        """The units asked for, on the map of the day; None is all."""
        if unit is None and level is None:
            return None
        if unit is not None and unit not in self.territory.versions:
            raise Refused(
                [Problem("cli.no_unit", str(self.path), None, None, {"unit": unit})]
            )
        if level is not None and level not in self.programme.level_ids:
            known = ", ".join(self.programme.level_ids)
            about = {"level": level, "levels": known}
            raise Refused([Problem("cli.no_level", str(self.path), None, None, about)])
        valid = self.territory.on(days.map)
        return [
            u
            for u, version in valid.items()
            if unit in {None, u} and level in {None, version.level}
        ]

    def records(
        self,
        table: str,
        days: Days,
        *,
        engine: str = "fast",
        units: Iterable[str] | None = None,
    ) -> list[dict[str, object]]:
        rows = self.rows(table, days, engine=engine)
        if units is not None:
            wanted = set(units)
            rows = [row for row in rows if row.unit in wanted]
        return frames.records(table, rows, self.territory, days)

    def rows(
        self, table: str, days: Days, *, engine: str = "fast"
    ) -> Sequence[frames.Row]:
        if table == "mobilisation":
            return self.money(days, engine=engine)
        rows: Sequence[frames.Row] = getattr(
            self.evaluation(days, (table,), engine=engine), table
        )
        return rows

    def evaluation(
        self, days: Days, tables: tuple[str, ...], *, engine: str = "fast"
    ) -> Evaluation:
        """The verdicts of one engine, kept for the next question."""
        key = (days, ("fast",) if engine == "fast" else tables)
        if key not in self._rows:
            self._rows[key] = (
                self._result(days).rows()
                if engine == "fast"
                else plain_rows(self, days, tables)
            )
        return self._rows[key]

    def _result(self, days: Days) -> Result:
        if days not in self._results:
            self._results[days] = fast_result(self, days)
        return self._results[days]

    def money(self, days: Days, *, engine: str = "fast") -> list[MobilisationRow]:
        if not self.programme.mobilisation:
            return []
        programme = money.with_parts(self.programme)
        derived = replace(self, programme=programme, _rows={}, _results={})
        values = derived.evaluation(days, ("values",), engine=engine).values
        return money.rows_of(self.programme, values)
