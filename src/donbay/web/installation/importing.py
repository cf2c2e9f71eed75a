"""Many reports from one file: checked whole, entered once, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from donbay.domain.problems import Problem, Refused
from donbay.tables import Ledger, read_reports
from donbay.web.journal.actions import Stamp, acting
from donbay.web.ledger.models import Batch
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import Row, enter

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
    if dry:
        there = _there(known, reference)
        return Imported(len(ledger.log().unit), there, already=there is not None)
    rows = list(_rows(ledger))
    with acting(stamp, known.chain) as act:
        if (there := _there(known, reference)) is not None:
            return Imported(len(rows), there, already=True)
        batch = enter(act, known, rows, origin=ORIGIN, reference=reference)
        act.note("import", "programme", known.pk, file=path.name, rows=len(rows))
    return Imported(len(rows), batch.number)


def _there(programme: Programme, reference: str) -> int | None:
    same = Batch.objects.filter(programme=programme, origin=ORIGIN, reference=reference)
    return same.values_list("number", flat=True).first()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows(ledger: Ledger) -> Iterator[Row]:
    for o in ledger.observations():
        yield Row(
            o.unit,
            o.indicator,
            str(o.period),
            o.value,
            o.category or "",
            o.bound.value,
            o.source[:LONGEST],
            o.recorded_at.date(),
        )
