"""A place shows what it was called, whom it took in, and where it went."""

from __future__ import annotations

from datetime import date

from tests.web.people import WATER

from donbay.domain.territory import Succession, Territory, Version
from donbay.domain.verdicts import Days
from donbay.packs import load_pack
from donbay.web.look.places import history
from donbay.web.look.titles import Titles

MERGER = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


def merged() -> Titles:
    """On 1 July 2025 Dân Tiến and Bình Long became the new commune of Dân Tiến."""
    old = {"a": "Xã Dân Tiến", "b": "Xã Bình Long"}
    versions = [
        Version(unit, "", name, "commune", None, date.min, BEFORE, None, frozenset())
        for unit, name in old.items()
    ]
    new = ("c", "", "Xã Dân Tiến mới", "commune", None)
    versions.append(Version(*new, MERGER, date.max, None, frozenset()))
    act = "1682/NQ-UBTVQH15"
    changes = [Succession(MERGER, unit, "c", 1.0, None, act) for unit in old]
    today = date(2026, 11, 1)
    return Titles(load_pack(WATER), Territory(versions, changes), Days(today, today))


def test_a_merged_place_names_those_that_it_came_of() -> None:
    came, named = history(merged(), "c")
    assert (named.day, named.name, named.units) == (MERGER, "Xã Dân Tiến mới", ())
    assert came.kind == "came_of"
    assert came.units == (("a", "Xã Dân Tiến"), ("b", "Xã Bình Long"))
    assert came.decision == "1682/NQ-UBTVQH15"


def test_a_place_that_ended_says_where_it_went() -> None:
    (went,) = history(merged(), "a")
    assert (went.kind, went.day) == ("went_into", MERGER)
    assert went.units == (("c", "Xã Dân Tiến mới"),)


def test_a_place_that_ended_keeps_its_name() -> None:
    assert merged().place("b") == "Xã Bình Long"
