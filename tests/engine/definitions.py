"""Reads a case's indicators, targets and criteria; keys are those of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from donbay.domain.criteria import (
    All,
    Any_,
    AtLeast,
    Attestation,
    BothSexes,
    CriteriaSet,
    Criterion,
    If,
    Level,
    LevelOf,
    Limit,
    Node,
    ShareOfLower,
    SubCriterion,
    Threshold,
    Times,
)
from donbay.domain.formulas import parse_formula
from donbay.domain.indicators import Condition, Indicator, Measure, OverTime, RollUp
from donbay.domain.periods import Frequency, Period, parse_period
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Source, Verification
from donbay.domain.targets import Baseline, Milestone, Target

Told = Mapping[str, object]


def mapping(told: object) -> dict[str, Told]:
    assert isinstance(told, dict), told
    return told


def sequence(told: object) -> Sequence[object]:
    assert isinstance(told, list), told
    return told


def words(told: object) -> tuple[str, ...]:
    """A list, or words in one line."""
    if isinstance(told, str):
        return tuple(told.split())
    return tuple(str(word) for word in sequence(told))


def number(told: Told, name: str, default: float) -> float:
    return float(str(told[name])) if name in told else default


def text(told: Told, name: str) -> str | None:
    return str(told[name]) if name in told else None


def yes(told: Told, name: str, *, default: bool) -> bool:
    return str(told[name]) == "yes" if name in told else default


def day(told: Told, name: str) -> date | None:
    return date.fromisoformat(str(told[name])) if name in told else None


def source(told: Told) -> Source | None:
    """`source: sourced` or another mark stands for a full citation."""
    mark = text(told, "source")
    return Source(verification=Verification(mark)) if mark else None


def rhythm(told: Told) -> Frequency | Period | None:
    name = text(told, "period")
    if name is None:
        return None
    return Frequency(name) if name in set(Frequency) else parse_period(name)


def frequency(told: Told) -> Frequency | None:
    found = rhythm(told)
    assert not isinstance(found, Period)
    return found


def node(told: object) -> Node:
    """What a node is, its own key says; without one it is a sub-criterion."""
    found = mapping(told)
    kinds = [read for key, read in KINDS.items() if key in found]
    return kinds[0](found) if kinds else sub_criterion(found)


def at_least(told: Told) -> AtLeast:
    inner = mapping(told["at_least"])
    return AtLeast(int(str(inner["count"])), nodes(inner["of"]))


def condition_of(told: Told) -> If:
    otherwise = node(told["else"]) if "else" in told else None
    return If(node(told["if"]), node(told["then"]), otherwise)


def both_sexes(told: Told) -> BothSexes:
    inner = mapping(told["both_sexes"])
    first, second = words(inner["categories"])
    return BothSexes(sub_criterion(inner), (first, second))


KINDS: dict[str, Callable[[Told], Node]] = {
    "all": lambda told: All(nodes(told["all"])),
    "any": lambda told: Any_(nodes(told["any"])),
    "at_least": at_least,
    "if": condition_of,
    "both_sexes": both_sexes,
    "level_of": lambda told: level_of(mapping(told["level_of"])),
    "share_of_lower": lambda told: share_of_lower(mapping(told["share_of_lower"])),
}


def nodes(told: object) -> tuple[Node, ...]:
    return tuple(node(part) for part in sequence(told))


def level_of(told: Told) -> LevelOf:
    recognised = yes(told, "recognised", default=False)
    return LevelOf(str(told["set"]), str(told["level"]), recognised)


def share_of_lower(told: Told) -> ShareOfLower:
    return ShareOfLower(
        unit_level=str(told["unit_level"]),
        set=str(told["set"]),
        level=str(told["level"]),
        percent=number(told, "percent", 100),
        recognised=yes(told, "recognised", default=False),
        source=source(told),
    )


def sub_criterion(told: Told) -> SubCriterion:
    name = str(told["sub"])
    if "attested_by" in told:
        return SubCriterion(
            name, Attestation(str(told["attested_by"])), source=source(told)
        )
    rule = Threshold(
        indicator=str(told["indicator"]),
        comparator=Comparator(str(told["comparator"])),
        limits=tuple(limits(told)),
        category=text(told, "category"),
        period=frequency(told),
    )
    return SubCriterion(name, rule)


def limits(told: Told) -> list[Limit]:
    """`value: 90` alone, or a list of limits for regions, years and days."""
    if "limits" not in told:
        return [Limit(number(told, "value", 0), source=source(told))]
    return [limit(mapping(found)) for found in sequence(told["limits"])]


def limit(told: Told) -> Limit:
    value: float | Times | None = None
    if "times" in told:
        times = mapping(told["times"])
        value = Times(number(times, "factor", 1), str(times["set"]), str(times["sub"]))
    elif told["value"] != "unknown":
        value = number(told, "value", 0)
    year = text(told, "year")
    return Limit(
        value=value,
        region=text(told, "region"),
        year=int(year) if year else None,
        start=day(told, "from"),
        source=source(told),
    )


@dataclass(frozen=True)
class Reader:
    """What a case leaves out is yearly, at the lowest level, and adds up."""

    lowest: str

    def indicator(self, name: str, told: Told) -> Indicator:
        formula, over_time = text(told, "formula"), text(told, "over_time")
        return Indicator(
            id=name,
            level=text(told, "level") or self.lowest,
            frequency=Frequency(text(told, "frequency") or "year"),
            roll_up=RollUp(text(told, "roll_up") or "sum"),
            measure=Measure(text(told, "measure") or "stock"),
            over_time=OverTime(over_time) if over_time else None,
            numerator=text(told, "numerator"),
            denominator=text(told, "denominator"),
            scale=number(told, "scale", 1),
            weight=text(told, "weight"),
            condition=condition(mapping(told.get("condition", {}))),
            formula=parse_formula(formula) if formula else None,
            carry=frozenset(words(told.get("carry", ""))),
            categories=words(told.get("categories", "")),
            non_negative=yes(told, "non_negative", default=True),
            min_coverage=number(told, "min_coverage", 0.8),
            scope=frozenset(words(told.get("scope", ""))),
            spans=tuple(parse_period(s) for s in words(told.get("spans", ""))),
        )

    def target(self, name: str, told: Told) -> Target:
        window, deadline = text(told, "window"), day(told, "deadline")
        assert deadline, f"{name} has no deadline"
        return Target(
            id=name,
            indicator=str(told["indicator"]),
            comparator=Comparator(str(told["comparator"])),
            value=number(told, "value", 0),
            deadline=deadline,
            category=text(told, "category"),
            baseline=baseline(mapping(told.get("baseline", {}))),
            milestones=tuple(milestones(told)),
            period=rhythm(told),
            window=parse_period(window) if window else None,
            levels=words(told.get("by", "")),
            units=words(told.get("units", "")),
            scope=frozenset(words(told.get("scope", ""))),
        )

    def criteria_set(self, name: str, told: Told) -> CriteriaSet:
        regions = mapping(told.get("region_of_tag", {}))
        return CriteriaSet(
            id=name,
            unit_level=text(told, "unit_level") or self.lowest,
            levels=tuple(
                level(rung, mapping(found))
                for rung, found in mapping(told["levels"]).items()
            ),
            recognised_by=text(told, "recognised_by"),
            scope=frozenset(words(told.get("scope", ""))),
            region_of_tag=tuple((tag, str(r)) for tag, r in regions.items()),
        )


def condition(told: Told) -> Condition | None:
    if not told:
        return None
    return Condition(
        indicator=str(told["indicator"]),
        comparator=Comparator(str(told["comparator"])),
        value=number(told, "value", 0),
        category=text(told, "category"),
    )


def baseline(told: Told) -> Baseline | None:
    if not told:
        return None
    period = text(told, "period")
    return Baseline(
        value=number(told, "value", 0) if "value" in told else None,
        day=day(told, "day"),
        period=parse_period(period) if period else None,
    )


def milestones(told: Told) -> list[Milestone]:
    return [
        Milestone(date.fromisoformat(when), float(str(value)))
        for when, value in mapping(told.get("milestones", {})).items()
    ]


def level(name: str, told: Told) -> Level:
    """`complete: no`, and every other key is a criterion with its node."""
    return Level(
        id=name,
        criteria=tuple(
            Criterion(criterion, node(found))
            for criterion, found in told.items()
            if criterion != "complete"
        ),
        complete=yes(told, "complete", default=True),
    )
