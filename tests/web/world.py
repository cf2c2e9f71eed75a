"""One of everything that an address may speak of, in the programme on clean water."""

from __future__ import annotations

from dataclasses import dataclass

from tests.web.people import People, office, person, quarter, water

from donbay.web.offices.models import Office, Role, User
from donbay.web.programmes.models import Programme, Round


@dataclass(frozen=True)
class World:
    """What the names in the table of doors stand for."""

    programme: str
    people: People
    round: int
    unit: str
    office: int
    person: int
    role: int


def world() -> World:
    programme: Programme = water()
    asked: Round = quarter(programme)
    people = People(programme)
    committee: Office = office("UBND xã Tràng Xá", "tx")
    lan: User = person("Lan", office=committee)
    role: Role = people.an.roles.get()
    return World(programme.pk, people, asked.pk, "tx", committee.pk, lan.pk, role.pk)
