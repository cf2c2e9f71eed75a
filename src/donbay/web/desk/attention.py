"""What needs attention: late, sent back, behind, passed and ending, each with owners.

For leaders and programme offices: their programmes, one of them, and each list whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from donbay.web.desk.attention_heaps import HEAPS, LISTS, LOOKS, OF_PLACES, PLACES, Heap
from donbay.web.desk.attention_shown import RENEWED, SOON, PlaceLine, Watch
from donbay.web.look.tables import Column, Search, Table
from donbay.web.offices.models import User
from donbay.web.offices.permissions import OVERSEES, Closed, by, oversees
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.submissions import permissions

FEW = 8  # of a list on the board; its own page has them all


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a kind, with the list of them; None where it is not known."""

    code: str
    look: str
    count: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The first lines of a list, for the board."""

    heap: Heap
    rows: Sequence[Any]
    count: int
    known: bool
    address: str

    @property
    def name(self) -> str:
        return self.heap.name

    @property
    def columns(self) -> list[Column]:
        return [one for one in self.heap.columns if not one.of_file]

    @property
    def part(self) -> str:
        return f"desk/parts/attention_{self.name}.html"


def overview(request: HttpRequest) -> HttpResponse:
    """How much there is in each programme."""
    user = by(request).user
    if not oversees(user):
        raise Closed
    watches = [_watch(user, one.pk) for one in _programmes(user)]
    given = {"programmes": [(one.programme, _tally(one)) for one in watches]}
    return render(request, "desk/attention_overview.html", given)


def _programmes(user: User) -> list[Programme]:
    if user.is_superuser:
        return list(Programme.objects.order_by("id"))
    return permissions.programmes_of(user, timezone.localdate(), OVERSEES)


def _watch(user: User, programme: str) -> Watch:
    found, units = permissions.overseen(user, programme)
    return Watch(user, found, units, programmes.today(found))


def _list(watch: Watch, name: str, **asked: str) -> str:
    page = reverse("desk:attention_list", args=[watch.programme.pk, name])
    return f"{page}?{urlencode(asked)}" if asked else page


def _tally(watch: Watch) -> list[Counted]:
    return [
        Counted(code, LOOKS[code], count, _address(watch, heap, code))
        for heap in HEAPS
        for code, count in heap.counts(watch).items()
    ]


def _address(watch: Watch, heap: Heap, code: str, **asked: str) -> str:
    """Of the lines with a code, where the list has others too."""
    own = {"state": code} if len(heap.codes) > 1 else {}
    return _list(watch, heap.name, **own, **asked)


def board(request: HttpRequest, programme: str) -> HttpResponse:
    """All that needs attention in one programme: counts, places, and the first few."""
    watch = _watch(by(request).user, programme)
    given = {
        **_given(watch),
        "tally": _tally(watch),
        "lists": [_first(watch, heap) for heap in LISTS.values()],
    }
    return render(request, "desk/attention.html", given)


def _given(watch: Watch) -> dict[str, object]:
    evaluation = watch.evaluation
    return {
        "programme": watch.programme,
        "of_another_day": evaluation is not None and evaluation.on != watch.on,
        "days": evaluation,
        "soon": SOON.days,
        "renewed": RENEWED.days,
    }


def _first(watch: Watch, heap: Heap) -> Shown:
    """The first few of those that are counted."""
    some = heap.pressing(watch)
    rows = _rows(watch, heap, (some or ())[:FEW])
    count = len(some or ())
    return Shown(heap, rows, count, some is not None, _list(watch, heap.name))


def _rows(watch: Watch, heap: Heap, lines: Sequence[Any]) -> Sequence[Any]:
    """A place comes with its counts, each with the list of just these."""
    if heap is not PLACES:
        return lines
    return [(line, list(_counts(watch, line))) for line in lines]


def _counts(watch: Watch, line: PlaceLine) -> Iterator[Counted]:
    for code, name in OF_PLACES.items():
        address = _address(watch, LISTS[name], code, place=line.unit)
        yield Counted(code, LOOKS[code], line.counts.get(code), address)


def whole(request: HttpRequest, programme: str, name: str) -> HttpResponse:
    """One list: searched, filtered, sorted, exported."""
    heap = LISTS.get(name)
    watch = _watch(by(request).user, programme)
    if heap is None:
        raise Closed
    lines = heap.lines(watch)
    table = Table(
        request,
        lines or [],
        heap.columns,
        heap.filters(lines or []),
        Search(heap.text),
        file=f"{programme}-{name}",
    )
    if table.exports:
        return table.csv()
    rows = _rows(watch, heap, list(table.page))
    shown = Shown(heap, rows, table.count, lines is not None, _list(watch, name))
    given = {**_given(watch), "table": table, "shown": shown}
    return render(request, "desk/attention_list.html", given)


urls = [
    path("attention/", board, name="attention_of"),
    path("attention/<slug:name>/", whole, name="attention_list"),
]
