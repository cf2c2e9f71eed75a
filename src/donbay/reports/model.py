"""A printed report: everything that stands in it, in words, ready for any writer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as people read it, with the number itself for a sheet."""

    text: str
    value: float


Cell = str | Figure


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is its part of the width; a column of numbers ends where numbers end."""

    title: str
    share: float = 1.0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Points, one under the other."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption. `note` says what holds for all of them."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart; `alternative` says in words what it shows. Its size is in cm."""

    png: bytes
    caption: str
    alternative: str
    width: float = 16.0


Block = Paragraph | Listing | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a report, or an annex."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the title: issuer and number, the state, seat and day.

    Everything is a line as it is printed; an empty one is left out.
    """

    above: str
    issuer: str
    number: str
    state: tuple[str, ...]
    seat_and_day: str
    title: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, over room for a hand and a seal, and who receives the report."""

    title: str
    name: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What a writer itself has to say, in the report's language."""

    annex: str
    page: str
    recipients: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report in one language.

    `marks` stand before everything: made-up figures, the days judged and known.
    `figures` is what a sheet gets instead of the grids of the annexes.
    """

    language: str
    right_to_left: bool
    head: Head
    sections: tuple[Section, ...]
    signature: Signature
    words: Words
    annexes: tuple[Section, ...] = ()
    marks: tuple[str, ...] = ()
    figures: Table | None = None
