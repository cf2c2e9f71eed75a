"""The demonstration's people: on the first page, to come in as without a password."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from donbay.web.look.doors import public
from donbay.web.offices.permissions import Closed
from donbay.web.offices.queries import demo_people

PASSWORD = "donbay-demo"  # noqa: S105 -- shown to everybody; there is no other in a demo


@dataclass(frozen=True, slots=True)
class Somebody:
    """A card of the first page."""

    username: str
    name: str
    kind: str
    place: str
    action: str


def people() -> list[Somebody]:
    """Nobody, unless this is the demonstration."""
    if not settings.DEMO:
        return []
    action = reverse("desk:demo_sign_in")
    found = []
    for user in demo_people():
        first = next(iter(user.roles.all()), None)
        kind = first.kind if first else "administrator"
        place = user.office.name if user.office else ""
        found.append(Somebody(user.username, str(user), kind, place, action))
    return found


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Only in the demonstration, and only as who is listed."""
    if not settings.DEMO:
        raise Closed
    wanted = request.POST.get("username")
    for user in demo_people():
        if user.username == wanted:
            login(request, user, settings.AUTHENTICATION_BACKENDS[-1])
            return redirect("desk:work")
    raise Closed
