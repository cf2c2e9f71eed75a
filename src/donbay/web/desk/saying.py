"""What came of an action, said at the head of the next page."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from donbay.domain.workflow import NotAllowed
from donbay.texts.reporting import refusal_text
from donbay.web.look.words import current


def refused(request: HttpRequest, stop: NotAllowed) -> None:
    """Why not, and what to do."""
    messages.error(request, refusal_text(current(), stop))


def failed(request: HttpRequest, code: str, **parameters: object) -> None:
    """A part that was not done, among others that were."""
    messages.error(request, current().say(code, **parameters))


def done(request: HttpRequest, code: str, **parameters: object) -> None:
    messages.success(request, current().say(code, **parameters))


def typed_day(typed: QueryDict, name: str) -> date | None:
    """None where nothing was typed or no such day exists."""
    try:
        return date.fromisoformat(typed.get(name, ""))
    except ValueError:
        return None
