"""Many reports from one file: looked over, then entered whole, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from donbay.domain.ledger import Column
from donbay.domain.problems import Problem, Refused
from donbay.domain.quantities import Bound
from donbay.domain.workflow import NotAllowed
from donbay.tables import Ledger, read_reports
from donbay.tables.returned_books import look_into
from donbay.tables.sheet_xml import BROKEN
from donbay.web.files.actions import TooLarge, file_name, keep, path_of
from donbay.web.imports.models import Import
from donbay.web.journal.actions import Stamp, acting
from donbay.web.ledger.columns import Coded
from donbay.web.ledger.models import Batch
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import Figures, enter, foresee, make_ready

STAMP = Stamp("", "Donbay", channel="command")
LONGEST = 200  # letters of a source that the ledger keeps
ORIGIN = "import"
LARGEST = 256 << 20  # bytes of a file
MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
State = Import.State


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
    ledger = _read(path, known)
    reference = f"file:{_checksum(path)}"
    size, there = len(ledger.log().unit), _there(known, reference)
    if dry or there is not None:
        return Imported(size, there, already=there is not None)
    rows = _figures(ledger)
    foreseen = foresee(known, rows)
    if foreseen is None:
        make_ready(known)
    with acting(stamp, known.chain) as act:
        if (there := _there(known, reference)) is not None:
            return Imported(size, there, already=True)
        batch = enter(
            *(act, known, rows),
            origin=ORIGIN,
            reference=reference,
            foreseen=foreseen,
        )
        act.note("import", "programme", known.pk, file=path.name, rows=size)
    return Imported(size, batch.number)


def _read(path: Path, programme: Programme) -> Ledger:
    whole = programmes.territory_of(programme)
    return read_reports(path, programmes.promise(programme), whole)


def _there(programme: Programme, reference: str) -> int | None:
    same = Batch.objects.filter(programme=programme, origin=ORIGIN, reference=reference)
    return same.values_list("number", flat=True).first()


# --- brought by an office -------------------------------------------------------------


def bring(by: By, programme: Programme, name: str, chunks: Iterable[bytes]) -> Import:
    """Keep a file that will be looked over; nothing of it counts yet.

    Raises NotAllowed: `import_kind`, `import_empty`, `import_too_large`.
    """
    given = file_name(name)
    kind = Path(given).suffix.lower()
    if kind not in MEDIA:
        raise NotAllowed("import_kind")
    try:
        stored = keep(chunks, MEDIA[kind], most=LARGEST)
    except TooLarge:
        raise NotAllowed("import_too_large", most=str(LARGEST >> 20)) from None
    if not stored.size:
        raise NotAllowed("import_empty")
    with acting(by.stamp, programme.chain) as act:
        made = Import.objects.create(
            programme=programme,
            file=stored,
            name=str(Path(given).with_suffix(kind)),
            by=by.stamp.by,
            by_name=by.stamp.name,
            at=act.at,
        )
        act.note("import_brought", "import", made.pk, file=made.name)
    return made


def look_over(row: Import) -> None:
    """Say what would be entered, or everything that is wrong; and write nothing."""
    _progress(row, 0.2)
    try:
        with _file(row) as path:
            ledger = _read(path, row.programme)
            row.summary = _summary(ledger)
            row.batch = _there(row.programme, f"file:{row.file_id}")
    except Refused as stop:
        _wrong(row, stop)
    else:
        row.state = State.DONE if row.batch else State.CHECKED
        row.summary["already"] = row.batch is not None
    row.progress = 1.0
    row.save()


def order(by: By, row: Import) -> None:
    """Have a file entered that was looked over. Raises NotAllowed."""
    with acting(by.stamp, row.programme.chain) as act:
        ready = Import.objects.filter(pk=row.pk, state=State.CHECKED)
        if not ready.update(state=State.APPLYING, progress=0.0):
            raise NotAllowed("import_not_ready")
        act.note("import_ordered", "import", row.pk, file=row.name)


def carry_out(row: Import) -> None:
    """Enter it, wholly or not at all; again after a killed worker, and once."""
    _progress(row, 0.2)
    stamp = Stamp(row.by, row.by_name, channel="job")
    try:
        with _file(row) as path:
            done = import_file(path, row.programme_id, stamp=stamp)
    except Refused as stop:  # since it was looked over, places or programme changed
        _wrong(row, stop)
    else:
        row.state, row.batch = State.DONE, done.batch
    row.progress = 1.0
    row.save()


def fail(row: Import, why: str) -> None:
    Import.objects.filter(pk=row.pk).update(state=State.FAILED, problem=why[:200])


def cut_off(pk: int) -> None:
    """Say of a file that each worker died which took it up; it may be entered still."""
    row = Import.objects.select_related("programme").get(pk=pk)
    batch = _there(row.programme, f"file:{row.file_id}")
    if batch is None:
        fail(row, "interrupted")
        return
    done = {"state": State.DONE, "batch": batch, "progress": 1.0}
    Import.objects.filter(pk=pk).update(**done)


def _progress(row: Import, part: float) -> None:
    Import.objects.filter(pk=row.pk).update(progress=part)


def _wrong(row: Import, stop: Refused) -> None:
    row.state = State.WRONG
    row.problems = [
        [p.code, p.line, p.column, dict(p.parameters)] for p in stop.problems
    ]


@contextmanager
def _file(row: Import) -> Iterator[Path]:
    """Under the name it was brought with: its ending says how it is read."""
    stored = path_of(row.file_id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / row.name
        path.symlink_to(stored)
        if path.suffix == ".xlsx":
            _not_a_bomb(path)
        yield path


def _not_a_bomb(path: Path) -> None:
    try:
        look_into(path)
    except (Refused, *BROKEN):
        about = {"detail": "XLSX"}
        raise Refused(
            [Problem("tables.file_unreadable", path.name, parameters=about)]
        ) from None


def _summary(ledger: Ledger) -> dict[str, object]:
    """How much of what, by indicator and period."""
    log = ledger.log()
    indicators = np.bincount(np.asarray(log.indicator), minlength=len(log.indicators))
    periods = sorted(log.periods[n] for n in np.unique(np.asarray(log.period)))
    return {
        "rows": len(log.unit),
        "places": len(np.unique(np.asarray(log.unit))),
        "withdrawn": int(np.isnan(np.asarray(log.value)).sum()),
        "first": str(periods[0]),
        "last": str(periods[-1]),
        "indicators": {
            name: int(count)
            for name, count in zip(log.indicators, indicators, strict=True)
            if count
        },
    }


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _figures(ledger: Ledger) -> Figures:
    """Column by column: a file may have a million rows."""
    log = ledger.log()
    size = len(log.unit)
    sources, which = ledger.kept_sources()
    return Figures(
        [
            _named(log.unit, log.units),
            _named(log.indicator, log.indicators),
            _named(log.period, log.periods),
            Coded.of_numbers(np.asarray(log.value) + 0.0),  # a zero has no sign there
            _named(log.category, (*log.categories, ""), size),  # the total is -1
            _named(log.bound, list(Bound), size, str(Bound.EXACT)),
            Coded.of([source[:LONGEST] for source in sources], which),
            Coded.of(*ledger.days()),
        ]
    )


def _named(
    codes: Column | None, names: Sequence[object], size: int = 0, absent: str = ""
) -> Coded:
    if codes is None:
        return Coded.same(absent, size)
    return Coded.of([str(name) for name in names], np.asarray(codes))
