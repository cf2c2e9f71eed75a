"""Review: the queue, one report with what changed, and many at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from donbay.domain.workflow import Action, NotAllowed
from donbay.texts.reporting import refusal_text
from donbay.web.desk import saying
from donbay.web.desk.forms_shown import history, shown, title_of
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.words import current
from donbay.web.offices.permissions import Closed, by
from donbay.web.programmes import queries as programmes
from donbay.web.submissions import actions, permissions, queries
from donbay.web.submissions.models import Submission
from donbay.web.submissions.queries import Item

MOST = 200  # approved at once


@dataclass(frozen=True)
class Waiting:
    """A report that waits for the person."""

    item: Item
    report: Submission
    title: str

    @property
    def period(self) -> str:
        return current().period(programmes.period_of(self.item.round))

    @property
    def place(self) -> str:
        return self.item.version.name

    @property
    def late(self) -> bool:
        sent = self.report.sent_at
        day = timezone.localtime(sent).date() if sent else None
        return day is not None and day > self.item.round.due


def queue(request: HttpRequest) -> HttpResponse:
    """Those that wait longest first; several may be approved at once."""
    rows = _waiting(request)
    titles = sorted({(one.item.round.form, one.title) for one in rows})
    table = Table(
        request,
        rows,
        COLUMNS,
        [Choice("form", "rounds.form", titles, lambda one: one.item.round.form)],
        Search(lambda one: f"{one.place} {one.item.version.code}"),
        size=100,
        file="review",
    )
    if table.exports:
        return table.csv()
    return render(request, "desk/queue.html", {"table": table})


def _waiting(request: HttpRequest) -> list[Waiting]:
    found = queries.queue(by(request).user, timezone.localdate())
    names: dict[int, str] = {}
    for item in found:
        if item.round.pk not in names:
            names[item.round.pk] = title_of(item.round)
    return [
        Waiting(item, item.submission, names[item.round.pk])
        for item in found
        if item.submission
    ]


COLUMNS = (
    Column("place", "rounds.place", lambda one: one.place),
    Column("form", "rounds.form", lambda one: one.title),
    Column("period", "rounds.period", lambda one: one.period),
    Column("sent", "review.sent_at", lambda one: one.report.sent_at),
    Column("by", "review.sent_by", lambda one: str(one.report.sent_by or "")),
    Column("due", "rounds.due", lambda one: one.item.round.due),
)  # fmt: skip


@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Each with the revision that the page showed; what was not approved is listed."""
    seen = dict(
        pair
        for chosen in request.POST.getlist("report")[:MOST]
        if (pair := _chosen(chosen)) is not None
    )
    user = by(request).user
    reports = []
    for pk, revision in seen.items():
        try:
            reports.append((permissions.submission_for(user, pk), revision))
        except Closed:
            continue
    done, refused = actions.approve_many(by(request), reports)
    if done:
        saying.done(request, "review.were_approved", count=len(done))
    lines = [(one.submission, refusal_text(current(), one.why)) for one in refused]
    if not lines:
        return redirect("desk:review")
    given = [
        (one, programmes.asked(one.round).units[one.unit_id].name, why)
        for one, why in lines
    ]
    return render(request, "desk/not_approved.html", {"refused": given})


def _chosen(text: str) -> tuple[int, int] | None:
    """`17.4`: the report and the revision that was seen."""
    pk, _, revision = text.partition(".")
    ok = pk.isdecimal() and revision.isdecimal() and len(text) < 20  # noqa: PLR2004 -- digits
    return (int(pk), int(revision)) if ok else None


def review(request: HttpRequest, report: int) -> HttpResponse:
    """One report: what changed, what looks odd, and what to do with it."""
    user = by(request).user
    found = permissions.submission_for(user, report)
    if Action.APPROVE not in permissions.actions_for(user, found):
        raise Closed
    reasons = _reasons(request)
    if request.method == "POST" and _acted(request, found, reasons):
        return redirect("desk:review")
    sheet = queries.sheet(found.round, found.unit_id, found)
    words = shown(sheet, programmes.today(found.round.programme), reasons)
    given = {
        "programme": found.round.programme,
        "round": found.round,
        "report": found,
        "shown": words,
        "history": history(found, words),
        "step": found.step + 1,
        "steps": len(permissions.steps(found.round, found.unit_id)),
    }
    return render(request, "desk/review.html", given)


def _reasons(request: HttpRequest) -> dict[str, str]:
    """By field, why it goes back."""
    return {
        name.removeprefix("reason:"): text
        for name in request.POST
        if name.startswith("reason:") and (text := request.POST.get(name, "").strip())
    }


def _acted(request: HttpRequest, found: Submission, reasons: dict[str, str]) -> bool:
    """Whether it went its way; if not, why is said on the same page."""
    text = request.POST.get("seen", "")
    seen = int(text) if text.isdecimal() and len(text) < 10 else -1  # noqa: PLR2004 -- digits
    try:
        if "send_back" in request.POST:
            actions.send_back(by(request), found, reasons, seen)
            saying.done(request, "review.was_sent_back", count=len(reasons))
        elif reasons:
            saying.refused(request, NotAllowed("reasons_but_approved"))
            return False
        else:
            actions.approve(by(request), found, seen)
            saying.done(request, "review.was_approved")
    except NotAllowed as stop:
        saying.refused(request, stop)
        return False
    return True


urls = [
    path("review/", queue, name="review"),
    path("review/approve/", approve_many, name="approve_many"),
    path("reports/<int:report>/review/", review, name="review_report"),
]
