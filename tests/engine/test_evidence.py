"""The rows that a verdict rests on are enough for it, and every one is needed."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from tests.engine.worked import evaluated, story
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, World, make

from donbay.domain.verdicts import Evaluation
from donbay.engine import plain
from donbay.engine.plain.evidence import Key, Row, key_of

LONG = settings.default is not None and settings.default.max_examples > 100
ASKED = 6  # verdicts of a world, and rows of a verdict that are left out in turn

VILLAGES = """
indicators:
  trained: {categories: women men}
  served: {}
  homes: {}
  water: {roll_up: ratio, numerator: served, denominator: homes, min_coverage: 0.5}
targets:
  t: {indicator: trained, comparator: at_least, value: 40, deadline: 2025-12-31}
units: |
  id  level     parent
  P   province
  A   commune   P
  B   commune   P
on: 2025-01-01
"""


def rest(reports: str, *key: str) -> set[int]:
    found = evaluated(story(f"{VILLAGES}reports: |{reports}"), plain.evaluate)
    return set(found.evidence[key])


def test_a_corrected_row_counts_for_nothing() -> None:
    reports = """
      unit  indicator  period  value  recorded_at
      A     served     2024    5      2024-12-01
      A     served     2024    6      2024-12-02
    """
    assert rest(reports, "values", "P", "served", "2024") == {1}


def test_a_total_outranks_the_categories() -> None:
    reports = """
      unit  indicator  period  category  value
      A     trained    2024    women     5
      A     trained    2024    -         9
      A     trained    2024    men       4
      B     trained    2024    women     7
      B     trained    2024    men       8
    """
    assert rest(reports, "values", "P", "trained", "2024") == {1, 3, 4}


def test_half_a_pair_is_left_out() -> None:
    reports = """
      unit  indicator  period  value
      A     served     2024    5
      A     homes      2024    10
      B     homes      2024    10
    """
    assert rest(reports, "values", "P", "water", "2024") == {0, 1}


def test_a_stated_figure_belongs_to_its_row() -> None:
    reports = """
      unit  indicator  period  value
      P     served     2024    50
      A     served     2024    5
      B     served     2024    6
    """
    assert rest(reports, "values", "P", "served", "2024") == {0, 1, 2}


def test_an_achieved_target_rests_on_its_value_and_on_the_first_that_did() -> None:
    reports = """
      unit  indicator  period  category  value
      A     trained    2021    -         50
      B     trained    2021    -         1
      A     trained    2022    -         10
      A     trained    2023    -         30
      B     trained    2023    -         20
    """
    rows = rest(reports, "targets", "P", "t")
    assert rows == {0, 3, 4}, "what was met in 2021 was met by A alone"


def test_partial_needs_one_row_to_show() -> None:
    reports = """
      unit  indicator  period  category  value
      A     trained    2023    women     5
      B     trained    2023    men       5
      A     trained    2024    women     5
    """
    assert len(rest(reports, "targets", "P", "t")) == 1


def test_never_rests_on_nothing() -> None:
    reports = """
      unit  indicator  period  value
      A     served     2024    5
    """
    assert rest(reports, "targets", "P", "t") == set()


def test_evidence_of_equal_worlds_is_equal() -> None:
    text = f"{VILLAGES}reports: 'unit'"
    one, other = (evaluated(story(text), plain.evaluate) for _ in range(2))
    assert one == other
    assert len(one.evidence) == len(one.targets)


# --- in any world --------------------------------------------------------------------


def rows_of(found: Evaluation) -> Iterator[Row]:
    yield from found.values
    yield from found.targets
    yield from found.criteria
    yield from found.levels


def told(world: World, key: Key, rows: frozenset[int]) -> Row | None:
    """The verdict of a ledger that holds these rows alone."""
    programme, territory, observations, acts, days = world.given
    fewer = [o for o in observations if o.row in rows]
    found = plain.evaluate(
        programme, territory, fewer, acts, days, tables=[key[0]], units=[key[1]]
    )
    return next((row for row in rows_of(found) if key_of(row) == key), None)


@pytest.mark.slow
@given(seed=SEEDS, sizes=SIZES)
@settings(max_examples=300 if LONG else 20)
def test_evidence_is_enough_and_none_of_it_is_idle(seed: int, sizes: Sizes) -> None:
    world, dice = make(seed, sizes), Random(seed)  # noqa: S311 -- no secret
    found = plain.evaluate(*world.given)
    verdicts = {key_of(row): row for row in rows_of(found)}
    for key in dice.sample(sorted(verdicts), min(ASKED, len(verdicts))):
        rows = found.evidence[key]
        if key[0] == "values" and not rows:
            continue  # nothing was reported, and an empty ledger has no table of values
        assert told(world, key, rows) == verdicts[key]
        for row in dice.sample(sorted(rows), min(ASKED, len(rows))):
            assert told(world, key, rows - {row}) != verdicts[key]
