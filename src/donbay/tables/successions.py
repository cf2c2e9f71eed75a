"""Reads successions.csv: who received the territory of whom, and which part of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import fsum
from pathlib import Path

from donbay.domain.quantities import TOLERANCE
from donbay.domain.territory import DAY, Succession, Territory
from donbay.tables.columns import SUCCESSIONS
from donbay.tables.findings import Fault, Findings, fault
from donbay.tables.numbers import parse_number
from donbay.tables.rows import Rows, read_rows
from donbay.tables.vocabulary import Vocabulary

PERCENT = 100
Some = list[tuple[int, Succession]]  # successions with the rows they stand in


def read_successions(
    path: Path, units: Territory, names: Vocabulary, findings: Findings
) -> list[Succession]:
    """`names` are all ids of the units file, those of refused rows too."""
    readers = {"from": names.read, "to": names.read, "share": said_shares}
    rows = read_rows(path, SUCCESSIONS, findings, readers)
    found = successions_in(rows)
    given: dict[tuple[str, date], Some] = defaultdict(list)
    for row, succession in found:
        given[succession.origin, succession.date].append((row, succession))
        _check_heir(row, succession, units, rows)
    # Where a row was refused, what its unit gives cannot be added up.
    origins = zip(rows.column("from"), rows.sound.tolist(), strict=True)
    partial = {origin for origin, sound in origins if not sound}
    for (origin, _), some in given.items():
        if origin not in partial:
            _check_doubled(some, rows)
            _check_origin(some, units, rows)
            _check_shares(some, rows)
    single = {key for key, some in given.items() if len(some) == 1}
    return [
        whole(succession)
        if (succession.origin, succession.date) in single
        else succession
        for row, succession in found
        if rows.sound[row]
    ]


def said_shares(text: str) -> float | Fault:
    share = parse_number(text)
    if isinstance(share, float) and not 0 <= share <= 1:
        if 0 <= share <= PERCENT:
            return fault("share_range", found=text, instead=share / PERCENT)
        return fault("share_outside", found=text)
    return share


def successions_in(rows: Rows) -> Some:
    columns = [rows.column(name) for name in SUCCESSIONS.names]
    return [
        (row, Succession(*cells))
        for row, (cells, sound) in enumerate(
            zip(zip(*columns, strict=True), rows.sound, strict=True)
        )
        if sound
    ]


def whole(succession: Succession) -> Succession:
    """The only heir of a unit receives all of it, said or not."""
    s = succession
    if s.share == 1:
        return s
    return Succession(s.date, s.origin, s.heir, 1.0, s.basis, s.decision)


def _check_heir(row: int, found: Succession, units: Territory, rows: Rows) -> None:
    if found.heir in units.versions and not units.version(found.heir, found.date):
        wrong = fault("heir_not_valid", unit=found.heir, day=found.date)
        rows.refuse(row, "to", wrong)


def _check_doubled(some: Some, rows: Rows) -> None:
    seen: dict[str, int] = {}
    for row, found in some:
        first = seen.setdefault(found.heir, row)
        if first != row:
            wrong = fault("succession_doubled", other=rows.lines[first])
            rows.refuse(row, "to", wrong)


def _check_origin(some: Some, units: Territory, rows: Rows) -> None:
    """A unit gives on its last day; one that goes on says which part it keeps."""
    row, found = some[0]
    if found.origin not in units.versions:
        return
    eve = found.date - DAY
    if not units.version(found.origin, eve):
        wrong = fault("origin_not_valid", unit=found.origin, day=eve)
        rows.refuse(row, "from", wrong)
    elif units.version(found.origin, found.date) and all(
        s.heir != found.origin for _, s in some
    ):
        wrong = fault("origin_stays", unit=found.origin, day=found.date)
        rows.refuse(row, "from", wrong)


def _check_shares(some: Some, rows: Rows) -> None:
    row, first = some[0]
    shares = [s.share for _, s in some if s.share is not None]
    if not shares:
        return
    if len(shares) < len(some):
        empty = next(row for row, s in some if s.share is None)
        count = {"given": len(shares), "all": len(some)}
        rows.refuse(empty, "share", fault("shares_mixed", unit=first.origin, **count))
    elif abs(fsum(shares) - 1) > TOLERANCE:
        wrong = fault("shares_sum", unit=first.origin, found=f"{fsum(shares):.10g}")
        rows.refuse(row, "share", wrong)
