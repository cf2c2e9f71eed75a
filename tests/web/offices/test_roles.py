"""A role reaches the places under its own, in its programme, between its days."""

from datetime import date

import pytest
from tests.web.people import People, give, person, water

from donbay.domain.roles import RoleKind
from donbay.web.offices.permissions import role_for

pytestmark = pytest.mark.django_db
REVIEWS = {RoleKind.REVIEWER}


def test_a_district_reviews_its_own_communes_and_no_others() -> None:
    programme = water()
    binh = People(programme).binh
    assert role_for(binh, REVIEWS, programme.id, "tx")
    assert role_for(binh, REVIEWS, programme.id, "vn")
    assert role_for(binh, REVIEWS, programme.id, "hn") is None
    assert role_for(binh, REVIEWS, programme.id, "tn") is None
    assert role_for(binh, {RoleKind.REPORTER}, programme.id, "tx") is None


def test_a_role_in_one_programme_opens_no_other() -> None:
    binh = People(water()).binh
    assert role_for(binh, REVIEWS, "roads", "tx") is None


def test_a_role_without_programme_holds_in_every_one() -> None:
    linh = person("Linh", RoleKind.REVIEWER, "tn")
    assert role_for(linh, REVIEWS, "roads", "tx")


def test_a_role_ends_with_its_last_day() -> None:
    programme = water()
    minh = person("Minh")
    give(minh, RoleKind.REVIEWER, "vn", programme, ends=date(2025, 6, 30))
    assert role_for(minh, REVIEWS, programme.id, "tx", on=date(2025, 6, 30))
    assert role_for(minh, REVIEWS, programme.id, "tx", on=date(2025, 7, 1)) is None
    assert role_for(minh, REVIEWS, programme.id, "tx", on=date(2023, 12, 31)) is None
