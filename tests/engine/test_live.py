"""What is reported next reaches every verdict, bit for bit as in a full run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from math import isnan

import pytest
from hypothesis import given, settings
from tests.engine.quick_worlds import quick
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.indicators import Condition, Indicator, OverTime, RollUp
from donbay.domain.ledger import Observation
from donbay.domain.periods import Frequency, parse_period
from donbay.domain.programmes import Programme, UnitLevel
from donbay.domain.quantities import Bound, Comparator
from donbay.domain.targets import Baseline, Target
from donbay.domain.territory import Territory, Version
from donbay.domain.verdicts import Days
from donbay.engine.fast import Live, evaluate_rows, follow, log_of

# A world here is evaluated anew a dozen times: fewer of them than elsewhere.
LONG = settings.default is not None and settings.default.max_examples > 100
WORLDS = settings(max_examples=100 if LONG else 20)
FIRST, LAST, LATER = date(2015, 1, 1), date(2030, 12, 31), 12


def exact(world: World) -> World:
    """The same world with only what a form can send: exact values of its own units."""
    live = started(world, world.observations)
    kept = tuple(o for o in world.observations if sendable(live, o))
    return replace(world, observations=kept)


def started(world: World, observations: tuple[Observation, ...]) -> Live:
    programme, territory, _, acts, days = world.given
    days = replace(days, known=None)
    log = log_of(programme, territory, observations)
    return follow(programme, territory, log, acts, days, first=FIRST, last=LAST)


def sendable(live: Live, sent: Observation) -> bool:
    known = live.run.programme.indicators
    if sent.bound is not Bound.EXACT or sent.indicator not in known:
        return False
    form = live.run.forms.of(sent.indicator)
    return (
        form is not None
        and (sent.indicator, sent.category) in form.elements
        and sent.unit in form.units.get(sent.period, ())
    )


@pytest.mark.slow
@WORLDS
@given(seed=SEEDS, sizes=SIZES)
def test_a_unit_reports_and_everything_above_it_is_as_in_a_full_run(
    seed: int, sizes: Sizes
) -> None:
    follows_bit_for_bit(exact(make(seed, sizes)))


@WORLDS
@given(seed=SEEDS, sizes=SIZES)
def test_the_quick_way_is_taken_where_it_can_be(seed: int, sizes: Sizes) -> None:
    follows_bit_for_bit(exact(quick(make(seed, sizes))), quickly=True)


def follows_bit_for_bit(world: World, *, quickly: bool = False) -> None:
    ordered = tuple(sorted(world.observations, key=lambda o: (o.recorded_at, o.row)))
    live = started(world, ordered[:-LATER])
    assert live.quick or not quickly
    programme, territory, _, acts, days = world.given
    for number, sent in enumerate(ordered[-LATER:]):
        element = (sent.indicator, sent.category)
        live.submit(sent.unit, sent.period, {element: sent.value})
        if number == LATER // 2:
            live.decide(acts)
    days = replace(days, known=None)
    full = evaluate_rows(programme, territory, ordered, acts, days)
    assert live.result.rows() == full


@pytest.mark.slow
@WORLDS
@given(seed=SEEDS, sizes=SIZES)
def test_what_was_sent_can_be_taken_back(seed: int, sizes: Sizes) -> None:
    world = exact(make(seed, sizes))
    ordered = tuple(sorted(world.observations, key=lambda o: (o.recorded_at, o.row)))
    live = started(world, ordered)
    before = live.result.rows()
    form_of = live.run.forms.of
    for sent in ordered[:3]:
        form, element = form_of(sent.indicator), (sent.indicator, sent.category)
        assert form is not None
        row = form.first_row[sent.period] + form.units[sent.period].index(sent.unit)
        cell = float(form.cells[row, form.elements[element]])
        was = None if isnan(cell) else cell
        live.submit(sent.unit, sent.period, {element: 77.25})
        live.submit(sent.unit, sent.period, {element: was})
    assert live.result.rows() == before


COMMUNE = (UnitLevel("commune"),)
SOLD = Indicator(
    "sold", "commune", Frequency.QUARTER, RollUp.SUM, over_time=OverTime.SUM
)
DOUBLED = Target(
    "doubled",
    "sold",
    Comparator.AT_LEAST,
    20.0,
    date(2023, 12, 31),
    baseline=Baseline(period=parse_period("2020")),
)
BUSY = Indicator(
    "busy",
    "commune",
    Frequency.YEAR,
    RollUp.SHARE,
    condition=Condition("sold", Comparator.AT_LEAST, 10.0),
)


@pytest.mark.parametrize(
    "programme",
    [
        Programme("p", COMMUNE, {"sold": SOLD}, (DOUBLED,)),
        Programme("p", COMMUNE, {"sold": SOLD, "busy": BUSY}),
    ],
    ids=["baseline", "condition"],
)
def test_a_corrected_quarter_moves_what_reads_its_year(programme: Programme) -> None:
    territory = Territory(
        [Version("a", "a", "A", "commune", None, date.min, date.max)], []
    )
    on = date(2022, 1, 31)
    days, sent = Days(on, on), datetime(2022, 1, 1, tzinfo=UTC)
    quarters = [parse_period(f"{y}-Q{q}") for y in (2020, 2021) for q in (1, 2, 3, 4)]
    rows = [Observation("a", "sold", q, 1.0, sent, n) for n, q in enumerate(quarters)]
    log = log_of(programme, territory, rows)
    live = follow(programme, territory, log, (), days, first=FIRST, last=LAST)
    live.submit("a", quarters[1], {("sold", None): 9.0})
    rows.append(replace(rows[1], value=9.0, row=len(rows)))
    assert live.result.rows() == evaluate_rows(programme, territory, rows, (), days)
