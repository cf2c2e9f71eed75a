"""Resources brought together: by source and form, plan and result, what they drew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from donbay.domain.mobilisation import MobilisationRow, Money
from donbay.domain.periods import Period
from donbay.reports.amounts import amount_text, leverage_text, share_text
from donbay.reports.charting import Draw, money_chart
from donbay.reports.model import (
    Block,
    Cell,
    Column,
    Figure,
    Paragraph,
    Section,
    Table,
)
from donbay.reports.telling import Teller

Rows = Sequence[MobilisationRow]


def resources(teller: Teller, draw: Draw | None) -> Section:
    """Empty where the programme brings no money together."""
    title = teller.say("printed.money")
    if not teller.matter.programme.mobilisation:
        return Section(title, ())
    groups = list(_by_indicator(teller))
    if not groups:
        return Section(title, (Paragraph(teller.tell("no_money")),))
    count = teller.words.number(sum(len(periods) for _, periods in groups))
    blocks: list[Block] = [Paragraph(teller.tell("money", count=count))]
    for indicator, periods in groups:
        last = max(periods)
        blocks.append(_sources(teller, indicator, last, periods[last]))
        if len(periods) > 1:
            blocks.append(_over_time(teller, indicator, periods))
            if draw and (chart := money_chart(teller, indicator, periods, draw)):
                blocks.append(chart)
    return Section(title, tuple(blocks))


def _by_indicator(
    teller: Teller,
) -> Iterator[tuple[str, dict[Period, list[MobilisationRow]]]]:
    """Of each kind of resources the periods that had ended with the report's."""
    end = teller.order.period.last
    rows = [row for row in teller.matter.money if row.period.last <= end]
    for indicator in dict.fromkeys(row.indicator for row in rows):
        own = [row for row in rows if row.indicator == indicator]
        yield (
            indicator,
            {
                period: [row for row in own if row.period == period]
                for period in sorted({row.period for row in own})
            },
        )


def _sources(teller: Teller, indicator: str, period: Period, rows: Rows) -> Table:
    """The sources, the forms, and the whole, of the last period."""
    say, words = teller.say, teller.words
    title = say(
        "printed.money_of",
        title=teller.names.indicator(indicator),
        period=words.period(period),
    )
    return Table(
        title,
        (
            Column(say("heading.source"), 3),
            Column(say("printed.plan"), 2, number=True),
            Column(say("printed.result"), 2, number=True),
            Column(say("heading.share"), 1.2, number=True),
            Column(say("heading.flags"), 2.4),
        ),
        tuple(_line(teller, row) for row in rows),
        _note(teller, rows),
    )


def _line(teller: Teller, row: MobilisationRow) -> tuple[Cell, ...]:
    return (
        _called(teller, row),
        _plan(teller, row) if row.is_total else "",
        _amount(teller, row),
        share_text(teller.words, row.share, teller.words.share),
        _flags(teller, row),
    )


def _called(teller: Teller, row: MobilisationRow) -> str:
    if row.source:
        return teller.names.funding(row.source)
    if row.form:
        form = teller.names.form_of_funds(row.form)
        return teller.say("printed.money_form", form=form)
    return teller.say("printed.total")


def _amount(teller: Teller, row: MobilisationRow) -> Cell:
    def write(value: float) -> str:
        return teller.names.amount(value, row.indicator)

    return _figure(amount_text(teller.words, row.amount, write), row.amount)


def _figure(text: str, money: Money | None) -> Cell:
    if money is None or money.number is None or not text:
        return text
    return Figure(text, money.number)


def _plan(teller: Teller, row: MobilisationRow) -> Cell:
    """What the programme promises of the whole by the end of the period."""
    for target in teller.matter.programme.targets:
        if target.indicator == row.indicator and target.deadline == row.period.last:
            return teller.names.figure(target.value, row.indicator)
    return ""


def _flags(teller: Teller, row: MobilisationRow) -> str:
    return " ".join(teller.say(f"flag.{code}") for code in row.flag_codes)


def _note(teller: Teller, rows: Rows) -> str:
    whole = next((row for row in rows if row.is_total), None)
    said = _leverage(teller, whole) if whole else ""
    note = teller.say("printed.money_note")
    if not said:
        return note
    return f"{teller.say('printed.leverage', leverage=said)} {note}"


def _leverage(teller: Teller, row: MobilisationRow) -> str:
    return leverage_text(teller.words, row.leverage, teller.words.number)


def _over_time(
    teller: Teller, indicator: str, periods: dict[Period, list[MobilisationRow]]
) -> Table:
    say = teller.say
    totals = [row for rows in periods.values() for row in rows if row.is_total]
    return Table(
        say("printed.money_over_time", title=teller.names.indicator(indicator)),
        (
            Column(say("heading.period"), 1.5),
            Column(say("printed.plan"), 2, number=True),
            Column(say("printed.result"), 2, number=True),
            Column(say("heading.leverage"), 2, number=True),
        ),
        tuple(
            (
                teller.words.period(row.period),
                _plan(teller, row),
                _amount(teller, row),
                _figure(_leverage(teller, row), row.leverage),
            )
            for row in totals
        ),
    )
