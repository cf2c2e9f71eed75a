"""What must hold of any world, whatever its figures."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from tests.engine.agreement import differences
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.verdicts import Evaluation, Status
from donbay.engine.plain import evaluate

LONG = settings.default is not None and settings.default.max_examples > 100
some_worlds = settings(max_examples=500 if LONG else 15)


def told(world: World) -> Evaluation:
    return evaluate(*world.given)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_figures_lie_where_they_can(seed: int, sizes: Sizes) -> None:
    for row in told(make(seed, sizes)).values:
        assert row.coverage is None or -1e-12 <= row.coverage <= 1 + 1e-12
        if row.value is None:
            assert row.reason
            assert row.low is None
            assert row.high is None
        else:
            assert row.low is None or row.low <= row.value + 1e-9
            assert row.high is None or row.high >= row.value - 1e-9


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_a_target_row_holds_what_its_status_says(seed: int, sizes: Sizes) -> None:
    world = make(seed, sizes)
    deadlines = {t.id: t.deadline for t in world.programme.targets}
    for row in told(world).targets:
        over = world.days.on > deadlines[row.target]
        match row.status:
            case Status.NO_DATA:
                assert row.reason
                assert row.pace is None
                assert row.progress is None
                assert (row.reason.code == "awaiting_final") <= over
            case Status.MISSED:
                assert over
            case Status.OPEN | Status.ON_TRACK | Status.AT_RISK | Status.OFF_TRACK:
                assert not over
        achieved = row.status is Status.ACHIEVED
        assert (row.first_met is not None) == achieved
        assert (row.exceeded is not None) == achieved
        assert (row.value is None) <= (row.status is Status.NO_DATA)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_nothing_reported_gives_no_value(seed: int, sizes: Sizes) -> None:
    found = told(replace(make(seed, sizes), observations=()))
    assert not found.values
    assert {str(row.reason) for row in found.targets} <= {"never"}
    assert all(row.value is None for row in found.criteria)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_the_order_of_the_rows_in_memory_does_not_matter(
    seed: int, sizes: Sizes
) -> None:
    world = make(seed, sizes)
    rows = list(world.observations)
    Random(seed).shuffle(rows)  # noqa: S311 -- no secret
    again = told(replace(world, observations=tuple(rows)))
    assert not differences(told(world), again)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_a_past_day_is_seen_as_it_was_then(seed: int, sizes: Sizes) -> None:
    world = make(seed, sizes)
    known = world.days.known
    if known is None:
        return
    rows = tuple(row for row in world.observations if row.recorded_at <= known)
    assert not differences(told(world), told(replace(world, observations=rows)))


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_what_was_put_right_leaves_no_trace(seed: int, sizes: Sizes) -> None:
    world = make(seed, sizes)
    world = replace(world, days=replace(world.days, known=None))
    last = {
        (row.unit, row.indicator, row.period, row.category): row
        for row in sorted(world.observations, key=lambda r: (r.recorded_at, r.row))
    }
    rows = tuple(row for row in last.values() if row.value is not None)
    assert not differences(told(world), told(replace(world, observations=rows)))


@pytest.mark.slow
@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_a_value_on_a_day_does_not_know_the_day_judged(seed: int, sizes: Sizes) -> None:
    """A later day judged on the same map adds rows of values and changes none."""
    world = make(seed, sizes)
    later = world.days.on + timedelta(days=366)
    again = told(replace(world, days=replace(world.days, on=later)))
    rows = {(row.unit, row.indicator, row.period): row for row in again.values}
    for row in told(world).values:
        assert rows[row.unit, row.indicator, row.period] == row


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_one_unit_alone_is_as_among_all(seed: int, sizes: Sizes) -> None:
    world = make(seed, sizes)
    units = sorted(world.territory.versions)
    unit = units[seed % len(units)]
    found = told(world)
    alone = evaluate(*world.given, units=[unit])
    assert alone.values == tuple(row for row in found.values if row.unit == unit)
    assert alone.targets == tuple(row for row in found.targets if row.unit == unit)
    assert alone.criteria == tuple(row for row in found.criteria if row.unit == unit)
    assert alone.levels == tuple(row for row in found.levels if row.unit == unit)
