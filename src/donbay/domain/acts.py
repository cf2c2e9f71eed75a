"""What was decided: dated facts with an authority and a number."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """A recognition, attestation, award or revocation; an empty level revokes."""

    unit: str
    kind: str
    date: datetime.date
    subject: str | None = None
    level: str | None = None
    result: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    number: str | None = None
    authority: str | None = None

    def in_force(self, on: datetime.date) -> bool:
        return (self.start or self.date) <= on <= (self.end or datetime.date.max)
