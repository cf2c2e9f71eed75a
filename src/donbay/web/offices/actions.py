"""Offices opened, people added, roles given and ended: by who sees to the place."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from donbay.domain.roles import RoleKind
from donbay.domain.workflow import NotAllowed
from donbay.web.journal.actions import acting
from donbay.web.offices.models import Office, Role, User
from donbay.web.offices.permissions import By, Closed, gives, manages, person_for
from donbay.web.programmes.models import Programme

LANGUAGES = ("vi", "en", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a person."""

    username: str
    name: str
    email: str = ""
    language: str = "vi"


def open_office(by: By, name: str, unit: str, kind: str = "office") -> Office:
    if not manages(by.user, unit):
        raise Closed
    if not name.strip():
        raise NotAllowed("name_missing")
    with acting(by.stamp) as act:
        made = Office.objects.create(name=name.strip(), unit_id=unit, kind=kind)
        act.note("open_office", "office", made.pk, name=made.name, unit=unit)
    return made


def name_leader(by: By, office: Office, leader: User | None) -> None:
    """The person who answers for an office; somebody of the office itself."""
    if not manages(by.user, office.unit_id):
        raise Closed
    if leader is not None and leader.office_id != office.pk:
        raise NotAllowed("not_of_the_office", name=str(leader))
    with acting(by.stamp) as act:
        before = office.leader_id
        office.leader = leader
        office.save(update_fields=["leader"])
        now = leader.pk if leader else None
        act.note("name_leader", "office", office.pk, before=before, now=now)


def add_person(by: By, details: Details, office: Office) -> tuple[User, str]:
    """The person, and a first password to hand over: it is kept nowhere."""
    if not manages(by.user, office.unit_id):
        raise Closed
    password = secrets.token_urlsafe(9)
    with acting(by.stamp) as act:
        made = User(office=office)
        _fill(made, details)
        made.set_password(password)
        made.save()
        about = {"username": made.username, "name": made.name, "office": office.pk}
        act.note("add_person", "user", made.pk, **about)
    return made, password


def change_person(
    by: By, person: User, details: Details, office: Office, *, active: bool = True
) -> None:
    """Who leaves is made inactive: what they did stays theirs."""
    person_for(by.user, person.pk)
    if not manages(by.user, office.unit_id):
        raise Closed
    with acting(by.stamp) as act:
        before = _shown(person)
        _fill(person, details)
        person.office, person.is_active = office, active
        person.save()
        changed = {k: v for k, v in _shown(person).items() if before[k] != v}
        if changed:
            act.note("change_person", "user", person.pk, **changed)


def new_password(by: By, person: User) -> str:
    """Instead of one that was forgotten; signs the person out everywhere."""
    person_for(by.user, person.pk)
    password = secrets.token_urlsafe(9)
    with acting(by.stamp) as act:
        person.set_password(password)
        person.save(update_fields=["password"])
        act.note("new_password", "user", person.pk)
    return password


def choose_language(by: By, language: str) -> None:
    if language not in LANGUAGES:
        raise NotAllowed("no_such_language", language=language)
    by.user.language = language
    by.user.save(update_fields=["language"])


def give_role(
    by: By,
    person: User,
    kind: RoleKind,
    unit: str,
    programme: Programme | None,
    *,
    starts: date,
    ends: date | None = None,
    criteria: Sequence[str] = (),
) -> Role:
    """Only what is theirs to give: their places, their programme."""
    named = programme.pk if programme else None
    if not gives(by.user, unit, named):
        raise Closed
    if ends is not None and ends < starts:
        raise NotAllowed("days_out_of_order", starts=str(starts), ends=str(ends))
    with acting(by.stamp) as act:
        made = Role.objects.create(
            user=person,
            kind=kind.value,
            unit_id=unit,
            programme=programme,
            criteria=sorted(criteria),
            starts=starts,
            ends=ends,
            given_by=str(by.user.pk),
        )
        about = {"role": kind.value, "unit": unit, "programme": named}
        days = {"starts": starts, "ends": ends, "criteria": made.criteria}
        act.note("give_role", "user", person.pk, **about, **days)
    return made


def end_role(by: By, role: Role, last: date) -> None:
    """`last` is the last day on which it holds; never before it began."""
    if not gives(by.user, role.unit_id, role.programme_id):
        raise Closed
    if last < role.starts:
        raise NotAllowed("days_out_of_order", starts=str(role.starts), ends=str(last))
    with acting(by.stamp) as act:
        role.ends = last
        role.save(update_fields=["ends"])
        about = {"role": role.kind, "unit": role.unit_id, "ends": last}
        act.note("end_role", "user", role.user_id, **about)


LIMITED = {"username", "email"}  # fields that take not every text


def _fill(person: User, details: Details) -> None:
    """Raises NotAllowed where a name is taken or is none."""
    person.username, person.name = details.username.strip(), details.name.strip()
    person.email, person.language = details.email.strip(), details.language
    if not person.name:
        raise NotAllowed("name_missing")
    if details.language not in LANGUAGES:
        raise NotAllowed("no_such_language", language=details.language)
    others = User.objects.exclude(pk=person.pk)
    if others.filter(username__iexact=person.username).exists():
        raise NotAllowed("username_taken", username=person.username)
    if person.email and others.filter(email__iexact=person.email).exists():
        raise NotAllowed("email_taken", email=person.email)
    try:
        person.clean_fields(exclude=["password", "office"])
    except ValidationError as error:
        field = next(iter(error.error_dict))
        code = f"person_{field if field in LIMITED else 'name'}"
        raise NotAllowed(code, typed=str(getattr(person, field))) from None


def _shown(person: User) -> dict[str, object]:
    names = ("username", "name", "email", "language", "office_id", "is_active")
    return {name: getattr(person, name) for name in names}
