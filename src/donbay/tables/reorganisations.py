"""Reads what a decision does to places: rows of units.csv and successions.csv.

The rows are laid over the places that are there, and all is checked as one folder is:
the decision's rows first, so that lines are those of its files.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from donbay.domain.problems import Problem, Refused
from donbay.domain.programmes import Programme
from donbay.domain.reorganisations import Reorganisation, applied
from donbay.domain.territory import Succession, Territory, Version
from donbay.tables.columns import SUCCESSIONS, UNITS
from donbay.tables.files import locate
from donbay.tables.findings import fault, listed
from donbay.tables.folder import read_territory
from donbay.tables.rows import Rows, read_rows
from donbay.tables.successions import said_shares, successions_in, whole
from donbay.tables.units import versions_in


def read_reorganisation(
    folder: Path, programme: Programme, places: Territory
) -> Reorganisation:
    """Raises Refused with all that is wrong with the decision's own rows."""
    path, of_units = locate(folder, UNITS)
    versions: list[Version] = []
    if path:
        versions = [v for _, v in versions_in(read_rows(path, UNITS, of_units, {}))]
    path, of_heirs = locate(folder, SUCCESSIONS)
    if path is None:
        of_heirs.add(fault("file_missing", expected=SUCCESSIONS.name))
        raise Refused(listed([of_heirs]))
    rows = read_rows(path, SUCCESSIONS, of_heirs, {"share": said_shares})
    successions = [one for _, one in successions_in(rows)]
    _check_day(rows, successions)
    if of_heirs or (of_units and versions):
        raise Refused(listed([of_units, of_heirs]))
    found = Reorganisation(
        successions[0].date, tuple(versions), tuple(_all_of_it(successions))
    )
    check(found, programme, places)
    return found


def _check_day(rows: Rows, successions: Sequence[Succession]) -> None:
    """A decision takes effect on one day."""
    if not successions and not rows.findings:
        rows.findings.add(fault("no_rows"))
    for row, one in enumerate(successions):
        if one.date != successions[0].date:
            first = successions[0].date
            rows.refuse(row, "date", fault("several_days", first=first))


def _all_of_it(successions: Sequence[Succession]) -> list[Succession]:
    origins = [one.origin for one in successions]
    return [
        whole(one) if origins.count(one.origin) == 1 else one for one in successions
    ]


def check(change: Reorganisation, programme: Programme, places: Territory) -> None:
    """Raises Refused where the places that follow cannot be."""
    after = applied(places, change)
    with TemporaryDirectory() as made:
        folder = Path(made)
        _write_units(folder / "units.csv", change, after)
        rest = places.successions
        _write(
            folder / "successions.csv",
            SUCCESSIONS.names,
            map(_heir_cells, (*change.successions, *rest)),
        )
        try:
            read_territory(folder, programme)
        except Refused as refused:
            own = {"units.csv": len(change.versions) + 1}
            own["successions.csv"] = len(change.successions) + 1
            said = [_said(one, own) for one in refused.problems]
            raise Refused(sorted(said, key=lambda one: one.line is None)) from None


def _said(problem: Problem, own: dict[str, int]) -> Problem:
    """A line beyond the decision's is one of a place that is there already."""
    if problem.line is None or problem.line <= own.get(problem.file, 0):
        return problem
    return Problem(problem.code, "", None, problem.column, problem.parameters)


def _write_units(path: Path, change: Reorganisation, after: Territory) -> None:
    order = {(v.unit, v.valid_from): n for n, v in enumerate(change.versions)}
    every = [v for some in after.versions.values() for v in some]
    every.sort(key=lambda v: order.get((v.unit, v.valid_from), len(order)))
    _write(path, UNITS.names, map(_unit_cells, every))


def _write(path: Path, names: Iterable[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(names)
        out.writerows(rows)


def _unit_cells(v: Version) -> Sequence[object]:
    first = "" if v.valid_from == date.min else v.valid_from
    last = "" if v.valid_to == date.max else v.valid_to
    tags = ";".join(sorted(v.tags))
    named = (v.unit, v.code, v.name, v.level, v.parent)
    return (*named, first, last, v.region, tags, v.lat, v.lon)


def _heir_cells(s: Succession) -> Sequence[object]:
    return (s.date, s.origin, s.heir, s.share, s.basis, s.decision)
