"""A claim against the figures that a ledger holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from donbay.documents.model import Claim, Kind
from donbay.documents.relations import rounding
from donbay.domain.periods import parse_period
from donbay.domain.quantities import Bound

AGREES, DIFFERS = "agrees", "differs"
NO_DATA, OTHER_PERIOD, OTHER_STANDARD = "no_data", "other_period", "other_standard"


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the ledger, with where it is from."""

    unit: str
    indicator: str
    period: str
    value: Decimal
    bound: str
    source: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the ledger says; `by` is the claim minus the figure."""

    verdict: str
    figure: Figure | None = None
    by: Decimal | None = None


def check(
    claim: Claim, figures: Sequence[Figure], rivals: Collection[str] = ()
) -> Checked | None:
    """None where a claim is no figure; of several figures the nearest speaks.

    Without a time, or one that ends otherwise, it may be of another one, so that it
    can agree but not differ.
    `rivals` are indicators of nearly the same name: where a claim does not agree with
    its own, one of these may be what it speaks of.
    """
    if claim.value is None or claim.kind in {Kind.NAME, Kind.DATE, Kind.TARGET}:
        return None
    if claim.indicator is None:
        return Checked(NO_DATA)
    own = _checked(claim, [f for f in figures if f.indicator == claim.indicator])
    if own.verdict != AGREES:
        others = _checked(claim, [f for f in figures if f.indicator in rivals])
        if others.verdict == AGREES:
            return replace(others, verdict=OTHER_STANDARD)
    return own


def _checked(claim: Claim, figures: Iterable[Figure]) -> Checked:
    here = [f for f in figures if claim.place is None or f.unit == claim.place]
    now = [f for f in here if _in_time(claim, f)]
    nearest = min((_held(claim, f) for f in now), key=_distance, default=None)
    if nearest and nearest.verdict == AGREES:
        return nearest
    told = [f for f in now if _same_end(claim.time, f.period)]
    if told:
        return min((_held(claim, f) for f in told), key=_distance)
    if here:
        return Checked(OTHER_PERIOD, here[-1])
    return Checked(NO_DATA)


def _same_end(said: str | None, period: str) -> bool:
    """A figure of March says nothing against what is told of the year."""
    try:
        return said is not None and parse_period(said).last == parse_period(period).last
    except ValueError:
        return said == period


def _in_time(claim: Claim, figure: Figure) -> bool:
    """A year holds its parts; a claim without time is held against the last figures."""
    if claim.time is None:
        return True
    if "/" in claim.time or "/" in figure.period:
        return figure.period == claim.time
    return figure.period[:4] == claim.time[:4]


def _held(claim: Claim, figure: Figure) -> Checked:
    value = claim.value or Decimal()
    by = value - figure.value
    return Checked(AGREES if _agrees(claim, figure, by) else DIFFERS, figure, by)


def _agrees(claim: Claim, figure: Figure, by: Decimal) -> bool:
    """Within the rounding of the claim, or inside what its bound leaves open."""
    if abs(by) <= max(rounding(claim), abs(claim.value or Decimal()) * Decimal("1e-9")):
        return True
    upper = {"more_than", "at_least"}
    lower = {"under", "at_most", "nearly"}
    exact = figure.bound == Bound.EXACT.value
    size = abs(figure.value) / 20
    if claim.bound in upper and exact:
        return 0 < -by <= size
    if claim.bound in lower and exact:
        return 0 < by <= size
    return claim.bound == "about" and abs(by) <= size / 2


def _distance(checked: Checked) -> tuple[bool, Decimal]:
    return (checked.verdict != AGREES, abs(checked.by or Decimal()))


def against(
    claims: Sequence[Claim],
    figures: Sequence[Figure],
    rivals: Mapping[str, Collection[str]],
) -> list[Checked | None]:
    return [check(c, figures, rivals.get(c.indicator or "", ())) for c in claims]
