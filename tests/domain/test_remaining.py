"""What a promise still takes: of each period that is left, and of the places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donbay.domain.indicators import Condition, Indicator, RollUp
from donbay.domain.periods import Frequency, parse_period
from donbay.domain.quantities import Comparator
from donbay.domain.remaining import remaining, still_to_pass
from donbay.domain.targets import Baseline, Target
from donbay.domain.verdicts import Status, TargetRow

WATER = Target(
    "water",
    "clean_water",
    Comparator.AT_LEAST,
    95,
    date(2027, 12, 31),
    baseline=Baseline(60, date(2023, 12, 31)),
)
ROW = TargetRow(
    *("tx", "water", "clean_water", 95, Status.OFF_TRACK),
    period=parse_period("2026-Q2"),
    value=80,
    baseline=60,
)
NURSES = Indicator(
    "two_nurses",
    "commune",
    Frequency.HALF,
    RollUp.SHARE,
    scale=100,
    condition=Condition("nurses", Comparator.AT_LEAST, 2),
)
MOST = replace(WATER, indicator="two_nurses", value=90)


def test_six_quarters_are_left_for_fifteen_points_after_ten_that_brought_twenty() -> (
    None
):
    found = remaining(WATER, ROW)
    assert found is not None
    assert (found.gap, found.periods, found.each) == (15, 6, 2.5)
    assert found.so_far == 2


def test_where_less_is_better_every_year_must_take_some_away() -> None:
    poverty = replace(WATER, comparator=Comparator.AT_MOST, value=3)
    row = replace(ROW, target_value=3, value=7, baseline=9, period=parse_period("2025"))
    found = remaining(poverty, row)
    assert found is not None
    assert (found.each, found.so_far) == (-2, -1)


def test_a_window_is_paced_from_nothing_on_the_day_before_it() -> None:
    houses = replace(WATER, value=100, window=parse_period("2024/2027"), baseline=None)
    found = remaining(houses, replace(ROW, value=40, baseline=0))
    assert found is not None
    assert (found.each, found.so_far) == (10, 4)


def test_when_no_period_is_left_none_can_bring_it() -> None:
    found = remaining(WATER, replace(ROW, period=parse_period("2027-Q4")))
    assert found is not None
    assert found.each is None


@pytest.mark.parametrize(
    "row",
    [
        replace(ROW, status=Status.ACHIEVED),
        replace(ROW, status=Status.MISSED),
        replace(ROW, status=Status.NO_DATA),
        replace(ROW, value=None),
        replace(ROW, period=parse_period("2021/2025")),
    ],
)
def test_what_is_over_or_not_known_takes_nothing(row: TargetRow) -> None:
    assert remaining(WATER, row) is None


def test_a_total_that_must_not_be_exceeded_asks_for_nothing() -> None:
    spent = replace(
        WATER, comparator=Comparator.AT_MOST, window=parse_period("2024/2027")
    )
    assert remaining(spent, ROW) is None


def test_of_twenty_communes_of_which_sixteen_pass_two_more_make_nine_tenths() -> None:
    assert still_to_pass(MOST, NURSES, 16, 20) == 2
    assert still_to_pass(MOST, NURSES, 18, 20) == 0


def test_a_count_asks_for_so_many_and_may_ask_for_more_than_there_are() -> None:
    counted = replace(NURSES, roll_up=RollUp.COUNT, scale=1.0)
    assert still_to_pass(replace(MOST, value=15), counted, 12, 20) == 3
    assert still_to_pass(replace(MOST, value=25), counted, 12, 20) is None


def test_what_counts_no_places_asks_for_none() -> None:
    assert still_to_pass(WATER, replace(NURSES, roll_up=RollUp.SUM), 1, 2) is None
