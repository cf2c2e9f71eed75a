"""The largest and the smallest follow what is sent, wherever its land lies now."""

import pytest
from tests.engine.followed import kept_and_full

NO_DISTRICTS = """
levels: province district
indicators: {crowding: {roll_up: max, level: district}}
units: |
  id  level     parent  from        to
  P   province
  Q   province  -       2023-01-01
  D   district  P       -           2021-12-31
successions: |
  date        from  to  share
  2023-01-01  P     P   0.9
  2023-01-01  P     Q   0.1
on: 2024-01-01
reports: |
  unit  indicator  period  value
  D     crowding   2020    7
"""
ZEROS = """
indicators: {best: {roll_up: max}, worst: {roll_up: min}}
units: |
  id  level     parent
  P   province
  A   commune   P
  B   commune   P
on: 2025-01-01
reports: |
  unit  indicator  period  value
  A     best       2024    1
  A     worst      2024    1
  B     best       2024    -0
  B     worst      2024    -0
"""


def test_of_a_district_that_ended_in_a_province_since_divided() -> None:
    """It lies whole in nobody's land, and has no part that could be named."""
    kept, full = kept_and_full(NO_DISTRICTS, "D crowding 2020 8", "D crowding 2021 9")
    assert kept == full
    assert {(row.unit, row.value, row.reason) for row in kept.values} == {
        ("P", None, "not_whole"),
        ("Q", None, "not_whole"),
    }


@pytest.mark.parametrize("zero", ["0", "-0"])
def test_one_zero_is_as_good_as_another(zero: str) -> None:
    kept, full = kept_and_full(ZEROS, f"A best 2024 {zero}", f"A worst 2024 {zero}")
    assert repr(kept) == repr(full)
    assert "-0.0" not in repr(kept)
