"""Decisions with their papers, for the stories of the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.web.people import People, by
from tests.web.reorganisations.merger import folder

from donbay.web.files.actions import keep
from donbay.web.reorganisations.actions import Paper, record, rehearse
from donbay.web.results.actions import Decision, decide


def decided(people: People, unit: str = "tx", end: date | None = None) -> int:
    """Tràng Xá, or another, was recognised; the number of the act."""
    decision = Decision(
        unit=unit,
        kind="recognition",
        level="standard",
        number="12/QĐ-UBND",
        authority="UBND tỉnh",
        date=date(2026, 10, 20),
        end=end,
        document=keep([b"the decision"], "text/plain"),
        document_name="quyet-dinh.txt",
    )
    return decide(by(people.chi), people.programme, decision).pk


def planned(people: People) -> int:
    """The merger of Tràng Xá and La Hiên was recorded and rehearsed."""
    paper = Paper(
        number="1683/NQ-UBTVQH15",
        authority="Ủy ban Thường vụ Quốc hội",
        document=keep([b"the resolution"], "text/plain"),
        document_name="nghi-quyet.txt",
    )
    with TemporaryDirectory() as made:
        row = record(by(people.chi), paper, folder(Path(made)))
    return rehearse(row).pk
