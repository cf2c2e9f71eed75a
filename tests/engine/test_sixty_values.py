"""Whole forms sent one after another: after each, all is as in a full run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from tests.engine.worlds.dice import Dice
from tests.engine.worlds.plainer import plainer
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.ledger import Observation
from donbay.domain.periods import Period
from donbay.domain.territory import Version
from donbay.engine.fast import Live, evaluate_rows, follow, log_of

LONG = settings.default is not None and settings.default.max_examples > 100
some_worlds = settings(max_examples=100 if LONG else 10)
VALUES = 60
NUMBERS = (0.0, 0.1, 1.0, 5.0, 8.0, 10.0, None)
Element = tuple[str, str | None]
Form = tuple[str, Period]


def forms(world: World) -> dict[Form, list[Element]]:
    """What each unit may send, for each period that anybody reported."""
    found: dict[Form, list[Element]] = {}
    for period in sorted({row.period for row in world.observations}):
        for unit, version in world.territory.on(period.last).items():
            elements = list(elements_of(world, version, period))
            if elements:
                found[unit, period] = elements
    return found


def elements_of(world: World, version: Version, period: Period) -> Iterator[Element]:
    for indicator in world.programme.indicators.values():
        here = indicator.roll_up.collected and indicator.level == version.level
        declared = period in indicator.spans or not indicator.spans
        if here and declared and indicator.frequency is period.frequency:
            yield from ((indicator.id, c) for c in (None, *indicator.categories))


def started(world: World) -> Live:
    programme, territory, rows, acts, days = world.given
    log = log_of(programme, territory, rows)
    ends = [day for p in log.periods for day in (p.first, p.last)]
    return follow(
        programme, territory, log, acts, days, first=min(ends), last=max(ends)
    )


def send(world: World, dice: Dice, known: dict[Form, list[Element]]) -> None:
    """Form after form, bounds and withdrawals among what was there before."""
    live, rows = started(world), list(world.observations)
    moment = max(row.recorded_at for row in rows)
    sent = 0
    while sent < VALUES:
        unit, period = dice.choice(list(known))
        elements = dice.some(known[unit, period], 1, 20)
        values = {element: dice.choice(NUMBERS) for element in elements}
        live.submit(unit, period, values)
        moment += timedelta(minutes=1)
        rows += [
            Observation(unit, name, period, value, moment, len(rows) + i, category)
            for i, ((name, category), value) in enumerate(values.items())
        ]
        sent += max(len(values), VALUES // 10)
        full = evaluate_rows(*replace(world, observations=tuple(rows)).given)
        assert live.result.rows() == full
        assert repr(live.result.rows()) == repr(full), "another zero"


def any_form_sent(world: World, seed: int) -> None:
    world = replace(world, days=replace(world.days, known=None))
    known = forms(world)
    if known:
        send(world, Dice(f"live {seed}"), known)


@pytest.mark.slow
@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_in_any_world(seed: int, sizes: Sizes) -> None:
    any_form_sent(make(seed, sizes), seed)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_in_worlds_kept_current_step_by_step(seed: int, sizes: Sizes) -> None:
    any_form_sent(plainer(make(seed, sizes)), seed)


def test_in_a_world_with_a_district_of_no_communes() -> None:
    sizes = Sizes(3, leaves=3, events=1, years=1, indicators=3, targets=1, sets=0)
    any_form_sent(plainer(make(857, sizes)), 857)
