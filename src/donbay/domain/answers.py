"""What was typed into a form, and what one says of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from donbay.domain.forms import Field, FieldKind
from donbay.domain.indicators import Indicator
from donbay.domain.quantities import Bound
from donbay.domain.typed_numbers import (
    LARGEST,
    SMALLEST,
    Ambiguous,
    NotANumber,
    read_number,
)


class Severity(StrEnum):
    """Hard stops the sending; soft asks for a note."""

    HARD = "hard"
    SOFT = "soft"


Typed: TypeAlias = Decimal | Ambiguous | NotANumber | str | date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a field holds. None is nothing; 0 is a value.

    A figure is a Decimal, or what could not be read as one. `withdrawn` says that a
    figure reported before no longer holds and none takes its place.
    """

    value: Typed = None
    bound: Bound = Bound.EXACT
    withdrawn: bool = False
    note: str = ""

    @property
    def given(self) -> bool:
        return self.withdrawn or self.value is not None

    @property
    def number(self) -> Decimal | None:
        """The figure, where one was read that can be reckoned with."""
        value = self.value
        if self.withdrawn or not isinstance(value, Decimal) or not value.is_finite():
            return None
        usable = value == 0 or SMALLEST <= abs(value) < LARGEST
        return value if usable else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong; `field` is empty where it is the whole report.

    Parameters whose name ends in `_field` hold the id of another field, `check` that of
    a check; numbers stay numbers, so that each language writes them its own way.
    """

    code: str
    field: str
    severity: Severity
    parameters: Mapping[str, Decimal | str] = dataclasses.field(default_factory=dict)


def read_answer(
    field: Field, text: str, language: str, indicator: Indicator | None = None
) -> Typed:
    """A field's text as a value; blank is None.

    Where the indicator is counted in whole numbers, only one reading of `398,925` is
    possible and it is taken; everywhere else both are kept.
    """
    bare = text.strip()
    if not bare:
        return None
    match field.kind:
        case FieldKind.FIGURE:
            return _settled(read_number(bare, language), indicator)
        case FieldKind.DATE:
            return _day(bare)
    return bare


def _settled(
    read: Decimal | Ambiguous | NotANumber, indicator: Indicator | None
) -> Typed:
    if isinstance(read, Ambiguous) and indicator and indicator.decimals == 0:
        whole = [x for x in read.readings if x == x.to_integral_value()]
        return whole[0] if len(whole) == 1 else read
    if isinstance(read, NotANumber) and read.code == "empty":
        return None
    return read


def _day(text: str) -> date | str:
    """As the browser sends it; anything else stays the text that it is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
