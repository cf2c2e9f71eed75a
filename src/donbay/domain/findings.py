"""What looks wrong in a report while it is typed: codes, put in words elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from donbay.domain.forms import Form
from donbay.domain.indicators import Indicator
from donbay.domain.quantities import Bound
from donbay.domain.targets import Target
from donbay.domain.typed_numbers import Ambiguous, NotANumber


class Severity(StrEnum):
    """Hard stops the sending; soft asks for a note."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a field holds. None is nothing; 0 is a value; `withdrawn` empties it.

    A figure is a Decimal, or what could not be read as one.
    """

    value: Decimal | Ambiguous | NotANumber | str | date | None = None
    bound: Bound = Bound.EXACT
    withdrawn: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong; `field` is empty where it is the whole report."""

    code: str
    field: str
    severity: Severity
    parameters: Mapping[str, str] = dataclasses.field(default_factory=dict)


def findings(
    form: Form,
    indicators: Mapping[str, Indicator],
    answers: Mapping[str, Answer],
    previous: Mapping[str, Decimal | None] | None = None,
    targets: Iterable[Target] = (),
) -> tuple[Finding, ...]:
    """What looks wrong, in the order of the fields.

    `answers` and `previous` (the figures of the period before) are by field id.
    """
    raise NotImplementedError


def stopping(
    found: Iterable[Finding], answers: Mapping[str, Answer]
) -> tuple[Finding, ...]:
    """What stops the sending: the hard ones, and soft ones without a note."""
    raise NotImplementedError
