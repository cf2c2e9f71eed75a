"""Reads days and periods from cells, or says what is wrong and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from donbay.domain.periods import Period, parse_period
from donbay.tables.findings import Fault, fault

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_LIKE = re.compile(r"([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[T ].*)?")
_YEAR = r"(?P<year>[12][0-9]{3})"
_PERIODS = {
    re.compile(pattern, re.IGNORECASE): form
    for pattern, form in (
        (rf"{_YEAR}[-/ ]?Q(?:u[yý] ?)?0?(?P<part>[1-4])", "{year}-Q{part}"),
        (rf"Q(?:u[yý] ?)?0?(?P<part>[1-4])[-/ ]?{_YEAR}", "{year}-Q{part}"),
        (rf"{_YEAR}[-/ ]?[HS](?P<part>[12])", "{year}-H{part}"),
        (rf"[HS](?P<part>[12])[-/ ]?{_YEAR}", "{year}-H{part}"),
        (rf"{_YEAR}[-/. ]?M?(?P<part>1[0-2]|0?[1-9])", "{year}-{part:0>2}"),
        (rf"(?P<part>1[0-2]|0?[1-9])[-/. ]{_YEAR}", "{year}-{part:0>2}"),
        (rf"{_YEAR} ?[-–—] ?(?P<part>[12][0-9]{{3}})", "{year}/{part}"),
        (rf"{_YEAR}\.0", "{year}"),
    )
}


def parse_date(text: str) -> date | Fault:
    """A day as YYYY-MM-DD."""
    if match := _ISO.fullmatch(text):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return fault("date_impossible", found=text)
    readings = sorted(set(_readings(text)))
    if readings:
        return fault("date_form", found=text, instead=" / ".join(map(str, readings)))
    return fault("date", found=text[:60])


def _readings(text: str) -> Iterator[date]:
    if match := _ISO_LIKE.fullmatch(text):
        with suppress(ValueError):
            yield date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        for day, month in ((match[1], match[2]), (match[2], match[1])):
            with suppress(ValueError):
                yield date(int(match[3]), int(month), int(day))


def read_period(text: str) -> Period | Fault:
    try:
        return parse_period(text)
    except ValueError:
        pass
    for pattern, form in _PERIODS.items():
        if match := pattern.fullmatch(text):
            instead = form.format(**match.groupdict())
            return fault("period_form", found=text, instead=instead)
    return fault("period", found=text[:60])
