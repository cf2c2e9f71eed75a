"""Criteria sets with every kind of node, and the acts that answer them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.engine.worlds.builder import REGIONS, TAGS
from tests.engine.worlds.dice import Dice
from tests.engine.worlds.indicators import Draft
from tests.engine.worlds.territories import Land

from donbay.domain.acts import Act
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
    sub_criteria,
)
from donbay.domain.periods import MONTHS, Frequency
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Source, Verification

AUTHORITIES = ("police", "front")
RUNGS = ("standard", "advanced", "model")
NODES = {
    "threshold": 6.0,
    "attestation": 2.0,
    "all": 1.2,
    "any": 1.2,
    "at_least": 1.5,
    "if": 1.5,
    "both_sexes": 1.5,
    "level_of": 1.2,
    "share_of_lower": 2.0,
}
LEAVES = {"threshold": 4.0, "attestation": 2.0, "both_sexes": 0.5}
RESULTS = {"met": 4.0, "basically_met": 3.0, "not_met": 1.5}


@dataclass
class Sets:
    """The sets in the making; later ones may ask about earlier ones."""

    dice: Dice
    draft: Draft
    made: list[CriteriaSet] = field(default_factory=list)
    thresholds: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0
    now: str = ""
    unit_level: str = ""
    recognised: bool = False
    rung: int = 0

    @property
    def land(self) -> Land:
        return self.draft.land

    def source(self) -> Source | None:
        mark = self.dice.choice((*Verification, Verification.SOURCED, None))
        return Source(verification=mark) if mark else None

    def next_id(self) -> str:
        self.count += 1
        return f"{self.now}.{self.count}"


def draw(dice: Dice, draft: Draft, count: int) -> tuple[CriteriaSet, ...]:
    sets = Sets(dice, draft)
    for number in range(count):
        sets.dice = draft.dice = dice.fork(number)
        sets.made.append(one(sets, f"s{number}"))
    return tuple(sets.made)


def one(sets: Sets, name: str) -> CriteriaSet:
    dice, levels = sets.dice, sets.land.levels
    sets.now, sets.rung = name, 0
    sets.unit_level = unit_level(sets, dice, levels)
    sets.recognised = dice.chance(0.7)
    rungs = []
    for sets.rung in range(dice.choice((1, 2, 2, 3))):
        criteria = tuple(
            Criterion(f"{name}.{sets.rung}.{number}", node(sets, depth=2))
            for number in range(dice.choice((1, 1, 2, 3)))
        )
        rungs.append(Level(RUNGS[sets.rung], criteria, complete=dice.chance(0.85)))
    return CriteriaSet(
        id=name,
        unit_level=sets.unit_level,
        levels=tuple(rungs),
        recognised_by=f"recognition_{name}" if sets.recognised else None,
        scope=frozenset(dice.some(TAGS, 1, 2)) if dice.chance(0.15) else frozenset(),
        region_of_tag=regions_of_tags(dice),
    )


def unit_level(sets: Sets, dice: Dice, levels: tuple[str, ...]) -> str:
    if sets.made and dice.chance(0.5):
        return dice.choice(sets.land.above(sets.made[-1].unit_level))
    return levels[-1] if dice.chance(0.7) else dice.choice(levels)


def regions_of_tags(dice: Dice) -> tuple[tuple[str, str], ...]:
    if dice.chance(0.8):
        return ()
    return tuple((tag, dice.choice(REGIONS)) for tag in dice.some(TAGS, 1, 2))


# --- nodes --------------------------------------------------------------------------


def node(sets: Sets, depth: int) -> Node:
    kind = sets.dice.of(NODES if depth else LEAVES)
    made = MAKERS[kind](sets, depth)
    return made or attestation(sets, depth)


def parts(sets: Sets, depth: int) -> tuple[Node, ...]:
    return tuple(node(sets, depth - 1) for _ in range(sets.dice.choice((1, 2, 2, 3))))


def threshold(sets: Sets, depth: int) -> Node | None:  # noqa: ARG001
    names = within(sets)
    return leaf(sets, sets.dice.choice(names)) if names else None


def within(sets: Sets) -> list[str]:
    """The indicators that have values for units of the set."""
    levels = sets.land.below(sets.unit_level)
    return [i.id for i in sets.draft.indicators.values() if i.level in levels]


def leaf(sets: Sets, name: str, *, total: bool = False) -> SubCriterion:
    dice = sets.dice
    made = SubCriterion(
        id=sets.next_id(),
        rule=Threshold(
            indicator=name,
            comparator=dice.choice(tuple(Comparator)),
            limits=limits(sets, name),
            category=None if total else sets.draft.category(name),
            period=coarser(sets, name),
        ),
        source=sets.source(),
    )
    sets.thresholds.append((sets.now, made.id))
    return made


def coarser(sets: Sets, name: str) -> Frequency | None:
    if sets.dice.chance(0.75) or not sets.draft.coarsens(name):
        return None
    often = MONTHS[sets.draft.indicators[name].frequency]
    return sets.dice.choice([f for f, months in MONTHS.items() if months >= often])


def limits(sets: Sets, name: str) -> tuple[Limit, ...]:
    """One number for all, or one by region, year or date, with or without the rest."""
    dice, years = sets.dice, sets.draft.years
    keys: list[dict[str, object]] = []
    match dice.of({"plain": 4.0, "region": 2.0, "year": 1.5, "start": 1.5, "mixed": 1}):
        case "region":
            keys = [{"region": region} for region in dice.some(REGIONS, 1, 2)]
        case "year":
            keys = [{"year": year} for year in dice.some(years, 1, 2)]
        case "start":
            keys = [{"start": date(year, 6, 1)} for year in dice.some(years, 1, 2)]
        case "mixed":
            region = dice.choice(REGIONS)
            keys = [{"region": region, "year": dice.choice(years)}]
            keys += [{"region": region, "start": date(years[0], 7, 1)}]
            keys += [{"year": dice.choice(years)}, {"region": region}]
    if not keys or dice.chance(0.6):
        keys.append({})
    dice.shuffle(keys)
    return tuple(
        Limit(limit(sets, name), source=sets.source(), **key)  # type: ignore[arg-type]
        for key in keys
    )


def limit(sets: Sets, name: str) -> float | Times | None:
    dice = sets.dice
    if dice.chance(0.06):
        return None
    if sets.thresholds and dice.chance(0.2):
        return Times(dice.choice((1.1, 0.5, 1.0)), *dice.choice(sets.thresholds))
    return sets.draft.number(name)


def attestation(sets: Sets, depth: int) -> Node:  # noqa: ARG001
    rule = Attestation(sets.dice.choice(AUTHORITIES))
    return SubCriterion(sets.next_id(), rule, source=sets.source())


def both_sexes(sets: Sets, depth: int) -> Node | None:  # noqa: ARG001
    dice, draft = sets.dice, sets.draft
    names = [name for name in within(sets) if len(draft.categories(name)) > 1]
    if not names:
        return None
    name = dice.choice(names)
    first, second = dice.sample(draft.categories(name), 2)
    return BothSexes(leaf(sets, name, total=True), (first, second))


def all_(sets: Sets, depth: int) -> Node:
    return All(parts(sets, depth))


def any_(sets: Sets, depth: int) -> Node:
    return Any_(parts(sets, depth))


def at_least(sets: Sets, depth: int) -> Node:
    found = parts(sets, depth)
    return AtLeast(sets.dice.randint(1, len(found)), found)


def if_(sets: Sets, depth: int) -> Node:
    otherwise = node(sets, depth - 1) if sets.dice.chance(0.4) else None
    return If(node(sets, depth - 1), node(sets, depth - 1), otherwise)


def level_of(sets: Sets, depth: int) -> Node | None:  # noqa: ARG001
    """Of an earlier set of the same units, or as recognised in this very set."""
    dice = sets.dice
    if sets.recognised and sets.rung and dice.chance(0.4):
        return LevelOf(sets.now, RUNGS[sets.rung - 1], recognised=True)
    there = [made for made in sets.made if made.unit_level == sets.unit_level]
    if not there:
        return None
    other = dice.choice(there)
    level = dice.choice(other.levels).id
    return LevelOf(other.id, level, recognised=as_recognised(dice, other))


def as_recognised(dice: Dice, other: CriteriaSet) -> bool:
    return bool(other.recognised_by) and dice.chance(0.4)


def share_of_lower(sets: Sets, depth: int) -> Node | None:  # noqa: ARG001
    dice = sets.dice
    lower = sets.land.below(sets.unit_level)[1:]
    there = [made for made in sets.made if made.unit_level in lower]
    if not there:
        return None
    other = dice.choice(there)
    return ShareOfLower(
        unit_level=other.unit_level,
        set=other.id,
        level=dice.choice(other.levels).id,
        percent=dice.choice((25.0, 50.0, 50.0, 70.0, 100.0, 0.0)),
        recognised=as_recognised(dice, other),
        source=sets.source(),
    )


MAKERS: dict[str, Callable[[Sets, int], Node | None]] = {
    "threshold": threshold,
    "attestation": attestation,
    "all": all_,
    "any": any_,
    "at_least": at_least,
    "if": if_,
    "both_sexes": both_sexes,
    "level_of": level_of,
    "share_of_lower": share_of_lower,
}


# --- acts ---------------------------------------------------------------------------


def acts(
    dice: Dice, land: Land, sets: tuple[CriteriaSet, ...], days: list[date]
) -> list[Act]:
    """Recognitions, revocations and attestations around the days that matter."""
    found: list[Act] = []
    for one_set in sets:
        units = land.units([one_set.unit_level])
        rolled = dice.fork(one_set.id)
        if one_set.recognised_by:
            found += recognitions(rolled, units, one_set, days)
        for sub in attested(one_set):
            found += attestations(rolled.fork(sub.id), units, sub, days)
    dice.shuffle(found)
    return found


def attested(one_set: CriteriaSet) -> Iterator[SubCriterion]:
    for level in one_set.levels:
        for criterion in level.criteria:
            for sub in sub_criteria(criterion.node):
                if isinstance(sub.rule, Attestation):
                    yield sub


def recognitions(
    dice: Dice, units: list[str], one_set: CriteriaSet, days: list[date]
) -> Iterator[Act]:
    levels = [level.id for level in one_set.levels]
    for unit in units:
        for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
            day = day_near(dice, days)
            start, end = validity(dice, day)
            yield Act(
                unit=unit,
                kind=one_set.recognised_by or "",
                date=day,
                level=dice.choice(levels) if dice.chance(0.8) else None,
                start=start,
                end=end,
            )


def attestations(
    dice: Dice, units: list[str], sub: SubCriterion, days: list[date]
) -> Iterator[Act]:
    rule = sub.rule
    for unit in units:
        for _ in range(dice.choice((0, 1, 1, 1, 2))):
            day = day_near(dice, days)
            start, end = validity(dice, day)
            right = isinstance(rule, Attestation) and dice.chance(0.93)
            yield Act(
                unit=unit,
                kind="attestation",
                date=day,
                subject=sub.id,
                result=dice.of(RESULTS),
                start=start,
                end=end,
                authority=rule.authority if right else "somebody",  # type: ignore[union-attr]
            )


def day_near(dice: Dice, days: list[date]) -> date:
    return dice.choice(days) + timedelta(
        days=dice.choice((0, 0, -1, 1, 40, -200, -400))
    )


def validity(dice: Dice, day: date) -> tuple[date | None, date | None]:
    start = (
        day + timedelta(days=dice.choice((0, 30, -30))) if dice.chance(0.2) else None
    )
    long = dice.choice((0, 90, 400, 2000))
    end = (start or day) + timedelta(days=long) if dice.chance(0.25) else None
    return start, end
