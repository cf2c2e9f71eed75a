"""What tables refuse, an engine does not see, if it is given it all the same."""

import pytest
from tests.engine.worked import evaluated, story

from donbay.engine import plain

GIVEN = """
indicators:
  built: {categories: new old}
  plan: {frequency: span, spans: 2021/2025}
units: |
  id  level     parent  from        to
  P   province
  A   commune   P
  B   commune   P       2024-07-01
  Z   commune   P       -           2024-06-30
on: 2026-01-01
reports: |
  unit  indicator  period     category  value  recorded_at
  A     built      2024       -         5      2025-01-01
"""


@pytest.mark.parametrize(
    "row",
    [
        "X     built      2024       -         9      2025-02-01",
        "A     bilt       2024       -         9      2025-02-01",
        "A     built      2024-Q4    -         9      2025-02-01",
        "A     built      2024       repaired  9      2025-02-01",
        "Z     built      2024       -         9      2025-02-01",
        "B     built      2023       -         9      2025-02-01",
        "A     plan       2022/2026  -         9      2025-02-01",
    ],
    ids=[
        "an unknown unit",
        "an unknown indicator",
        "another frequency",
        "an undeclared category",
        "a unit that had ended",
        "a unit before it opened",
        "an undeclared span",
    ],
)
def test_it_changes_nothing(row: str) -> None:
    without = evaluated(story(GIVEN), plain.evaluate)
    with_it = evaluated(story(f"{GIVEN.rstrip()}\n  {row}\n"), plain.evaluate)
    assert with_it.values == without.values
    assert {row.period.first.year for row in with_it.values} == {2024, 2025, 2021}


def test_without_any_row_there_is_no_table_of_values() -> None:
    found = evaluated(
        story(GIVEN.replace("  A     built", "  X     built")), plain.evaluate
    )
    assert found.values == ()
