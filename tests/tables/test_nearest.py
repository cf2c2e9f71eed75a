"""What a mistyped name most likely meant, and when not to guess."""

import pytest

from donbay.tables.nearest import Nearest

NAMES = ("recorded_at", "poor_households", "vn-p42", "05716", "xã Đồng", "c")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Recorded at", "recorded_at"),
        ("recorded", "recorded_at"),
        ("poor_houseolds", "poor_households"),
        ("poor_housseholds", "poor_households"),
        ("poor_hosueholds", "poor_households"),
        ("POOR-HOUSEHOLDS", "poor_households"),
        ("VN_P42", "vn-p42"),
        ("5716", "05716"),
        ("xa dong", "xã Đồng"),
        ("C", "c"),
        ("vn-p43", None),
        ("05717", None),
        ("households", None),
        ("d", None),
        ("", None),
    ],
)
def test_what_was_meant(text: str, name: str | None) -> None:
    assert Nearest(NAMES).to(text) == name
