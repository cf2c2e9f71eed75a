"""A pack's calendar: when each form is called in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donbay.domain.periods import Frequency, Period


class RoundKind(StrEnum):
    """What a round of reporting is for."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEAR = "half_year"
    ANNUAL = "annual"
    MID_TERM = "mid_term"
    FINAL = "final"


REGULAR = {
    Frequency.MONTH: RoundKind.MONTHLY,
    Frequency.QUARTER: RoundKind.QUARTERLY,
    Frequency.HALF: RoundKind.HALF_YEAR,
    Frequency.YEAR: RoundKind.ANNUAL,
}
OPENS, DUE, CLOSES = 1, 15, 45  # days after a period's last day, where no pack says


@dataclass(frozen=True, slots=True)
class Call:
    """A line of the calendar.

    `opens`, `due` and `closes` are days after the last day of the period (0: on it;
    negative: before it), or dates where one `period` is called. `closes` is the last
    day on which something can be sent. Weekends and holidays move nothing.
    """

    id: str
    kind: RoundKind
    form: str
    opens: int | date = OPENS
    due: int | date = DUE
    closes: int | date = CLOSES
    period: Period | None = None
