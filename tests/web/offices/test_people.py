"""The programme office sees to the people of its places, and to nobody else."""

from datetime import date

import pytest
from tests.web.people import People, by, office, person, signed_in, water

from donbay.domain.roles import RoleKind
from donbay.domain.workflow import NotAllowed
from donbay.web.journal.queries import of_object
from donbay.web.offices.actions import (
    Details,
    add_person,
    change_person,
    end_role,
    give_role,
    name_leader,
    new_password,
    open_office,
)
from donbay.web.offices.models import User
from donbay.web.offices.permissions import Closed, role_for

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 31)
LAN = Details("lan", "Lan", "lan@example.org")


@pytest.fixture
def people() -> People:
    return People(water())


@pytest.fixture
def district(people: People) -> User:
    """Oanh, of the programme office of Võ Nhai."""
    return person("Oanh", RoleKind.PROGRAMME_OFFICE, "vn", people.programme)


def test_a_new_officer_signs_in_with_the_password_that_was_handed_over(
    people: People,
) -> None:
    committee = open_office(by(people.chi), "UBND xã Tràng Xá", "tx")
    lan, password = add_person(by(people.chi), LAN, committee)
    assert lan.check_password(password)
    assert password not in str(list(of_object("user", lan.pk).values()))
    (entry,) = of_object("user", lan.pk)
    assert (entry.verb, entry.by_name, entry.address) == (
        "add_person",
        "Chi",
        "10.0.0.7",
    )


def test_a_role_is_given_for_a_summer(people: People) -> None:
    lan, _ = add_person(by(people.chi), LAN, office("UBND xã", "tx"))
    give_role(
        *(by(people.chi), lan, RoleKind.REPORTER, "tx", people.programme),
        starts=JULY,
        ends=AUGUST,
    )
    reports = {RoleKind.REPORTER}
    lan = User.objects.get(pk=lan.pk)
    assert role_for(lan, reports, "water", "tx", on=AUGUST)
    assert role_for(lan, reports, "water", "tx", on=date(2026, 9, 1)) is None


def test_an_ended_role_ends_with_its_day(people: People) -> None:
    role = people.an.roles.get()
    end_role(by(people.chi), role, AUGUST)
    with pytest.raises(NotAllowed, match="days_out_of_order"):
        end_role(by(people.chi), role, date(2023, 12, 31))
    assert people.an.roles.get().ends == AUGUST


def test_a_district_gives_no_role_in_another_district(
    people: People, district: User
) -> None:
    for unit in ("hn", "tn", "dt"):
        with pytest.raises(Closed):
            give_role(
                *(by(district), people.an, RoleKind.REPORTER, unit, people.programme),
                starts=JULY,
            )
    with pytest.raises(Closed):
        give_role(by(district), people.an, RoleKind.REPORTER, "tx", None, starts=JULY)
    with pytest.raises(Closed):
        open_office(by(district), "UBND huyện Đại Từ", "dt")


def test_nobody_takes_over_who_can_do_more(people: People, district: User) -> None:
    committee = office("UBND xã Tràng Xá", "tx")
    for mightier in (people.chi, people.quan):
        User.objects.filter(pk=mightier.pk).update(office=committee)
        with pytest.raises(Closed):
            new_password(by(district), User.objects.get(pk=mightier.pk))
        with pytest.raises(Closed):
            change_person(
                by(district), User.objects.get(pk=mightier.pk), LAN, committee
            )


def test_only_the_office_sees_to_people(people: People) -> None:
    for someone in (people.an, people.binh, people.dung, people.giang, people.em):
        with pytest.raises(Closed):
            add_person(by(someone), LAN, office("UBND xã Tràng Xá", "tx"))
        assert signed_in(someone).get("/people/").status_code == 404


def test_a_name_is_taken_once_whatever_its_capitals(people: People) -> None:
    committee = office("UBND xã Tràng Xá", "tx")
    add_person(by(people.chi), LAN, committee)
    for taken, code in (
        (Details("LAN", "Lan khác"), "username_taken"),
        (Details("lan2", "Lan khác", "LAN@example.org"), "email_taken"),
        (Details("lan 2", "Lan khác"), "person_username"),
        (Details("lan3", " "), "name_missing"),
    ):
        with pytest.raises(NotAllowed, match=code):
            add_person(by(people.chi), taken, committee)


def test_the_leader_of_an_office_is_of_the_office(people: People) -> None:
    committee = office("UBND xã Tràng Xá", "tx")
    lan, _ = add_person(by(people.chi), LAN, committee)
    name_leader(by(people.chi), committee, lan)
    with pytest.raises(NotAllowed, match="not_of_the_office"):
        name_leader(by(people.chi), committee, people.an)


def test_who_leaves_cannot_come_in(people: People) -> None:
    committee = office("UBND xã Tràng Xá", "tx")
    lan, _ = add_person(by(people.chi), LAN, committee)
    browser = signed_in(lan)
    assert browser.get("/work/").status_code == 200
    change_person(by(people.chi), lan, LAN, committee, active=False)
    assert browser.get("/work/").status_code == 302
