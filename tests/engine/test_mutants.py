"""Small faults planted in the fast engine are all seen by the agreement of the two."""

from functools import cache

import pytest
from tests.engine.agreement import differences
from tests.engine.mutation import Engine, Mutant, engine_with
from tests.engine.worlds.world import World, from_seed

from donbay.domain.verdicts import Evaluation
from donbay.engine.plain import evaluate

MOST_WORLDS = 1000
MUTANTS: list[Mutant] = []


@cache
def told(seed: int) -> tuple[World, Evaluation]:
    world = from_seed(seed)
    return world, evaluate(*world.given)


def worlds_until_seen(mutant: Engine) -> int | None:
    for seed in range(MOST_WORLDS):
        world, plain = told(seed)
        try:
            if differences(plain, mutant(*world.given)):
                return seed + 1
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return seed + 1
    return None


def test_there_are_twenty() -> None:
    assert len(set(MUTANTS)) >= 20


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(MUTANTS)))
def test_a_planted_fault_is_seen(number: int) -> None:
    with engine_with(MUTANTS[number], f"mutant_{number:02d}") as engine:
        assert worlds_until_seen(engine), MUTANTS[number]
