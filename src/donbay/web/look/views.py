"""Choosing a language, and the pages that say what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from donbay.texts import LANGUAGES
from donbay.web.look.doors import public
from donbay.web.look.words import COOKIE, current

YEAR = 365 * 24 * 3600


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("desk:start")
    answer = HttpResponseRedirect(back)
    if (chosen := request.POST.get("language")) in LANGUAGES:
        answer.set_cookie(COOKIE, chosen, YEAR, samesite="Lax", httponly=True)
    return answer


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 -- Django's call
    return _problem(request, 400)


def forbidden(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 -- Django's call
    return _problem(request, 403)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 -- Django's call
    return _problem(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's call
    return _problem(request, 403, "form_expired")


def _problem(request: HttpRequest, status: int, kind: str = "") -> HttpResponse:
    given = {"kind": kind or str(status)}
    return render(request, "look/problem.html", given, status=status)


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """After too many wrong passwords; whoever asks is told no more than that."""
    return _problem(request, 429)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's call
    """Asks nothing of the database nor of who is there: they may be what broke."""
    words = current()
    given = {
        "language": words.language,
        "direction": "rtl" if words.right_to_left else "ltr",
    }
    return HttpResponse(render_to_string("look/broken.html", given), status=500)
