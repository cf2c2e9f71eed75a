"""Programmes as the core knows them: the pack in force, over its own territory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from donbay.domain import territory as domain
from donbay.domain.default_forms import form_for, form_of
from donbay.domain.forms import Form
from donbay.domain.periods import Period, parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.rounds import RoundState
from donbay.packs import Pack, load_pack
from donbay.web.programmes.models import Edition, Extension, Programme, Round
from donbay.web.territory import queries as places
from donbay.web.territory.queries import within


def today(programme: Programme) -> date:
    """The day it is in the programme's time zone."""
    return datetime.now(ZoneInfo(programme.time_zone)).date()


def published() -> list[Programme]:
    """Those that everybody may read."""
    found = Programme.objects.filter(published_at__isnull=False)
    return list(found.order_by("id"))


def published_one(wanted: str) -> Programme | None:
    found = Programme.objects.filter(pk=wanted, published_at__isnull=False)
    return found.first()


def edition(programme: Programme) -> Edition:
    """The pack last installed; its own `editions/` hold what changes by date.

    No query after the first for one programme object.
    """
    kept: Edition | None = getattr(programme, "_edition", None)
    if kept is None:
        kept = programme.installed_editions.order_by("-id").first()
        if kept is None:
            raise Edition.DoesNotExist(programme.id)
        programme._edition = kept  # type: ignore[attr-defined]  # noqa: SLF001 -- lives as long as the request's programme
    return kept


def pack(programme: Programme, on: date | None = None) -> Pack:
    """The pack as in force on a day (today where none is given)."""
    installed = edition(programme)
    return _pack_on(installed.path, on or today(programme))


def _pack_on(path: str, on: date) -> Pack:
    """All days between two changes of the pack share what was read."""
    changes = [day for day in _changes(path) if day <= on]
    return _pack(path, max(changes, default=date.min))


@lru_cache(maxsize=64)
def _changes(path: str) -> tuple[date, ...]:
    """Days on which the pack, or one that it extends, changes by its editions."""
    found = (Path(settings.PACKS) / path).parent.glob("*/editions/*/")
    return tuple(sorted(day for place in found if (day := _day(place.name))))


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _pack(path: str, on: date) -> Pack:
    return load_pack(Path(settings.PACKS) / path, on=on)


def promise(programme: Programme, on: date | None = None) -> Promise:
    """What the programme promises, as the core has it."""
    return pack(programme, on).programme


def territory_of(programme: Programme) -> domain.Territory:
    """The places that take part, with their history."""
    return within(_roots(programme))


def _roots(programme: Programme) -> frozenset[str]:
    kept: frozenset[str] | None = getattr(programme, "_root_ids", None)
    if kept is None:
        kept = frozenset(programme.roots.values_list("id", flat=True))
        programme._root_ids = kept  # type: ignore[attr-defined]  # noqa: SLF001 -- as `_edition`
    return kept


# --- rounds ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Days:
    """When a unit may report for a round; `extended` where it was given more time."""

    opens: date
    due: date
    closes: date
    closed: bool = False
    extended: date | None = None

    def state(self, on: date) -> RoundState:
        if on < self.opens:
            return RoundState.AHEAD
        if self.extended is not None and on <= self.extended:
            return RoundState.OPEN
        if self.closed or on > self.closes:
            return RoundState.CLOSED
        return RoundState.OPEN if on <= self.due else RoundState.LATE

    def takes(self, on: date) -> bool:
        return self.state(on) in {RoundState.OPEN, RoundState.LATE}

    @property
    def last_due(self) -> date:
        return max(self.due, self.extended or self.due)


def open_now(programmes: Iterable[Programme] | None = None) -> QuerySet[Round]:
    """Rounds that nobody closed, the soonest due first."""
    found = Round.objects.filter(state=Round.State.OPEN).select_related("programme")
    if programmes is not None:
        found = found.filter(programme__in=list(programmes))
    return found.order_by("due", "id")


def shared(rounds: Iterable[Round]) -> list[Round]:
    """Rounds of one programme with one programme object, which keeps what it read."""
    kept: dict[str, Programme] = {}
    found = list(rounds)
    for one in found:
        one.programme = kept.setdefault(one.programme_id, one.programme)
    return found


def days_of(round: Round, unit: str) -> Days:
    """The days of a round for one unit, with the time that it was given."""
    return days([round], [unit])[round.pk, unit]


def days(
    rounds: Collection[Round], units: Collection[str]
) -> Mapping[tuple[int, str], Days]:
    """The same for many, with one query."""
    more: dict[tuple[int, str], date] = {}
    given = Extension.objects.filter(round__in=rounds)
    if len(units) == 1:
        given = given.filter(unit__in=units)
    for extension in given:
        key = extension.round_id, extension.unit_id
        more[key] = max(extension.until, more.get(key, extension.until))
    return {
        (one.pk, unit): Days(
            one.opens,
            one.due,
            one.closes,
            one.state == Round.State.CLOSED,
            more.get((one.pk, unit)),
        )
        for one in rounds
        for unit in units
    }


def period_of(round: Round) -> Period:
    return parse_period(round.period)


def promise_of(round: Round) -> Promise:
    """As in force on the day that the round opened: what is asked stays what it was."""
    return promise(round.programme, round.opens)


@dataclass(frozen=True)
class Asked:
    """Who is asked in a round: units with their version, and each one's own form."""

    form: Form
    units: Mapping[str, domain.Version]
    _promise: Promise
    _places: domain.Territory
    _last: date

    def form_for(self, unit: str) -> Form | None:
        """What of the form this unit is asked."""
        return self.form_once_for(unit) if unit in self.units else None

    def form_once_for(self, unit: str) -> Form | None:
        """The same of a place that ended before the period did: what it was asked."""
        version = self.units.get(unit) or self._ended(unit)
        if version is None:
            return None
        return form_for(self._promise, self.form, version.tags)

    def place(self, unit: str) -> domain.Version:
        """Who is, or was, asked. Raises KeyError for who never could be."""
        version = self.units.get(unit) or self._ended(unit)
        if version is None:
            raise KeyError(unit)
        return version

    def _ended(self, unit: str) -> domain.Version | None:
        some = self._places.versions.get(unit, ())
        ended = [v for v in some if v.valid_to < self._last]
        last = max(ended, key=lambda v: v.valid_to, default=None)
        return last if last and last.level == self.form.level else None


def asked(round: Round) -> Asked:
    """Units of the form's level and scope on the period's last day."""
    installed = edition(round.programme)
    return _asked(
        installed.path,
        round.opens,
        round.form,
        round.period,
        _roots(round.programme),
        places.revision(),
    )


@lru_cache(maxsize=128)
def _asked(  # noqa: PLR0917 -- a key of a cache
    path: str,
    opens: date,
    form: str,
    period: str,
    roots: frozenset[str],
    revision: int,  # noqa: ARG001 -- the cache's key
) -> Asked:
    promised = _pack_on(path, opens).programme
    return _asked_in(promised, form, period, within(roots))


def asked_of(round: Round, places: domain.Territory) -> Asked:
    """Who would be asked if these were the places."""
    return _asked_in(promise_of(round), round.form, round.period, places)


def _asked_in(
    promised: Promise, form: str, period: str, places: domain.Territory
) -> Asked:
    asked_form, last = form_of(promised, form), parse_period(period).last
    units = places.on(last)
    return Asked(
        asked_form,
        {
            unit: version
            for unit, version in units.items()
            if version.level == asked_form.level
            and form_for(promised, asked_form, version.tags)
        },
        promised,
        places,
        last,
    )
