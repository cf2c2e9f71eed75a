"""Figures, days, periods and money as the readers of a language write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from donbay.domain.periods import Frequency, Period
from donbay.texts.catalogue import Catalogue

if TYPE_CHECKING:
    from babel import Locale

PERCENT = {"%", "percent"}
CURRENCIES = {"VND": "VND", "dong": "VND"}
RANK = "rank"
LOCALES = {"en": "en_GB"}  # days in the order of the other three languages
DAYS = {"vi": "dd/MM/y"}  # babel's own form is not how Vietnamese is written
BILLION, MILLION = 1e9, 1e6
USUAL = 2  # decimals at most
SMALL = 0.1  # below it, two decimals would say too little


@lru_cache(maxsize=20_000)
def _written(number: str, pattern: str, locale: str) -> str:
    """A page says the same figures again and again; the text of one tells -0 from 0."""
    from babel.numbers import format_decimal  # noqa: PLC0415 -- machines' formats start without it

    text = format_decimal(Decimal(number), format=pattern, locale=locale)
    for sign, kept in _signs(locale):
        text = text.replace(sign, kept)
    return text


@cache
def _percent(locale: str, decimals: int) -> str:
    from babel import Locale  # noqa: PLC0415 -- as above

    pattern: str = Locale.parse(locale).percent_formats[None].pattern
    return re.sub(r"0(?=\D*$)", f"0.{'#' * decimals}", pattern)


@cache
def _signs(locale: str) -> tuple[tuple[str, str], ...]:
    """Signs that a language keeps at their side of a number: Babel leaves them bare."""
    from babel import Locale  # noqa: PLC0415 -- as above

    symbols = Locale.parse(locale).number_symbols["latn"]
    pairs = (("-", symbols["minusSign"]), ("%", symbols["percentSign"]))
    return tuple((sign, kept) for sign, kept in pairs if sign != kept)


class Wording(Catalogue):
    """A catalogue that also writes numbers. Never used for machines' formats."""

    @cached_property
    def locale(self) -> Locale:
        from babel import Locale  # noqa: PLC0415 -- machines' formats start without it

        return Locale.parse(LOCALES.get(self.language, self.language))

    def number(self, value: float, decimals: int = 2) -> str:
        """With at most so many decimals; more where a small number needs it."""
        if value and abs(value) < SMALL:
            decimals = max(decimals, 4)
        pattern = "#,##0." + "#" * decimals
        rounded = round(value, decimals)
        return _written(
            str(rounded), pattern, LOCALES.get(self.language, self.language)
        )

    def signed(self, value: float, written: str) -> str:
        """A difference as it was written, with the sign of one that goes up."""
        from babel.numbers import get_plus_sign_symbol  # noqa: PLC0415 -- as above

        return f"{get_plus_sign_symbol(self.locale)}{written}" if value > 0 else written

    def percent(self, value: float, decimals: int = 2) -> str:
        """`value` is 85 for 85 %; at most so many decimals."""
        name = LOCALES.get(self.language, self.language)
        return _written(str(value / 100), _percent(name, decimals), name)

    def quantity(
        self, value: float, unit: str = "", named: str = "", decimals: int | None = None
    ) -> str:
        """A number in its unit, which readers call `named`.

        Sums of money are said in millions and billions; nothing is rounded below the
        `decimals` with which the figure is published.
        """
        head = re.split(r"/|_per_", unit)[0].strip()
        digits = max(USUAL, decimals or 0)
        if head in PERCENT:
            return self.percent(value, digits)
        if head == RANK:
            return self.say("word.rank", value=self.number(value, digits))
        if head in CURRENCIES:
            return self.money(value, CURRENCIES[head])
        return f"{self.number(value, digits)} {named}".strip()

    def money(self, value: float, currency: str) -> str:
        size = abs(value)
        name = self.say(f"currency.{currency}")
        for scale, code in ((BILLION, "money.billion"), (MILLION, "money.million")):
            if size >= scale:
                shown = self.number(round(value / scale, 3), 3)
                return self.say(code, amount=shown, currency=name)
        return self.say("money.plain", amount=self.number(value), currency=name)

    def share(self, value: float) -> str:
        """`value` is 0.85 for 85 %."""
        return self.percent(value * 100)

    def day(self, day: date) -> str:
        from babel.dates import format_date  # noqa: PLC0415 -- as above

        form = DAYS.get(self.language, "medium")
        return format_date(day, format=form, locale=self.locale)

    def period(self, period: Period) -> str:
        year, month = divmod(period.index, 12)
        match period.frequency:
            case Frequency.YEAR:
                return str(year)
            case Frequency.HALF:
                return self.say(f"period.half_{month // 6 + 1}", year=year)
            case Frequency.QUARTER:
                return self.say("period.quarter", quarter=month // 3 + 1, year=year)
            case Frequency.MONTH:
                return self.say("period.month", month=f"{month + 1:02d}", year=year)
        return self.say("period.span", first=year, last=year + period.months // 12 - 1)
