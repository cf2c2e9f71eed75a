"""Small faults planted in the fast engine are all seen by the agreement of the two."""

from functools import cache

import pytest
from tests.engine.agreement import differences
from tests.engine.mutation import Engine, Mutant, engine_with, times_in_engine
from tests.engine.worlds.world import World, from_seed

from donbay.domain.verdicts import Evaluation
from donbay.engine.fast import evaluate_rows
from donbay.engine.plain import evaluate

MOST_WORLDS = 1000
MUTANTS = [
    # the log
    Mutant("(o.recorded_at, o.row)", "(o.recorded_at, -o.row)"),
    Mutant("self.recorded <= micros", "self.recorded < micros"),
    # the map
    Mutant("if day < cut.date <= self.day", "if day < cut.date < self.day"),
    Mutant("if all(part == 1.0", "if any(part == 1.0"),
    Mutant("if not self.whole and not backward", "if not backward"),
    Mutant("if u == home", "if u < 0"),
    # values
    Mutant("SHORT = 1 - 1e-9", "SHORT = 0.5"),
    Mutant('indicators[indicator.denominator or ""].scope', "frozenset()"),
    Mutant("there &= weight != 0", "there &= ~np.isnan(weight)"),
    Mutant("gap, 0.0, ratio * last.expected", "gap, 0.0, last.expected"),
    Mutant("np.maximum(there.sum(axis=0), 1)", "max(len(parts), 1)"),
    Mutant("there & under,", "there & ~there,"),
    Mutant("no = judged & self", "no = self"),
    Mutant("self.judged & other.judged", "self.judged | other.judged"),
    # targets
    Mutant("- at >= STALE_AFTER", "- at > STALE_AFTER"),
    Mutant("on > deadline", "on >= deadline"),
    Mutant("base + 0.8 * (pace - base)", "0.8 * pace"),
    Mutant('searchsorted(day, side="right")', 'searchsorted(day, side="left")'),
    # criteria, levels, acts
    Mutant("_dated(own, day) or _dated(anywhere, day)", "_dated(own, day)"),
    Mutant("climbing &= ~counts | (result == MET)", "climbing &= True"),
    Mutant("life.start <= act.date", "life.start < act.date"),
    Mutant(
        "return min(\n            (self._rung", "return max(\n            (self._rung"
    ),
]


@cache
def told(seed: int) -> tuple[World, Evaluation]:
    world = from_seed(seed)
    plain = evaluate(*world.given)
    assert not differences(plain, evaluate_rows(*world.given)), "without any fault"
    return world, plain


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


def test_each_changes_one_place_of_the_engine_as_it_stands() -> None:
    assert {fault.old: times_in_engine(fault) for fault in MUTANTS} == {
        fault.old: 1 for fault in MUTANTS
    }


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(MUTANTS)))
def test_a_planted_fault_is_seen(number: int) -> None:
    with engine_with(MUTANTS[number], f"mutant_{number:02d}") as engine:
        assert worlds_until_seen(engine), MUTANTS[number]
