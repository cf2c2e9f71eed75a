"""What is sent next reaches every verdict as in a full run, bit for bit."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from tests.engine.worlds.dice import Dice
from tests.engine.worlds.plainer import plainer
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.ledger import Observation
from donbay.domain.periods import Period
from donbay.engine.fast import evaluate_rows, finish, log_of
from donbay.engine.fast.live import Live
from donbay.engine.fast.run import Run

LONG = settings.default is not None and settings.default.max_examples > 1000
some_worlds = settings(max_examples=500 if LONG else 25)
VALUES = 60
Element = tuple[str, str | None]
Form = tuple[str, Period]


def forms(world: World) -> dict[Form, list[Element]]:
    """What each unit may send for each period that anybody reported."""
    found: dict[Form, list[Element]] = {}
    indicators = world.programme.indicators
    for period in sorted({row.period for row in world.observations}):
        for unit, version in world.territory.on(period.last).items():
            elements: list[Element] = [
                (indicator.id, category)
                for indicator in indicators.values()
                for category in (None, *indicator.categories)
                if indicator.roll_up.collected
                and indicator.level == version.level
                and indicator.frequency is period.frequency
                and (not indicator.spans or period in indicator.spans)
            ]
            if elements:
                found[unit, period] = elements
    return found


def started(world: World) -> Live:
    log = log_of(world.programme, world.territory, world.observations)
    days = [day for p in log.periods for day in (p.first, p.last)]
    run = Run(world.programme, world.territory, world.days, keep=True)
    run.open(min(days), max(days))
    run.load(log)
    finish(run, world.acts)
    return Live(run, world.acts)


def follow(world: World, dice: Dice) -> bool:
    """Submit form after form; tells whether the steps were the quick ones."""
    world = replace(world, days=replace(world.days, known=None))
    known = forms(world)
    if not known:
        return False
    live = started(world)
    quick, sent = live.quick, 0
    moment = max(row.recorded_at for row in world.observations)
    rows = list(world.observations)
    while sent < VALUES:
        unit, period = dice.choice(list(known))
        elements = dice.some(known[unit, period], 1, 20)
        numbers = (0.0, 0.1, 1.0, 5.0, 8.0, 10.0, None)
        values = {element: dice.choice(numbers) for element in elements}
        live.submit(unit, period, values)
        moment += timedelta(minutes=1)
        rows += [
            Observation(unit, name, period, value, moment, len(rows) + i, category)
            for i, ((name, category), value) in enumerate(values.items())
        ]
        sent += max(len(values), VALUES // 10)
        world = replace(world, observations=tuple(rows))
        full = evaluate_rows(*world.given)
        assert live.result.rows() == full
        assert repr(live.result.rows()) == repr(full)
    return quick


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_what_is_sent_next_in_any_world(seed: int, sizes: Sizes) -> None:
    follow(make(seed, sizes), Dice(f"live {seed}"))


def test_what_is_sent_next_step_by_step() -> None:
    """Most plainer worlds take the quick steps, so these are tested too."""
    quick: Counter[bool] = Counter()

    @given(seed=SEEDS, sizes=SIZES)
    @some_worlds
    def look(seed: int, sizes: Sizes) -> None:
        quick[follow(plainer(make(seed, sizes)), Dice(f"live {seed}"))] += 1

    look()
    assert quick[True] > quick[False]
