"""The synthetic case as Donbay's own objects: territory and programme."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from benchmarks.case import Case, rows
from benchmarks.spec import (
    BASELINE,
    LADDER,
    LEVELS,
    MIN_COVERAGE,
    PERCENT,
    PERIODS,
    Kind,
    SubCriterion,
)
from benchmarks.spec import Indicator as Item
from donbay.domain.criteria import (
    All,
    CriteriaSet,
    Criterion,
    Level,
    Limit,
    Threshold,
)
from donbay.domain.criteria import SubCriterion as Leaf
from donbay.domain.indicators import Condition, Indicator, RollUp
from donbay.domain.periods import Frequency, parse_period
from donbay.domain.programmes import Programme, UnitLevel
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Source, Verification
from donbay.domain.targets import Baseline, Target
from donbay.domain.territory import Succession, Territory, Version

SOURCE = Source(title="synthetic", verification=Verification.DATA)


day_of = cache(date.fromisoformat)


def territory_of(case: Case) -> Territory:
    versions = [
        Version(
            unit,
            code,
            name,
            level,
            parent or None,
            day_of(first) if first else date.min,
            day_of(last) if last else date.max,
            region or None,
        )
        for unit, code, name, level, parent, first, last, region in rows(
            case.folder / "units.csv",
            "id code name level parent valid_from valid_to region",
        )
    ]
    successions = [
        Succession(day_of(day), origin, heir, float(share) if share else None)
        for day, origin, heir, share in rows(
            case.folder / "successions.csv", "date from to share"
        )
    ]
    return Territory(versions, successions)


def pack_of(case: Case) -> Programme:
    """Series as collected indicators, the judged ones, targets and the ladder."""
    indicators = {i.id: i for i in _indicators(case)}
    return Programme(
        "nation",
        tuple(UnitLevel(level) for level in reversed(LEVELS)),
        indicators,
        tuple(_targets(case)),
        (_criteria(case),),
        synthetic=True,
    )


def _indicators(case: Case) -> Iterator[Indicator]:
    ids = case.series_ids
    own = {item.id: item for item in case.indicators}
    maxima = {i.of for i in case.indicators if i.kind is Kind.MAX}
    means = {i.of for i in case.indicators if i.kind is Kind.MEAN}
    means |= {
        i.of for i in case.indicators if i.kind is Kind.SHARE and i.over is not None
    }
    for n, name in enumerate(ids):
        kind = RollUp.MAX if n in maxima else RollUp.MEAN if n in means else RollUp.SUM
        weight = ids[0] if kind is RollUp.MEAN else None
        yield Indicator(
            name,
            LEVELS[0],
            Frequency.QUARTER,
            kind,
            weight=weight,
            min_coverage=MIN_COVERAGE,
        )
    for item in own.values():
        if item.kind is Kind.RATIO or item.kind is Kind.SHARE:
            yield _computed(item, ids)


def _computed(item: Item, ids: tuple[str, ...]) -> Indicator:
    if item.kind is Kind.RATIO:
        assert item.over is not None
        return Indicator(
            item.id,
            LEVELS[0],
            Frequency.QUARTER,
            RollUp.RATIO,
            numerator=ids[item.of],
            denominator=ids[item.over],
            scale=PERCENT,
            min_coverage=MIN_COVERAGE,
        )
    assert item.condition is not None
    word, edge = item.condition
    return Indicator(
        item.id,
        LEVELS[0],
        Frequency.QUARTER,
        RollUp.SHARE,
        scale=PERCENT,
        condition=Condition(ids[item.of], Comparator(word), edge),
    )


def _comparator(item: Item) -> Comparator:
    return Comparator.AT_LEAST if item.at_least else Comparator.AT_MOST


def _targets(case: Case) -> Iterator[Target]:
    baseline = Baseline(period=parse_period(PERIODS[BASELINE]))
    for goal in case.goals:
        item = case.indicators[goal.indicator]
        for level, value in zip(LEVELS, goal.values, strict=True):
            yield Target(
                f"{item.id}_{level}",
                item.id,
                _comparator(item),
                value,
                goal.deadline,
                baseline=baseline if goal.from_baseline else None,
                levels=(level,),
            )


def _criteria(case: Case) -> CriteriaSet:
    levels = []
    for step, name in enumerate(LADDER):
        numbers = sorted({sub.criterion for sub in case.subs})
        criteria = tuple(
            Criterion(
                f"{name}-{n + 1}",
                All(
                    tuple(
                        _leaf(case, sub, step, name)
                        for sub in case.subs
                        if sub.criterion == n
                    )
                ),
            )
            for n in numbers
        )
        levels.append(Level(name, criteria))
    return CriteriaSet("ladder", LEVELS[0], tuple(levels))


def _leaf(case: Case, sub: SubCriterion, step: int, name: str) -> Leaf:
    item = case.indicators[sub.indicator]
    limits = tuple(
        Limit(x, f"R{r + 1}", source=SOURCE) for r, x in enumerate(sub.thresholds[step])
    )
    return Leaf(f"{sub.id}-{name}", Threshold(item.id, _comparator(item), limits))
