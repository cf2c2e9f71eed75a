"""Only the tables and units that are asked for, and the same as among all."""

import pytest
from hypothesis import given, settings
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, make

from donbay.engine.plain import TABLES, evaluate


@pytest.mark.slow
@given(seed=SEEDS, sizes=SIZES)
@settings(max_examples=10)
def test_a_unit_alone_has_the_rows_it_has_among_all(seed: int, sizes: Sizes) -> None:
    world = make(seed, sizes)
    every = evaluate(*world.given)
    unit = next(iter(world.territory.versions))
    alone = evaluate(*world.given, units={unit})
    for table in TABLES:
        rows = [row for row in getattr(every, table) if row.unit == unit]
        assert list(getattr(alone, table)) == rows


@pytest.mark.slow
@given(seed=SEEDS, sizes=SIZES)
@settings(max_examples=10)
def test_a_table_alone_is_what_it_is_among_all(seed: int, sizes: Sizes) -> None:
    world = make(seed, sizes)
    every = evaluate(*world.given)
    for table in TABLES:
        alone = evaluate(*world.given, tables=[table])
        assert getattr(alone, table) == getattr(every, table)
        others = [getattr(alone, other) for other in TABLES if other != table]
        assert not any(others)
