"""A round by Excel: downloaded, sent in, looked over, applied, returned coloured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from donbay.domain.problems import Problem
from donbay.domain.workflow import NotAllowed
from donbay.tables.workbooks import Book, write_book
from donbay.texts.reporting import field_title, finding_text, refusal_text
from donbay.web.desk import saying
from donbay.web.files.actions import TooLarge, keep, path_of
from donbay.web.look.words import current
from donbay.web.offices.models import User
from donbay.web.offices.permissions import Closed, by
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions import actions, permissions, queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "donbay.workbook.sent_in"
A_DAY = 24 * 60 * 60
SHOWN = 500  # changes and problems that the page lists; the workbook has them all
Reply = HttpResponse | FileResponse


@dataclass(frozen=True, slots=True)
class Place:
    """The round, and the place from which the person came; "" is all that is theirs."""

    round: Round
    below: str

    @property
    def address(self) -> str:
        found = reverse("desk:workbook", args=[self.round.programme_id, self.round.pk])
        return f"{found}?below={self.below}" if self.below else found


def _place(request: HttpRequest, programme: str, round: int) -> Place:
    """For who reports in the programme; to others the page does not exist."""
    user = by(request).user
    one = permissions.round_for(user, round)
    on = programmes.today(one.programme)
    mine = permissions.units_of(user, permissions.REPORTS, programme, on)
    below = request.GET.get("below", "") or request.POST.get("below", "")
    inside = not below or permissions.reach(below, on) & mine
    if one.programme_id != programme or not mine or not inside:
        raise Closed
    return Place(one, below)


def workbook(request: HttpRequest, programme: str, round: int) -> HttpResponse:
    """What there is to fill in, to download; and a workbook to send in."""
    place = _place(request, programme, round)
    if request.method == "POST":
        return _sent_in(request, place)
    return render(request, "desk/workbook.html", _given(request, place))


def _given(request: HttpRequest, place: Place) -> dict[str, object]:
    user, one = by(request).user, place.round
    on = programmes.today(one.programme)
    asked = queries.fillable(user, one, place.below, on)
    return {
        "programme": one.programme,
        "round": one,
        "below": place.below,
        "place": queries.name_of(place.below) if place.below else "",
        "period": current().period(programmes.period_of(one)),
        "reports": len(asked),
        "places": len({each.unit for each in asked}),
    }


def download(request: HttpRequest, programme: str, round: int) -> Reply:
    place = _place(request, programme, round)
    user, one = by(request).user, place.round
    on = programmes.today(one.programme)
    try:
        made = queries.workbook(user, one, place.below, current(), on)
    except NotAllowed as stop:
        saying.refused(request, stop)
        return redirect(place.address)
    if made is None:
        return redirect(place.address)
    return _file(made, place, "")


def _file(book: Book, place: Place, ending: str) -> FileResponse:
    made = BytesIO()
    write_book(book, made)
    made.seek(0)
    one = place.round
    parts = [one.programme_id, one.period.replace("/", "-"), place.below, ending]
    name = "-".join(part for part in parts if part) + ".xlsx"
    return FileResponse(made, as_attachment=True, filename=name, content_type=XLSX)


# --- sent in -------------------------------------------------------------------------


def _sent_in(request: HttpRequest, place: Place) -> HttpResponse:
    file = request.FILES.get("workbook")
    if not isinstance(file, UploadedFile):
        return redirect(place.address)
    try:
        kept = _kept(file.chunks())
    except TooLarge:
        return _refused(request, place, "tables.book_too_large")
    if not kept:
        return _refused(request, place, "tables.book_unreadable")
    return _show(request, place, kept)


def _kept(sent: Iterable[bytes]) -> str:
    """The hash under which it lies; nothing where it is no archive at all."""
    chunks = iter(sent)
    head = next(chunks, b"")
    if not head.startswith(b"PK\x03\x04"):
        return ""
    return keep(chain([head], chunks), XLSX).pk


def _refused(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    seen = queries.Preview(refusals=(Problem(code, ""),))
    return _page(request, place, seen, "")


def _show(request: HttpRequest, place: Place, file: str) -> HttpResponse:
    seen = _preview(by(request).user, place, file)
    token = {"file": file, "person": by(request).user.pk, "round": place.round.pk}
    signed = signing.dumps({**token, "below": place.below}, salt=SALT)
    return _page(request, place, seen, signed)


def _preview(user: User, place: Place, file: str) -> queries.Preview:
    on = programmes.today(place.round.programme)
    return queries.preview(user, path_of(file), place.round, place.below, on)


def _page(
    request: HttpRequest, place: Place, seen: queries.Preview, token: str
) -> HttpResponse:
    more = {
        "seen": seen,
        "token": token,
        "changes": [_Shown(one) for one in seen.changes[:SHOWN]],
        "problems": [_said(one) for one in seen.problems[:SHOWN]],
        "refusals": [_said(one) for one in seen.refusals],
        "hidden": max(len(seen.changes), len(seen.problems)) > SHOWN,
        "held": len(seen.held),
        "ready": len(seen.ready),
    }
    given = {**_given(request, place), **more}
    status = 422 if seen.refusals else 200
    return render(request, "desk/workbook_preview.html", given, status=status)


def _said(problem: Problem) -> tuple[str, str, str]:
    """Sheet, cell or line, and what to do."""
    where = problem.column or (str(problem.line) if problem.line else "")
    return problem.file, where, current().say(problem.code, **problem.parameters)


@dataclass(frozen=True)
class _Shown:
    """A change in the words of its reader."""

    change: queries.Change

    @property
    def place(self) -> str:
        return queries.name_of(self.change.unit)

    @property
    def title(self) -> str:
        promise = programmes.promise_of(self.change.round)
        indicator = promise.indicators.get(self.change.field.indicator or "")
        return field_title(current(), self.change.field, indicator)

    @property
    def old(self) -> str:
        return self._answer(self.change.old)

    @property
    def new(self) -> str:
        return self._answer(self.change.typed)

    def _answer(self, typed: str) -> str:
        titles = {
            c.id: c.title.in_(current().language, c.id)
            for c in self.change.field.choices
        }
        return titles.get(typed, typed)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return list(_reasons(self.change))


def _reasons(change: queries.Change) -> Iterator[tuple[str, str]]:
    for one in change.findings:
        yield one.severity.value, finding_text(current(), one, change.form)


# --- applied, or returned ------------------------------------------------------------


def _opened(request: HttpRequest, programme: str, round: int) -> tuple[Place, str]:
    """The workbook that the same person sent in here, today. Raises Closed."""
    place = _place(request, programme, round)
    try:
        token = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        raise Closed from None
    expected = (by(request).user.pk, place.round.pk)
    if (token["person"], token["round"]) != expected:
        raise Closed
    return Place(place.round, token["below"]), token["file"]


@require_POST
def apply(request: HttpRequest, programme: str, round: int) -> HttpResponse:
    place, file = _opened(request, programme, round)
    seen = _preview(by(request).user, place, file)
    done = actions.take_over(by(request), seen, file)
    for change, stop in done.refused:
        why = refusal_text(current(), stop)
        saying.failed(
            request, "workbook.not_applied", place=queries.name_of(change.unit), why=why
        )
    if done.conflicts:
        saying.done(request, "workbook.conflicts", count=len(done.conflicts))
    saying.done(request, "workbook.applied", count=done.applied)
    if len(done.reports) == 1 and not seen.held:
        return redirect("desk:fill", done.reports[0].pk)
    return redirect(place.address)


@require_POST
def marked(request: HttpRequest, programme: str, round: int) -> Reply:
    """The same workbook, its wrong cells coloured with the reason in a note."""
    place, file = _opened(request, programme, round)
    seen = _preview(by(request).user, place, file)
    if seen.identity is None or seen.refusals:
        raise Closed
    given = queries.as_returned(seen, _faults(seen))
    book = queries.marked(seen.identity, given, current())
    return _file(book, place, "marked")


def _faults(seen: queries.Preview) -> Mapping[str, list[tuple[str, str]]]:
    found = {one.key: list(_reasons(one)) for one in seen.changes}
    keys = {
        (sheet, line.row): key
        for key, line in seen.lines.items()
        for sheet, pk in (seen.identity.sheets if seen.identity else ())
        if key.startswith(f"{pk}|")
    }
    for problem in seen.problems:
        key = keys.get((problem.file, problem.line or 0))
        if key:
            said = current().say(problem.code, **problem.parameters)
            found.setdefault(key, []).append(("hard", said))
    return found


urls = [
    path("rounds/<int:round>/workbook/", workbook, name="workbook"),
    path("rounds/<int:round>/workbook/download/", download, name="workbook_download"),
    path("rounds/<int:round>/workbook/apply/", apply, name="workbook_apply"),
    path("rounds/<int:round>/workbook/marked/", marked, name="workbook_marked"),
]
