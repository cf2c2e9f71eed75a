"""What a report is made from: plain verdicts, places, words, and what was ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from donbay.domain.mobilisation import MobilisationRow
from donbay.domain.passages import ReportKind
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme
from donbay.domain.territory import Version
from donbay.domain.verdicts import CriterionRow, Days, LevelRow, TargetRow, ValueRow


class Wording(Protocol):
    """How a language says codes and writes figures; `donbay.texts` has one."""

    language: str

    @property
    def right_to_left(self) -> bool: ...
    def say(self, code: str, **parameters: object) -> str: ...
    def number(self, value: float, decimals: int = 2) -> str: ...
    def share(self, value: float) -> str: ...
    def quantity(
        self, value: float, unit: str = "", named: str = "", decimals: int | None = None
    ) -> str: ...
    def day(self, day: date) -> str: ...
    def period(self, period: Period) -> str: ...


@dataclass(frozen=True, slots=True)
class Order:
    """Which report, and what its head and foot say. Nothing here is computed."""

    kind: ReportKind
    period: Period
    unit: str
    day: date
    issuer: str
    number: str = ""
    seat: str = ""
    signer_title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a place wrote in words: under which question, and the answer."""

    question: str
    unit: str
    text: str


Origins = Mapping[tuple[str, str, Period], str]
"""By unit, indicator and period: where a reported figure comes from."""


@dataclass(frozen=True)
class Matter:
    """The verdicts of one day about a place and the places in it.

    - `texts`: the pack's words by language and path.
    - `targets`, `values`, `criteria` of the place; `before` its targets when the period
      began, on the day `before_on`.
    - `below`, `values_below`, `levels` of the places in it, in the order of the map.
    - `money`: the resources of the place, by source and form, of every period.
    - `remarks`: from so many reports (`reporters`) as were approved for the period.
    """

    programme: Programme
    texts: Mapping[str, Mapping[str, str]]
    ground: Mapping[str, Version]
    days: Days
    targets: Sequence[TargetRow]
    values: Sequence[ValueRow]
    before: Sequence[TargetRow] = ()
    before_on: date | None = None
    below: Sequence[TargetRow] = ()
    values_below: Sequence[ValueRow] = ()
    criteria: Sequence[CriterionRow] = ()
    levels: Sequence[LevelRow] = ()
    money: Sequence[MobilisationRow] = ()
    remarks: Sequence[Remark] = ()
    reporters: int = 0
    origins: Origins = field(default_factory=dict)
    articles: Sequence[str] = ()
    synthetic: bool = False
