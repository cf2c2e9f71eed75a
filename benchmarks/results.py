"""What an engine found, as dense arrays by position, and the comparison of two."""

from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.case import Case
from benchmarks.spec import PERIODS, REACHED, REASONS, STATUSES, TOLERANCE, Floats

Codes = npt.NDArray[np.int8]
Index = npt.NDArray[np.int64]
NO_DATA = STATUSES.index("no_data")


@dataclass(frozen=True, slots=True)
class Results:
    """Arrays [unit, indicator, period], [unit, indicator] and [commune]; nan is none.

    Codes are positions in spec.STATUSES, REASONS, PERIODS (-1 is none) and REACHED.
    """

    value: Floats
    coverage: Floats
    status: Codes
    reason: Codes
    judged: Floats
    period: Codes
    judged_coverage: Floats
    pace: Floats
    progress: Floats
    reached: Codes
    possible: Codes

    @classmethod
    def empty(cls, case: Case) -> "Results":
        units, items = len(case.unit_ids), len(case.indicators)
        cells, rows = (units, items, len(PERIODS)), (units, items)
        return cls(
            np.full(cells, np.nan),
            np.full(cells, np.nan),
            np.zeros(rows, np.int8),
            np.zeros(rows, np.int8),
            np.full(rows, np.nan),
            np.full(rows, -1, np.int8),
            np.full(rows, np.nan),
            np.full(rows, np.nan),
            np.full(rows, np.nan),
            np.zeros(case.level_sizes[0], np.int8),
            np.zeros(case.level_sizes[0], np.int8),
        )

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for item in fields(self):
            np.save(folder / f"{item.name}.npy", getattr(self, item.name))

    @classmethod
    def load(cls, folder: Path) -> "Results":
        return cls(
            *(np.load(folder / f"{f.name}.npy", mmap_mode="r") for f in fields(cls))
        )

    def count(self) -> dict[str, int]:
        values = int(np.count_nonzero(~np.isnan(self.value)))
        return {
            "values": values,
            "targets": self.status.size,
            "levels": self.reached.size,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of one column differ, and the first few of them in words."""

    column: str
    rows: int
    of: int
    examples: list[str] = field(default_factory=list)


def close(a: Floats, b: Floats) -> npt.NDArray[np.bool_]:
    """Equal as MEANING has it, two missing ones included."""
    gap = np.abs(a - b)
    size = np.maximum(1, np.maximum(np.abs(a), np.abs(b)))
    return np.asarray((gap <= TOLERANCE * size) | (np.isnan(a) & np.isnan(b)))


def compare(case: Case, ours: Results, theirs: Results) -> list[Difference]:
    """Row by row; coverage where there is a value, a target's figures where judged."""
    found = [
        _cells(case, "value", ours, theirs),
        _cells(case, "coverage", ours, theirs),
    ]
    judged = ours.status != NO_DATA
    for name in ("status", "reason", "period"):
        a, b = getattr(ours, name), getattr(theirs, name)
        same = a == b
        found.append(
            _rows(case, name, a, b, same | ~judged if name == "period" else same)
        )
    for name in ("judged", "judged_coverage", "pace", "progress"):
        a, b = getattr(ours, name), getattr(theirs, name)
        found.append(_rows(case, name, a, b, close(a, b) | ~judged))
    for name in ("reached", "possible"):
        a, b = getattr(ours, name), getattr(theirs, name)
        found.append(_rows(case, name, a, b, a == b))
    return found


def _cells(case: Case, name: str, ours: Results, theirs: Results) -> Difference:
    """Unit by unit, so that two big cubes need no third."""
    a, b = getattr(ours, name), getattr(theirs, name)
    rows = 0
    examples: list[str] = []
    for unit in range(a.shape[0]):
        same = close(a[unit], b[unit])
        if name == "coverage":
            same |= np.isnan(ours.value[unit])
        bad = np.argwhere(~same)
        rows += len(bad)
        for item, period in bad[: 5 - len(examples)]:
            where = (
                f"{case.unit_ids[unit]} {case.indicators[item].id} {PERIODS[period]}"
            )
            examples.append(
                f"{where}: {a[unit, item, period]} | {b[unit, item, period]}"
            )
    return Difference(name, rows, a.size, examples)


def _rows(
    case: Case,
    name: str,
    a: npt.NDArray[np.generic],
    b: npt.NDArray[np.generic],
    same: npt.NDArray[np.bool_],
) -> Difference:
    words = {"status": STATUSES, "reason": REASONS, "period": (*PERIODS, "-")}
    words |= {"reached": REACHED, "possible": REACHED}
    bad = np.argwhere(~same)
    examples = []
    for where in bad[:5]:
        at = tuple(where)
        x, y = a[at], b[at]
        if name in words:
            x, y = words[name][int(x)], words[name][int(y)]
        item = case.indicators[at[1]].id if len(at) > 1 else ""
        examples.append(f"{case.unit_ids[at[0]]} {item}: {x} | {y}")
    return Difference(name, len(bad), same.size, examples)
