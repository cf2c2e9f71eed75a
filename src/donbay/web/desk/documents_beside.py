"""A document beside another of the same event, and beside the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.documents.comparing import Pair
from donbay.documents.ledger_check import (
    AGREES,
    DIFFERS,
    NO_DATA,
    OTHER_PERIOD,
    OTHER_STANDARD,
)
from donbay.web.desk.claims_shown import Around, Card, LedgerLine, around
from donbay.web.desk.forms_shown import title_of
from donbay.web.evidence import permissions, queries
from donbay.web.evidence.models import Document
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.words import current
from donbay.web.offices.permissions import Closed, by
from donbay.web.programmes import queries as programmes

SORTS = ("conflict", "alone", "agreement")
LOOKS = {"conflict": "warning", "alone": "info", "agreement": "good"}
VERDICTS = (DIFFERS, OTHER_STANDARD, OTHER_PERIOD, AGREES, NO_DATA)


# --- two documents ------------------------------------------------------------------


@dataclass(frozen=True)
class Two:
    """A claim as both tell it, or as only one does."""

    one: Card | None
    other: Card | None
    pair: Pair

    @property
    def sort(self) -> str:
        return self.pair.sort

    @property
    def look(self) -> str:
        return LOOKS[self.sort]

    @property
    def differs(self) -> str:
        words = current()
        return ", ".join(words.say(f"documents.field.{f}") for f in self.pair.differs)

    @property
    def only(self) -> str:
        """The document that alone tells it."""
        card = self.one if self.other is None else self.other
        if self.sort != "alone" or card is None:
            return ""
        return card.near.document.name


def _told(card: Card | None) -> str:
    return f"{card.printed} {card.row.counted}".strip() if card else ""


PAIRS = (
    Column("sort", "evidence.sort", lambda x: SORTS.index(x.sort),
           exported=lambda x: current().say(f"evidence.sort_of.{x.sort}")),
    Column("one", "evidence.one", lambda x: _told(x.one), sorts=False),
    Column("one_read", "evidence.one_read", lambda x: x.one.value if x.one else "",
           sorts=False, of_file=True),
    Column("other", "evidence.other", lambda x: _told(x.other), sorts=False),
    Column("other_read", "evidence.other_read",
           lambda x: x.other.value if x.other else "", sorts=False, of_file=True),
    Column("differs", "evidence.differs_in", lambda x: x.differs, sorts=False),
)  # fmt: skip


def beside(request: HttpRequest, document: int, other: int) -> HttpResponse:
    """Where two documents agree, where they differ, and what only one tells."""
    user = by(request).user
    left = permissions.document_for(user, document)
    right = permissions.document_for(user, other)
    same = (left.round_id, left.unit_id) == (right.round_id, right.unit_id)
    read = {left.state, right.state} == {Document.State.READ.value}
    if not same or not read or left.pk == right.pk:
        raise Closed
    found = queries.compared(left, right)
    near = around(left, []), around(right, [])
    rows = [_two(one, *near) for one in found]
    options = [(s, current().say(f"evidence.sort_of.{s}")) for s in SORTS]
    table = Table(
        request,
        sorted(rows, key=lambda row: SORTS.index(row.sort)),
        PAIRS,
        [Choice("sorts", "evidence.sort", options, lambda x: x.sort)],
        Search(lambda x: f"{_told(x.one)} {_told(x.other)}"),
        file=f"documents-{left.pk}-{right.pk}",
    )
    if table.exports:
        return table.csv()
    given = {
        **_of(left),
        "other": right,
        "table": table,
        "tally": [(s, sum(row.sort == s for row in rows)) for s in SORTS],
    }
    return render(request, "desk/documents_beside.html", given)


def _two(found: queries.Beside, left: Around, right: Around) -> Two:
    one = Card(found.one, left) if found.one else None
    return Two(one, Card(found.other, right) if found.other else None, found.pair)


def _of(document: Document) -> dict[str, object]:
    return {
        "programme": document.round.programme,
        "round": document.round,
        "unit": document.unit_id,
        "document": document,
        "title": title_of(document.round),
        "place": programmes.asked(document.round).place(document.unit_id).name,
    }


# --- the ledger ---------------------------------------------------------------------


def _line(card: Card) -> LedgerLine:
    if card.ledger is None:
        raise ValueError(card.row.pk)
    return card.ledger


LINES = (
    Column("verdict", "evidence.verdict", lambda x: VERDICTS.index(x.verdict),
           exported=lambda x: current().say(f"evidence.ledger.{x.verdict}")),
    Column("claim", "evidence.claim", lambda x: _told(x.card), sorts=False),
    Column("read", "evidence.read_as", lambda x: x.card.value, sorts=False,
           of_file=True),
    Column("figure", "evidence.site_has", lambda x: x.amount, sorts=False),
    Column("by", "evidence.by", lambda x: x.checked.by, number=True,
           exported=lambda x: None if x.checked.by is None else float(x.checked.by)),
    Column("indicator", "heading.indicator", lambda x: x.indicator, may_hide=True),
    Column("place", "heading.unit_name", lambda x: x.place, may_hide=True),
    Column("period", "heading.period", lambda x: x.figure.period if x.figure else "",
           may_hide=True),
    Column("source", "evidence.source", lambda x: x.figure.source if x.figure else "",
           sorts=False),
)  # fmt: skip


def ledger(request: HttpRequest, document: int) -> HttpResponse:
    """Each figure of a document beside the one that the site has, with both sources."""
    found = permissions.document_for(by(request).user, document)
    if found.state != Document.State.READ:
        raise Closed
    rows = list(queries.figures(found))
    near = around(found, rows)
    cards = [Card(row, near) for row in rows]
    lines = [_line(card) for card in cards if card.ledger]
    options = [(v, current().say(f"evidence.ledger.{v}")) for v in VERDICTS]
    table = Table(
        request,
        sorted(lines, key=lambda line: VERDICTS.index(line.verdict)),
        LINES,
        [Choice("verdicts", "evidence.verdict", options, lambda x: x.verdict)],
        Search(lambda x: f"{_told(x.card)} {x.indicator}"),
        file=f"document-{found.pk}-ledger",
    )
    if table.exports:
        return table.csv()
    tally = [(v, sum(line.verdict == v for line in lines)) for v in VERDICTS]
    given = {**_of(found), "table": table, "tally": tally}
    return render(request, "desk/document_ledger.html", given)
