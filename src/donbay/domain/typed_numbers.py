"""Numbers as people type them in four languages; what is ambiguous is said to be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two readings of one text; first the one that the language would write so."""

    text: str
    readings: tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class NotANumber:
    """Why a text cannot be read; `code` is put in words by the catalogues."""

    text: str
    code: str


def read_number(text: str, language: str) -> Decimal | Ambiguous | NotANumber:
    """`398,925` is ambiguous in every language; `1.234,5` and `1,234.5` are not."""
    raise NotImplementedError
