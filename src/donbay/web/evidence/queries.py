"""Documents of a place, their claims page by page, checks, and passages of figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from donbay.documents import Kind, Known, Reading
from donbay.documents.comparing import Pair, compare
from donbay.documents.indicators import rivals
from donbay.folder.documents import known_of
from donbay.web.evidence.comparing import COMPUTED, Held, held
from donbay.web.evidence.models import Claim, Decision, Document
from donbay.web.evidence.packing import claim_of, reading_of, relation_of
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.territory.queries import revision

__all__ = [
    "COMPUTED",
    "Held",
    "Leaf",
    "Passage",
    "checks",
    "claim_of",
    "compared",
    "documents_of",
    "figures",
    "fitting",
    "known",
    "leaf",
    "left",
    "passage",
    "passages",
]
A_PAGE, LONG_PAGE, NEAR = 40, 30_000, 2
NO_FIGURE = (Kind.NAME.value, Kind.DATE.value)
PASSAGE = re.compile(r"document:(?P<document>\d{1,18})#(?P<start>\d+)-(?P<end>\d+)")


# --- what reading needs -------------------------------------------------------------


def known(round: Round) -> Known:
    """The places and indicators of the programme, and the year of the round."""
    path = programmes.edition(round.programme).path
    year = programmes.period_of(round).last.year
    return _known(round.programme, path, revision(), year)


@lru_cache(maxsize=4)
def _known(
    programme: Programme,
    path: str,  # noqa: ARG001 -- the cache's key
    revision: int,  # noqa: ARG001 -- as above
    year: int,
) -> Known:
    places = programmes.territory_of(programme)
    return known_of(programmes.promise(programme), places, year)


# --- documents and claims -----------------------------------------------------------


def documents_of(round: Round, unit: str) -> QuerySet[Document]:
    """The newest first, with how many figures each has and how many were decided."""
    a_figure = Q(claims__repeated=False) & ~Q(claims__value="")
    a_figure &= ~Q(claims__kind__in=NO_FIGURE)
    decided = a_figure & Q(claims__decision__isnull=False)
    return (
        Document.objects.filter(round=round, unit=unit)
        .defer("text", "blocks", "relations")
        .select_related("uploaded_by")
        .annotate(
            figures=Count("claims", filter=a_figure),
            decided=Count("claims", filter=decided),
        )
        .order_by("-id")
    )


def figures(document: Document) -> QuerySet[Claim]:
    """Claims that say how much of something; what stood before is counted once."""
    found = document.claims.filter(repeated=False).exclude(value="")
    return (
        found.exclude(kind__in=NO_FIGURE)
        .select_related("decision__by", "decision__submission")
        .order_by("number")
    )


# --- a page of a document -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block, and the claims in it that this page shows; `left_out` before it."""

    start: int
    end: int
    kind: str
    repeated: bool
    claims: Sequence[Claim]
    left_out: bool = False


@dataclass(frozen=True)
class Leaf:
    """As much of a document as one page shows: text, and the claims in it."""

    number: int
    count: int
    stretches: Sequence[Stretch]
    claims: Sequence[Claim]
    open: int
    total: int

    @property
    def next_open(self) -> Claim | None:
        return next((c for c in self.claims if not hasattr(c, "decision")), None)


def leaf(document: Document, wanted: int, claim: int | None = None) -> Leaf:
    """Forty claims, with the blocks in which they stand and those between.

    A `claim` is found on its page.
    """
    every = list(_places(document))
    count = max(1, -(-len(every) // A_PAGE))
    if claim is not None:
        wanted = sum(number < claim for number, _, _ in every) // A_PAGE + 1
    number = min(max(wanted, 1), count)
    here = every[A_PAGE * (number - 1) : A_PAGE * number]
    shown = list(figures(document).filter(number__in=[n for n, _, _ in here]))
    first = here[0][1] if number > 1 else 0
    behind = every[A_PAGE * number][1] if number < count else len(document.text) + 1
    undecided = sum(decision is None for _, _, decision in every)
    stretches = _shortened(list(_stretches(document, shown, first, behind)))
    return Leaf(number, count, stretches, shown, undecided, len(every))


def _places(document: Document) -> QuerySet[Claim, tuple[int, int, int | None]]:
    """Of every figure its number, its place and its decision."""
    return figures(document).values_list("number", "start", "decision")


def left(document: Document) -> tuple[int, int]:
    """How many figures are still to be decided, and how many there are."""
    found = figures(document)
    return found.filter(decision=None).count(), found.count()


def fitting(document: Document, shown: Leaf) -> Reading:
    """How the claims of a page hang together, with just the claims that needs."""
    here = {row.number for row in shown.claims}
    some = [one for one in document.relations if here & set(one["claims"])]
    wanted = sorted({n for one in some for n in one["claims"]})
    at = {number: place for place, number in enumerate(wanted)}
    rows = document.claims.filter(number__in=wanted).order_by("number")
    return replace(
        reading_of(document, rows),
        relations=tuple(relation_of(one, at) for one in some),
    )


def _stretches(
    document: Document, shown: Sequence[Claim], first: int, behind: int
) -> Iterable[Stretch]:
    claims = list(shown)
    for start, end, kind, repeats in document.blocks:
        if end <= first or start >= behind:
            continue
        here = []
        while claims and claims[0].start < end:
            here.append(claims.pop(0))
        yield Stretch(start, end, kind, repeats is not None, here)


def _shortened(whole: Sequence[Stretch]) -> list[Stretch]:
    """A long text without figures is left out, but for what is next to figures."""
    if sum(one.end - one.start for one in whole) <= LONG_PAGE:
        return list(whole)
    kept: list[Stretch] = []
    left = False
    for at, one in enumerate(whole):
        near = whole[max(0, at - NEAR) : at + NEAR + 1]
        if any(other.claims for other in near):
            kept.append(replace(one, left_out=left))
            left = False
        else:
            left = True
    return kept


# --- checks -------------------------------------------------------------------------


def checks(document: Document, claims: Iterable[Claim]) -> Held:
    """What the site has of the places and indicators that the claims speak of."""
    alike = rivals(known(document.round).indicators)
    promise = programmes.promise(document.round.programme)
    return held(document, promise, map(claim_of, claims), alike)


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim of one document, and what the other says of the same."""

    one: Claim | None
    other: Claim | None
    pair: Pair


def compared(one: Document, other: Document) -> list[Beside]:
    """In the order in which they are told."""
    rows = [list(d.claims.order_by("number")) for d in (one, other)]
    left, right = rows
    pairs = compare(reading_of(one, left), reading_of(other, right))
    return [
        Beside(
            None if pair.one is None else left[pair.one],
            None if pair.other is None else right[pair.other],
            pair,
        )
        for pair in pairs
    ]


# --- from a figure back to its passage ----------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence of a document from which a figure was taken, around its number."""

    document: Document
    start: int
    before: str
    text: str
    after: str
    number: int
    verdict: str


def passage(claim: Claim) -> str:
    """How an answer names where it was taken from."""
    return f"document:{claim.document_id}#{claim.start}-{claim.end}"


def passages(named: Collection[str]) -> Mapping[str, Passage]:
    """By name; two queries, however many. The text is that which was read."""
    places = {name: found for name in named if (found := PASSAGE.fullmatch(name))}
    wanted = Q(pk__in=[])
    for found in places.values():
        wanted |= Q(document=int(found["document"]), start=int(found["start"]))
    if not places:
        return {}
    rows = Claim.objects.filter(wanted).select_related("document__file", "decision")
    return {passage(row): _passage(row) for row in rows}


def _passage(row: Claim) -> Passage:
    text = row.document.text
    decided: Decision | None = getattr(row, "decision", None)
    return Passage(
        row.document,
        row.start,
        text[row.sentence_start : row.start],
        text[row.start : row.end],
        text[row.end : row.sentence_end],
        row.number,
        decided.verdict if decided else "",
    )
