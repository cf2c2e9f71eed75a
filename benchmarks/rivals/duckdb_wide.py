"""DuckDB by hand, in the layout that was fastest of those tried."""

import os
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.case import Case
from benchmarks.engines import Engine
from benchmarks.relations import relations
from benchmarks.results import Results
from benchmarks.rivals import duckdb_sql
from benchmarks.spec import PERIODS


class DuckDB(Engine):
    """Holds the log as codes in a table; every stage makes one table more."""

    def __init__(self, case: Case) -> None:
        self.case = case
        threads = int(os.environ.get("DONBAY_THREADS", "2"))
        self.con = duckdb.connect()
        self.con.execute(f"SET threads = {threads}")
        self.con.execute("SET preserve_insertion_order = false")
        for name, rows in relations(case).items():
            self.con.register("columns", rows)
            self.con.execute(f"CREATE TABLE {name} AS FROM columns")
            self.con.unregister("columns")
        self.con.execute(duckdb_sql.GRID, [case.old_communes])

    def load(self, log: Path) -> None:
        """Text becomes codes by enum, whose numbers follow the order of its words."""
        words = {
            "source": self.case.source_ids,
            "series": list(self.case.series_ids),
            "period": list(PERIODS),
        }
        for name, values in words.items():
            text = ", ".join(f"'{word}'" for word in values)
            self.con.execute(f"CREATE TYPE {name}_word AS ENUM ({text})")
        self.con.execute(
            "CREATE TABLE log AS SELECT enum_code(unit::source_word)::INT AS source, "
            "enum_code(indicator::series_word)::SMALLINT AS series, "
            "enum_code(period::period_word)::SMALLINT AS period, value, "
            f"epoch_us(recorded_at) AS seq FROM '{log}'"
        )

    def roll_up(self) -> None:
        self._run(duckdb_sql.pivot(len(self.case.series_ids)))
        self._run(duckdb_sql.cube(self.case))

    def verdicts(self) -> None:
        self._drop(duckdb_sql.VERDICTS)
        self._run(duckdb_sql.targets(self.case))
        self._run(duckdb_sql.levels(self.case))

    def clear(self) -> None:
        keep = {"log", "grid", *relations(self.case)}
        found = self.con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        self._drop([name for (name,) in found if name not in keep])

    def _run(self, queries: list[str]) -> None:
        for query in queries:
            self.con.execute(query)

    def _drop(self, tables: list[str]) -> None:
        self._run([f"DROP TABLE IF EXISTS {name}" for name in tables])

    def results(self) -> Results:
        out = Results.empty(self.case)
        cube = self._columns("FROM cube")
        for n in range(len(self.case.indicators)):
            at = (cube["unit"], n, cube["period"])
            out.value[at], out.coverage[at] = cube[f"v{n}"], cube[f"c{n}"]
        t = self._columns(
            "SELECT * REPLACE (coalesce(period, -1) AS period) FROM verdict"
        )
        rows = (t["unit"], t["ind"])
        for name in ("status", "reason", "period", "pace", "progress"):
            getattr(out, name)[rows] = t[name]
        out.judged[rows], out.judged_coverage[rows] = t["value"], t["coverage"]
        ladder = self._columns("FROM ladder")
        out.reached[ladder["unit"]] = ladder["reached"]
        out.possible[ladder["unit"]] = ladder["possible"]
        return out

    def _columns(self, query: str) -> dict[str, np.ndarray]:
        found = self.con.execute(query).fetchnumpy()
        return {
            name: np.ma.filled(column.astype(float), np.nan)
            if np.ma.isMaskedArray(column) and column.dtype.kind == "f"
            else np.asarray(column)
            for name, column in found.items()
        }
