"""Printed reports: ordered, looked at, issued; what changed since; their wording."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from donbay.domain.passages import ReportKind
from donbay.domain.periods import parse_period
from donbay.domain.verdicts import Days
from donbay.domain.workflow import NotAllowed
from donbay.reports.rendering import FORMATS
from donbay.texts import LANGUAGES
from donbay.web.desk import saying
from donbay.web.look.downloads import to_be_saved
from donbay.web.look.publications import PublicationLine
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.templatetags.words import fault
from donbay.web.look.titles import Titles, titles
from donbay.web.look.words import current
from donbay.web.offices.permissions import Closed, by, programme_for
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.publications import actions, queries, tasks
from donbay.web.publications.actions import Wanted
from donbay.web.publications.models import Publication
from donbay.web.publications.permissions import (
    may_order,
    may_word,
    publication_for,
)
from donbay.web.publications.queries import Difference
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation

NO_GLYPH = "no_glyph:"


@dataclass(frozen=True, slots=True)
class Line(PublicationLine):
    """For officials, who are told too why one could not be made."""

    @property
    def problem(self) -> str:
        """Why it was not made: which letter, or a fault of ours."""
        if self.row.problem.startswith(NO_GLYPH):
            what = self.row.problem.removeprefix(NO_GLYPH)
            return self.titles.words.say("printed.no_glyph", what=what)
        return fault(self.row.problem)


COLUMNS = (
    Column("kind", "publications.kind", lambda x: x.kind),
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("period", "heading.period", lambda x: x.row.period),
    Column("language", "site.language", lambda x: x.row.language),
    Column("number", "publications.number", lambda x: x.row.number),
    Column("dated", "heading.date", lambda x: x.row.dated),
    Column("state", "publications.state", lambda x: x.row.state),
)


def publications(request: HttpRequest, programme: str) -> HttpResponse:
    """Those issued, and those in the making; the newest first."""
    who = by(request)
    found = programme_for(who.user, programme)
    named = _titles(found)
    lines = [Line(named, row) for row in queries.listed(who, found)]
    states = [
        (state.value, named.words.say(f"publication_state.{state.value}"))
        for state in Publication.State
    ]
    kinds = [(str(k), named.words.say(f"report_kind.{k}")) for k in ReportKind]
    filters = [
        Choice("kind", "publications.kind", kinds, lambda x: x.row.kind),
        Choice("state", "publications.state", states, lambda x: x.row.state),
    ]
    search = Search(lambda x: f"{x.place} {x.row.number} {x.row.period}")
    file = f"{found.pk}-reports"
    table = Table(request, lines, COLUMNS, filters, search, file=file)
    if table.exports:
        return table.csv()
    given = {
        "programme": found,
        "table": table,
        "may_order": bool(_places(request, found)),
        "may_word": may_word(who, found),
    }
    return render(request, "desk/publications.html", given)


def _titles(programme: Programme) -> Titles:
    on = programmes.today(programme)
    return titles(programme, Days(on, on))


def _places(request: HttpRequest, programme: Programme) -> list[tuple[str, str]]:
    """Those about which the person may order reports, from the top down."""
    who, named = by(request), _titles(programme)
    levels = list(named.pack.programme.level_ids)
    here = sorted(
        (levels.index(version.level), version.name, unit)
        for unit, version in named.ground.items()
        if version.level in levels
    )
    return [(u, name) for _, name, u in here if may_order(who, programme.pk, u)]


# --- ordering ---


def order(request: HttpRequest, programme: str) -> HttpResponse:
    """Say which report, of where and when, and what its head says."""
    found = programme_for(by(request).user, programme)
    places = _places(request, found)
    if not places:
        raise Closed
    if request.method == "POST":
        try:
            wanted = _wanted(request.POST)
            made = tasks.order_later(by(request), found, wanted)
            return redirect("desk:publication", found.pk, made.pk)
        except NotAllowed as stop:
            saying.refused(request, stop)
    given = {
        "programme": found,
        "places": places,
        "kinds": list(ReportKind),
        "report_languages": LANGUAGES,
        "formats": FORMATS,
        "typed": request.POST,
        "chosen": request.POST.getlist("formats") or FORMATS,
        "language": request.POST.get("language") or current().language,
        "today": programmes.today(found),
    }
    return render(request, "desk/publication_order.html", given)


def _wanted(typed: QueryDict) -> Wanted:
    """Raises NotAllowed where a period, a kind or a day cannot be read."""
    try:
        period = parse_period(typed.get("period", "").strip())
        kind = ReportKind(typed.get("kind", ""))
    except ValueError:
        raise NotAllowed("publication_period") from None
    dated = saying.typed_day(typed, "dated")
    if dated is None:
        raise NotAllowed("publication_day_missing")
    return Wanted(
        kind,
        period,
        typed.get("unit", ""),
        typed.get("language", ""),
        typed.getlist("formats"),
        dated,
        typed.get("issuer", "")[:200],
        typed.get("number", "")[:80],
        typed.get("seat", "")[:120],
        typed.get("signer_title", "")[:200],
        typed.get("signer", "")[:200],
    )


# --- one of them ---


def publication(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """How far it is; its files to look at; issuing it."""
    who = by(request)
    row = publication_for(who.user, programme, number)
    line = Line(_titles(row.programme), row)
    given = {
        "programme": row.programme,
        "line": line,
        "row": row,
        "files": row.files.select_related("file").order_by("format"),
        "waits": row.state in {"waiting", "running"},
        "may": may_order(who, row.programme_id, row.unit_id),
    }
    of_htmx = bool(request.headers.get("HX-Request"))
    if of_htmx and not given["waits"]:
        return HttpResponse(headers={"HX-Redirect": request.path})
    name = (
        "desk/parts/publication_progress.html" if of_htmx else "desk/publication.html"
    )
    return render(request, name, given)


def file(request: HttpRequest, programme: str, number: int, form: str) -> FileResponse:
    """One of its formats, to be saved."""
    row = publication_for(by(request).user, programme, number)
    found = row.files.select_related("file").filter(format=form).first()
    if found is None:
        raise Closed
    return to_be_saved(found.file, found.name)


@require_POST
def issue(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Freeze it."""
    who = by(request)
    row = publication_for(who.user, programme, number)
    _need_order(request, row)
    try:
        actions.issue(who, row)
        saying.done(request, "publications.was_issued")
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:publication", programme, number)


@require_POST
def discard(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Forget one that was not issued."""
    who = by(request)
    row = publication_for(who.user, programme, number)
    _need_order(request, row)
    try:
        actions.discard(who, row)
        saying.done(request, "publications.was_discarded")
    except NotAllowed as stop:
        saying.refused(request, stop)
        return redirect("desk:publication", programme, number)
    return redirect("desk:publications", programme)


def _need_order(request: HttpRequest, row: Publication) -> None:
    if not may_order(by(request), row.programme_id, row.unit_id):
        raise Closed


# --- what changed since ---


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference in the reader's words."""

    titles: Titles
    one: Difference

    @property
    def place(self) -> str:
        return self.titles.place(self.one.unit)

    @property
    def of(self) -> str:
        """The target, else the indicator, by its title."""
        target = self.one.target
        if target is not None and target in self.titles.targets:
            return self.titles.target(target)
        known = self.titles.pack.programme.indicators
        name = self.one.indicator
        return self.titles.indicator(name) if name in known else name

    @property
    def period(self) -> str:
        text = self.one.period
        return self.titles.words.period(parse_period(text)) if text else ""

    @property
    def before(self) -> str:
        return self._said(self.one.value, self.one.status)

    @property
    def now(self) -> str:
        return self._said(self.one.value_now, self.one.status_now)

    def _said(self, value: float | None, status: str | None) -> str:
        amount = self.titles.amount(value, self.one.indicator)
        told = self.titles.words.say(f"status.{status}") if status else ""
        return ": ".join(part for part in (told, amount) if part)


CHANGES = (
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("of", "publications.what", lambda x: x.of),
    Column("period", "heading.period", lambda x: x.one.period),
    Column("before", "publications.as_issued", lambda x: x.before),
    Column("now", "publications.as_known_now", lambda x: x.now),
)


def changes(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Figures and verdicts that are other ones now, judged for the same day."""
    row = publication_for(by(request).user, programme, number)
    found = row.programme
    now = results.find(found, row.on, None, row.map)
    ready = now and now.state == Evaluation.State.READY and not results.out_of_date(now)
    if not now or not ready:
        waits: dict[str, object] = {
            "programme": found,
            "evaluation": now if now and now.state != Evaluation.State.READY else None,
            "on": row.on,
            "ask": f"on={row.on.isoformat()}&map={row.map.isoformat()}",
            "back": request.get_full_path(),
        }
        return render(request, "desk/publication_waiting.html", waits)
    named = titles(found, results.days_of(now))
    lines = [Changed(named, one) for one in queries.differences(row, now)]
    search = Search(lambda x: f"{x.place} {x.of}")
    table = Table(request, lines, CHANGES, [], search, file=f"{found.pk}-changes")
    if table.exports:
        return table.csv()
    line = Line(_titles(found), row)
    given = {"programme": found, "row": row, "line": line, "table": table}
    return render(request, "desk/publication_changes.html", given)


ONE = "publications/<int:number>/"
urls = [
    path("publications/", publications, name="publications"),
    path("publications/order/", order, name="order_publication"),
    path(ONE, publication, name="publication"),
    path(f"{ONE}issue/", issue, name="issue_publication"),
    path(f"{ONE}discard/", discard, name="discard_publication"),
    path(f"{ONE}changes/", changes, name="publication_changes"),
    path(f"{ONE}files/<str:form>/", file, name="published_file"),
]
