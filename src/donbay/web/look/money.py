"""Resources mobilised as a reader sees them: amounts, shares and leverage as ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donbay.domain.mobilisation import MobilisationRow
from donbay.domain.periods import Period
from donbay.reports.amounts import amount_text, leverage_text, share_text
from donbay.web.look.tables import Column
from donbay.web.look.titles import Titles


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
        return amount_text(self.titles.words, self.row.amount, self._amount)

    def _amount(self, value: float) -> str:
        return self.titles.amount(value, self.row.indicator)

    @property
    def share(self) -> str:
        words = self.titles.words
        return share_text(words, self.row.share, words.share)

    @property
    def leverage(self) -> str:
        words = self.titles.words
        return leverage_text(words, self.row.leverage, words.number)

    @property
    def notes(self) -> list[str]:
        return [self.titles.words.say(f"flag.{code}") for code in self.row.flag_codes]


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
