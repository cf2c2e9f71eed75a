"""The first pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.web.desk import demo
from donbay.web.look.doors import public


@public
def start(request: HttpRequest) -> HttpResponse:
    given = {"demo_people": demo.people(), "demo_password": demo.PASSWORD}
    return render(request, "desk/start.html", given)
