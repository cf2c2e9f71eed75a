"""Land that is split, merged and split again, read on the map of any day."""

from datetime import date

import pytest
from tests.engine.worked import evaluated, faults, story, table, version

from donbay.domain.territory import Territory
from donbay.engine import plain
from donbay.engine.plain.atlas import Atlas, Leaf, Split, weight

HISTORY = """
indicators: {homes: {}}
units: |
  id  level     parent  from        to
  P   province
  A   commune   P       -           2021-12-31
  B   commune   P       -           2022-12-31
  C   commune   P       2022-01-01
  D   commune   P       2022-01-01  2022-12-31
  E   commune   P       2023-01-01
successions: |
  date        from  to  share
  2022-01-01  A     C   0.25
  2022-01-01  A     D   0.75
  2023-01-01  D     E   1
  2023-01-01  B     E   1
reports: |
  unit  indicator  period  value
  A     homes      2021    80
  B     homes      2021    10
  C     homes      2022    21
  D     homes      2022    61
  B     homes      2022    11
  C     homes      2023    22
  E     homes      2023    75
on: 2024-01-01
"""


def shows(on_map: str, rows: str) -> None:
    case = story(f"{HISTORY}map: {on_map}")
    found = evaluated(case, plain.evaluate)
    asked = type(case)(case.title, case.line, case.given, {"values": rows})
    assert faults(asked, found) == []


def test_every_year_on_the_last_map() -> None:
    shows(
        "2024-01-01",
        """
        unit  period  value  coverage
        C     2021    20     1
        E     2021    70     1
        E     2022    72     1
        E     2023    75     1
        P     2021    90     1
        P     2023    97     1
        """,
    )


def test_every_year_on_the_first_map() -> None:
    shows(
        "2021-06-30",
        """
        unit  period  value  reason
        A     2021    80     -
        A     2022    82     -
        A     2023    -      map_older_than_data
        B     2022    11     -
        B     2023    -      map_older_than_data
        P     2023    97     -
        """,
    )


def test_every_year_on_the_map_between() -> None:
    shows(
        "2022-06-30",
        """
        unit  period  value  reason
        C     2021    20     -
        D     2021    60     -
        C     2023    22     -
        D     2023    -      map_older_than_data
        B     2023    -      map_older_than_data
        P     2023    97     -
        """,
    )


@pytest.mark.parametrize(
    ("units", "part"),
    [("A", None), ("AB", 0.5), ("ABC", 1.0), ("X", 0.0), ("C", 0.5), ("BC", None)],
)
def test_a_part_is_known_as_far_as_its_shares_are(
    units: str, part: float | None
) -> None:
    unknown = Split(((None, Leaf("A")), (None, Leaf("B"))))
    land = Split(((0.5, unknown), (0.5, Leaf("C"))))
    assert weight(land, frozenset(units)) == part


def test_a_unit_that_was_closed_lies_where_its_parent_does() -> None:
    case = story("""
indicators: {homes: {}}
units: |
  id  level     parent  from        to
  P   province
  A   commune   P       -           2021-12-31
  A   commune   P       2023-01-01
reports: |
  unit  indicator  period  value
  A     homes      2021    8
on: 2022-06-30
""")
    found = evaluated(case, plain.evaluate)
    assert [(row.unit, row.value) for row in found.values] == [("P", 8)]


def test_the_atlas_of_a_day_knows_what_lies_inside_what() -> None:
    units = table(str(story(HISTORY).given["units"]))
    territory = Territory([version(row) for row in units])
    atlas = Atlas(territory, date(2024, 1, 1), ("province", "commune"))
    assert atlas.is_inside("E", "P")
    assert not atlas.is_inside("P", "E")
    assert atlas.height("P", "commune") == 1
    assert atlas.height("B", "commune") is None
