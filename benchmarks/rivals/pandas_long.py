"""pandas, as an analyst writes it: long tables, merge and groupby."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.case import Case
from benchmarks.engines import Engine
from benchmarks.relations import NONE, relations
from benchmarks.results import Results
from benchmarks.rivals import pandas_verdicts
from benchmarks.spec import (
    FIRST_ON_NEW_MAP,
    MIN_COVERAGE,
    PERCENT,
    PERIODS,
    TOLERANCE,
    Kind,
)

SUM, RATIO, MEAN, SHARE, MAX = range(len(Kind))
CELL = ["unit", "ind", "period"]
PARTS = ["num", "den", "rep", "top"]
COLUMNS = ["unit", "indicator", "period", "value", "recorded_at"]


class Pandas(Engine):
    """Holds the log as codes; evaluates it into `values`, `targets` and `levels`."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.tables = {k: pd.DataFrame(t) for k, t in relations(case).items()}

    def load(self, log: Path) -> None:
        raw = pd.read_parquet(log, columns=COLUMNS)
        self.log = pd.DataFrame(
            {
                "unit": _codes(raw.unit, self.case.source_ids, "int32"),
                "series": _codes(raw.indicator, list(self.case.series_ids), "int16"),
                "period": _codes(raw.period, list(PERIODS), "int16"),
                "value": raw.value,
                "at": raw.recorded_at,
            }
        )

    def roll_up(self) -> None:
        communes = self._communes(self._current())
        self.values = self._values(self._up_the_tree(communes))

    def verdicts(self) -> None:
        self.targets = pandas_verdicts.targets(self.values, self.tables)
        self.levels = pandas_verdicts.levels(self.values, self.tables)

    def _current(self) -> pd.DataFrame:
        log = self.log
        if not log["at"].is_monotonic_increasing:
            log = log.sort_values("at", kind="stable")
        last = log.drop_duplicates(["unit", "series", "period"], keep="last")
        return last.dropna(subset="value")[["unit", "series", "period", "value"]]

    def _communes(self, current: pd.DataFrame) -> pd.DataFrame:
        """Numerator, denominator, reporters and largest value per cell of the map."""
        items = self.tables["indicator"]
        first = current.rename(columns={"series": "of"}).merge(items, on="of")
        alone = first[first["over"] == NONE]
        paired = first[first["over"] != NONE].merge(
            current.rename(columns={"series": "over", "value": "other"}),
            on=["unit", "period", "over"],
        )
        is_ratio = paired.kind == RATIO
        paired = paired.assign(
            num=paired.value.where(is_ratio, paired.value * paired.other),
            den=paired.other,
        )
        alone = alone.assign(num=alone.value, den=1.0)
        keep = [*CELL, "num", "den", "value"]
        parts = pd.concat([alone[keep], paired[keep]], ignore_index=True)
        parts = parts.rename(columns={"unit": "source"})
        parts = parts.merge(self.tables["crosswalk"], on="source")
        for name in ("num", "den"):
            parts[name] *= parts["share"]
        parts = parts.rename(columns={"share": "rep", "value": "top"})
        cells = parts.groupby(CELL, as_index=False).agg(
            num=("num", "sum"),
            den=("den", "sum"),
            rep=("rep", "sum"),
            top=("top", "max"),
        )
        return self._tested(self._with_expected(cells))

    def _with_expected(self, cells: pd.DataFrame) -> pd.DataFrame:
        crosswalk = self.tables["crosswalk"]
        is_old = crosswalk["source"] < self.case.old_communes
        before = crosswalk[is_old].groupby("unit")["share"].sum()
        expected = cells["unit"].map(before)
        on_old = cells["period"] < FIRST_ON_NEW_MAP
        return cells.assign(expected=expected.where(on_old, 1.0))

    def _tested(self, cells: pd.DataFrame) -> pd.DataFrame:
        """A share asks its question of the units of the map, where they know."""
        items = self.tables["indicator"]
        asked = cells.merge(items[items.shared], on="ind")
        is_mean = asked["over"] != NONE
        value = asked.num.where(~is_mean, asked.num / asked.den)
        slack = TOLERANCE * np.maximum(1, np.maximum(value.abs(), asked.edge.abs()))
        at_least = asked.test > 0
        yes = np.where(
            at_least, value >= asked.edge - slack, value <= asked.edge + slack
        )
        whole = asked.expected - asked.rep <= TOLERANCE
        covered = asked.rep >= (MIN_COVERAGE - TOLERANCE) * asked.expected
        sure = np.where(is_mean, covered, whole | (yes == at_least))
        known = asked[sure].assign(num=yes[sure].astype(float), den=1.0, rep=1.0)
        plain = cells[~cells["ind"].isin(asked["ind"].unique())]
        return pd.concat([plain, known[[*CELL, *PARTS]]], ignore_index=True)

    def _up_the_tree(self, communes: pd.DataFrame) -> pd.DataFrame:
        tree = self.tables["tree"]
        cells = communes[[*CELL, *PARTS]]
        how = {"num": "sum", "den": "sum", "rep": "sum", "top": "max"}
        levels = [cells]
        for level in ("district", "province", "country"):
            above = cells["unit"].map(tree.set_index("unit")[level])
            here = cells.assign(unit=above).groupby(CELL, as_index=False).agg(how)
            levels.append(here)
        return pd.concat(levels, ignore_index=True)

    def _values(self, cells: pd.DataFrame) -> pd.DataFrame:
        """Value, coverage and the range that the value lies in."""
        tree, items = self.tables["tree"], self.tables["indicator"]
        cells = cells.merge(self._expected_everywhere(), on=["unit", "period"])
        cells = cells.merge(items[["ind", "kind", "sign", "pair", "shared"]], on="ind")
        is_share = cells.shared
        expected = cells.expected.where(~is_share, cells.communes)
        partial = set(tree.unit[~tree.whole])
        torn = cells.unit.isin(partial) & (cells.period < FIRST_ON_NEW_MAP)
        quotient = cells.num / cells.den.where(cells.den != 0)
        scale = np.where(cells.kind == MEAN, 1.0, PERCENT)
        value = cells.num.where(cells.kind == SUM, quotient * scale)
        value = value.where(cells.kind != MAX, cells.top.where(~torn))
        missing = expected - cells.rep
        whole = missing <= TOLERANCE * np.maximum(1, expected)
        bounded = cells.kind.isin([SUM, MAX])
        low = value.where(~is_share, PERCENT * cells.num / expected)
        high = value.where(~is_share, PERCENT * (cells.num + missing) / expected)
        high = high.where(whole | ~bounded, np.inf)
        coverage = cells.rep / expected
        enough = ~cells.pair | (coverage >= MIN_COVERAGE - TOLERANCE)
        enough &= value.notna()
        return cells[[*CELL, "sign"]].assign(
            value=value, coverage=coverage, low=low, high=high, enough=enough
        )

    def _expected_everywhere(self) -> pd.DataFrame:
        """Reporting units behind each unit, on the old map and on the new."""
        crosswalk, tree = self.tables["crosswalk"], self.tables["tree"]
        old = crosswalk[crosswalk["source"] < self.case.old_communes]
        behind = tree.assign(
            before=tree.unit.map(old.groupby("unit")["share"].sum()), after=1.0
        )
        both = pd.concat(
            behind.groupby(level)[["before", "after"]].sum().rename_axis("unit")
            for level in ("unit", "district", "province", "country")
        ).reset_index()
        quarters = self.tables["quarter"][["period"]]
        grid = both.merge(quarters, how="cross")
        on_old = grid.period < FIRST_ON_NEW_MAP
        grid["expected"] = grid.before.where(on_old, grid.after)
        grid = grid.rename(columns={"after": "communes"})
        return grid[["unit", "period", "expected", "communes"]]

    def clear(self) -> None:
        for name in ("values", "targets", "levels"):
            self.__dict__.pop(name, None)

    def results(self) -> Results:
        out = Results.empty(self.case)
        v, t = self.values, self.targets
        at = (v["unit"].to_numpy(), v["ind"].to_numpy(), v["period"].to_numpy())
        out.value[at], out.coverage[at] = v["value"], v["coverage"]
        rows = (t["unit"].to_numpy(), t["ind"].to_numpy())
        out.status[rows], out.reason[rows] = t["status"], t["reason"]
        out.judged[rows], out.judged_coverage[rows] = t["value"], t["coverage"]
        out.period[rows] = t["period"].fillna(-1)
        out.pace[rows], out.progress[rows] = t["pace"], t["progress"]
        out.reached[self.levels["unit"]] = self.levels["reached"]
        out.possible[self.levels["unit"]] = self.levels["possible"]
        return out


def _codes(column: pd.Series, words: list[str], kind: str) -> np.ndarray:
    """Codes of a dictionary column; its dictionary may be in any order."""
    place = pd.Index(words).get_indexer(column.cat.categories)
    return place.astype(kind)[column.cat.codes]
