"""Pictures show what is known and nothing else; their words stand in a label."""

from __future__ import annotations

from datetime import date

from donbay.web.look.pictures import Trend, along, pace_bar


def test_nothing_is_drawn_of_what_is_not_known() -> None:
    assert pace_bar(None, 0.5, "no_data", "") == ""
    assert "pace-mark" not in pace_bar(0.4, None, "open", "40 %")


def test_the_road_runs_from_the_baseline_to_the_target_also_downwards() -> None:
    assert along(75, 50, 100) == 0.5
    assert along(4, 8, 0) == 0.5
    assert along(1, None, 100) is None
    assert along(1, 100, 100) is None


def test_what_exceeds_the_target_fills_the_road_and_no_more() -> None:
    assert 'width="100.0"' in pace_bar(1.7, 0.2, "achieved", "170 %")
    assert 'width="0.0"' in pace_bar(-0.3, 0.2, "off_track", "-30 %")


def test_a_trend_is_told_to_who_cannot_see_it_and_sets_no_style() -> None:
    values = [(date(2025, 12, 31), 60.0), (date(2026, 12, 31), 71.0)]
    pace = [(date(2024, 12, 31), 50.0), (date(2027, 12, 31), 95.0)]
    drawn = Trend(values, pace, 95.0, "Nước sạch <1>").draw(str)
    assert 'aria-label="Nước sạch &lt;1&gt;"' in drawn
    assert "style=" not in drawn
    assert ">2026</text>" in drawn


def test_one_value_alone_is_no_trend() -> None:
    assert Trend([(date(2026, 1, 1), 3.0)], [], 3.0, "").draw(str) == ""


def test_equal_values_still_make_a_picture() -> None:
    values = [(date(2025, 12, 31), 0.0), (date(2026, 12, 31), 0.0)]
    assert "<svg" in Trend(values, [], 0.0, "").draw(str)
