"""Addresses within the portal, in the language of the page."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.urls import reverse

from donbay.domain.periods import Period
from donbay.web.look.words import current
from donbay.web.programmes.models import Programme

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str, *where: object) -> str:
    """`{% to "place" unit %}`: a page of the programme that is being read."""
    programme: Programme = context["programme"]
    parts = [str(part).replace("/", "_") for part in where]
    return reverse(f"portal:{name}", args=[current().language, programme.pk, *parts])


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, code: str) -> str:
    """This very page in another language."""
    request: HttpRequest = context["request"]
    here = f"/public/{current().language}/"
    return request.get_full_path().replace(here, f"/public/{code}/", 1)


@register.simple_tag
def programme_address(programme: Programme) -> str:
    return reverse("portal:board", args=[current().language, programme.pk])


@register.filter
def ended(period: Period) -> str:
    """The last day of a period, for machines that read the page."""
    return period.last.isoformat()
