"""Rounds of a programme, and the matrix of a period: who has sent what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from donbay.domain.workflow import NotAllowed
from donbay.web.desk import saying
from donbay.web.desk.forms_shown import title_of
from donbay.web.imports.permissions import may_import
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.words import current
from donbay.web.offices.models import User
from donbay.web.offices.permissions import Closed, by, programme_for
from donbay.web.programmes import actions
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.submissions import permissions, queries
from donbay.web.submissions.queries.matrices import Cell, Line, Matrix

# --- the rounds --------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A round with how far it has come."""

    round: Round
    title: str
    asked: int
    approved: int
    state: str

    @property
    def period(self) -> str:
        return current().period(programmes.period_of(self.round))


def rounds(request: HttpRequest, programme: str) -> HttpResponse:
    """All rounds of a programme, the newest first."""
    found = programme_for(by(request).user, programme)
    table = Table(
        request,
        _listed(found),
        COLUMNS,
        [_states(), _kinds()],
        Search(lambda one: f"{one.title} {one.period}"),
        file=f"{found.pk}-rounds",
    )
    if table.exports:
        return table.csv()
    office = by(request).runs(found.pk, _roots(found))
    given = {"programme": found, "table": table, "office": office}
    given["imports"] = may_import(by(request), found)
    return render(request, "desk/rounds.html", given)


def _listed(programme: Programme) -> list[Listed]:
    on = programmes.today(programme)
    some = programmes.shared(
        programme.rounds.select_related("programme").order_by("-due", "-id")
    )
    done = Counter(
        dict(
            programme.rounds.filter(submissions__state="approved").values_list("pk")
            .annotate(Count("submissions__unit", distinct=True))
        )
    )  # fmt: skip
    return [
        Listed(
            one,
            title_of(one),
            len(programmes.asked(one).units),
            done[one.pk],
            programmes.Days(
                one.opens, one.due, one.closes, closed=one.state == "closed"
            ).state(on),
        )
        for one in some
    ]


COLUMNS = (
    Column("form", "rounds.form", lambda x: x.title),
    Column(
        *("period", "rounds.period", lambda x: x.round.period),
        exported=lambda x: x.period,
    ),
    Column("kind", "rounds.kind", lambda x: x.round.kind),
    Column("opens", "rounds.opens", lambda x: x.round.opens),
    Column("due", "rounds.due", lambda x: x.round.due),
    Column("closes", "rounds.closes", lambda x: x.round.closes),
    Column("state", "rounds.state", lambda x: str(x.state)),
    Column("approved", "rounds.approved", lambda x: x.approved, number=True),
    Column("asked", "rounds.asked", lambda x: x.asked, number=True),
)  # fmt: skip


def _states() -> Choice:
    states = ("open", "late", "closed", "ahead")
    options = [(one, current().say(f"round_state.{one}")) for one in states]
    return Choice("state", "rounds.state", options, lambda one: str(one.state))


def _kinds() -> Choice:
    kinds = ("monthly", "quarterly", "half_year", "annual", "mid_term", "final")
    options = [(one, current().say(f"round_kind.{one}")) for one in kinds]
    return Choice("kind", "rounds.kind", options, lambda one: one.round.kind)


def _roots(programme: Programme) -> list[str]:
    return list(programme.roots.values_list("id", flat=True))


# --- the matrix --------------------------------------------------------------------


def matrix(request: HttpRequest, programme: str, round: int) -> HttpResponse:
    """Places by forms for the period of a round, as far as the person's roles reach."""
    one = _round(request, programme, round)
    user, on = by(request).user, programmes.today(one.programme)
    found = _matrix(user, one, on)
    table = Table(
        request,
        found.lines,
        _columns(found),
        _filters(found, on),
        Search(lambda line: f"{line.version.name} {line.version.code}"),
        size=100,
        file=f"{one.programme.pk}-{one.period.replace('/', '-')}",
    )
    if table.exports:
        return table.csv()
    given = {
        "programme": one.programme,
        "round": one,
        "period": current().period(programmes.period_of(one)),
        "matrix": found,
        "titles": [title_of(each) for each in found.rounds],
        "tally": [
            (state, count, table.address(state=state, page=""))
            for state, count in found.counts.items()
        ],
        "table": table,
        "lines": [(line, _linked(user, line, on)) for line in table.page],
        "office": by(request).runs(one.programme_id, _roots(one.programme)),
        **_workbook(request, one, on),
    }
    return render(request, "desk/matrix.html", given)


def _workbook(request: HttpRequest, one: Round, on: date) -> dict[str, object]:
    """Whether the person may fill in a workbook of what the page shows."""
    programme, below = one.programme_id, request.GET.get("below", "")
    user, kinds = by(request).user, permissions.REPORTS
    mine = permissions.units_of(user, kinds, programme, on)
    inside = not below or bool(mine & permissions.reach(below, on))
    return {"reports": bool(mine) and inside, "below": below}


def _round(request: HttpRequest, programme: str, round: int) -> Round:
    found = permissions.round_for(by(request).user, round)
    if found.programme_id != programme:
        raise Closed
    return found


def _matrix(user: User, one: Round, on: date) -> Matrix:
    units = permissions.units_of(user, permissions.READS, one.programme_id, on)
    if user.is_superuser:
        units = frozenset(programmes.territory_of(one.programme).versions)
    return queries.matrix(queries.rounds_of(one.programme, one.period), units, on)


def _linked(user: User, line: Line, on: date) -> list[tuple[Cell | None, bool]]:
    """With each cell whether the person may open the report behind it."""
    found = []
    for cell in line.cells:
        kinds = permissions.READS
        if cell and cell.state in {"not_started", "draft"}:
            kinds = permissions.REPORTS
        reads = cell and permissions.roles_at(
            user, kinds, cell.round.programme_id, line.unit, on
        )
        found.append((cell, bool(reads)))
    return found


def _columns(found: Matrix) -> list[Column]:
    named = [
        Column("place", "rounds.place", lambda line: line.version.name),
        Column("level", "rounds.level", lambda line: line.version.level),
    ]
    return named + [
        Column(f"form{place}", title_of(one), _code(place), exported=_word(place))
        for place, one in enumerate(found.rounds)
    ]


def _code(place: int) -> Callable[[Line], str]:
    return lambda line: cell.code if (cell := line.cells[place]) else ""


def _word(place: int) -> Callable[[Line], str]:
    return lambda line: (
        current().say(f"report_state.{cell.code}")
        if (cell := line.cells[place])
        else ""
    )


def _filters(found: Matrix, on: date) -> Sequence[Choice]:
    states = [(s, current().say(f"report_state.{s}")) for s in queries.STATES]
    levels = sorted({line.version.level for line in found.lines})
    promise = programmes.promise_of(found.rounds[0])
    titles = {x.id: x.title.in_(current().language, x.id) for x in promise.levels}
    return [
        _StateChoice("state", "rounds.state", states),
        Choice(
            *("level", "rounds.level", [(x, titles.get(x, x)) for x in levels]),
            value=lambda line: line.version.level,
        ),
        _PlaceChoice("below", "rounds.below", _above(found, on)),
    ]


def _above(found: Matrix, on: date) -> list[tuple[str, str]]:
    """The places that the lines lie below."""
    whole = programmes.territory_of(found.rounds[0].programme)
    parents = {line.version.parent for line in found.lines if line.version.parent}
    named = [
        (whole.version(unit, on) or whole.ended(unit, on), unit) for unit in parents
    ]
    return sorted(((u, v.name) for v, u in named if v), key=lambda pair: pair[1])


class _StateChoice(Choice):
    """A line is kept if any of its cells stands there."""

    def keep(self, rows: Sequence[Line], wanted: str) -> Sequence[Line]:  # type: ignore[override]
        return [line for line in rows if wanted in line.codes]


class _PlaceChoice(Choice):
    """A line is kept if it lies in the place."""

    def keep(self, rows: Sequence[Line], wanted: str) -> Sequence[Line]:  # type: ignore[override]
        return [line for line in rows if line.version.parent == wanted]


# --- what the programme's office does ----------------------------------------------


@require_POST
def open_rounds(request: HttpRequest, programme: str) -> HttpResponse:
    found = programme_for(by(request).user, programme)
    try:
        made = actions.open_rounds(by(request), found, programmes.today(found))
        saying.done(request, "rounds.were_opened", count=len(made))
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:rounds", programme)


@require_POST
def close(request: HttpRequest, programme: str, round: int) -> HttpResponse:
    try:
        actions.close(by(request), _round(request, programme, round))
        saying.done(request, "rounds.was_closed")
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:rounds", programme)


def extend(request: HttpRequest, programme: str, round: int, unit: str) -> HttpResponse:
    """More time for one late unit, with the reason."""
    one = _round(request, programme, round)
    if unit not in programmes.asked(one).units or not by(request).runs(
        programme, [unit]
    ):
        raise Closed
    if request.method == "POST":
        until = _day(request.POST.get("until", ""))
        try:
            actions.extend(
                by(request), one, unit, until, request.POST.get("reason", "")
            )
        except NotAllowed as stop:
            saying.refused(request, stop)
        else:
            saying.done(request, "rounds.was_extended", day=current().day(until))
            return redirect("desk:matrix", programme, round)
    given = {
        "programme": one.programme,
        "round": one,
        "title": title_of(one),
        "period": current().period(programmes.period_of(one)),
        "place": programmes.asked(one).units[unit].name,
        "round_days": programmes.days_of(one, unit),
        "typed": request.POST,
    }
    return render(request, "desk/extend.html", given)


def _day(text: str) -> date:
    """What is no day lies in the past, and is refused as such."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


urls = [
    path("rounds/", rounds, name="rounds"),
    path("rounds/open/", open_rounds, name="open_rounds"),
    path("rounds/<int:round>/", matrix, name="matrix"),
    path("rounds/<int:round>/close/", close, name="close_round"),
    path("rounds/<int:round>/extend/<str:unit>/", extend, name="extend"),
]
