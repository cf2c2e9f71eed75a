"""Formulas: other periods, other categories, and division by nothing."""

from tests.engine.worked import evaluated, story

from donbay.domain.verdicts import ValueRow
from donbay.engine import plain

GIVEN = """
indicators:
  homes: {categories: new old}
  poor: {}
  plan: {frequency: span, spans: 2021/2025}
  growth: {roll_up: formula, formula: 'homes - at(homes, 1)'}
  index: {roll_up: formula, formula: '100 * homes / at(homes, "2021")'}
  new_share: {roll_up: formula, formula: 'homes["new"] / homes'}
  per_poor: {roll_up: formula, formula: homes / poor}
  of_plan: {roll_up: formula, formula: 100 * homes / plan, carry: plan}
  less: {roll_up: formula, formula: -homes * 2}
units: |
  id  level     parent
  P   province
  A   commune   P
  B   commune   P
reports: |
  unit  indicator  period     category  value
  A     homes      2021       new       10
  A     homes      2021       old       40
  B     homes      2021       -         50
  A     homes      2022       new       30
  A     homes      2022       old       40
  B     homes      2022       -         80
  A     poor       2022       -         0
  B     poor       2022       -         0
  A     plan       2021/2025  -         100
  B     plan       2021/2025  -         300
"""


def on(day: str) -> dict[tuple[str, str, str], ValueRow]:
    found = evaluated(story(f"{GIVEN}on: {day}"), plain.evaluate)
    return {(row.indicator, row.unit, str(row.period)): row for row in found.values}


def test_the_period_before() -> None:
    rows = on("2023-01-01")
    assert rows["growth", "P", "2022"].value == 50
    assert rows["growth", "A", "2022"].value == 20
    assert rows["growth", "P", "2021"].reason == "not_reported"


def test_a_fixed_period() -> None:
    assert on("2023-01-01")["index", "P", "2022"].value == 150


def test_a_category_needs_its_own_rows() -> None:
    rows = on("2023-01-01")
    assert rows["new_share", "A", "2022"].value == 30 / 70
    assert rows["new_share", "B", "2022"].reason == "not_reported"
    row = rows["new_share", "P", "2022"]
    assert (row.value, row.low, row.high) == (30 / 150, 30 / 150, None)
    assert (row.coverage, row.reason) == (0.5, "incomplete")


def test_nothing_is_divided_by_nothing() -> None:
    row = on("2023-01-01")["per_poor", "P", "2022"]
    assert (row.value, row.reason, row.coverage) == (None, "zero_denominator", 1)


def test_a_plan_is_carried_once_its_span_has_ended() -> None:
    assert on("2023-01-01")["of_plan", "P", "2022"].reason == "not_reported"


def test_a_sign_turns_the_range_around() -> None:
    row = on("2023-01-01")["less", "A", "2022"]
    assert (row.value, row.low, row.high) == (-140, -140, -140)
