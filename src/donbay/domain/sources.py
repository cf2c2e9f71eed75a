"""Where a number comes from, and how far it was checked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Verification(StrEnum):
    """Seen in a public page, read from a data file, or background knowledge only."""

    SOURCED = "sourced"
    DATA = "data"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: a document of the pack or an outside page, and the place in it."""

    document: str | None = None
    article: str | None = None
    title: str | None = None
    href: str | None = None
    verification: Verification = Verification.UNVERIFIED
    note: str | None = None

    @property
    def verified(self) -> bool:
        return self.verification is not Verification.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Document:
    """A legal act: number, issuer, date, and what it does to other acts."""

    id: str
    number: str
    issuer: str
    date: datetime.date | None
    title: str
    in_force: datetime.date | None = None
    implements: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    href: str | None = None
    verification: Verification = Verification.UNVERIFIED
