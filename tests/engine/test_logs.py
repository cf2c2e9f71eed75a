"""However a log comes in, the fast engine says the same, to the last bit."""

from dataclasses import fields, replace
from itertools import pairwise
from typing import cast

import numpy as np
from hypothesis import given, settings
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.ledger import Log
from donbay.domain.verdicts import Evaluation
from donbay.engine.fast import evaluate, evaluate_logs, evaluate_rows, finish, log_of
from donbay.engine.fast.run import Run

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
def test_an_exact_figure_takes_the_bound_of_an_earlier_part_away(
    seed: int, sizes: Sizes
) -> None:
    world = make(seed, sizes)
    exact = replace(whole_log(world), bound=None)
    loose = replace(exact, bound=np.full(len(exact.unit), 2, np.int8))
    days = [day for p in exact.periods for day in (p.first, p.last)]
    first, last = (end(days, default=world.days.on) for end in (min, max))
    given = (world.programme, world.territory)
    rest = (world.acts, world.days)
    found = evaluate_logs(*given, [loose, exact], *rest, first=first, last=last)
    assert found.rows() == evaluate(*given, exact, *rest).rows()


def out_of_order(log: Log, seed: int) -> Log:
    """The same rows, moments in any order, those of one moment as they were."""
    moments = np.asarray(log.recorded_at)
    mixed = np.random.default_rng(seed).permutation(np.unique(moments))
    place = {moment: i for i, moment in enumerate(mixed.tolist())}
    order = np.argsort([place[m] for m in moments.tolist()], kind="stable")
    return replace(taken(log, order.astype(np.int64)), ordered=False)


def in_parts(log: Log, size: int) -> list[Log]:
    """Parts that say of themselves whether all above was recorded before them."""
    moments, latest, parts = np.asarray(log.recorded_at), -(1 << 62), []
    for begin in range(0, len(moments), size):
        here = moments[begin : begin + size]
        ordered = bool(latest <= here[0] and (here[1:] >= here[:-1]).all())
        latest = max(latest, int(here.max()))
        part = taken(log, slice(begin, begin + size))
        parts.append(replace(part, ordered=ordered))
    return parts


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_a_log_may_be_out_of_order(seed: int, sizes: Sizes) -> None:
    """Of rows recorded at one moment the later in the log holds."""
    world = make(seed, sizes)
    unordered = out_of_order(whole_log(world), seed)
    found = evaluate(
        world.programme, world.territory, unordered, world.acts, world.days
    )
    assert found.rows() == told(world)


@given(seed=SEEDS, sizes=SIZES)
@some_worlds
def test_a_log_is_read_part_by_part(seed: int, sizes: Sizes) -> None:
    """What is laid first is laid again when disorder shows."""
    world = make(seed, sizes)
    whole = whole_log(world)
    days = [day for p in whole.periods for day in (p.first, p.last)]
    first, last = (end(days, default=world.days.on) for end in (min, max))
    for log in (whole, out_of_order(whole, seed)):
        parts = in_parts(log, 1 + seed % 50)
        run = Run(world.programme, world.territory, world.days)
        run.open(first, last)
        run.load_all(parts.__iter__)
        assert finish(run, world.acts).rows() == told(world)
