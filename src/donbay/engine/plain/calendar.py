"""Which periods have ended, from the first that was reported in the programme."""

from __future__ import annotations

from datetime import date

from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency, Period, last_ended, periods_between

Rhythm = Frequency | Period | None


def ended(
    start: date | None, indicator: Indicator, rhythm: Rhythm, until: date
) -> list[Period]:
    """Latest first: those of the indicator's frequency, a coarser one, or one span."""
    declared = spans(indicator, rhythm)
    if declared:
        return [period for period in reversed(declared) if period.last <= until]
    if start is None or rhythm is Frequency.SPAN:
        return []
    return periods_between(start, until, _regular(indicator, rhythm))[::-1]


def last_of(indicator: Indicator, rhythm: Rhythm, until: date) -> Period | None:
    """The last that has ended, whether anything was reported or not."""
    declared = spans(indicator, rhythm)
    if declared:
        past = [period for period in declared if period.last <= until]
        return past[-1] if past else None
    frequency = _regular(indicator, rhythm)
    return None if frequency is Frequency.SPAN else last_ended(until, frequency)


def spans(indicator: Indicator, rhythm: Rhythm) -> list[Period]:
    """The spans that stand in for a regular frequency, by their last day."""
    if isinstance(rhythm, Period):
        return [rhythm]
    if (rhythm or indicator.frequency) is Frequency.SPAN:
        return sorted(indicator.spans, key=lambda period: (period.last, period))
    return []


def _regular(indicator: Indicator, rhythm: Rhythm) -> Frequency:
    if isinstance(rhythm, Period):
        raise TypeError(rhythm)
    return rhythm or indicator.frequency
