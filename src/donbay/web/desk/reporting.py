"""A unit's report: read, begun, filled in field by field, sent, taken back, mended."""

from __future__ import annotations

from typing import TypedDict

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from donbay.domain.quantities import Bound
from donbay.domain.workflow import Action, NotAllowed
from donbay.texts.reporting import refusal_text
from donbay.web.desk import saying
from donbay.web.desk.forms_shown import Shown, history, shown
from donbay.web.evidence import permissions as evidence
from donbay.web.look.downloads import to_be_saved
from donbay.web.look.words import current
from donbay.web.offices.permissions import By, Closed, by
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.submissions import actions, permissions, queries
from donbay.web.submissions.models import Answer, Submission

# --- reading -----------------------------------------------------------------------


def place(request: HttpRequest, round: int, unit: str) -> HttpResponse:
    """A place's report for a round: the newest there is, or what it will ask."""
    user = by(request).user
    one = permissions.round_for(user, round)
    permissions.unit_for(user, one, unit)
    newest = one.submissions.filter(unit=unit).order_by("-id")
    for report in newest.select_related("round__programme"):
        if permissions.may_read(user, report):
            return redirect("desk:report", report.pk)
    if not permissions.may_report(user, one, unit):
        raise Closed
    given = _given(one, unit, None)
    return render(request, "desk/not_begun.html", given)


def report(request: HttpRequest, report: int) -> HttpResponse:
    """Figures, findings, files, and the history of moves."""
    user = by(request).user
    found = permissions.submission_for(user, report)
    given = _given(found.round, found.unit_id, found)
    offered = permissions.actions_for(user, found)
    same = found.round.submissions.filter(unit=found.unit_id).order_by("id")
    extra = {
        "history": history(found, given["shown"]),
        "offered": {action.value for action in offered},
        "editable": permissions.may_edit(user, found),
        "documents": evidence.works_with(user, found.round, found.unit_id),
        "others": [one for one in same if one.pk != found.pk],
        "reviews": bool({Action.APPROVE, Action.SEND_BACK} & set(offered)),
    }
    return render(request, "desk/report.html", {**given, **extra})


class _Given(TypedDict):
    """What every page about one report is given."""

    programme: Programme
    round: Round
    unit: str
    report: Submission | None
    shown: Shown
    round_days: programmes.Days
    round_state: str


def _given(one: Round, unit: str, found: Submission | None) -> _Given:
    sheet = queries.sheet(one, unit, found)
    on = programmes.today(one.programme)
    return {
        "programme": one.programme,
        "round": one,
        "unit": unit,
        "report": found,
        "shown": shown(sheet, on),
        "round_days": sheet.days,
        "round_state": sheet.days.state(on).value,
    }


@require_POST
def begin(request: HttpRequest, round: int, unit: str) -> HttpResponse:
    one = permissions.round_for(by(request).user, round)
    permissions.unit_for(by(request).user, one, unit)
    try:
        made = actions.begin(by(request), one, unit)
    except NotAllowed as stop:
        saying.refused(request, stop)
        return redirect("desk:place_report", round, unit)
    return redirect("desk:fill", made.pk)


# --- filling in --------------------------------------------------------------------


def fill(request: HttpRequest, report: int) -> HttpResponse:
    """The form; sent whole where no script runs."""
    found = _mine(request, report)
    if request.method == "POST":
        refused = _keep_all(by(request), found, request)
        for stop in refused:
            saying.refused(request, stop)
        if not refused:
            saying.done(request, "report.saved")
        on_to = "desk:send" if "send" in request.POST and not refused else "desk:fill"
        return redirect(on_to, report)
    given = _given(found.round, found.unit_id, found)
    return render(request, "desk/fill.html", given)


def _mine(request: HttpRequest, report: int) -> Submission:
    """A report that the person may fill in now; to others the page does not exist."""
    user = by(request).user
    found = permissions.submission_for(user, report)
    if not permissions.may_edit(user, found):
        raise Closed
    return found


def _keep_all(who: By, found: Submission, request: HttpRequest) -> list[NotAllowed]:
    """Every field that was changed on the page; each is kept or refused by itself."""
    refused: list[NotAllowed] = []
    settled = _settled(who, request, refused)
    _detached(who, request, refused)
    known = {answer.field: answer for answer in found.answers.all()}
    for field in queries.form_of(found.round, found.unit_id).fields:
        try:
            if field.id != settled:
                _keep(who, found, field.id, request.POST, known.get(field.id))
            for file in request.FILES.getlist(f"file:{field.id}"):
                actions.attach(who, found, field.id, file.name or "", file.chunks())
        except NotAllowed as stop:
            refused.append(stop)
    return refused


def _settled(who: By, request: HttpRequest, refused: list[NotAllowed]) -> str:
    """The field of which one of two texts was chosen: `17.other`, `17.standing`."""
    chosen, _, which = request.POST.get("settle", "").partition(".")
    if not chosen:
        return ""
    found = permissions.conflict_for(who.user, _number(chosen))
    standing = found.submission.answers.filter(field=found.field).first()
    typed = standing.typed if standing and which == "standing" else found.typed
    try:
        actions.settle(who, found, typed)
    except NotAllowed as stop:
        refused.append(stop)
    return found.field


def _detached(who: By, request: HttpRequest, refused: list[NotAllowed]) -> None:
    for chosen in request.POST.getlist("detach"):
        found = permissions.attachment_for(who.user, _number(chosen))
        try:
            actions.detach(who, found)
        except NotAllowed as stop:
            refused.append(stop)


def _keep(
    who: By, found: Submission, field: str, sent: QueryDict, known: Answer | None
) -> None:
    """One field as the browser sent it, if it is not as the page showed it."""
    if f"typed:{field}" not in sent:
        return
    typed, was = _text(sent, "typed", field), _text(sent, "was", field)
    entry = actions.Entry(
        typed,
        _number(sent.get(f"seen:{field}", "")),
        _bound(sent.get(f"bound:{field}", "")),
        bool(sent.get(f"withdrawn:{field}")),
        sent.get(f"reading:{field}", ""),
    )
    state = (entry.bound.value, entry.withdrawn)
    before = (known.bound, known.withdrawn) if known else ("exact", False)
    if typed != was or entry.reading or state != before:
        actions.save(who, found, field, entry)
    said = _text(sent, "note", field)
    if said != _text(sent, "was_note", field):
        actions.note(who, found, field, said, entry.seen)


def _text(sent: QueryDict, what: str, field: str) -> str:
    return sent.get(f"{what}:{field}", "").replace("\r\n", "\n")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 -- digits


def _bound(text: str) -> Bound:
    return Bound(text) if text in set(Bound) else Bound.EXACT


@require_POST
def save(request: HttpRequest, report: int) -> HttpResponse:
    """One field while one types; answers with what is to be said of it."""
    user = by(request).user
    found, field = permissions.answer_for(user, report, request.POST.get("field", ""))
    refusal = ""
    try:
        known = found.answers.filter(field=field).first()
        _keep(by(request), found, field, request.POST, known)
    except NotAllowed as stop:
        refusal = refusal_text(current(), stop)
    given = _given(found.round, found.unit_id, found)
    row = given["shown"].row(field)
    extra = {"row": row, "refusal": refusal}
    return render(request, "desk/parts/saved.html", {**given, **extra})


# --- files -------------------------------------------------------------------------


@require_POST
def attach(request: HttpRequest, report: int) -> HttpResponse:
    """A file behind one answer, as soon as it is chosen."""
    user = by(request).user
    found, field = permissions.answer_for(user, report, request.POST.get("field", ""))
    refusal = ""
    try:
        for file in request.FILES.getlist(f"file:{field}"):
            actions.attach(by(request), found, field, file.name or "", file.chunks())
    except NotAllowed as stop:
        refusal = refusal_text(current(), stop)
    given = _given(found.round, found.unit_id, found)
    extra = {"row": given["shown"].row(field), "refusal": refusal, "editable": True}
    return render(request, "desk/parts/files.html", {**given, **extra})


def attachment(request: HttpRequest, attachment: int) -> HttpResponse | FileResponse:
    found = permissions.attachment_for(by(request).user, attachment)
    return to_be_saved(found.file, found.name)


# --- moves of the place ------------------------------------------------------------


def send(request: HttpRequest, report: int) -> HttpResponse:
    """What still stops it, or the button that sends it."""
    found = _mine(request, report)
    if request.method == "POST":
        try:
            actions.send(by(request), found)
        except NotAllowed as stop:
            saying.refused(request, stop)
        else:
            saying.done(request, "report.was_sent")
            return redirect("desk:report", report)
    given = _given(found.round, found.unit_id, found)
    return render(request, "desk/send.html", given)


@require_POST
def take_back(request: HttpRequest, report: int) -> HttpResponse:
    found = permissions.submission_for(by(request).user, report)
    try:
        actions.take_back(by(request), found)
        saying.done(request, "report.was_taken_back")
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:report", report)


def correct(request: HttpRequest, report: int) -> HttpResponse:
    """The reason first; then the new report, filled in as the approved one was."""
    found = permissions.submission_for(by(request).user, report)
    if Action.CORRECT not in permissions.actions_for(by(request).user, found):
        raise Closed
    if request.method == "POST":
        try:
            made = actions.correct(by(request), found, request.POST.get("reason", ""))
        except NotAllowed as stop:
            saying.refused(request, stop)
        else:
            mine = permissions.may_edit(by(request).user, made)
            return redirect(
                "desk:fill" if mine else "desk:report", made.pk if mine else report
            )
    given = _given(found.round, found.unit_id, found)
    return render(request, "desk/correct.html", {**given, "typed": request.POST})


urls = [
    path("rounds/<int:round>/places/<str:unit>/", place, name="place_report"),
    path("rounds/<int:round>/places/<str:unit>/begin/", begin, name="begin"),
    path("reports/<int:report>/", report, name="report"),
    path("reports/<int:report>/fill/", fill, name="fill"),
    path("reports/<int:report>/field/", save, name="save_field"),
    path("reports/<int:report>/files/", attach, name="attach"),
    path("reports/<int:report>/send/", send, name="send"),
    path("reports/<int:report>/take-back/", take_back, name="take_back"),
    path("reports/<int:report>/correct/", correct, name="correct"),
    path("attachments/<int:attachment>/", attachment, name="attachment"),
]
