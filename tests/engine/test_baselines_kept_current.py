"""A baseline follows what is sent, though its period may not be over yet."""

import pytest
from tests.engine.followed import kept_and_full

GIVEN = """
indicators: {served: {}}
targets:
  t:
    indicator: served
    comparator: at_least
    value: 40
    deadline: 2025-12-31
    by: commune
    baseline: {period: 2023}
units: |
  id  level     parent
  P   province
  A   commune   P
  B   commune   P
on: 2022-07-03
reports: |
  unit  indicator  period  value
  A     served     2021    10
  B     served     2021    10
  A     served     2023    20
"""


@pytest.mark.parametrize(
    ("sent", "baselines"),
    [
        ("B served 2023 5", {"A": 20, "B": 5}),
        ("A served 2023 21", {"A": 21, "B": None}),
        ("A served 2023 -", {"A": None, "B": None}),
    ],
    ids=["first sent", "sent again", "taken back"],
)
def test_it_is_as_in_a_full_run(sent: str, baselines: dict[str, float | None]) -> None:
    kept, full = kept_and_full(GIVEN, sent)
    assert kept == full
    assert {row.unit: row.baseline for row in kept.targets} == baselines
