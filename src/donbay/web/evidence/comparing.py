"""Claims held against the figures that the site has of the same places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from donbay.documents import Claim as Read
from donbay.documents.ledger_check import Checked, Figure, check
from donbay.domain.programmes import Programme as Promise
from donbay.web.evidence.models import Document
from donbay.web.ledger.models import Observation
from donbay.web.results import queries as results

COMPUTED = "computed"
"""The source of a figure that nobody reported: it was rolled up or divided."""


@dataclass(frozen=True)
class Held:
    """The figures of a document's places, by which its claims are checked."""

    figures: Mapping[str, Sequence[Figure]]
    rivals: Mapping[str, frozenset[str]]
    unit: str

    def check(self, claim: Read) -> Checked | None:
        """A claim that names no place speaks of the document's own."""
        name = claim.indicator or ""
        some = [*self.figures.get(name, ())]
        for other in self.rivals.get(name, ()):
            some += self.figures.get(other, ())
        placed = replace(claim, place=claim.place or self.unit)
        return check(placed, some, self.rivals.get(name, ()))


def held(
    document: Document,
    promise: Promise,
    claims: Iterable[Read],
    rivals: Mapping[str, frozenset[str]],
) -> Held:
    some = [c for c in claims if c.indicator in promise.indicators]
    names = {c.indicator for c in some if c.indicator}
    names |= {other for name in names for other in rivals.get(name, ())}
    units = {document.unit_id, *(c.place for c in some if c.place)}
    found: dict[str, list[Figure]] = {}
    for figure in (*_reported(document, names, units), *_computed(document, units)):
        if figure.indicator in names:
            found.setdefault(figure.indicator, []).append(figure)
    return Held(found, rivals, document.unit_id)


def _reported(
    document: Document, names: Iterable[str], units: Iterable[str]
) -> Iterator[Figure]:
    """The rows that hold, without what was withdrawn."""
    rows = Observation.objects.filter(
        programme=document.round.programme_id,
        indicator__in=list(names),
        unit_id__in=list(units),
        category="",
    )
    ordered = rows.select_related("batch").order_by("seq")
    last = {(r.unit_id, r.indicator, r.period): r for r in ordered}
    for row in last.values():
        if row.value is not None:
            yield Figure(
                *(row.unit_id, row.indicator, row.period, Decimal(str(row.value))),
                *(row.bound, row.source or row.batch.reference),
            )


def _computed(document: Document, units: Iterable[str]) -> Iterator[Figure]:
    """What was not reported as such; bounded values tell nothing to differ from."""
    live = results.live(document.round.programme)
    if live is None:
        return
    for unit in units:
        for row in results.values(live, unit):
            exact = row.low is not None and row.low == row.high
            if row.value is not None and exact:
                yield Figure(
                    *(unit, row.indicator, str(row.period)),
                    *(Decimal(str(row.value)), "exact", COMPUTED),
                )
