"""Asking for another day or map, waiting for it, and full runs held against today's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from donbay.web.desk.asked import NotADay, asked_days
from donbay.web.look.templatetags.words import say
from donbay.web.offices.permissions import Closed, by, programme_for
from donbay.web.programmes.models import Programme
from donbay.web.results import tasks
from donbay.web.results.actions import CannotAsk
from donbay.web.results.models import Evaluation, FullRun


@require_POST
def ask(request: HttpRequest, programme: str) -> HttpResponse:
    """Queue the evaluation of the days in the address, then show how far it is."""
    who = by(request)
    found = programme_for(who.user, programme)
    try:
        days = asked_days(request)
    except NotADay as wrong:
        raise Closed from wrong
    try:
        asked = tasks.ask_later(who, found, on=days.on, known=days.known, map=days.map)
    except CannotAsk as refused:
        return _refused(request, found, refused)
    return _waiting(request, found, asked, _back(request, found))


def _refused(
    request: HttpRequest, programme: Programme, refused: CannotAsk
) -> HttpResponse:
    """Why the question is not taken, and what to do."""
    code = f"cannot_ask.{refused.code}"
    given = {"programme": programme, "says": say(code, **refused.parameters)}
    if request.headers.get("HX-Request"):
        return render(request, "desk/parts/refused.html", given)
    return render(request, "desk/refused.html", given, status=409)


def evaluation(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """How far it is; to the page that was wanted, as soon as it can be shown."""
    found = programme_for(by(request).user, programme)
    asked = Evaluation.objects.filter(programme=found, pk=number).first()
    if asked is None:
        raise Closed
    return _waiting(request, found, asked, _back(request, found))


def _back(request: HttpRequest, programme: Programme) -> str:
    """The page that was wanted: only ever one of this site."""
    wanted = request.POST.get("back") or request.GET.get("back", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return reverse("desk:board", args=[programme.pk])


def _waiting(
    request: HttpRequest, programme: Programme, asked: Evaluation, back: str
) -> HttpResponse:
    of_htmx = bool(request.headers.get("HX-Request"))
    if asked.state == Evaluation.State.READY:
        if of_htmx:
            return HttpResponse(headers={"HX-Redirect": back})
        return HttpResponseRedirect(back)
    template = "desk/parts/progress.html" if of_htmx else "desk/waiting.html"
    given = {"programme": programme, "evaluation": asked, "on": asked.on, "back": back}
    return render(request, template, given)


def full_runs(request: HttpRequest, programme: str) -> HttpResponse:
    """The full runs of a programme, the newest first; posting starts one."""
    who = by(request)
    found = programme_for(who.user, programme)
    may = who.runs(found.pk, [unit.pk for unit in found.roots.all()])
    if request.method == "POST":
        if not may:
            raise Closed
        run = tasks.run_later(who, found)
        return HttpResponseRedirect(reverse("desk:full_run", args=[found.pk, run.pk]))
    runs = FullRun.objects.filter(programme=found).order_by("-id")[:50]
    given = {"programme": found, "runs": runs, "may_start": may}
    return render(request, "desk/full_runs.html", given)


def full_run(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """How far a full run is, and what it found."""
    found = programme_for(by(request).user, programme)
    run = FullRun.objects.filter(programme=found, pk=number).first()
    if run is None:
        raise Closed
    of_htmx = bool(request.headers.get("HX-Request"))
    template = "desk/parts/run.html" if of_htmx else "desk/full_run.html"
    return render(request, template, {"programme": found, "run": run})
