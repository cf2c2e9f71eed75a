"""What reading a document yields: its visible text in blocks, and claims in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a number is there for."""

    LEVEL = "level"
    CHANGE = "change"
    SHARE = "share"
    PART = "part"
    TOTAL = "total"
    RANK = "rank"
    TARGET = "target"
    DATE = "date"
    DURATION = "duration"
    NAME = "name"


RANGE, NEARLY = "range", "nearly"
"""Two bounds that documents have and the ledger has not."""


QUALITIES = frozenset({"stars", "age"})
"""Units of numbers that tell what something is like, and measure nothing."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, cell or caption; `repeats` is an earlier one."""

    start: int
    end: int
    kind: str = "paragraph"
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The text that people see, and the blocks it is made of."""

    name: str
    language: str
    text: str
    blocks: tuple[Block, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code that the catalogues put in words, with its parameters."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of a document with its reading; offsets are in the visible text.

    `value` is in base units; None for dates and names without one. `alternatives` are
    the other values that the digits may be, the likeliest first.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None = None
    of: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    counted: str = ""
    bound: str = "exact"
    indicator: str | None = None
    place: str | None = None
    time: str | None = None
    confidence: float = 0.0
    alternatives: tuple[Decimal, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sentence: tuple[int, int] = (0, 0)
    repeated: bool = False
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """Claims that must fit each other, by their position in the list of claims.

    `holds` is None where bounds leave it open; `mends` are (claim, value) that would
    make it hold by one changed digit.
    """

    kind: str
    claims: tuple[int, ...]
    holds: bool | None
    parameters: Mapping[str, str] = field(default_factory=dict)
    mends: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, its claims in order of position, and how they hang together."""

    document: Document
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...] = ()
