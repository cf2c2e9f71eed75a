"""Reads units.csv: the dated versions of every place, and how they hang together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from donbay.domain.programmes import Programme
from donbay.domain.territory import DAY, Version
from donbay.tables.columns import UNITS
from donbay.tables.findings import Findings, fault
from donbay.tables.rows import Rows, read_rows
from donbay.tables.vocabulary import Vocabulary

Some = list[tuple[int, Version]]  # versions with the rows they stand in


def read_units(
    path: Path, programme: Programme, findings: Findings, notices: Findings
) -> tuple[list[Version], Vocabulary]:
    """The versions in the order of the file, and the names of all units in it.

    A unit of which a row was refused has a name but no version.
    """
    levels = Vocabulary(programme.level_ids, "level_unknown", listed=True)
    rows = read_rows(path, UNITS, findings, {"level": levels.read})
    _check_points(rows)
    versions = versions_in(rows)
    by_unit: dict[str, Some] = defaultdict(list)
    for row, version in versions:
        by_unit[version.unit].append((row, version))
    for some in by_unit.values():
        _check_days(some, rows)
        _check_level(some, rows)
    _check_parents(by_unit, rows, programme.level_ids)
    _check_ends(versions, rows, programme)
    _note_parentless(versions, rows, programme, notices)
    names = rows.column("id")
    refused = {names[row] for row in (~rows.sound).nonzero()[0].tolist()}
    whole = [version for _, version in versions if version.unit not in refused]
    return whole, Vocabulary(filter(None, names), "unit_unknown")


def versions_in(rows: Rows) -> Some:
    names = ("id", "code", "name", "level", "parent", "valid_from", "valid_to")
    columns = [rows.column(name) for name in (*names, "region", "tags", "lat", "lon")]
    return [
        (
            row,
            Version(
                unit,
                code or unit,
                name,
                level,
                parent,
                first or date.min,
                last or date.max,
                region,
                tags or frozenset(),
                lat,
                lon,
            ),
        )
        for row, (
            (unit, code, name, level, parent, first, last, region, tags, lat, lon),
            sound,
        ) in enumerate(zip(zip(*columns, strict=True), rows.sound, strict=True))
        if sound
    ]


def _check_points(rows: Rows) -> None:
    """A point is on the earth, and has both its numbers."""
    lats, lons = rows.column("lat"), rows.column("lon")
    for row, (lat, lon) in enumerate(zip(lats, lons, strict=True)):
        for name, degrees, most in (("lat", lat, 90), ("lon", lon, 180)):
            if degrees is not None and abs(degrees) > most:
                rows.refuse(row, name, fault("degrees", value=degrees, most=most))
        if (lat is None) != (lon is None):
            rows.refuse(row, "lat" if lat is None else "lon", fault("half_a_point"))


def _check_days(some: Some, rows: Rows) -> None:
    """Versions begin before they end, and no two of a unit hold on one day."""
    last: tuple[date, int] | None = None
    for row, version in sorted(some, key=lambda found: found[1].valid_from):
        if version.valid_from > version.valid_to:
            first, end = version.valid_from, version.valid_to
            rows.refuse(row, "valid_to", fault("days_order", first=first, last=end))
        elif last and version.valid_from <= last[0]:
            other = rows.lines[last[1]]
            wrong = fault("unit_overlap", unit=version.unit, other=other)
            rows.refuse(row, "valid_from", wrong)
        if last is None or version.valid_to > last[0]:
            last = version.valid_to, row


def _check_level(some: Some, rows: Rows) -> None:
    level = some[0][1].level
    for row, version in some[1:]:
        if version.level != level:
            wrong = fault("unit_level_changes", unit=version.unit, before=level)
            rows.refuse(row, "level", wrong)


def _check_parents(
    by_unit: dict[str, Some], rows: Rows, levels: tuple[str, ...]
) -> None:
    known = Vocabulary(filter(None, rows.column("id")), "parent_unknown")
    rank = {level: n for n, level in enumerate(levels)}
    seen: dict[tuple[str, date, date], date | None] = {}
    for some in by_unit.values():
        for row, version in some:
            parent = version.parent
            if parent is None:
                continue
            above = by_unit.get(parent)
            if parent not in known:
                rows.refuse(row, "parent", known.unknown(parent))
            elif above and rank[above[0][1].level] >= rank[version.level]:
                both = {"level": version.level, "above": above[0][1].level}
                rows.refuse(row, "parent", fault("parent_level", parent=parent, **both))
            elif above:
                key = parent, version.valid_from, version.valid_to
                if key not in seen:
                    seen[key] = _uncovered(version, above)
                if day := seen[key]:
                    wrong = fault("parent_not_valid", parent=parent, day=day)
                    rows.refuse(row, "parent", wrong)


def _uncovered(version: Version, above: Some) -> date | None:
    """The first day of a version on which its parent is not valid."""
    day = version.valid_from
    for _, parent in sorted(above, key=lambda found: found[1].valid_from):
        if parent.valid_from > day:
            return day
        if parent.valid_to >= version.valid_to:
            return None
        day = max(day, parent.valid_to + DAY)
    return day


def _check_ends(versions: Some, rows: Rows, programme: Programme) -> None:
    ends = {level.id: level.end for level in programme.levels}
    for row, version in versions:
        end = ends[version.level]
        if end and version.valid_to > end:
            wrong = fault("level_ended", level=version.level, end=end)
            rows.refuse(row, "valid_to", wrong)


def _note_parentless(
    versions: Some, rows: Rows, programme: Programme, notices: Findings
) -> None:
    top = programme.level_ids[0]
    for row, version in versions:
        if version.parent is None and version.level != top:
            wrong = fault("parentless", unit=version.unit, level=version.level)
            notices.add(wrong, "parent", rows.lines[row])
