"""pandas: targets and levels from the long table of values."""

import numpy as np
import pandas as pd

from benchmarks.relations import DAYS
from benchmarks.spec import (
    AT_RISK,
    BASELINE,
    FRESH,
    LADDER,
    LAST,
    REACHED,
    REASONS,
    STATUSES,
    TOLERANCE,
)

CODE = {word: n for n, word in enumerate(STATUSES)}
WHY = {word: n for n, word in enumerate(REASONS)}
Tables = dict[str, pd.DataFrame]
ROW = ["unit", "ind"]


def slack(a: pd.Series, b: pd.Series) -> pd.Series:
    size = np.maximum(1, np.maximum(a.abs(), b.abs()))
    return pd.Series(TOLERANCE * size, index=a.index)


def meets(x: pd.Series, edge: pd.Series, sign: pd.Series) -> pd.Series:
    return (x - edge) * sign >= -slack(x, edge)


def targets(values: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    goals = tables["unit"].merge(tables["goal"], on="level")
    goals = goals.merge(_baselines(values), on=ROW, how="left")
    goals["baseline"] = goals.baseline.where(goals.from_baseline)
    cells = values.merge(goals, on=ROW)
    after = ~cells.from_baseline | (cells.period > BASELINE)
    reported = cells.coverage > 0
    touched = reported.groupby([cells.unit, cells.ind]).any().rename("before")
    later = (reported & after).groupby([cells.unit, cells.ind]).any().rename("later")
    cells = cells[after & cells.enough].reset_index(drop=True)
    cells["pace"] = _pace(cells)
    usable, status = _usable(cells)
    cells["status"] = status
    last = cells[usable].sort_values("period", kind="stable")
    last = last.drop_duplicates(ROW, keep="last")
    kept = [*ROW, "period", "value", "coverage", "pace", "status"]
    rows = goals.merge(last[kept], on=ROW, how="left")
    rows = rows.merge(touched, on=ROW, how="left").merge(later, on=ROW, how="left")
    return _explained(rows)


def _baselines(values: pd.DataFrame) -> pd.DataFrame:
    at = values[
        (values.period == BASELINE) & values.enough & (values.low == values.high)
    ]
    return at[[*ROW, "value"]].rename(columns={"value": "baseline"})


def _pace(cells: pd.DataFrame) -> pd.Series:
    there = meets(cells.baseline, cells.target, cells.sign)
    day = np.take(DAYS, cells.period)
    part = (day - DAYS[BASELINE]) / (cells.deadline - DAYS[BASELINE])
    line = cells.baseline + (cells.target - cells.baseline) * part
    return pd.Series(line.where(~there, cells.target))


def _status(cells: pd.DataFrame, x: pd.Series) -> np.ndarray:
    ahead = (cells.pace - cells.baseline) * cells.sign > slack(
        cells.pace, cells.baseline
    )
    part = (x - cells.baseline) / (cells.pace - cells.baseline)
    return np.select(
        [
            meets(x, cells.target, cells.sign),
            cells.passed,
            cells.baseline.isna(),
            meets(x, cells.pace, cells.sign),
            ahead & (part >= AT_RISK - TOLERANCE),
        ],
        [CODE[s] for s in ("achieved", "missed", "open", "on_track", "at_risk")],
        CODE["off_track"],
    )


def _usable(cells: pd.DataFrame) -> tuple[pd.Series, np.ndarray]:
    """A range is usable when both ends give one status; an open end is the far end."""
    status = _status(cells, cells.low)
    unbounded = np.isinf(cells.high)
    at_high = _status(cells, cells.high.where(~unbounded, cells.low))
    best = status == CODE["achieved"]
    worst = np.isin(status, [CODE[s] for s in ("missed", "open", "off_track")])
    up = np.where(cells.sign > 0, best, worst)
    return pd.Series(np.where(unbounded, up, status == at_high)), status


def _explained(rows: pd.DataFrame) -> pd.DataFrame:
    none = rows.period.isna()
    stale = rows.period < FRESH
    awaiting = rows.passed & (rows.period < LAST)
    later, before = (rows[c] == 1 for c in ("later", "before"))
    rows["reason"] = np.select(
        [none & later, none & before, none, stale, awaiting],
        [
            WHY[w]
            for w in ("partial", "before_baseline", "never", "stale", "awaiting_final")
        ],
        0,
    )
    rows["status"] = rows.status.where(rows.reason == 0, 0)
    span = rows.target - rows.baseline
    rows["progress"] = (rows.value - rows.baseline) / span.where(span != 0)
    return rows


def levels(values: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    fresh = values[values.enough & (values.period >= FRESH)].sort_values("period")
    last = fresh.drop_duplicates(ROW, keep="last")[[*ROW, "value", "sign"]]
    tests = tables["tree"][["unit", "region"]].merge(tables["threshold"], on="region")
    tests = tests.merge(last, on=ROW, how="left")
    failed = tests.value.notna() & ~meets(tests.value, tests.edge, tests.sign)
    tests = tests.assign(failed=failed, unknown=tests.value.isna())
    for group in (["unit", "step", "criterion"], ["unit", "step"]):
        tests = tests.groupby(group, as_index=False)[["failed", "unknown"]].any()
    wide = tests.pivot_table(index="unit", columns="step", aggfunc="any")
    failed_at, unknown_at = wide["failed"].to_numpy(), wide["unknown"].to_numpy()
    met = ~failed_at & ~unknown_at
    reached = np.cumprod(met, axis=1).sum(axis=1)
    open_first = ~failed_at[:, 0] & unknown_at[:, 0]
    return pd.DataFrame(
        {
            "unit": wide.index,
            "reached": np.where(open_first, REACHED.index("unknown"), reached),
            "possible": np.cumprod(~failed_at, axis=1).sum(axis=1),
        }
    )


assert len(LADDER) == REACHED.index("unknown") - 1
