"""What a place is asked in a round: sections of fields, and checks over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from donbay.domain.formulas import Formula, Operand, operands
from donbay.domain.indicators import Texts
from donbay.domain.periods import Frequency
from donbay.domain.quantities import Comparator


class FieldKind(StrEnum):
    """What is typed into a field."""

    FIGURE = "figure"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a choice field offers."""

    id: str
    title: Texts = field(default_factory=Texts)


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    - `indicator`, `category`: what a figure is of; no category is the total.
    - `required`: nothing is sent without it. A total is also given by all its parts.
    - `jump`: by what factor the figure may change in a period before it is
      questioned; None: the default of its measure (`findings`).
    """

    id: str
    kind: FieldKind
    indicator: str | None = None
    category: str | None = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    title: Texts = field(default_factory=Texts)
    help: Texts = field(default_factory=Texts)
    jump: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, in the order in which they are asked."""

    id: str
    fields: tuple[Field, ...]
    title: Texts = field(default_factory=Texts)


@dataclass(frozen=True, slots=True)
class PartsEqualTotal:
    """The categories of an indicator add up to its total."""

    indicator: str


@dataclass(frozen=True, slots=True)
class PartOfWhole:
    """A part is never more than its whole: poor households, households."""

    part: Operand
    whole: Operand


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two formulas compared; `at(x, 1)` is the figure of the period before."""

    left: Formula
    comparator: Comparator
    right: Formula


Rule = PartsEqualTotal | PartOfWhole | Comparison


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the jurist over a form's figures.

    `hard` stops the sending; otherwise a note is asked for. `text` says what must hold.
    """

    id: str
    rule: Rule
    text: Texts = field(default_factory=Texts)
    hard: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """What each unit of `level` reports for each period of `frequency`.

    - `review`: levels whose reviewers approve, nearest first; empty: the default of
      `review_path`.
    - `scope`: units with any of these tags; empty is everywhere.
    """

    id: str
    level: str
    frequency: Frequency
    sections: tuple[Section, ...]
    title: Texts = field(default_factory=Texts)
    review: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    scope: frozenset[str] = frozenset()

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, in the order in which they are asked."""
        return (one for section in self.sections for one in section.fields)

    def field(self, wanted: str) -> Field:
        """Raises KeyError where the form has no such field."""
        for found in self.fields:
            if found.id == wanted:
                return found
        raise KeyError(wanted)

    def figure(self, indicator: str, category: str | None = None) -> Field | None:
        """The field that asks for this figure, if any."""
        for found in self.fields:
            if (found.indicator, found.category) == (indicator, category):
                return found
        return None


def figure_id(indicator: str, category: str | None = None) -> str:
    """The id of a figure's field, unless another was given."""
    return indicator if category is None else f"{indicator}/{category}"


def operands_of(rule: Rule) -> tuple[Operand, ...]:
    """Every figure that a rule speaks of, in its order."""
    match rule:
        case PartsEqualTotal():
            return (Operand(rule.indicator),)
        case PartOfWhole():
            return rule.part, rule.whole
    return (*operands(rule.left), *operands(rule.right))
