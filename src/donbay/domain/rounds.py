"""Which reports are called for on a day, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from donbay.domain.calls import REGULAR, Call, RoundKind
from donbay.domain.default_forms import forms_of
from donbay.domain.forms import Form
from donbay.domain.periods import Frequency, Period, period_of
from donbay.domain.programmes import Programme

__all__ = [
    "Call",
    "Round",
    "RoundKind",
    "RoundState",
    "calendar_of",
    "due_rounds",
    "rounds_between",
]


class RoundState(StrEnum):
    """Where a day stands to a round; late reports are taken until it closes."""

    AHEAD = "ahead"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Round:
    """One call for one period."""

    call: str
    kind: RoundKind
    form: str
    period: Period
    opens: date
    due: date
    closes: date

    def state(self, on: date) -> RoundState:
        if on < self.opens:
            return RoundState.AHEAD
        if on > self.closes:
            return RoundState.CLOSED
        return RoundState.OPEN if on <= self.due else RoundState.LATE


def calendar_of(programme: Programme) -> tuple[Call, ...]:
    """The pack's calendar, or the default one of its forms."""
    if programme.calendar:
        return programme.calendar
    return tuple(c for f in forms_of(programme) for c in _usual(programme, f))


def _usual(programme: Programme, form: Form) -> Iterator[Call]:
    """A call for all periods of a form; a span of years is called once, at its end."""
    if form.frequency is not Frequency.SPAN:
        yield Call(form.id, REGULAR[form.frequency], form.id)
        return
    asked = [programme.indicators.get(f.indicator or "") for f in form.fields]
    for span in sorted({span for some in asked if some for span in some.spans}):
        until = (span.index + span.months - 1) // 12
        name = f"{form.id}_{span.first.year}_{until}"
        yield Call(name, RoundKind.FINAL, form.id, period=span)


def due_rounds(programme: Programme, on: date) -> tuple[Round, ...]:
    """The rounds that take reports on a day, by due day, then in calendar order."""
    return rounds_between(programme, on, on)


def rounds_between(programme: Programme, first: date, until: date) -> tuple[Round, ...]:
    """The rounds that take reports on a day from `first` to `until`, as `due_rounds`.

    Only periods that end in the programme's time and in that of the form's level.
    """
    forms = {form.id: form for form in forms_of(programme)}
    found = [
        made
        for call in calendar_of(programme)
        for period in _periods(call, forms[call.form], first, until)
        if _in_time(programme, forms[call.form], period)
        and (made := _round(call, period)).opens <= until
        and made.closes >= first
    ]
    return tuple(sorted(found, key=lambda made: made.due))


def _periods(call: Call, form: Form, first: date, until: date) -> Iterator[Period]:
    """The call's one period, or those that may be open between two days."""
    if call.period is not None:
        yield call.period
        return
    if form.frequency is Frequency.SPAN:
        return
    period = period_of(_back(first, call.closes), form.frequency)
    while period.last <= _back(until, call.opens):
        yield period
        period = period.shift(1)


def _back(day: date, said: int | date) -> date:
    return day if isinstance(said, date) else day - timedelta(days=said)


def _in_time(programme: Programme, form: Form, period: Period) -> bool:
    ends = [level.end for level in programme.levels if level.id == form.level]
    last = min(
        (day for day in (*ends, programme.until) if day is not None), default=date.max
    )
    return (programme.in_force or date.min) <= period.last <= last


def _round(call: Call, period: Period) -> Round:
    opens, due, closes = (
        said if isinstance(said, date) else period.last + timedelta(days=said)
        for said in (call.opens, call.due, call.closes)
    )
    return Round(call.id, call.kind, call.form, period, opens, due, closes)
