"""However a log comes in, the fast engine says the same, to the last bit."""

from dataclasses import fields, replace
from itertools import pairwise
from typing import cast

import numpy as np
from hypothesis import given, settings
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.ledger import Log
from donbay.domain.verdicts import Evaluation
from donbay.engine.fast import evaluate, evaluate_logs, evaluate_rows, log_of

LONG = settings.default is not None and settings.default.max_examples > 100
some_worlds = settings(max_examples=300 if LONG else 20)


def taken(log: Log, rows: slice | np.ndarray) -> Log:
    """Some rows of a log."""
    arrays = {
        f.name: cast("np.ndarray", getattr(log, f.name))[rows]
        for f in fields(log)
        if isinstance(getattr(log, f.name), np.ndarray)
    }
    return replace(log, **arrays)  # type: ignore[arg-type]


def told(world: World) -> Evaluation:
    return evaluate_rows(*world.given)


def whole_log(world: World) -> Log:
    return log_of(world.programme, world.territory, world.observations)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_a_log_may_come_in_parts(seed: int, sizes: Sizes) -> None:
    world = make(seed, sizes)
    log = whole_log(world)
    size = len(log.unit)
    cuts = sorted({0, seed % (size + 1), (seed * 7) % (size + 1), size})
    parts = [taken(log, slice(*ends)) for ends in pairwise(cuts)]
    days = [p.first for p in log.periods] + [p.last for p in log.periods]
    found = evaluate_logs(
        world.programme,
        world.territory,
        parts,
        world.acts,
        world.days,
        first=min(days, default=world.days.on),
        last=max(days, default=world.days.on),
    )
    assert found.rows() == told(world)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_a_log_may_be_out_of_order(seed: int, sizes: Sizes) -> None:
    """Of rows recorded at one moment the later in the log holds."""
    world = make(seed, sizes)
    log = whole_log(world)
    moments = np.asarray(log.recorded_at)
    mixed = np.random.default_rng(seed).permutation(np.unique(moments))
    place = {moment: i for i, moment in enumerate(mixed.tolist())}
    order = np.argsort([place[m] for m in moments.tolist()], kind="stable")
    unordered = replace(taken(log, order.astype(np.int64)), ordered=False)
    found = evaluate(
        world.programme, world.territory, unordered, world.acts, world.days
    )
    assert found.rows() == told(world)
