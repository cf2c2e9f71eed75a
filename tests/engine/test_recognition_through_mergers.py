"""What was decided on a place goes with its land, but never further than it should."""

from tests.engine.worked import evaluated, story

from donbay.engine import plain

GIVEN = """
indicators: {roads: {}}
criteria:
  rural:
    recognised_by: recognition
    levels:
      standard: {'1': {sub: '1.1', attested_by: police}}
      advanced: {'2': {sub: '2.1', attested_by: police}}
units: |
  id  level     parent  from        to
  P   province
  A   commune   P       -           2021-12-31
  B   commune   P       -           2022-12-31
  C   commune   P       2022-01-01  2022-12-31
  D   commune   P       2023-01-01
successions: |
  date        from  to  share
  2022-01-01  A     C   1
  2023-01-01  B     D   1
  2023-01-01  C     D   1
reports: unit
on: 2024-01-01
acts: |
  unit  kind         subject  level     result  authority  date        from  to
"""


def shown(acts: str, on_map: str = "2024-01-01") -> dict[str, str]:
    found = evaluated(story(f"{GIVEN.rstrip()}\n{acts}\nmap: {on_map}"), plain.evaluate)
    return {row.unit: row.recognised for row in found.levels}


def test_through_a_renaming_and_a_merger_the_lowest_counts() -> None:
    acts = """
  A     recognition  -        advanced  -       -          2020-05-01
  B     recognition  -        standard  -       -          2021-05-01
"""
    assert shown(acts) == {"D": "standard"}
    assert shown(acts, "2022-06-30") == {"B": "standard", "C": "advanced"}
    assert shown(acts, "2021-06-30") == {"A": "advanced", "B": "standard"}


def test_none_is_lowest() -> None:
    acts = "  A     recognition  -        advanced  -       -          2020-05-01"
    assert shown(acts) == {"D": "none"}


def test_a_new_judgement_ends_the_old_ones() -> None:
    acts = """
  A     recognition  -        advanced  -       -          2020-05-01
  B     recognition  -        advanced  -       -          2021-05-01
  D     recognition  -        standard  -       -          2023-05-01
"""
    assert shown(acts) == {"D": "standard"}


def test_what_has_run_out_is_no_longer_recognised() -> None:
    acts = """
  A     recognition  -        advanced  -       -          2020-05-01  -  2023-12-31
  B     recognition  -        advanced  -       -          2021-05-01
"""
    assert shown(acts) == {"D": "none"}


def test_an_act_on_a_name_that_has_gone_counts_for_nobody() -> None:
    acts = """
  A     recognition  -        advanced  -       -          2022-05-01
  B     recognition  -        standard  -       -          2021-05-01
"""
    assert shown(acts, "2022-06-30") == {"B": "standard", "C": "none"}
