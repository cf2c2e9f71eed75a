"""Opening a programme to everybody, which its office does, and closing it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from donbay.domain.workflow import NotAllowed
from donbay.web.desk import saying
from donbay.web.offices.permissions import Closed, by, programme_for
from donbay.web.programmes import actions


def publishing(request: HttpRequest, programme: str) -> HttpResponse:
    """Whether everybody may read it, and since when."""
    someone = by(request)
    found = programme_for(someone.user, programme)
    if not someone.runs(found.pk, list(found.roots.values_list("id", flat=True))):
        raise Closed
    if request.method != "POST":
        return render(request, "desk/publishing.html", {"programme": found})
    try:
        if "withdraw" in request.POST:
            actions.withdraw(someone, found)
            saying.done(request, "publishing.was_withdrawn")
        else:
            actions.publish(someone, found)
            saying.done(request, "publishing.was_published")
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:publishing", found.pk)


urls = [path("publishing/", publishing, name="publishing")]
