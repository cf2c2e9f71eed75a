"""A strand of sums, ratios and means says bit for bit what each kind says alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Frequency
from donbay.engine.fast.abreast import Abreast
from donbay.engine.fast.arrays import Floats
from donbay.engine.fast.bars import NOT_APPLICABLE, RESULTS
from donbay.engine.fast.cells import Cells
from donbay.engine.fast.computed import blank
from donbay.engine.fast.crosswalk import Crosswalk, Plane
from donbay.engine.fast.joint import Joint
from donbay.engine.fast.ladders import TABLED, ladder
from donbay.engine.fast.quick import Kind, Means, Pairs, Sums
from donbay.engine.fast.shown import Where
from donbay.engine.fast.sparse import Sparse

ELEMENTS, HAMLETS = 7, 6


def of(name: str, roll_up: RollUp, *, non_negative: bool = True) -> Indicator:
    return Indicator(
        name,
        "commune",
        Frequency.QUARTER,
        roll_up,
        scale=100.0,
        min_coverage=0.5,
        non_negative=non_negative,
    )


def kinds() -> tuple[Kind, Kind, Kind]:
    births, pupils = of("births", RollUp.SUM), of("pupils", RollUp.SUM)
    change = of("change", RollUp.SUM, non_negative=False)
    sums = Sums([births, pupils, change], [0, 2, 5])
    pairs = Pairs([of("teachers", RollUp.RATIO)] * 2, [1, 6], [2, 0])
    means = Means([of("yield", RollUp.MEAN)] * 3, [3, 4, 1], [0, None, 5])
    return sums, pairs, means


def reported(seed: int) -> Floats:
    """What hamlets reported: gaps, zeros, and now and then a number below 0."""
    rng = np.random.default_rng(seed)
    block = np.round(rng.uniform(-2, 9, (HAMLETS, ELEMENTS)), 1)
    block[rng.random(block.shape) < 0.3] = np.nan
    block[rng.random(block.shape) < 0.2] = 0.0
    return block


def commune() -> Crosswalk:
    """Of six hamlets two fell to two communes, and one makes a commune of its own."""
    rows = np.array([0, 0, 0, 0, 0, 1, 2, 2])
    columns = np.array([0, 1, 2, 3, 4, 5, 3, 4])
    shares = np.array([1, 1, 1, 0.6, 0.3, 1, 0.4, 0.7])
    weights = Sparse.of(rows, columns, shares, (3, HAMLETS))
    touch = Sparse.of(rows, columns, np.ones(len(rows)), (3, HAMLETS))
    expected, alone = weights @ np.ones(HAMLETS), np.array([-1, 5, -1])
    every = np.arange(HAMLETS)
    plane = Plane(every, weights, touch, expected, expected > 0, alone)
    return Crosswalk(0, 3, 3, 3, (plane,), (), np.zeros(3, dtype=np.uint8))


def finished(some: Sequence[Kind], seed: int) -> Cells:
    """The cells of all three communes, by these kinds side by side."""
    walk, block = commune(), reported(seed)
    several: list[Kind | Joint] = [Joint(some)] if Joint.joins(some) else [*some]
    abreast = Abreast(several)
    weights = walk.planes[0].weights
    grounds = []
    for node in range(3):
        here = slice(weights.indptr[node], weights.indptr[node + 1])
        source = abreast.source(block.take(weights.indices[here], axis=0))
        grounds.append(abreast.regather(source, weights.data[here]))
    out = blank(1, 3, sum(kind.n for kind in some)).at(0)
    out.judged[...] = True
    where = Where(walk, np.arange(3), block)
    with np.errstate(all="ignore"):
        abreast.finish(where, np.array(grounds), out, abreast.views(out))
    return out


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2), (1, 0)])
def test_kinds_summed_as_one_say_what_each_says_alone(order: tuple[int, ...]) -> None:
    for seed in range(40):
        some = [kinds()[n] for n in order]
        together, first = finished(some, seed), 0
        for kind in some:
            alone = finished([kind], seed)
            part = together.columns(first, first + kind.n)
            first += kind.n
            for name, array in vars(alone).items():
                if array is not None:
                    assert array.tobytes() == getattr(part, name).tobytes(), name


def test_the_sums_of_kinds_are_carried_over() -> None:
    some, block = kinds(), reported(1)
    joint = Joint(some)
    alone = [Abreast([kind]).source(block) for kind in some]
    joined, own = joint.joined(alone), Abreast([joint]).source(block)
    used = np.ones((3, joint.n), dtype=bool)
    used[2, joint.sums] = False  # what a sum has for its other part is never read
    assert (joined == own)[:, used.ravel()].all()


def test_a_ladder_read_from_the_table_is_the_one_that_is_climbed() -> None:
    levels = np.array(list(product(range(len(RESULTS)), repeat=3))).T
    size = levels.shape[1]
    more = np.full((TABLED, size), NOT_APPLICABLE)  # rungs that do not count
    for read, climbed in zip(
        ladder(levels, size), ladder([*levels, *more], size), strict=True
    ):
        assert (read == climbed).all()
