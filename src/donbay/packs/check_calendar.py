"""Checks of the calendar: every form called in, on days that follow each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from donbay.domain.calls import CLOSES, DUE, OPENS, REGULAR, RoundKind
from donbay.domain.periods import Frequency, Period
from donbay.packs.book import by_id
from donbay.packs.check_indicators import check_period
from donbay.packs.checking import Checking
from donbay.packs.form_rows import rows_of
from donbay.packs.places import Place
from donbay.packs.reader import Found

_DEFAULTS = {"opens": OPENS, "due": DUE, "closes": CLOSES}
_FREQUENCY = {kind: frequency for frequency, kind in REGULAR.items()}


def check_calendar(c: Checking) -> None:
    calls = c.book.listed("calendar")
    by_id(calls, c.problems)
    known = c.book.forms.keys() | c.book.unread.get("form", set())
    for call in calls:
        c.refer(call, "form", "unknown_form", known)
        _period(c, call)
        _days(c, call)
    _repeated(c, calls)
    called = {call.get("form", str) for call in calls}
    for name, form in c.book.forms.items():
        if calls and name not in called:
            c.add(form.place, "form_uncalled", id=name)


def _repeated(c: Checking, calls: list[Found]) -> None:
    """Two rounds of one form for one period would be two answers to one question."""
    seen: list[tuple[str, Period | None, Place]] = []
    for call in calls:
        name, period = call.get("form", str), call.get("period", Period)
        if name is None or (period is None and call.has("period")):
            continue
        for other, its, place in seen:
            if other == name and (period is None or its is None or period == its):
                c.add(call.at("form"), "call_repeated", id=name, first=place.line)
                break
        seen.append((name, period, call.place))


def _period(c: Checking, call: Found) -> None:
    """A round's kind and period are those of the form that it calls in."""
    kind, period = call.get("kind", RoundKind), call.get("period", Period)
    form = c.book.forms.get(call.get("form", str) or "")
    frequency = form.get("frequency", Frequency) if form else None
    wanted = _FREQUENCY.get(kind) if kind else None
    if kind and wanted is None and not call.has("period"):
        c.add(call.at("kind"), "call_period_missing", kind=kind)
    if frequency and kind and wanted and wanted is not frequency:
        usual = REGULAR.get(frequency, RoundKind.FINAL)
        c.add(call.at("kind"), "call_kind", kind=kind, frequency=frequency, usual=usual)
    elif frequency and period and period.frequency is not frequency:
        c.add(call.at("period"), "call_period", period=period, frequency=frequency)
    elif form and frequency and period:
        for name in dict.fromkeys(row.indicator or "" for row in rows_of(form)):
            indicator = c.book.indicators.get(name)
            if indicator and indicator.all("spans", Period):
                check_period(c, name, period, call.at("period"))


def _days(c: Checking, call: Found) -> None:
    said = {key: _said(call, key) for key in _DEFAULTS}
    period = call.get("period", Period)
    for key, value in said.items():
        if isinstance(value, date) and not call.has("period"):
            c.add(call.at(key), "call_date", key=key, day=value)
            return
    # Any day serves where only days after it are compared.
    last = period.last if period else date(2000, 12, 31)
    days = {
        key: value if isinstance(value, date) else last + timedelta(days=value)
        for key, value in said.items()
    }
    for (first, one), (second, other) in pairwise(days.items()):
        if one > other:
            place = call.at(second if call.has(second) else first)
            c.add(
                place,
                "call_order",
                first=first,
                one=said[first],
                second=second,
                other=said[second],
            )


def _said(call: Found, key: str) -> int | date:
    said = call.values.get(key)
    value = said.value if said else None
    return value if isinstance(value, int | date) else _DEFAULTS[key]
