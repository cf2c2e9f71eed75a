"""The small tables of a case as columns of codes, as the rivals want them."""

from itertools import accumulate

import numpy as np
import numpy.typing as npt

from benchmarks.case import Case
from benchmarks.spec import LAST_DAYS, LEVELS, PERIODS, Kind

FIRST_DAY = LAST_DAYS[0].toordinal()
DAYS = [day.toordinal() - FIRST_DAY for day in LAST_DAYS]
NONE = -1

Columns = dict[str, npt.NDArray[np.generic]]


def offsets(case: Case) -> list[int]:
    """Where each level begins in the list of units."""
    return [0, *accumulate(case.level_sizes)][: len(LEVELS)]


def relations(case: Case) -> dict[str, Columns]:
    periods = np.arange(len(PERIODS), dtype="i2")
    level = np.repeat(np.arange(len(LEVELS), dtype="i2"), case.level_sizes)
    return {
        "crosswalk": _crosswalk(case),
        "tree": _tree(case),
        "unit": {"unit": np.arange(level.size, dtype="i4"), "level": level},
        "indicator": _indicators(case),
        "goal": _goals(case),
        "threshold": _thresholds(case),
        "quarter": {"period": periods, "day": np.array(DAYS)},
    }


def _crosswalk(case: Case) -> Columns:
    """Which part of a source belongs to which commune; new ones are their own."""
    new = np.arange(case.level_sizes[0])
    source = np.concatenate([case.source, new + case.old_communes])
    return {
        "source": source.astype("i4"),
        "unit": np.concatenate([case.successor, new]).astype("i4"),
        "share": np.concatenate([case.share, np.ones(new.size)]),
    }


def _tree(case: Case) -> Columns:
    """Each commune with those above it, its region, and if whole units made it."""
    _, district, province, country = offsets(case)
    communes = case.level_sizes[0]
    whole = np.ones(communes, np.bool_)
    whole[case.successor[case.share < 1]] = False
    return {
        "unit": np.arange(communes, dtype="i4"),
        "district": (district + case.district_of).astype("i4"),
        "province": (province + case.province_of[case.district_of]).astype("i4"),
        "country": np.full(communes, country, "i4"),
        "region": case.region_of.astype("i2"),
        "whole": whole,
    }


def _indicators(case: Case) -> Columns:
    items = case.indicators
    kinds = [item.kind for item in items]
    over = [NONE if item.over is None else item.over for item in items]
    tests = [item.condition or ("", np.nan) for item in items]
    signs = {"at_least": 1.0, "at_most": -1.0, "": 0.0}
    return {
        "ind": np.arange(len(items), dtype="i2"),
        "kind": np.array([list(Kind).index(kind) for kind in kinds], "i2"),
        "of": np.array([item.of for item in items], "i2"),
        "over": np.array(over, "i2"),
        "sign": np.array([float(item.sign) for item in items]),
        "pair": np.array([kind in (Kind.RATIO, Kind.MEAN) for kind in kinds]),
        "shared": np.array([kind is Kind.SHARE for kind in kinds]),
        "test": np.array([signs[word] for word, _ in tests]),
        "edge": np.array([edge for _, edge in tests]),
    }


def _goals(case: Case) -> Columns:
    pairs = [(goal, level) for goal in case.goals for level in range(len(LEVELS))]
    deadlines = [goal.deadline.toordinal() - FIRST_DAY for goal, _ in pairs]
    return {
        "ind": np.array([goal.indicator for goal, _ in pairs], "i2"),
        "level": np.array([level for _, level in pairs], "i2"),
        "target": np.array([goal.values[level] for goal, level in pairs]),
        "deadline": np.array(deadlines),
        "passed": np.array([goal.passed for goal, _ in pairs]),
        "from_baseline": np.array([goal.from_baseline for goal, _ in pairs]),
    }


def _thresholds(case: Case) -> Columns:
    cells = [
        (n, sub, step, region, edge)
        for n, sub in enumerate(case.subs)
        for step, row in enumerate(sub.thresholds)
        for region, edge in enumerate(row)
    ]
    return {
        "sub": np.array([cell[0] for cell in cells], "i2"),
        "criterion": np.array([cell[1].criterion for cell in cells], "i2"),
        "ind": np.array([cell[1].indicator for cell in cells], "i2"),
        "step": np.array([cell[2] for cell in cells], "i2"),
        "region": np.array([cell[3] for cell in cells], "i2"),
        "edge": np.array([cell[4] for cell in cells]),
    }
