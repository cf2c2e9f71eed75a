"""Rows of verdicts, or the fast engine's columns, as data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Protocol

from donbay.domain.mobilisation import MobilisationRow, Money
from donbay.domain.territory import Territory
from donbay.domain.verdicts import (
    CriterionRow,
    Days,
    LevelRow,
    TargetRow,
    ValueRow,
)

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

TEXT, NUMBER, TRUTH = "text", "number", "truth"
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "values": {
        "unit": TEXT,
        "indicator": TEXT,
        "period": TEXT,
        "value": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "coverage": NUMBER,
        "stated": NUMBER,
        "reason": TEXT,
    },
    "targets": {
        "unit": TEXT,
        "unit_code": TEXT,
        "unit_name": TEXT,
        "target": TEXT,
        "indicator": TEXT,
        "period": TEXT,
        "value": NUMBER,
        "coverage": NUMBER,
        "target_value": NUMBER,
        "baseline": NUMBER,
        "pace": NUMBER,
        "progress": NUMBER,
        "status": TEXT,
        "reason": TEXT,
        "exceeded": NUMBER,
        "first_met": TEXT,
    },
    "criteria": {
        "unit": TEXT,
        "set": TEXT,
        "criterion": TEXT,
        "sub_criterion": TEXT,
        "value": NUMBER,
        "threshold": NUMBER,
        "result": TEXT,
        "reason": TEXT,
        "verified": TRUTH,
    },
    "levels": {
        "unit": TEXT,
        "set": TEXT,
        "reached": TEXT,
        "possible": TEXT,
        "recognised": TEXT,
    },
    "mobilisation": {
        "unit": TEXT,
        "indicator": TEXT,
        "period": TEXT,
        "source": TEXT,
        "form": TEXT,
        "amount": NUMBER,
        "amount_low": NUMBER,
        "amount_high": NUMBER,
        "share": NUMBER,
        "share_low": NUMBER,
        "share_high": NUMBER,
        "leverage": NUMBER,
        "leverage_low": NUMBER,
        "leverage_high": NUMBER,
        "flags": TEXT,
    },
}
TABLES = tuple(COLUMNS)
Row = ValueRow | TargetRow | CriterionRow | LevelRow | MobilisationRow
Record = Mapping[str, object]


class Coded(Protocol):
    """Text as codes into names; -1 is None."""

    @property
    def codes(self) -> np.ndarray: ...
    @property
    def names(self) -> Sequence[str]: ...


def records(
    table: str, rows: Iterable[Row], territory: Territory, days: Days
) -> list[dict[str, object]]:
    """Rows as plain mappings, in the columns of `table`."""
    if table == "mobilisation":
        return [_money_record(row) for row in rows if isinstance(row, MobilisationRow)]
    names = COLUMNS[table]
    found = [{c: _plain(getattr(row, c, None)) for c in names} for row in rows]
    if table == "targets":
        for record in found:
            version = territory.version(str(record["unit"]), days.map)
            record["unit_code"] = version.code if version else None
            record["unit_name"] = version.name if version else None
    return found


def _plain(value: object) -> object:
    if value is None or isinstance(value, float | bool):
        return value
    return str(value)


def _money_record(row: MobilisationRow) -> dict[str, object]:
    record: dict[str, object] = {
        "unit": row.unit,
        "indicator": row.indicator,
        "period": str(row.period),
        "source": row.source,
        "form": row.form,
    }
    for name in ("amount", "share", "leverage"):
        record |= _ends(name, getattr(row, name))
    return {**record, "flags": ";".join(row.flags) or None}


def _ends(name: str, money: Money | None) -> dict[str, object]:
    if money is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    low, high = money.range.low, money.range.high
    return {
        name: money.number,
        f"{name}_low": low if isfinite(low) else None,
        f"{name}_high": high if isfinite(high) else None,
    }


def frame_of_records(table: str, found: Iterable[Record]) -> pl.DataFrame:
    import polars as pl  # noqa: PLC0415 -- a command that prints starts without it

    types = {TEXT: pl.String, NUMBER: pl.Float64, TRUTH: pl.Boolean}
    schema = {name: types[kind] for name, kind in COLUMNS[table].items()}
    return pl.DataFrame(list(found), schema=schema, orient="row")


def frame_of_columns(
    table: str,
    columns: Mapping[str, np.ndarray | Coded],
    territory: Territory,
    days: Days,
) -> pl.DataFrame:
    """NaN and unbounded ends become null, codes become text."""
    import polars as pl  # noqa: PLC0415 -- as above

    if not columns:
        return frame_of_records(table, ())
    kinds = COLUMNS[table].items()
    found = [_series(name, columns[name], k) for name, k in kinds if name in columns]
    frame = pl.DataFrame(found)
    if table == "targets":
        frame = _with_names(frame, territory, days)
    return frame.select(list(COLUMNS[table]))


def _with_names(frame: pl.DataFrame, territory: Territory, days: Days) -> pl.DataFrame:
    units = frame["unit"].unique()
    versions = {unit: territory.version(unit, days.map) for unit in units}
    codes = {unit: v.code for unit, v in versions.items() if v}
    names = {unit: v.name for unit, v in versions.items() if v}
    return frame.with_columns(
        frame["unit"].replace_strict(codes, default=None).alias("unit_code"),
        frame["unit"].replace_strict(names, default=None).alias("unit_name"),
    )


def _series(name: str, column: np.ndarray | Coded, kind: str) -> pl.Series:
    import numpy as np  # noqa: PLC0415 -- as above
    import polars as pl  # noqa: PLC0415 -- as above

    if not isinstance(column, np.ndarray):
        codes = pl.Series(column.codes)
        words = pl.Series(name, [str(n) for n in column.names], dtype=pl.String)
        return words.gather(codes.set(codes < 0, None))
    if kind == TRUTH:
        return pl.Series(name, column).cast(pl.Boolean)
    numbers = pl.Series(name, column).cast(pl.Float64)
    return numbers.set(~numbers.is_finite(), None)


def dated(frame: pl.DataFrame, days: Days, *, synthetic: bool) -> pl.DataFrame:
    """The three days on every row; `known` is empty where everything was known."""
    import polars as pl  # noqa: PLC0415 -- as above

    known = days.known.date() if days.known else None
    frame = frame.with_columns(
        pl.lit(days.on).alias("on"),
        pl.lit(known, dtype=pl.Date).alias("known"),
        pl.lit(days.map).alias("map"),
    )
    mark = pl.lit(True).alias("synthetic")  # noqa: FBT003 -- a column's value
    return frame.with_columns(mark) if synthetic else frame
