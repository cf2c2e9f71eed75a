"""An office brings a file of reports: looked over, mended, entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from donbay.domain.periods import parse_period
from donbay.domain.verdicts import Days
from donbay.domain.workflow import NotAllowed
from donbay.web.desk import saying
from donbay.web.imports import tasks
from donbay.web.imports.models import Import
from donbay.web.imports.permissions import import_for, importing
from donbay.web.look.tables import Column, Search, Table
from donbay.web.look.templatetags.words import say
from donbay.web.look.titles import titles
from donbay.web.offices.permissions import by
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme

RUNNING = (Import.State.CHECKING, Import.State.APPLYING)
SHOWN = 50  # files that the page lists


def imports(request: HttpRequest, programme: str) -> HttpResponse:
    """Files brought before, and a form for the next."""
    found = importing(by(request), programme)
    if request.method == "POST":
        return _brought(request, found)
    rows = found.imports.defer("problems").order_by("-pk")[:SHOWN]
    return render(request, "desk/imports.html", {"programme": found, "rows": rows})


def _brought(request: HttpRequest, programme: Programme) -> HttpResponse:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return redirect("desk:imports", programme.pk)
    try:
        made = tasks.bring_later(by(request), programme, file.name or "", file.chunks())
    except NotAllowed as stop:
        saying.refused(request, stop)
        return redirect("desk:imports", programme.pk)
    return redirect("desk:import", programme.pk, made.pk)


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of the file in the reader's words."""

    code: str
    line: int | None
    column: str | None
    parameters: Mapping[str, str]

    @property
    def why(self) -> str:
        return say(self.code, **self.parameters)


COLUMNS = (
    Column("line", "imports.line", lambda x: x.line, number=True),
    Column("column", "imports.column", lambda x: x.column or ""),
    Column("why", "imports.why", lambda x: x.why),
)


def brought(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """How far a file is, what it would enter, and everything that is wrong with it."""
    row = import_for(by(request), programme, number)
    if request.headers.get("HX-Request"):
        return _looked_at_again(request, row)
    faults = Table(
        request,
        [Fault(*problem) for problem in row.problems],
        COLUMNS,
        search=Search(lambda x: f"{x.column} {x.why}"),
        file=f"{row.programme_id}-problems",
    )
    if faults.exports:
        return faults.csv()
    given = {"programme": row.programme, "row": row, "table": faults}
    return render(request, "desk/import.html", given | _summary(row))


def _looked_at_again(request: HttpRequest, row: Import) -> HttpResponse:
    if row.state not in RUNNING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    given = {"programme": row.programme, "row": row}
    return render(request, "desk/parts/import_progress.html", given)


def _summary(row: Import) -> dict[str, object]:
    if not row.summary:
        return {"running": row.state in RUNNING}
    on = programmes.today(row.programme)
    named = titles(row.programme, Days(on, on))
    counts = row.summary["indicators"]
    return {
        "running": row.state in RUNNING,
        "first": parse_period(row.summary["first"]),
        "last": parse_period(row.summary["last"]),
        "indicators": [(named.indicator(x), n) for x, n in counts.items()],
    }


@require_POST
def apply(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    row = import_for(by(request), programme, number)
    try:
        tasks.apply_later(by(request), row)
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:import", programme, number)


urls = [
    path("imports/", imports, name="imports"),
    path("imports/<int:number>/", brought, name="import"),
    path("imports/<int:number>/apply/", apply, name="apply_import"),
]
