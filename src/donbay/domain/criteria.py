"""Which places are recognised: thresholds and attestations joined into levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from donbay.domain.indicators import Texts
from donbay.domain.periods import Frequency
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Source


class Result(StrEnum):
    """The judgement of a criterion or of one of its parts."""

    MET = "met"
    BASICALLY_MET = "basically_met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Times:
    """A threshold that is `factor` times that of another sub-criterion."""

    factor: float
    set: str
    sub_criterion: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold's number for a region (None: any), a year, or from a date on.

    `value` None: the number is not known, so the result is unknown.
    """

    value: float | Times | None
    region: str | None = None
    year: int | None = None
    start: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """An indicator's value against the limit that holds for its place and period."""

    indicator: str
    comparator: Comparator
    limits: tuple[Limit, ...]
    category: str | None = None
    period: Frequency | None = None


@dataclass(frozen=True, slots=True)
class Attestation:
    """A named authority says so, by an act whose subject is the sub-criterion."""

    authority: str


@dataclass(frozen=True, slots=True)
class SubCriterion:
    """A numbered leaf of a criterion: the rows of the `criteria` table."""

    id: str
    rule: Threshold | Attestation
    title: Texts = field(default_factory=Texts)
    source: Source | None = None
    measured_by: str | None = None


@dataclass(frozen=True, slots=True)
class All:
    """not_met > unknown > basically_met > met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 -- `Any` is taken by typing
    """met > basically_met > unknown > not_met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the parts (MEANING 28)."""

    count: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`then` where the condition holds, `otherwise` (or nothing) where it does not."""

    condition: Node
    then: Node
    otherwise: Node | None = None


@dataclass(frozen=True, slots=True)
class BothSexes:
    """The threshold on each of two categories, joined by `All`; the worse counts."""

    sub_criterion: SubCriterion
    categories: tuple[str, str]


@dataclass(frozen=True, slots=True)
class LevelOf:
    """This unit's level in a set is at least `level`, as reached or as recognised."""

    set: str
    level: str
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class ShareOfLower:
    """At least `percent` of the units of `unit_level` inside have `level` in `set`."""

    unit_level: str
    set: str
    level: str
    percent: float
    recognised: bool = False
    source: Source | None = None


Node = SubCriterion | All | Any_ | AtLeast | If | BothSexes | LevelOf | ShareOfLower


@dataclass(frozen=True, slots=True)
class Criterion:
    """A numbered criterion of a level."""

    id: str
    node: Node
    title: Texts = field(default_factory=Texts)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder with its own criteria.

    `complete` False: the sources do not give all criteria, so it is never met.
    """

    id: str
    criteria: tuple[Criterion, ...]
    complete: bool = True
    title: Texts = field(default_factory=Texts)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """Levels from the lowest up, for units of `unit_level`.

    - `recognised_by`: the kind of act that recognises a level of this set.
    - `region_of_tag`: units with the tag are judged by that region's limits.
    """

    id: str
    unit_level: str
    levels: tuple[Level, ...]
    recognised_by: str | None = None
    scope: frozenset[str] = frozenset()
    region_of_tag: tuple[tuple[str, str], ...] = ()
    title: Texts = field(default_factory=Texts)
    source: Source | None = None

    def level(self, wanted: str) -> Level | None:
        """The level of this id."""
        return next((level for level in self.levels if level.id == wanted), None)

    def criterion(self, wanted: str) -> Criterion | None:
        """The criterion of this id, of whichever level."""
        every = (found for level in self.levels for found in level.criteria)
        return next((found for found in every if found.id == wanted), None)


def sub_criteria(node: Node) -> tuple[SubCriterion, ...]:
    """The leaves under a node, in order."""
    match node:
        case SubCriterion():
            return (node,)
        case BothSexes(sub_criterion=leaf):
            return (leaf,)
        case All(parts=parts) | Any_(parts=parts) | AtLeast(parts=parts):
            return tuple(leaf for part in parts for leaf in sub_criteria(part))
        case If(condition=condition, then=then, otherwise=otherwise):
            inner = (condition, then) + ((otherwise,) if otherwise else ())
            return tuple(leaf for part in inner for leaf in sub_criteria(part))
    return ()
