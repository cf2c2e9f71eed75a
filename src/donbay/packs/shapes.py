"""What a node may look like: the vocabulary in which the schema is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from donbay.packs.words import Word


@dataclass(frozen=True)
class Choice:
    """One of an enumeration's words."""

    of: type[StrEnum]


@dataclass(frozen=True)
class ListOf:
    """A list; `at_least` items."""

    item: Shape
    at_least: int = 1


@dataclass(frozen=True)
class MapOf:
    """A mapping whose keys are data."""

    key: Word
    value: Shape


@dataclass(frozen=True)
class Field:
    """A key of a record and what it means, for the reference page and editors."""

    key: str
    shape: Shape
    says: str
    required: bool = False


@dataclass(frozen=True)
class Record:
    """A mapping with known keys; `short` reads it from a scalar instead."""

    name: str
    says: str
    fields: tuple[Field, ...]
    short: Callable[[str], Mapping[str, str]] | None = None

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)


@dataclass(frozen=True)
class OneOf:
    """A record told from others by one of its keys."""

    name: str
    says: str
    branches: Mapping[str, Record]


@dataclass(frozen=True)
class Later:
    """A shape that contains itself, named where it is not yet made."""

    name: str
    shape: Callable[[], Shape]


Shape = Word | Choice | ListOf | MapOf | Record | OneOf | Later
