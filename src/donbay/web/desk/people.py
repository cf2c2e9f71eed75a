"""People and offices: seen to by the programme office; and one's own settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from donbay.domain.roles import RoleKind
from donbay.domain.workflow import NotAllowed
from donbay.web.journal.queries import of_object
from donbay.web.look.tables import Column, Search, Table
from donbay.web.look.templatetags.words import say
from donbay.web.offices import actions, queries
from donbay.web.offices.models import User
from donbay.web.offices.permissions import (
    By,
    Closed,
    by,
    gives,
    manager,
    office_for,
    person_for,
    role_to_end,
)
from donbay.web.programmes.models import Programme

COLUMNS = (
    Column("name", "people.name", lambda u: u.name, order="name"),
    Column("username", "people.username", lambda u: u.username, order="username"),
    Column("office", "people.office", lambda u: u.office, order="office__name"),
    Column("roles", "people.roles", lambda u: u.roles.all(), sorts=False),
    Column("active", "people.active", lambda u: u.is_active, order="is_active"),
)
SEEN = 20  # entries of the journal that a person's page shows


def _managing(request: HttpRequest) -> By:
    who = by(request)
    manager(who.user)
    return who


def _tried(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do something, and say that it was done, or in words why not."""
    try:
        act()
    except NotAllowed as why:
        messages.error(request, say(f"not_allowed.{why.code}", **why.parameters))
        return False
    messages.success(request, say(done))
    return True


# --- people ------------------------------------------------------------------------


def people(request: HttpRequest) -> HttpResponse:
    who = _managing(request)
    table = Table(
        request,
        queries.people_of(who.user),
        COLUMNS,
        (),
        Search(lambda u: u.name, field="name"),
        file="people",
    )
    if table.exports:
        return table.csv()
    return render(request, "desk/people.html", {"table": table})


def add(request: HttpRequest) -> HttpResponse:
    """The first password is shown once, to be handed over."""
    who = _managing(request)
    given: dict[str, object] = {"offices": queries.offices_of(who.user)}
    if request.method == "POST":
        office = office_for(who.user, _number(request, "office"))
        try:
            made, password = actions.add_person(who, _details(request), office)
        except NotAllowed as why:
            messages.error(request, say(f"not_allowed.{why.code}", **why.parameters))
            given["typed"] = request.POST
        else:
            return _handed_over(request, made, password)
    return render(request, "desk/person_add.html", given)


def _handed_over(request: HttpRequest, person: User, password: str) -> HttpResponse:
    given = {"person": person, "password": password}
    answer = render(request, "desk/person_password.html", given)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def person(request: HttpRequest, number: int) -> HttpResponse:
    who = _managing(request)
    found = person_for(who.user, number)
    if request.method == "POST":
        office = office_for(who.user, _number(request, "office"))
        active = request.POST.get("active") == "yes"
        details = _details(request)
        _tried(
            request,
            lambda: actions.change_person(who, found, details, office, active=active),
            "people.changed",
        )
        return redirect("desk:person", number)
    given = {
        "person": found,
        "roles": found.roles.select_related("programme").order_by("starts", "id"),
        "kinds": list(RoleKind),
        "offices": queries.offices_of(who.user),
        "places": queries.places_of(who.user, timezone.localdate()),
        "programmes": Programme.objects.order_by("id"),
        "entries": of_object("user", found.pk)[:SEEN],
        "today": timezone.localdate(),
    }
    return render(request, "desk/person.html", given)


@require_POST
def password(request: HttpRequest, number: int) -> HttpResponse:
    who = _managing(request)
    found = person_for(who.user, number)
    return _handed_over(request, found, actions.new_password(who, found))


@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    who = _managing(request)
    found = person_for(who.user, number)
    named = request.POST.get("programme") or None
    unit = request.POST.get("unit", "")
    if not gives(who.user, unit, named):
        raise Closed
    programme = Programme.objects.filter(pk=named).first() if named else None
    kind, starts = request.POST.get("kind"), _day(request, "starts")
    if (named and programme is None) or kind not in set(RoleKind):
        raise Closed
    criteria = request.POST.get("criteria", "").split()
    _tried(
        request,
        lambda: actions.give_role(
            *(who, found, RoleKind(kind), unit, programme),
            starts=starts or timezone.localdate(),
            ends=_day(request, "ends"),
            criteria=criteria,
        ),
        "people.role_given",
    )
    return redirect("desk:person", number)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    who = _managing(request)
    role = role_to_end(who.user, number)
    last = _day(request, "ends") or timezone.localdate()
    _tried(request, lambda: actions.end_role(who, role, last), "people.role_ended")
    return redirect("desk:person", role.user_id)


# --- offices -----------------------------------------------------------------------


def offices(request: HttpRequest) -> HttpResponse:
    who = _managing(request)
    if request.method == "POST":
        name, unit = request.POST.get("name", ""), request.POST.get("unit", "")
        act = lambda: actions.open_office(who, name, unit)  # noqa: E731 -- read below
        _tried(request, act, "people.office_opened")
        return redirect("desk:offices")
    given = {
        "offices": queries.offices_of(who.user).prefetch_related("people"),
        "places": queries.places_of(who.user, timezone.localdate()),
    }
    return render(request, "desk/offices.html", given)


@require_POST
def leader(request: HttpRequest, number: int) -> HttpResponse:
    who = _managing(request)
    office = office_for(who.user, number)
    wanted = _number(request, "leader")
    chosen = User.objects.filter(pk=wanted).first() if wanted else None
    act = lambda: actions.name_leader(who, office, chosen)  # noqa: E731 -- read below
    _tried(request, act, "people.leader_named")
    return redirect("desk:offices")


# --- one's own ---------------------------------------------------------------------


def own_settings(request: HttpRequest) -> HttpResponse:
    """Language here; password and second factor on the pages for them."""
    who = by(request)
    if request.method == "POST":
        language = request.POST.get("language", "")
        act = lambda: actions.choose_language(who, language)  # noqa: E731 -- read below
        answer = redirect("desk:settings")
        if _tried(request, act, "people.language_chosen"):
            answer.delete_cookie("language")
        return answer
    return render(request, "desk/settings.html", {"roles": who.user.roles.all()})


# --- what was typed ----------------------------------------------------------------


def _details(request: HttpRequest) -> actions.Details:
    typed = request.POST
    return actions.Details(
        typed.get("username", ""),
        typed.get("name", ""),
        typed.get("email", ""),
        typed.get("language", "vi"),
    )


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 -- no such key has more digits


def _day(request: HttpRequest, name: str) -> date | None:
    """None where nothing was typed or no such day exists."""
    try:
        return parse_date(request.POST.get(name, ""))
    except ValueError:
        return None
