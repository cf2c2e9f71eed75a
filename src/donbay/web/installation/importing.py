"""Many reports from one file: checked whole, entered once, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from donbay.domain.ledger import Column
from donbay.domain.problems import Problem, Refused
from donbay.domain.quantities import Bound
from donbay.tables import Ledger, read_reports
from donbay.web.journal.actions import Stamp, acting
from donbay.web.ledger.models import Batch
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import Figures, enter

STAMP = Stamp("", "Donbay", channel="command")
LONGEST = 200  # letters of a source that the ledger keeps
ORIGIN = "import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file; `already` where the same one was imported before."""

    rows: int
    batch: int | None = None
    already: bool = False


def import_file(
    path: Path, programme: str, *, dry: bool = False, stamp: Stamp = STAMP
) -> Imported:
    """Raises Refused with every problem of the file; then nothing has changed.

    The day on which a row was recorded where it comes from stays as `reported_on`.
    """
    known = Programme.objects.filter(pk=programme).first()
    if known is None:
        about = {"programme": programme}
        raise Refused([Problem("cli.import.no_programme", path.name, parameters=about)])
    whole = programmes.territory_of(known)
    ledger = read_reports(path, programmes.promise(known), whole)
    reference = f"file:{_checksum(path)}"
    size, there = len(ledger.log().unit), _there(known, reference)
    if dry or there is not None:
        return Imported(size, there, already=there is not None)
    rows = _figures(ledger)
    with acting(stamp, known.chain) as act:
        if (there := _there(known, reference)) is not None:
            return Imported(size, there, already=True)
        batch = enter(act, known, rows, origin=ORIGIN, reference=reference)
        act.note("import", "programme", known.pk, file=path.name, rows=size)
    return Imported(size, batch.number)


def _there(programme: Programme, reference: str) -> int | None:
    same = Batch.objects.filter(programme=programme, origin=ORIGIN, reference=reference)
    return same.values_list("number", flat=True).first()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _figures(ledger: Ledger) -> Figures:
    """Column by column: a file may have a million rows."""
    log = ledger.log()
    size = len(log.unit)
    value = np.asarray(log.value) + 0.0  # a zero has no sign in the ledger
    numbers = value.astype(object)
    numbers[np.isnan(value)] = None
    return Figures(
        [
            _named(log.unit, log.units),
            _named(log.indicator, log.indicators),
            _named(log.period, [str(period) for period in log.periods]),
            numbers.tolist(),
            _named(log.category, (*log.categories, ""), size),  # the total is -1
            _named(log.bound, list(Bound), size, str(Bound.EXACT)),
            [source[:LONGEST] for source in ledger.sources()],
            ledger.days(),
        ]
    )


def _named(
    codes: Column | None, names: Sequence[str], size: int = 0, absent: str = ""
) -> list[str]:
    if codes is None:
        return [absent] * size
    words = np.array([str(name) for name in names], dtype=object)
    named: list[str] = words[np.asarray(codes)].tolist()
    return named
