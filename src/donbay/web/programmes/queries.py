"""Programmes as the core knows them: the pack in force, over its own territory."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from donbay.domain import territory as domain
from donbay.domain.programmes import Programme as Promise
from donbay.packs import Pack, load_pack
from donbay.web.programmes.models import Edition, Programme
from donbay.web.territory.queries import within


def today(programme: Programme) -> date:
    """The day it is in the programme's time zone."""
    return datetime.now(ZoneInfo(programme.time_zone)).date()


def edition(programme: Programme) -> Edition:
    """The pack last installed; its own `editions/` hold what changes by date."""
    found = programme.installed_editions.order_by("-id").first()
    if found is None:
        raise Edition.DoesNotExist(programme.id)
    return found


def pack(programme: Programme, on: date | None = None) -> Pack:
    """The pack as in force on a day (today where none is given)."""
    installed = edition(programme)
    return _pack(installed.checksum, installed.path, on or today(programme))


@lru_cache(maxsize=64)
def _pack(checksum: str, path: str, on: date) -> Pack:  # noqa: ARG001 -- the cache's key
    return load_pack(Path(settings.PACKS) / path, on=on)


def promise(programme: Programme, on: date | None = None) -> Promise:
    """What the programme promises, as the core has it."""
    return pack(programme, on).programme


def territory_of(programme: Programme) -> domain.Territory:
    """The places that take part, with their history."""
    return within(_roots(programme))


def _roots(programme: Programme) -> frozenset[str]:
    return frozenset(programme.roots.values_list("id", flat=True))
