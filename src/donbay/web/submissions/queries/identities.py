"""What a workbook says of itself, signed, so that nobody else can say it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.utils.crypto import salted_hmac

from donbay.domain.problems import Problem

_SALT = "donbay.workbook"


@dataclass(frozen=True, slots=True)
class Exported:
    """An answer and its note as they went out, and the answer's revision then."""

    answer: str
    note: str
    revision: int


@dataclass(frozen=True)
class Identity:
    """`sheets`: name and round of each; `cells` by `key_of`."""

    installation: str
    programme: str
    edition: str
    period: str
    below: str
    language: str
    sheets: Sequence[tuple[str, int]]
    cells: Mapping[str, Exported]

    @property
    def text(self) -> str:
        """As it stands in the hidden sheet: what is said, then its checksum."""
        said = asdict(self) | {
            "cells": {
                key: (one.answer, one.note, one.revision)
                for key, one in self.cells.items()
            }
        }
        packed = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
        return f"{_checksum(packed)}\n{packed}"


def key_of(round: int, unit: str, field: str) -> str:
    """By which a line is found again: the rest after the second mark is the field."""
    return f"{round}|{unit}|{field}"


def keyed(key: str) -> tuple[int, str, str]:
    """Of a key that was signed."""
    round, unit, field = key.split("|", 2)
    return int(round), unit, field


def installation() -> str:
    """A name of this installation by which nothing else can be known."""
    return salted_hmac(_SALT, "installation", algorithm="sha256").hexdigest()[:16]


def read_identity(text: str) -> Identity | Problem:
    """A problem where it was changed, or is another installation's."""
    checksum, _, packed = text.partition("\n")
    if not hmac.compare_digest(checksum.encode(), _checksum(packed).encode()):
        return Problem("tables.book_identity_changed", "")
    said = json.loads(packed)
    cells = {key: Exported(*one) for key, one in said.pop("cells").items()}
    sheets = [(str(name), int(round)) for name, round in said.pop("sheets")]
    return Identity(**said, sheets=sheets, cells=cells)


def _checksum(packed: str) -> str:
    return salted_hmac(_SALT, packed, algorithm="sha256").hexdigest()
