"""The plain and the fast engine say the same of every world."""

import pytest
from hypothesis import given, settings
from tests.engine.agreement import differences
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, make

from donbay.engine.fast import evaluate_rows
from donbay.engine.plain import evaluate

# In parts, so that every core has some: 240 worlds, or 4,000 in `make test-all`.
PARTS = 4
LONG = settings.default is not None and settings.default.max_examples > 100


@pytest.mark.parametrize("part", range(PARTS))
@given(seed=SEEDS, sizes=SIZES)
@settings(max_examples=510 if LONG else 60)
def test_both_engines_say_the_same(part: int, seed: int, sizes: Sizes) -> None:
    given_ = make(seed * PARTS + part, sizes).given
    found = differences(evaluate(*given_), evaluate_rows(*given_))
    assert not found, "\n".join(found[:20])


def test_weights_below_zero_that_outweigh_the_others() -> None:
    sizes = Sizes(1, leaves=2, events=2, years=2, indicators=6, targets=0, sets=1)
    given_ = make(39176, sizes).given
    assert not differences(evaluate(*given_), evaluate_rows(*given_))
