"""Checked tables back into the files they can be read from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from donbay.domain.acts import Act
from donbay.domain.ledger import Log
from donbay.domain.territory import Succession, Version
from donbay.tables.columns import ACTS, LAYOUTS, SUCCESSIONS, UNITS, Layout
from donbay.tables.folder import Tables
from donbay.tables.ledger import Ledger
from donbay.tables.moments import moment_of
from donbay.tables.observations import BOUNDS
from donbay.tables.writing import Columns, write_rows

Cell: TypeAlias = Any


def write_folder(tables: Tables, folder: Path, form: str = "csv") -> None:
    """Write what was read, so that reading it again gives the same."""
    territory = tables.territory
    versions = (v for some in territory.versions.values() for v in some)
    contents = {
        UNITS.name: unit_columns(versions),
        SUCCESSIONS.name: succession_columns(territory.successions),
        ACTS.name: act_columns(tables.acts),
        "observations": observation_columns(tables.ledger),
    }
    for layout in LAYOUTS:
        with (folder / f"{layout.name}.{form}").open("wb") as file:
            write_rows(contents[layout.name], form, file)


def unit_columns(versions: Iterable[Version]) -> Columns:
    rows = [
        (
            v.unit,
            v.code,
            v.name,
            v.level,
            v.parent,
            _day(v.valid_from, date.min),
            _day(v.valid_to, date.max),
            v.region,
            ";".join(sorted(v.tags)) or None,
            None if v.lat is None else repr(v.lat),
            None if v.lon is None else repr(v.lon),
        )
        for v in versions
    ]
    return _texts(UNITS, rows)


def succession_columns(successions: Iterable[Succession]) -> Columns:
    rows = [
        (
            s.date.isoformat(),
            s.origin,
            s.heir,
            None if s.share is None else repr(s.share),
            s.basis,
            s.decision,
        )
        for s in successions
    ]
    return _texts(SUCCESSIONS, rows)


def act_columns(acts: Iterable[Act]) -> Columns:
    rows = [
        (
            act.unit,
            act.kind,
            act.subject,
            act.level,
            act.result,
            _day(act.start, None),
            _day(act.end, None),
            act.number,
            act.authority,
            act.date.isoformat(),
        )
        for act in acts
    ]
    return _texts(ACTS, rows)


def observation_columns(ledger: Ledger) -> Columns:
    log = ledger.log()
    zone = ZoneInfo(ledger.time_zone)
    moments, places = np.unique(np.asarray(log.recorded_at), return_inverse=True)
    written = [moment_of(moment, zone).isoformat() for moment in moments.tolist()]
    periods = [str(period) for period in log.periods]
    return {
        "unit": _named(log.unit, log.units),
        "indicator": _named(log.indicator, log.indicators),
        "period": _named(log.period, periods),
        "category": _category(log),
        "value": pa.array(np.asarray(log.value), from_pandas=True),
        "bound": _bound(log),
        "recorded_at": _named(places, written),
        "source": pa.array([s or None for s in ledger.sources()], pa.string()),
    }


def _category(log: Log) -> pa.Array:
    if log.category is None:
        return pa.nulls(len(log.unit), pa.string())
    codes = np.asarray(log.category)
    return _named(np.where(codes < 0, 0, codes), log.categories, codes < 0)


def _bound(log: Log) -> pa.Array:
    codes = np.zeros(len(log.unit), np.int8) if log.bound is None else log.bound
    return _named(codes, [str(bound) for bound in BOUNDS])


def _named(codes: Cell, names: Iterable[str], empty: Cell = None) -> pa.Array:
    places = pa.array(np.asarray(codes).astype(np.int32), mask=empty)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(names), pa.string()))


def _texts(layout: Layout, rows: list[tuple[Cell, ...]]) -> Columns:
    columns = zip(*rows, strict=True) if rows else [() for _ in layout.names]
    return {
        name: pa.array(list(column), pa.string())
        for name, column in zip(layout.names, columns, strict=True)
    }


def _day(day: date | None, unsaid: date | None) -> str | None:
    return None if day is None or day == unsaid else day.isoformat()
