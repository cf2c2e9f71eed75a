"""A person's day: what they owe, what waits for them, what they were told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from donbay.web.desk.forms_shown import title_of
from donbay.web.look.tables import Choice, Column, Table
from donbay.web.look.words import current
from donbay.web.offices.permissions import by
from donbay.web.programmes import queries as programmes
from donbay.web.submissions import actions, queries
from donbay.web.submissions.models import Reminder
from donbay.web.territory.queries import territory

MOST = 100  # of one heap on the page; the matrix has them all
KINDS = ("opened", "due", "late", "returned")


def work(request: HttpRequest) -> HttpResponse:
    """The most pressing first; at the end of it, nothing is left to do."""
    found = queries.work(by(request).user, timezone.localdate())
    heaps = [
        (name, getattr(found, name)[:MOST], len(getattr(found, name)))
        for name in ("returned", "late", "due", "corrections", "review")
    ]
    programmes.shared(one.round for one in found.reminders)
    given = {
        "heaps": [heap for heap in heaps if heap[1]],
        "conflicts": found.conflicts,
        "reminders": [told(one) for one in found.reminders],
        "nothing": not found,
    }
    return render(request, "desk/work.html", given)


def told(reminder: Reminder) -> dict[str, object]:
    """What a person was told, in a sentence."""
    words = current()
    version = programmes.asked(reminder.round).units.get(reminder.unit_id)
    sentence = words.say(
        f"reminder.{reminder.kind}",
        form=title_of(reminder.round),
        period=words.period(programmes.period_of(reminder.round)),
        place=version.name if version else reminder.unit_id,
        day=words.day(reminder.day),
    )
    return {"reminder": reminder, "said": sentence}


def reminders(request: HttpRequest) -> HttpResponse:
    """Everything that the person was told."""
    kinds = [(kind, current().say(f"reminder_kind.{kind}")) for kind in KINDS]
    table = Table(
        request,
        queries.reminders(by(request).user),
        COLUMNS,
        [Choice("kind", "rounds.kind", kinds, field="kind")],
        file="reminders",
    )
    if table.exports:
        return table.csv()
    programmes.shared(one.round for one in table.page)
    lines = [told(one) for one in table.page]
    return render(request, "desk/reminders.html", {"table": table, "lines": lines})


def _place(reminder: Reminder) -> str:
    versions = territory().versions.get(reminder.unit_id, ())
    return versions[-1].name if versions else reminder.unit_id


COLUMNS = (
    Column("made", "rounds.told_at", lambda r: r.made_at.isoformat(), order="made_at"),
    Column("kind", "rounds.kind", lambda r: r.kind, order="kind"),
    Column("place", "rounds.place", _place),
    Column("period", "rounds.period", lambda r: r.round.period, order="round__period"),
    Column("day", "rounds.day", lambda r: r.day.isoformat(), order="day"),
    Column("read", "rounds.read_at", lambda r: r.read_at, order="read_at"),
)


@require_POST
def read_reminders(request: HttpRequest) -> HttpResponse:
    """One, or all where none is named."""
    named = [int(n) for n in request.POST.getlist("reminder") if n.isdecimal()][:500]
    actions.mark_read(by(request).user, named or None)
    return redirect(
        (request.POST.get("then") == "list" and "desk:reminders") or "desk:work"
    )


urls = [
    path("work/", work, name="work"),
    path("work/reminders/", reminders, name="reminders"),
    path("work/reminders/read/", read_reminders, name="read_reminders"),
]
