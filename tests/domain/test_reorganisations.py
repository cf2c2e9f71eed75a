"""A decision makes another map, and says who goes on with the work of what ended."""

from __future__ import annotations

from datetime import date

import pytest

from donbay.domain.reorganisations import (
    Reorganisation,
    applied,
    goes_on_alone,
    heir,
    undone,
)
from donbay.domain.territory import Succession, Territory, Version

DAY = date(2025, 7, 1)
EVE = date(2025, 6, 30)


def unit(
    name: str,
    parent: str | None,
    level: str = "commune",
    valid_from: date = date.min,
    valid_to: date = date.max,
) -> Version:
    return Version(name, name, name.title(), level, parent, valid_from, valid_to)


def to(origin: str, heir: str, share: float | None = 1.0) -> Succession:
    return Succession(DAY, origin, heir, share, decision="1683/NQ-UBTVQH15")


BEFORE = Territory(
    [
        unit("province", None, "province"),
        unit("vo nhai", "province", "district"),
        unit("dinh ca", "vo nhai"),
        unit("phu thuong", "vo nhai"),
        unit("sang moc", "vo nhai"),
        unit("lien minh", "vo nhai"),
    ]
)
CHANGE = Reorganisation(
    DAY,
    (
        unit("vo nhai", "province", "district", valid_to=EVE),
        unit("new vo nhai", "province", valid_from=DAY),
        unit("new sang moc", "province", valid_from=DAY),
        unit("lien minh", "province", valid_from=DAY),
    ),
    (
        to("dinh ca", "new vo nhai"),
        to("phu thuong", "new vo nhai"),
        to("sang moc", "new sang moc"),
    ),
)
AFTER = applied(BEFORE, CHANGE)


def test_the_map_after_the_day_has_the_new_places() -> None:
    assert list(AFTER.on(EVE)) == list(BEFORE.on(EVE))
    assert sorted(AFTER.on(DAY)) == [
        "lien minh",
        "new sang moc",
        "new vo nhai",
        "province",
    ]


def test_a_place_that_goes_on_has_another_parent_from_the_day() -> None:
    before, after = AFTER.versions["lien minh"]
    assert (before.parent, before.valid_to) == ("vo nhai", EVE)
    assert (after.parent, after.valid_from) == ("province", DAY)


def test_undone_it_is_what_it_was() -> None:
    touched = [v for u in CHANGE.units for v in BEFORE.versions.get(u, ())]
    back = undone(AFTER, CHANGE, touched)
    assert back.versions == BEFORE.versions
    assert back.successions == BEFORE.successions


@pytest.mark.parametrize(
    ("place", "who", "why"),
    [
        ("dinh ca", "new vo nhai", "whole"),
        ("vo nhai", "province", "above"),
        ("lien minh", "lien minh", "stays"),
        ("province", "province", "stays"),
    ],
)
def test_somebody_goes_on_with_the_work(place: str, who: str, why: str) -> None:
    found = heir(AFTER, place, DAY)
    assert (found.unit, found.why) == (who, why)


@pytest.mark.parametrize(
    ("parts", "who"),
    [((0.7, 0.3), "a"), ((0.5, 0.5), None), ((None, None), None)],
)
def test_of_a_divided_place_the_largest_part_goes_on_if_it_is_known(
    parts: tuple[float | None, float | None], who: str | None
) -> None:
    change = Reorganisation(
        DAY,
        (
            unit("a", "vo nhai", valid_from=DAY),
            unit("b", "vo nhai", valid_from=DAY),
        ),
        (to("dinh ca", "a", parts[0]), to("dinh ca", "b", parts[1])),
    )
    assert heir(applied(BEFORE, change), "dinh ca", DAY).unit == who


def test_the_heirs_of_heirs_go_on() -> None:
    later = date(2026, 4, 30)
    again = Reorganisation(
        later,
        (unit("greater vo nhai", "province", valid_from=later),),
        (Succession(later, "new vo nhai", "greater vo nhai", 1.0),),
    )
    places = applied(AFTER, again)
    assert heir(places, "dinh ca", later).unit == "greater vo nhai"
    assert heir(places, "dinh ca", DAY).unit == "new vo nhai"


def test_only_a_place_that_comes_of_one_alone_goes_on_as_it() -> None:
    assert goes_on_alone(CHANGE, "sang moc") == "new sang moc"
    assert goes_on_alone(CHANGE, "dinh ca") is None
    assert goes_on_alone(CHANGE, "vo nhai") is None
