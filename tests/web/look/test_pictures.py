"""Pictures show what is known and nothing else; their words stand in a label."""

from __future__ import annotations

from donbay.web.look.pictures import along, pace_bar


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
