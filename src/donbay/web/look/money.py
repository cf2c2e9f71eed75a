"""Resources mobilised as a reader sees them: amounts, shares and leverage as ranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from donbay.domain.mobilisation import MobilisationRow, Money
from donbay.domain.periods import Period
from donbay.domain.quantities import Bound, equal
from donbay.web.look.tables import Column
from donbay.web.look.titles import Titles

Write = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A total, or one source or form of it."""

    titles: Titles
    row: MobilisationRow

    @property
    def title(self) -> str:
        if self.row.source:
            return self.titles.funding(self.row.source)
        if self.row.form:
            return self.titles.form_of_funds(self.row.form)
        return self.titles.indicator(self.row.indicator)

    @property
    def kind(self) -> str:
        if self.row.is_total:
            return "total"
        return "source" if self.row.source else "form"

    @property
    def amount(self) -> str:
        return self._said(self.row.amount, self._amount)

    def _amount(self, value: float) -> str:
        return self.titles.amount(value, self.row.indicator)

    @property
    def share(self) -> str:
        """Empty where nothing is known of it."""
        share = self.row.share
        if share is None or (share.range.low <= 0 and share.range.high >= 1):
            return ""
        return self._said(share, self.titles.words.share)

    @property
    def leverage(self) -> str:
        """What a unit of budget money drew in from all others; empty as above."""
        ratio = self.row.leverage
        if ratio is None or (ratio.range.low <= 0 and not isfinite(ratio.range.high)):
            return ""
        return self._said(ratio, self.titles.words.number)

    def _said(self, money: Money, write: Write) -> str:
        say, low, high = self.titles.words.say, money.range.low, money.range.high
        if isfinite(low) and isfinite(high):
            if equal(low, high):
                return write(low)
            if low != 0:
                return say("bound.between", low=write(low), high=write(high))
        if isfinite(high):
            return say(f"bound.{Bound.AT_MOST}", value=write(high))
        if money.number is None and low == 0:
            return say("word.not_published")
        if isfinite(low):
            return say(f"bound.{Bound.AT_LEAST}", value=write(low))
        return say("word.unbounded")

    @property
    def notes(self) -> list[str]:
        """What it must be read with, each thing said once."""
        codes = dict.fromkeys(flag.partition(":")[0] for flag in self.row.flags)
        return [self.titles.words.say(f"flag.{code}") for code in codes]


MONEY_COLUMNS = (
    Column("period", "heading.period", lambda x: x.row.period),
    Column("title", "heading.indicator", lambda x: x.title),
    Column("amount", "heading.amount", lambda x: x.row.amount.number, number=True),
    Column(
        *("share", "heading.share", lambda x: x.share),
        number=True,
        exported=lambda x: x.share,
        may_hide=True,
    ),
    Column(
        *("leverage", "heading.leverage", lambda x: x.leverage),
        number=True,
        may_hide=True,
    ),
    Column("notes", "heading.flags", lambda x: " ".join(x.notes), may_hide=True),
    Column("on", "heading.on", lambda x: x.titles.days.on, of_file=True),
)


def by_period(
    titles: Titles, rows: Sequence[MobilisationRow]
) -> list[tuple[str, Period, list[MoneyLine]]]:
    """The newest first; of each its total, then what it is made of."""
    found: dict[tuple[str, Period], list[MoneyLine]] = {}
    for row in rows:
        if row.period.first <= titles.days.on:
            some = found.setdefault((row.indicator, row.period), [])
            some.insert(0 if row.is_total else len(some), MoneyLine(titles, row))
    ordered = sorted(found.items(), key=lambda one: one[0][1], reverse=True)
    return [(key[0], key[1], lines) for key, lines in ordered]
