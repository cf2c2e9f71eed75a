"""What looks wrong in a programme's figures, and why some of it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from donbay.domain.screening import Kind, Suspicion
from donbay.domain.verdicts import Days
from donbay.domain.workflow import NotAllowed
from donbay.web.desk import saying
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.templatetags.words import say
from donbay.web.look.titles import Titles, titles
from donbay.web.offices.permissions import Closed, by
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.quality import actions, queries
from donbay.web.quality.permissions import may_dismiss, screened


@dataclass(frozen=True, slots=True)
class Line:
    """A suspicion in the reader's words."""

    titles: Titles
    one: Suspicion

    @property
    def place(self) -> str:
        return self.titles.place(self.one.unit)

    @property
    def score(self) -> float:
        return round(self.one.score, 1)

    @property
    def indicator(self) -> str:
        name = self.one.indicator
        return self.titles.indicator(name) if name else ""

    @property
    def why(self) -> str:
        """The evidence in a sentence."""
        code, told = str(self.one.kind), dict(self.one.evidence)
        if code == Kind.LATE and told.pop("missing", 0):
            code = "missing"
        if isinstance(of := told.get("of"), str):
            told["of"] = self.titles.indicator(of)
        return say(f"suspicion_why.{code}", **told)

    @property
    def key(self) -> str:
        one = self.one
        return f"{one.kind}|{one.unit}|{one.indicator}|{one.period}"


COLUMNS = (
    Column("score", "quality.score", lambda x: x.score, number=True),
    Column(
        *("kind", "quality.kind", lambda x: str(x.one.kind)),
        exported=lambda x: say(f"suspicion.{x.one.kind}"),
    ),
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("indicator", "heading.indicator", lambda x: x.indicator),
    Column(
        *("period", "heading.period", lambda x: x.one.period),
        exported=lambda x: str(x.one.period),
    ),
    Column("why", "quality.why", lambda x: x.why, sorts=False),
)


def quality(request: HttpRequest, programme: str) -> HttpResponse:
    """What to look at first, ranked; and what was dismissed."""
    found = screened(by(request).user, programme)
    named = _titles(found)
    table = Table(
        request,
        [Line(named, one) for one in queries.suspicions(found)],
        COLUMNS,
        [_kinds()],
        Search(lambda x: f"{x.place} {x.indicator}"),
        file=f"{found.pk}-quality",
    )
    if table.exports:
        return table.csv()
    given = {
        "programme": found,
        "table": table,
        "lines": list(_lines(request, found, table)),
        "dismissals": [
            (one, named.place(one.unit_id)) for one in queries.dismissals(found)
        ],
    }
    return render(request, "desk/quality.html", given)


def _titles(programme: Programme) -> Titles:
    on = programmes.today(programme)
    return titles(programme, Days(on, on))


def _kinds() -> Choice:
    options = [(str(kind), say(f"suspicion.{kind}")) for kind in Kind]
    return Choice("kind", "quality.kind", options, lambda x: str(x.one.kind))


def _lines(
    request: HttpRequest, programme: Programme, table: Table
) -> Iterator[tuple[Line, bool]]:
    """With each whether the person may dismiss it."""
    who, known = by(request), dict[str, bool]()
    for line in table.page.object_list:
        unit = line.one.unit
        if unit not in known:
            known[unit] = may_dismiss(who, programme.pk, unit)
        yield line, known[unit]


@require_POST
def dismiss(request: HttpRequest, programme: str) -> HttpResponse:
    """Keep why one of them is none."""
    who = by(request)
    found = screened(who.user, programme)
    wanted, named = request.POST.get("key", ""), _titles(found)
    lines = (Line(named, one) for one in queries.suspicions(found))
    line = next((one for one in lines if one.key == wanted), None)
    if line is None or not may_dismiss(who, programme, line.one.unit):
        raise Closed
    try:
        actions.dismiss(who, found, line.one, request.POST.get("reason", ""))
        saying.done(request, "quality.was_dismissed")
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:quality", programme)


urls = [
    path("quality/", quality, name="quality"),
    path("quality/dismiss/", dismiss, name="dismiss"),
]
