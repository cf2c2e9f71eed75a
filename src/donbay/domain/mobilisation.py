"""Resources by source and form: amounts, shares, leverage, and what must not be added.

Everything is a range, so that a share of "more than 120" is no false precision. A part
that was not reported may be anything from 0 up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from math import inf, isinf
from operator import add

from donbay.domain.periods import Period
from donbay.domain.programmes import FundingSource, Mobilisation
from donbay.domain.quantities import Range, less

NOTHING = Range(0.0, 0.0)
ANYTHING = Range(0.0, inf)
PUBLISHED = "published"  # a share or leverage as it was printed, by which indicator


@dataclass(frozen=True, slots=True)
class Money:
    """The number shown (None: not known) and every number it may be."""

    number: float | None
    range: Range

    def __add__(self, other: Money) -> Money:
        known = self.number is not None and other.number is not None
        number = self.number + other.number if known else None  # type: ignore[operator]
        return Money(number, self.range + other.range)


UNKNOWN = Money(None, ANYTHING)


@dataclass(frozen=True, slots=True)
class MobilisationRow:
    """One source, one form, or the total (both None), which carries the leverage."""

    unit: str
    indicator: str
    period: Period
    source: str | None
    form: str | None
    amount: Money
    share: Money | None
    leverage: Money | None = None
    flags: tuple[str, ...] = ()

    @property
    def is_total(self) -> bool:
        return self.source is None and self.form is None

    @property
    def flag_codes(self) -> list[str]:
        """What it must be read with, each thing once, whatever a flag is about."""
        return list(dict.fromkeys(flag.partition(":")[0] for flag in self.flags))


@dataclass(frozen=True, slots=True)
class Raised:
    """What one unit reported for one period: a total, parts by category, or both.

    `shares` (by source) and `leverage` are those that were published as such.
    """

    unit: str
    period: Period
    total: Money | None
    parts: Mapping[str, Money]
    shares: Mapping[str, Money] = field(default_factory=dict)
    leverage: Money | None = None


def mobilisation_rows(
    mobilisation: Mobilisation, funding: Sequence[FundingSource], raised: Raised
) -> list[MobilisationRow]:
    """The sources in the order of the programme, the forms, then the total."""
    sources = _groups(mobilisation.sources, [f.id for f in funding], raised.parts)
    forms = _groups(mobilisation.forms, [], raised.parts)
    total, flags = _total(raised, mobilisation.sources)

    def row(source: str | None, form: str | None, amount: Money) -> MobilisationRow:
        rest = [
            m
            for f, m in (sources if source else forms).items()
            if f != (source or form)
        ]
        share = _share(amount, _sum(rest), raised.total)
        names = (raised.unit, mobilisation.indicator, raised.period, source, form)
        return MobilisationRow(*names, amount, share)

    whole = MobilisationRow(
        raised.unit, mobilisation.indicator, raised.period, None, None, total, None
    )
    if not raised.parts:
        return _published(mobilisation, raised, replace(whole, flags=flags))
    budget = {f.id for f in funding if f.budget}
    leverage = _leverage(sources, budget, raised.total)
    return [
        *(row(source, None, amount) for source, amount in sources.items()),
        *(row(None, form, amount) for form, amount in forms.items()),
        replace(whole, leverage=leverage, flags=flags),
    ]


def _published(
    mobilisation: Mobilisation, raised: Raised, whole: MobilisationRow
) -> list[MobilisationRow]:
    """Shares and leverage as they were printed, marked so; the amounts stay unknown."""
    rows = [
        replace(
            whole,
            source=source,
            amount=UNKNOWN,
            share=raised.shares[source],
            flags=(f"{PUBLISHED}:{indicator}",),
        )
        for source, indicator in mobilisation.shares.items()
        if source in raised.shares
    ]
    if raised.leverage is not None:
        mark = f"{PUBLISHED}:{mobilisation.leverage}"
        whole = replace(whole, leverage=raised.leverage, flags=(*whole.flags, mark))
    return [*rows, whole]


def _groups(
    kinds: Mapping[str, str], order: Sequence[str], parts: Mapping[str, Money]
) -> dict[str, Money]:
    """Amounts by what the categories stand for; an unreported one may be anything."""
    names = [k for k in order if k in kinds.values()]
    names += [k for k in dict.fromkeys(kinds.values()) if k not in names]
    return {
        name: _sum(parts.get(c, UNKNOWN) for c, kind in kinds.items() if kind == name)
        for name in names
    }


def _sum(amounts: Iterable[Money]) -> Money:
    return reduce(add, amounts, Money(0.0, NOTHING))


def _total(raised: Raised, categories: Iterable[str]) -> tuple[Money, tuple[str, ...]]:
    """A reported total wins over the sum of the parts, which it is checked against."""
    missing = [c for c in categories if c not in raised.parts]
    parts = _sum(raised.parts.get(c, UNKNOWN) for c in categories)
    if raised.total is None:
        return parts, ("incomplete",) if missing else ()
    if not raised.parts:
        return raised.total, ()
    if less(raised.total.range.high, parts.range.low):
        return raised.total, ("parts_above_total",)
    if missing or less(parts.range.high, raised.total.range.low):
        return raised.total, ("parts_below_total",)
    return raised.total, ()


def _share(part: Money, rest: Money, total: Money | None) -> Money:
    """Part of a reported total, or of itself and the rest: never above 1.

    It grows with the part and falls with the rest, so its ends are theirs.
    """
    if total is not None:
        low = _over(part.range.low, total.range.high, 0.0)
        high = min(1.0, _over(part.range.high, total.range.low, 1.0))
    else:
        low = _over(part.range.low, part.range.low + rest.range.high, 0.0)
        high = _over(part.range.high, part.range.high + rest.range.low, 1.0)
    whole = total or part + rest
    if not whole.number or part.number is None:
        return Money(None, Range(low, high))
    return Money(part.number / whole.number, Range(low, high))


def _over(part: float, whole: float, otherwise: float) -> float:
    """Where the division says nothing, what the share may be at that end."""
    if whole == 0 or isinf(part):
        return otherwise
    return part / whole


def _leverage(
    sources: Mapping[str, Money], budget: set[str], total: Money | None
) -> Money | None:
    """What one unit of budget money draws in from all other sources."""
    public = _sum(m for s, m in sources.items() if s in budget)
    if not budget & sources.keys():
        return None
    private = _sum(m for s, m in sources.items() if s not in budget)
    if total is not None and private.number is None:
        private = _rest(total, public)
    ratio = private.range / public.range
    if ratio is None:
        return None
    known = private.number is not None and public.number
    return Money(private.number / public.number if known else None, ratio)  # type: ignore[operator]


def _rest(total: Money, part: Money) -> Money:
    left = total.range - part.range
    known = total.number is not None and part.number is not None
    number = total.number - part.number if known else None  # type: ignore[operator]
    return Money(number, Range(max(0.0, left.low), max(0.0, left.high), left.low_open))


def flagged(rows: Sequence[MobilisationRow]) -> list[MobilisationRow]:
    """Totals of one unit whose spans overlap say so, and are never added up.

    `overlap:PERIOD` for the same indicator, `other_scope:INDICATOR:PERIOD` for another.
    """
    totals: dict[str, list[MobilisationRow]] = {}
    for row in rows:
        if row.is_total:
            totals.setdefault(row.unit, []).append(row)
    return [
        replace(row, flags=row.flags + _clashes(row, totals[row.unit]))
        if row.is_total
        else row
        for row in rows
    ]


def _clashes(
    row: MobilisationRow, others: Sequence[MobilisationRow]
) -> tuple[str, ...]:
    found: list[str] = []
    for other in others:
        if other is row or not _overlap(row.period, other.period):
            continue
        if other.indicator == row.indicator:
            found.append(f"overlap:{other.period}")
        else:
            found.append(f"other_scope:{other.indicator}:{other.period}")
    return tuple(dict.fromkeys(found))


def _overlap(one: Period, two: Period) -> bool:
    return one.first <= two.last and two.first <= one.last
