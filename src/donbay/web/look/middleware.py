"""Between the browser and the views: language, closed doors, what a page may load."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation

from donbay.texts import LANGUAGES
from donbay.web.look.doors import is_public
from donbay.web.look.views import not_found
from donbay.web.look.words import ADDRESSED, COOKIE
from donbay.web.offices.permissions import Closed
from donbay.web.territory.queries import one_look

Answer = Callable[[HttpRequest], HttpResponse]
# Nothing is loosened: charts are drawn on a canvas, and their tips are texts in it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; form-action 'self'"
)


def content_security(answer: Answer) -> Answer:
    policy = " ".join([POLICY, *settings.FORMS_LEAD_TO])

    def respond(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "interest-cohort=()")
        return response

    return respond


def language(answer: Answer) -> Answer:
    """The address's language, else the one chosen here, the person's, the browser's."""

    def respond(request: HttpRequest) -> HttpResponse:
        chosen = _chosen(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = answer(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return respond


def _chosen(request: HttpRequest) -> str:
    """A public page is in the language of its address, so that caches may keep it."""
    if told := ADDRESSED.match(request.path_info):
        return told["language"] or str(settings.LANGUAGE_CODE)
    asked = request.COOKIES.get(COOKIE)
    if asked in LANGUAGES:
        return asked
    own = getattr(request.user, "language", None)
    if own in LANGUAGES:
        return str(own)
    found = translation.get_language_from_request(request)[:2]
    return found if found in LANGUAGES else str(settings.LANGUAGE_CODE)


def still_places(answer: Answer) -> Answer:
    """What a page says of places is of one moment."""

    def respond(request: HttpRequest) -> HttpResponse:
        with one_look():
            return answer(request)

    return respond


class closed_by_default:  # noqa: N801 -- named in settings beside functions
    """Who is not signed in sees only what is declared public."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """To whom a door stays shut, the thing behind it does not exist."""
        return not_found(request) if isinstance(exception, Closed) else None

    def process_view(
        self, request: HttpRequest, view: object, *_: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else None
        if is_public(view, name) or request.user.is_authenticated:
            return None
        login = resolve_url(settings.LOGIN_URL)
        return redirect_to_login(request.get_full_path(), login)
