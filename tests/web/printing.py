"""A report of the province for one quarter, ordered by Chi and made."""

from __future__ import annotations

from datetime import date

from tests.web.people import People, by

from donbay.domain.passages import ReportKind
from donbay.domain.periods import parse_period
from donbay.web.publications.actions import Wanted, issue, make, order
from donbay.web.publications.models import Publication

WANTED = Wanted(
    ReportKind.QUARTERLY,
    parse_period("2026-Q2"),
    "tn",
    "vi",
    ("xlsx",),
    date(2026, 7, 20),
    "Văn phòng điều phối",
    "12/BC-VPĐP",
)


def printed(people: People, wanted: Wanted = WANTED) -> Publication:
    """Made, and not issued yet."""
    row = order(by(people.chi), people.programme, wanted)
    make(row)
    return row


def published(people: People, wanted: Wanted = WANTED) -> Publication:
    """The same, issued."""
    return issue(by(people.chi), printed(people, wanted))
