"""Everything that the engines tell apart occurs in one generated world of a hundred."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from tests.engine.worlds.events import KINDS
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.criteria import Result
from donbay.domain.formulas import operands
from donbay.domain.indicators import OverTime, RollUp
from donbay.domain.periods import Frequency, Period
from donbay.domain.quantities import Bound, Comparator
from donbay.domain.targets import Target
from donbay.domain.verdicts import Evaluation, Status, Want
from donbay.engine.plain import evaluate

ENOUGH = 0.01
CHANGES = {
    *KINDS,
    *("gap", "restored", "shares_published", "shares_not_published"),
    *("chain", "chain_partly_published"),
    *("merge_above", "absorb_above", "split_above", "give_above"),
}
NO_DATA = {"never", "partial", "before_baseline", "stale", "awaiting_final"}
LATER = {"met_late", "lost_since"}
UNKNOWN = {"no_threshold", "no_number", "not_attested", "never", "partial", "stale"}
NODES = {"All", "Any_", "AtLeast", "If", "BothSexes", "LevelOf", "ShareOfLower"}
RUNGS = {
    *("reached none", "reached unknown", "reached a level"),
    *("possible none", "possible a level", "recognised none", "recognised a level"),
}


def expected() -> set[str]:
    """Every name that must occur."""
    return {
        *(f"change {kind}" for kind in CHANGES),
        *(f"value of {kind}" for kind in RollUp),
        *(f"over time {kind}" for kind in OverTime),
        *(f"frequency {kind}" for kind in Frequency),
        *(f"bound {kind}" for kind in Bound),
        *(f"comparator {kind}" for kind in Comparator),
        *(f"no value: {want.first}" for want in Want if want is not Want.LOW_COVERAGE),
        *(f"value: {want}" for want in ("incomplete", "low_coverage")),
        *("value: open above", "value: open below", "value: a range", "value: stated"),
        *(f"target {status}" for status in Status),
        *(f"target because {reason}" for reason in NO_DATA | LATER),
        *(f"target by {kind}" for kind in ("window", "coarser", "span", "baseline")),
        *("target by own baseline", "target by milestone", "target exceeded"),
        *(f"criterion {result}" for result in Result),
        *(f"criterion because {reason}" for reason in UNKNOWN),
        *("criterion unverified", "incomplete level"),
        *(f"node {kind}" for kind in NODES),
        *(f"levels: {rung}" for rung in RUNGS),
        *("known at a moment", "map before", "map after", "nothing reported"),
        *("formula with lag", "formula at a period", "carry", "category"),
    }


def occurring(world: World, found: Evaluation) -> Iterator[str]:
    yield from in_territory(world)
    yield from in_programme(world)
    yield from in_values(world, found)
    yield from in_targets(found)
    yield from in_criteria(found)
    days = world.days
    yield from ["known at a moment"] if days.known else []
    yield from ["map before"] if days.map < days.on else []
    yield from ["map after"] if days.map > days.on else []
    yield from [] if world.observations else ["nothing reported"]


def in_territory(world: World) -> Iterator[str]:
    yield from (f"change {kind}" for kind in world.changes)
    given_away = world.territory.successions
    heirs = {s.heir: s for s in given_away if s.heir != s.origin}
    for s in given_away:
        before = heirs.get(s.origin)
        if before and before.date < s.date:
            yield "change chain"
            if (before.share is None) is not (s.share is None):
                yield "change chain_partly_published"


def in_programme(world: World) -> Iterator[str]:
    for indicator in world.programme.indicators.values():
        yield f"frequency {indicator.frequency}"
        yield f"over time {indicator.over_time}"
        yield from ["carry"] if indicator.carry else []
        for operand in operands(indicator.formula) if indicator.formula else ():
            yield from ["formula with lag"] if operand.lag else []
            yield from ["formula at a period"] if operand.period else []
    for row in world.observations:
        yield f"bound {row.bound}"
        yield from ["category"] if row.category else []
    for target in world.programme.targets:
        yield from of_target(target)
    for one in world.programme.criteria:
        words = str(one.levels)
        yield from (f"node {kind}" for kind in NODES if f"{kind}(" in words)
        yield from ["incomplete level"] if "complete=False" in words else []


def of_target(target: Target) -> Iterator[str]:
    yield f"comparator {target.comparator}"
    yield from ["target by window"] if target.window else []
    yield from ["target by milestone"] if target.milestones else []
    if target.period:
        is_span = isinstance(target.period, Period)
        yield "target by span" if is_span else "target by coarser"
    if target.baseline:
        own = target.baseline.period
        yield "target by own baseline" if own else "target by baseline"


def in_values(world: World, found: Evaluation) -> Iterator[str]:
    for row in found.values:
        if row.stated is not None:
            yield "value: stated"
        if row.value is None:
            yield f"no value: {row.reason}"
            continue
        yield f"value of {world.programme.indicators[row.indicator].roll_up}"
        yield f"value: {row.reason}"
        yield from ["value: open above"] if row.high is None else []
        yield from ["value: open below"] if row.low is None else []
        if None not in (row.low, row.high) and row.low != row.high:
            yield "value: a range"


def in_targets(found: Evaluation) -> Iterator[str]:
    for row in found.targets:
        yield f"target {row.status}"
        yield from [f"target because {row.reason.code}"] if row.reason else []
        yield from ["target exceeded"] if row.exceeded else []


def in_criteria(found: Evaluation) -> Iterator[str]:
    for row in found.criteria:
        yield f"criterion {row.result}"
        yield from [f"criterion because {row.reason.code}"] if row.reason else []
        yield from [] if row.verified else ["criterion unverified"]
    for level in found.levels:
        yield f"levels: reached {rung(level.reached)}"
        yield f"levels: possible {rung(level.possible)}"
        yield f"levels: recognised {rung(level.recognised)}"


def rung(name: str) -> str:
    return name if name in {"none", "unknown"} else "a level"


@pytest.mark.slow
def test_everything_occurs_in_one_world_of_a_hundred() -> None:
    count: Counter[str] = Counter()
    worlds = 0

    @given(seed=SEEDS, sizes=SIZES)
    @settings(max_examples=2000, database=None, derandomize=True)
    def look(seed: int, sizes: Sizes) -> None:
        nonlocal worlds
        world = make(seed, sizes)
        count.update(set(occurring(world, evaluate(*world.given))))
        worlds += 1

    look()
    table = [f"{count[name] / worlds:7.1%}  {name}" for name in sorted(expected())]
    print("\n".join(table))  # noqa: T201 -- the measure itself: seen with `pytest -s`
    rare = [name for name in sorted(expected()) if count[name] < ENOUGH * worlds]
    assert not rare
