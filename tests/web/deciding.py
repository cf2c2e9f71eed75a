"""A decision of the province, with its paper, for the stories of the site."""

from __future__ import annotations

from datetime import date

from tests.web.people import People, by

from donbay.web.files.actions import keep
from donbay.web.results.actions import Decision, decide


def decided(people: People) -> int:
    """Tràng Xá was recognised; the number of the act."""
    decision = Decision(
        unit="tx",
        kind="recognition",
        level="standard",
        number="12/QĐ-UBND",
        authority="UBND tỉnh",
        date=date(2026, 10, 20),
        document=keep([b"the decision"], "text/plain"),
        document_name="quyet-dinh.txt",
    )
    return decide(by(people.chi), people.programme, decision).pk
