"""`donbay read`: the numbers of documents, what they mean, and whether they fit."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Sequence
from io import StringIO
from itertools import pairwise

from donbay.cli.output import opened, write_json, written
from donbay.cli.read_page import page
from donbay.cli.screen import RIGHT, Grid, Screen, without_empty
from donbay.documents import Kind, Reading
from donbay.documents.comparing import Pair, compare
from donbay.documents.ledger_check import Checked
from donbay.documents.reading import plain
from donbay.documents.records import KEYS, claim_record, reading_record
from donbay.folder import open_folder
from donbay.folder.claims_said import Said
from donbay.folder.documents import check_against, known_from, read_files
from donbay.texts import Wording

Checks = Sequence[Checked | None]
COLUMNS = (
    "claim",
    "reading",
    "counted",
    "kind",
    "place",
    "time",
    "indicator",
    "sure",
    "ledger",
    "doubts",
)


def run(options: Namespace, words: Wording) -> int:
    study = open_folder(options.against, options.pack) if options.against else None
    known = known_from(study, options.year)
    readings = read_files(options.files, known, options.written_in)
    checks = [
        check_against(r, study) if study else [None] * len(r.claims) for r in readings
    ]
    if options.format == "json":
        write_json(options.output, _document(readings, checks))
    elif options.format == "csv":
        with opened(options.output) as file:
            file.write(_table(readings, checks).encode())
    elif options.format == "html":
        with opened(options.output) as file:
            file.write(page(readings, checks, words).encode())
    else:
        with written(options.output) as stream:
            _show(Screen(stream), readings, checks, words)
    return 0


def _document(readings: Sequence[Reading], checks: Sequence[Checks]) -> object:
    """One document as itself; several in a list, with what they tell apart."""
    records = [
        reading_record(r) | ({"ledger": _ledger(some)} if any(some) else {})
        for r, some in zip(readings, checks, strict=True)
    ]
    if len(records) == 1:
        return records[0]
    compared = [
        {
            "one": one.document.name,
            "other": other.document.name,
            "pairs": [_pair(p) for p in compare(one, other)],
        }
        for one, other in pairwise(readings)
    ]
    return {"documents": records, "compared": compared}


def _pair(pair: Pair) -> dict[str, object]:
    return {
        "one": pair.one,
        "other": pair.other,
        "sort": pair.sort,
        "differs": list(pair.differs),
    }


def _ledger(checks: Checks) -> list[dict[str, object]]:
    return [
        {
            "claim": number,
            "verdict": found.verdict,
            "by": None if found.by is None else plain(found.by),
            "figure": None if found.figure is None else plain(found.figure.value),
            "period": found.figure.period if found.figure else None,
            "source": found.figure.source if found.figure else None,
        }
        for number, found in enumerate(checks)
        if found
    ]


def _table(readings: Sequence[Reading], checks: Sequence[Checks]) -> str:
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["document", *KEYS, "ledger"])
    for reading, some in zip(readings, checks, strict=True):
        for claim, found in zip(reading.claims, some, strict=True):
            record = claim_record(claim)
            cells = [
                ";".join(map(str, v)) if isinstance(v, list) else v
                for v in record.values()
            ]
            verdict = found.verdict if found else ""
            rows.writerow([reading.document.name, *cells, verdict])
    return text.getvalue()


def _show(
    screen: Screen,
    readings: Sequence[Reading],
    checks: Sequence[Checks],
    words: Wording,
) -> None:
    said = Said(words)
    for reading, some in zip(readings, checks, strict=True):
        screen.grid(without_empty(_grid(reading, some, said)))
        if reading.relations:
            screen.line()
            screen.line(words.say("documents.relations"), "bold")
            for relation in reading.relations:
                screen.line("  " + said.relation(relation, reading))
        screen.line()
    for one, other in pairwise(readings):
        names = {"one": one.document.name, "other": other.document.name}
        screen.line(words.say("documents.compared", **names), "bold")
        for line in said.compared(compare(one, other), one, other):
            screen.line("  " + line)


def _grid(reading: Reading, checks: Checks, said: Said) -> Grid:
    words, document = said.words, reading.document
    shown = [
        (c, k)
        for c, k in zip(reading.claims, checks, strict=True)
        if c.kind not in {Kind.NAME, Kind.DATE}
    ]
    count = {"count": words.number(len(shown)), "name": document.name}
    return Grid(
        words.say("documents.title", language=document.language, **count),
        [words.say(f"documents.column.{c}") for c in COLUMNS],
        [said.row(claim, found) for claim, found in shown],
        ["left", RIGHT],
        [words.say(f"documents.whole.{d}") for d in document.doubts],
    )
