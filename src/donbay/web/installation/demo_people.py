"""People of the demonstration: made up, one of each role, all with one password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from donbay.domain.roles import RoleKind
from donbay.web.offices.models import Office, Role, User
from donbay.web.territory.queries import folded

PASSWORD = "donbay-demo"  # noqa: S105 -- shown on the first page of the demonstration
SINCE = date(2021, 1, 1)
PROVINCE, AREA = "vn-p19", "vn-p19-dong-bac"
SEAT, PROGRAMME_OFFICE = "Thái Nguyên", "Văn phòng điều phối chương trình"
PROVINCE_OFFICE, DEPARTMENT = "UBND tỉnh Thái Nguyên", "Sở Nông nghiệp và Môi trường"


@dataclass(frozen=True)
class Somebody:
    """A name, an office and roles: (kind, unit); `criteria` are an owner's."""

    username: str
    name: str
    office: str
    unit: str
    roles: Sequence[tuple[RoleKind, str]] = ()
    criteria: Sequence[str] = ()
    administrator: bool = False
    leads: bool = False


def listed(
    reporting: Sequence[tuple[str, str]], roots: Sequence[str]
) -> list[Somebody]:
    """Who stands on the first page. `reporting`: two communes, by id and name."""
    (first, first_name), (second, second_name) = reporting
    return [
        Somebody(
            *("an", "Nguyễn Thị An", f"UBND {first_name}", first),
            roles=[(RoleKind.REPORTER, first)],
        ),
        Somebody(
            *("hoa", "Triệu Thị Hoa", f"UBND {second_name}", second),
            roles=[(RoleKind.REPORTER, second)],
        ),
        Somebody(
            *("binh", "Lê Văn Bình", DEPARTMENT, PROVINCE),
            roles=[(RoleKind.REVIEWER, PROVINCE)],
        ),
        Somebody(
            *("em", "Hoàng Văn Em", DEPARTMENT, PROVINCE),
            roles=[(RoleKind.OWNER, PROVINCE)],
            criteria=["commune_standard/1"],
        ),
        Somebody(
            *("chi", "Phạm Linh Chi", PROGRAMME_OFFICE, PROVINCE),
            roles=[(RoleKind.PROGRAMME_OFFICE, PROVINCE)],
        ),
        Somebody(
            *("dung", "Trần Tiến Dũng", PROVINCE_OFFICE, PROVINCE),
            roles=[(RoleKind.LEADER, unit) for unit in roots],
            leads=True,
        ),
        Somebody(
            *("giang", "Vũ Hương Giang", "Thanh tra tỉnh", PROVINCE),
            roles=[(RoleKind.INSPECTOR, unit) for unit in roots],
        ),
        Somebody(
            *("quan", "Đỗ Minh Quân", PROVINCE_OFFICE, PROVINCE), administrator=True
        ),
    ]


def clerks(communes: Sequence[tuple[str, str]]) -> list[Somebody]:
    """One for each other commune, so that it can report."""
    return [
        Somebody(
            folded(unit),
            f"Cán bộ {name}",
            f"UBND {name}",
            unit,
            roles=[(RoleKind.REPORTER, unit)],
        )
        for unit, name in communes
    ]


def settle_in(people: Sequence[Somebody], language: str) -> dict[str, User]:
    """All of them at once; the password is hashed once for all. By user name."""
    hashed = make_password(PASSWORD)
    offices = {
        (p.office, p.unit): Office(name=p.office, unit_id=p.unit, kind="office")
        for p in people
    }
    Office.objects.bulk_create(offices.values())
    users = [
        User(
            username=p.username,
            name=p.name,
            language=language,
            office=offices[p.office, p.unit],
            password=hashed,
            is_superuser=p.administrator,
            is_staff=p.administrator,
        )
        for p in people
    ]
    User.objects.bulk_create(users)
    made = {user.username: user for user in users}
    Role.objects.bulk_create(
        Role(
            user=made[p.username],
            kind=kind.value,
            unit_id=unit,
            programme=None,
            criteria=list(p.criteria),
            starts=SINCE,
            given_by="",
        )
        for p in people
        for kind, unit in p.roles
    )
    for p in people:
        if p.leads:
            office = offices[p.office, p.unit]
            office.leader = made[p.username]
            office.save(update_fields=["leader"])
    return made
