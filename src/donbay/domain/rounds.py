"""Which reports are called for on a day, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donbay.domain.calls import Call, RoundKind
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme

__all__ = ["Call", "Round", "RoundKind", "RoundState", "calendar_of", "due_rounds"]


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
    raise NotImplementedError


def due_rounds(programme: Programme, on: date) -> tuple[Round, ...]:
    """The rounds that take reports on a day, by due day, then in calendar order."""
    raise NotImplementedError
