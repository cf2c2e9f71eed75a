"""Reports that wait for one's review, and many approved at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from donbay.texts.reporting import form_title, refusal_text
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.templatetags.words import in_reader, say
from donbay.web.look.words import current
from donbay.web.offices.permissions import Closed, by
from donbay.web.programmes import queries as programmes
from donbay.web.submissions import actions, permissions
from donbay.web.submissions.models import Submission
from donbay.web.submissions.queries import Item, queue

MOST = 500  # reports approved by one click


@dataclass(frozen=True)
class Waiting:
    """One report of the queue in the reader's words."""

    item: Item

    @property
    def submission(self) -> Submission:
        if self.item.submission is None:
            raise Closed
        return self.item.submission

    @property
    def place(self) -> str:
        return self.item.version.name

    @property
    def programme(self) -> str:
        return in_reader(self.item.round.programme.titles)

    @property
    def form(self) -> str:
        form = programmes.asked(self.item.round).form
        return form_title(current(), form, programmes.promise_of(self.item.round))


def reviews(request: HttpRequest) -> HttpResponse:
    """The queue, those that wait longest first."""
    rows = [Waiting(item) for item in queue(by(request).user, timezone.localdate())]
    names = sorted({row.programme for row in rows})
    table = Table(
        request,
        rows,
        [
            Column("place", "heading.unit_name", lambda row: row.place),
            Column("programme", "reviews.programme", lambda row: row.programme),
            Column("form", "reviews.form", lambda row: row.form),
            Column("period", "heading.period", lambda row: row.item.round.period),
            Column("sent", "reviews.sent", lambda row: row.submission.sent_at),
            Column("by", "reviews.sender", lambda row: str(row.submission.sent_by)),
        ],
        [
            Choice(
                "programme",
                "reviews.programme",
                [(name, name) for name in names],
                lambda row: row.programme,
            )
        ],
        Search(lambda row: row.place),
        file="reviews",
    )
    if table.exports:
        return table.csv()
    return render(request, "desk/reviews.html", {"table": table})


@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Each whole or not at all; what was not approved is said with the reason."""
    who = by(request)
    chosen = []
    for text in request.POST.getlist("report")[:MOST]:
        number, _, seen = text.partition(":")
        if not (number.isascii() and number.isdigit() and seen.isdigit()):
            raise Closed
        found = permissions.submission_for(who.user, int(number))
        chosen.append((found, int(seen)))
    approved, refused = actions.approve_many(who, chosen)
    if approved:
        messages.success(request, say("reviews.approved_many", count=len(approved)))
    for one in refused:
        place = programmes.asked(one.submission.round).units[one.submission.unit_id]
        why = refusal_text(current(), one.why)
        messages.warning(request, f"{place.name}: {why}")
    if not chosen:
        messages.warning(request, say("reviews.none_chosen"))
    return HttpResponseRedirect(reverse("desk:reviews"))
