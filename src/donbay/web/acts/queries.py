"""Acts as the core knows them, which of them end soon, and whether all are whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from donbay.domain import acts as domain
from donbay.domain.act_rules import ATTESTATION, AWARD
from donbay.web.acts.models import Act
from donbay.web.programmes.models import Programme


def of_programme(programme: Programme) -> QuerySet[Act]:
    """Every act, those annulled since too; the latest first."""
    return (
        Act.objects.filter(programme=programme, annuls=None)
        .select_related("annulled_by", "unit")
        .order_by("-date", "-place")
    )


def standing(programme: Programme, known: datetime | None = None) -> QuerySet[Act]:
    """Acts that nobody annulled, or not yet at a moment; in the order recorded."""
    annulments = Act.objects.filter(programme=programme, annuls__isnull=False)
    if known is not None:
        annulments = annulments.filter(recorded_at__lte=known)
    gone = annulments.values_list("annuls_id", flat=True)
    rows = Act.objects.filter(programme=programme, annuls=None)
    return rows.exclude(pk__in=list(gone)).order_by("place")


def told(programme: Programme, known: datetime | None = None) -> tuple[domain.Act, ...]:
    """What the engine reads. Which acts were known is told by their dates there."""
    return tuple(_act(row) for row in standing(programme, known))


def _act(row: Act) -> domain.Act:
    return domain.Act(
        unit=row.unit_id,
        kind=row.kind,
        date=row.date,
        subject=row.subject or None,
        level=row.level or None,
        result=row.result or None,
        start=row.start,
        end=row.end,
        number=row.number or None,
        authority=row.authority or None,
    )


def mark(programme: Programme) -> str:
    """Which acts there are: it changes with every act and annulment."""
    last = head(programme)
    return last.link[:12] if last else ""


def head(programme: Programme) -> Act | None:
    return Act.objects.filter(programme=programme).order_by("-place").first()


def ending(programme: Programme, on: date, until: date) -> QuerySet[Act]:
    """In force on a day, and over by another: the first to end comes first."""
    return (
        standing(programme)
        .filter(Q(start__lte=on) | Q(start=None, date__lte=on))
        .filter(end__gte=on, end__lte=until)
        .order_by("end", "place")
    )


def lapsing(programme: Programme, on: date, since: date, until: date) -> list[Act]:
    """Over between two days though nothing came after; the first to end comes first.

    What a later decision of the same kind about the same place has overtaken is left
    out, and so is what begins only after `on`.
    """
    ends = standing(programme).filter(end__gte=since, end__lte=until)
    begun = ends.filter(Q(start__lte=on) | Q(start=None, date__lte=on))
    rows = [row for row in begun.order_by("end", "place") if _grants(row)]
    last = _last(programme, {row.unit_id for row in rows})
    return [row for row in rows if (row.date, row.place) == last[_key(row)]]


def _grants(row: Act) -> bool:
    """A revocation gives nothing that could be lost."""
    return bool(row.level) or row.kind in {ATTESTATION, AWARD}


Key = tuple[str, str, str]


def _key(row: Act) -> Key:
    return row.unit_id, row.kind, row.subject


def _last(programme: Programme, units: Collection[str]) -> dict[Key, tuple[date, int]]:
    """By what is decided about which place: the day and number of the last act."""
    found: dict[Key, tuple[date, int]] = {}
    for row in standing(programme).filter(unit__in=units):
        mark = row.date, row.place
        found[_key(row)] = max(mark, found.get(_key(row), mark))
    return found


# --- the chain -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BrokenAct:
    """The first act of a programme that is not what was written."""

    programme: str
    place: int


def broken_acts() -> list[BrokenAct]:
    """Walk the acts of every programme from the first on."""
    return [
        BrokenAct(programme.id, place)
        for programme in Programme.objects.order_by("id")
        for place in _first_broken(programme)
    ]


def _first_broken(programme: Programme) -> Iterator[int]:
    previous = ""
    rows = Act.objects.filter(programme=programme).order_by("place").iterator()
    for place, row in enumerate(rows, start=1):
        whole = row.place == place and row.previous == previous
        if not whole or row.link != row.computed_link():
            yield place
            return
        previous = row.link
