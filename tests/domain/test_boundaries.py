"""For which days an area holds: until a succession touches its place."""

from __future__ import annotations

from datetime import date

from donbay.domain.boundaries import Boundary, held, holders, unchanged
from donbay.domain.territory import Succession, Territory, Version

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
LONG_AGO, LATER = date(2020, 1, 1), date(2026, 1, 1)
SQUARE = ((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),),)


def commune(unit: str, first: date = date.min, last: date = date.max) -> Version:
    return Version(unit, unit, unit, "commune", None, first, last)


# Sảng Mộc and Nghinh Tường become one commune; Thần Sa goes on under another id; La
# Hiên takes in Cúc Đường; Tràng Xá is only given another name.
PLACES = Territory(
    [
        commune("sang_moc", last=BEFORE),
        commune("nghinh_tuong", last=BEFORE),
        commune("new", AFTER),
        commune("than_sa", last=BEFORE),
        commune("than_sa_2", AFTER),
        commune("cuc_duong", last=BEFORE),
        commune("la_hien"),
        commune("trang_xa", last=BEFORE),
        Version("trang_xa", "x", "Trang Xa", "commune", None, AFTER),
    ],
    [
        Succession(AFTER, "sang_moc", "new", 1.0),
        Succession(AFTER, "nghinh_tuong", "new", 1.0),
        Succession(AFTER, "than_sa", "than_sa_2", 1.0),
        Succession(AFTER, "cuc_duong", "la_hien", 1.0),
    ],
)


def areas_on(day: date, *drawn: tuple[str, date]) -> set[str]:
    found = {unit: (Boundary(unit, on, SQUARE),) for unit, on in drawn}
    return set(held(PLACES, PLACES.on(day), found, day))


def test_an_area_holds_while_nothing_touches_its_place() -> None:
    assert unchanged(PLACES, "new", AFTER, LATER)
    assert not unchanged(PLACES, "new", BEFORE, LATER)
    assert unchanged(PLACES, "sang_moc", LONG_AGO, BEFORE)
    assert not unchanged(PLACES, "sang_moc", LONG_AGO, AFTER)


def test_another_name_leaves_the_area() -> None:
    assert unchanged(PLACES, "trang_xa", LONG_AGO, LATER)
    assert areas_on(LATER, ("trang_xa", LONG_AGO)) == {"trang_xa"}


def test_a_place_that_takes_another_in_has_a_new_area() -> None:
    assert not unchanged(PLACES, "la_hien", BEFORE, AFTER)
    assert areas_on(BEFORE, ("la_hien", AFTER)) == set()
    assert areas_on(LATER, ("la_hien", AFTER)) == {"la_hien"}


def test_alone_to_alone_under_another_id_keeps_the_area() -> None:
    assert list(holders(PLACES, "than_sa_2", LATER)) == [
        ("than_sa_2", LATER),
        ("than_sa", BEFORE),
    ]
    assert areas_on(LATER, ("than_sa", LONG_AGO)) == {"than_sa_2"}
    assert areas_on(LONG_AGO, ("than_sa_2", LATER)) == {"than_sa"}


def test_merged_places_have_no_area_of_their_predecessors() -> None:
    assert areas_on(LATER, ("sang_moc", BEFORE), ("nghinh_tuong", BEFORE)) == set()
    assert areas_on(BEFORE, ("new", LATER)) == set()


def test_what_was_brought_last_stands_first() -> None:
    drawn = [Boundary("new", AFTER, SQUARE, n) for n in (2, 1)]
    found = held(PLACES, ["new"], {"new": drawn}, LATER)
    assert found["new"].brought == 2
