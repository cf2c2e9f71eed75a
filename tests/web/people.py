"""The province of Thái Nguyên, the people who report, review and ask there, and water.

    Thái Nguyên (tn)
    ├─ Võ Nhai (vn): Tràng Xá (tx), La Hiên (lh)
    └─ Đại Từ (dt): Hoàng Nông (hn)

An reports for Tràng Xá, Hoa for La Hiên, Khôi for Hoàng Nông; Bình reviews for Võ Nhai
and Linh for the province; Em's department answers for criterion 1; Chi is in the
programme office, Dũng leads, Giang inspects, Quân is the administrator, and Phúc has no
role.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from donbay.domain.roles import RoleKind
from donbay.packs import load_pack
from donbay.web.offices.models import Office, Role, User
from donbay.web.offices.permissions import By
from donbay.web.programmes.models import Edition, Programme, Round
from donbay.web.territory.models import Revision, Unit, UnitVersion
from donbay.web.territory.queries import folded

WATER = Path(__file__).with_name("water")
PASSWORD = "Sông Cầu 2026"  # noqa: S105 -- of people who are made up
PLACES = (
    ("tn", "19", "Tỉnh Thái Nguyên", "province", None),
    ("vn", "170", "Huyện Võ Nhai", "district", "tn"),
    ("dt", "171", "Huyện Đại Từ", "district", "tn"),
    ("tx", "05716", "Xã Tràng Xá", "commune", "vn"),
    ("lh", "05728", "Xã La Hiên", "commune", "vn"),
    ("hn", "05800", "Xã Hoàng Nông", "commune", "dt"),
)
POINTS = {"tx": (21.72, 106.03), "lh": (21.74, 105.93), "hn": (21.6, 105.61)}
_kept: dict[str, str] = {}


def places() -> None:
    """The units above, and a revision of their own so that no cache is wrong."""
    for order, (unit, code, name, level, parent) in enumerate(PLACES):
        lat, lon = POINTS.get(unit, (None, None))
        Unit.objects.get_or_create(id=unit, defaults={"order": order})
        UnitVersion.objects.get_or_create(
            unit_id=unit,
            defaults={
                "code": code,
                "name": name,
                "folded": folded(name),
                "level": level,
                "parent_id": parent,
                "lat": lat,
                "lon": lon,
            },
        )
    Revision.objects.get_or_create(defaults={"number": 1})


def water(pack: Path = WATER, programme: str = "water") -> Programme:
    """A programme on the site, over the whole province, with its pack."""
    places()
    read = load_pack(pack).programme
    made, new = Programme.objects.get_or_create(
        id=programme,
        defaults={
            "titles": dict(read.title.by_language),
            "time_zone": "Asia/Ho_Chi_Minh",
            "synthetic": True,
            "published_at": timezone.now(),
        },
    )
    if new:
        made.roots.set(Unit.objects.filter(pk="tn"))
        Edition.objects.create(
            programme=made,
            checksum=_installed(pack),
            path=_kept[str(pack)],
            installed_at=timezone.now(),
            installed_by="",
        )
    return made


def _installed(pack: Path) -> str:
    """Copied once for each process into the home of the tests."""
    hashed = hashlib.sha256()
    for path in sorted(p for p in pack.rglob("*") if p.is_file()):
        hashed.update(str(path.relative_to(pack)).encode() + path.read_bytes())
    checksum = hashed.hexdigest()
    if str(pack) not in _kept:
        name = f"{pack.name}-{checksum[:12]}"
        shutil.copytree(pack, Path(settings.PACKS) / name, dirs_exist_ok=True)
        _kept[str(pack)] = name
    return checksum


def person(
    name: str,
    kind: RoleKind | None = None,
    unit: str = "tn",
    programme: Programme | None = None,
    criteria: Sequence[str] = (),
    **more: object,
) -> User:
    """Somebody who may sign in; with a role since 2024 if a kind is given."""
    user, new = User.objects.get_or_create(
        username=folded(name), defaults={"name": name, "language": "vi", **more}
    )
    if new:
        user.set_password(PASSWORD)
        user.save()
    if kind is not None:
        give(user, kind, unit, programme, criteria=list(criteria))
    return user


def give(
    user: User,
    kind: RoleKind,
    unit: str,
    programme: Programme | None = None,
    *,
    criteria: Sequence[str] = (),
    starts: date = date(2024, 1, 1),
    ends: date | None = None,
) -> Role:
    """A role by itself; the site's own way is an action with a journal entry."""
    places()
    user.__dict__.pop("_roles", None)
    return Role.objects.get_or_create(
        user=user,
        kind=kind.value,
        unit_id=unit,
        programme=programme,
        defaults={
            "criteria": list(criteria),
            "starts": starts,
            "ends": ends,
            "given_by": "",
        },
    )[0]


@dataclass(frozen=True)
class People:
    """Everybody of a programme; each is made when first spoken of."""

    programme: Programme

    @cached_property
    def an(self) -> User:
        return person("An", RoleKind.REPORTER, "tx", self.programme)

    @cached_property
    def hoa(self) -> User:
        return person("Hoa", RoleKind.REPORTER, "lh", self.programme)

    @cached_property
    def khoi(self) -> User:
        return person("Khôi", RoleKind.REPORTER, "hn", self.programme)

    @cached_property
    def binh(self) -> User:
        return person("Bình", RoleKind.REVIEWER, "vn", self.programme)

    @cached_property
    def linh(self) -> User:
        return person("Linh", RoleKind.REVIEWER, "tn", self.programme)

    @cached_property
    def em(self) -> User:
        return person("Em", RoleKind.OWNER, "tn", self.programme, ["commune/1"])

    @cached_property
    def chi(self) -> User:
        return person("Chi", RoleKind.PROGRAMME_OFFICE, "tn", self.programme)

    @cached_property
    def dung(self) -> User:
        return person("Dũng", RoleKind.LEADER, "tn", self.programme)

    @cached_property
    def giang(self) -> User:
        return person("Giang", RoleKind.INSPECTOR, "tn", self.programme)

    @cached_property
    def phuc(self) -> User:
        return person("Phúc")

    @cached_property
    def quan(self) -> User:
        return person("Quân", is_superuser=True)


def office(name: str, unit: str, leader: User | None = None) -> Office:
    places()
    return Office.objects.get_or_create(
        name=name, unit_id=unit, defaults={"kind": "committee", "leader": leader}
    )[0]


def by(user: User) -> By:
    """Somebody acting from the desk in the next room."""
    return By(user, "10.0.0.7")


def signed_in(user: User) -> Client:
    """The browser of somebody who has signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def quarter(programme: Programme, period: str = "2026-Q3", *, due_in: int = 5) -> Round:
    """A round that is open today, whatever day it is; late if `due_in` is negative."""
    today = timezone.localdate()
    return Round.objects.get_or_create(
        programme=programme,
        call="quarterly",
        form="commune_quarter",
        period=period,
        defaults={
            "kind": "quarterly",
            "opens": today + timedelta(days=min(due_in, 0) - 10),
            "due": today + timedelta(days=due_in),
            "closes": today + timedelta(days=max(due_in, 0) + 30),
        },
    )[0]
