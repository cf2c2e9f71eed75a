"""Where the land of a place was, or is, on the map of another day."""

from datetime import date

import pytest

from donbay.domain.territory import Succession, Territory, Version

MERGED, NAMED = date(2025, 7, 1), date(2026, 1, 1)


def commune(unit: str, begins: date = date.min, ends: date = date.max) -> Version:
    return Version(unit, unit, unit, "commune", "tn", begins, ends)


@pytest.fixture
def places() -> Territory:
    """Tràng Xá and La Hiên became Võ Nhai, which became Phú Thượng; Dân Tiến stayed."""
    eve, last = date(2025, 6, 30), date(2025, 12, 31)
    versions = [
        commune("trang_xa", ends=eve),
        commune("la_hien", ends=eve),
        commune("vo_nhai", MERGED, last),
        commune("phu_thuong", NAMED),
        commune("dan_tien"),
    ]
    changes = [
        Succession(MERGED, "trang_xa", "vo_nhai", 1.0),
        Succession(MERGED, "la_hien", "vo_nhai", 1.0),
        Succession(NAMED, "vo_nhai", "phu_thuong", 1.0),
    ]
    return Territory(versions, changes)


@pytest.mark.parametrize(
    ("unit", "day", "kin"),
    [
        ("phu_thuong", date(2025, 1, 1), ["trang_xa", "la_hien"]),
        ("phu_thuong", date(2025, 9, 1), ["vo_nhai"]),
        ("phu_thuong", date(2026, 9, 1), ["phu_thuong"]),
        ("trang_xa", date(2025, 9, 1), ["vo_nhai"]),
        ("la_hien", date(2026, 9, 1), ["phu_thuong"]),
        ("vo_nhai", date(2025, 1, 1), ["trang_xa", "la_hien"]),
        ("vo_nhai", date(2026, 9, 1), ["phu_thuong"]),
        ("dan_tien", date(2025, 1, 1), ["dan_tien"]),
        ("nowhere", date(2025, 1, 1), []),
    ],
)
def test_a_place_has_its_kin_on_every_map(
    places: Territory, unit: str, day: date, kin: list[str]
) -> None:
    assert places.kin(unit, day) == kin
