"""Components: signs, statuses, results, figures, the three days."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from donbay.domain.verdicts import Days
from donbay.web.look.templatetags.words import say
from donbay.web.look.words import current

register = template.Library()

# Drawn in a square of 16; a sign never stands without its word.
_SIGNS = {
    "achieved": '<path d="m3 8.5 3.2 3.2L13 4.8"/>',
    "met": '<path d="m3 8.5 3.2 3.2L13 4.8"/>',
    "basically_met": '<path d="M2.5 6.5c2-2 3.6-2 5.5 0s3.6 2 5.5 0m-11 4.5c2-2 3.6-2 5.5 0s3.6 2 5.5 0"/>',
    "not_met": '<path d="m4 4 8 8m0-8-8 8"/>',
    "missed": '<path d="m4 4 8 8m0-8-8 8"/>',
    "unknown": '<path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.6 8 9 8 10m0 2.6v.1"/>',
    "not_applicable": '<path d="M4 8h8"/>',
    "no_data": '<path d="M4 8h8"/>',
    "open": '<circle cx="8" cy="8" r="4.5"/>',
    "on_track": '<path d="M8 13V3.5M4 7.5l4-4 4 4"/>',
    "at_risk": '<path d="M8 3v6.5m0 3v.1"/>',
    "off_track": '<path d="M8 3v9.5m-4-4 4 4 4-4"/>',
    "success": '<path d="m3 8.5 3.2 3.2L13 4.8"/>',
    "info": '<path d="M8 7v5m0-8.6v.1"/>',
    "debug": '<path d="M8 7v5m0-8.6v.1"/>',
    "warning": '<path d="M8 3v6.5m0 3v.1"/>',
    "error": '<path d="m4 4 8 8m0-8-8 8"/>',
    "made_up": '<path d="M6 2.5h4M6.5 2.5v4L3 13.5h10l-3.5-7v-4M5 10h6"/>',
    "globe": '<circle cx="8" cy="8" r="5.5"/><path d="M2.5 8h11M8 2.5c-3.5 3-3.5 8 0 11 3.5-3 3.5-8 0-11"/>',
    "person": '<circle cx="8" cy="5.5" r="2.5"/><path d="M3 13.5c.5-3 2.5-4 5-4s4.5 1 5 4"/>',
    "lever": '<path d="M2 5.5 14 10M8 8l-2 4.5h4z"/>',
    "up": '<path d="M8 13V3.5M4 7.5l4-4 4 4"/>',
    "down": '<path d="M8 3v9.5m-4-4 4 4 4-4"/>',
    "calendar": '<path d="M3 4h10v9.5H3zM3 7h10M5.5 2.5V5m5-2.5V5"/>',
    "file": '<path d="M4 2.5h5l3 3v8H4zM9 2.5v3h3"/>',
    "help": '<circle cx="8" cy="8" r="5.5"/><path d="M6.5 6.5a1.5 1.5 0 1 1 2.200 1.300c-.5.3-.7.5-.7 1m0 2v.1"/>',
}  # fmt: skip


@register.simple_tag
def sign(name: str) -> SafeString:
    """A drawn sign; whoever cannot see it loses nothing, for a word stands beside."""
    drawn = mark_safe(_SIGNS.get(name, _SIGNS["info"]))  # noqa: S308 -- our own drawings
    return format_html(
        '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        drawn,
    )


@register.simple_tag
def status(code: object) -> SafeString:
    """Where a target stands: sign and word in one badge."""
    return badge("status", code)


@register.simple_tag
def result(code: object) -> SafeString:
    """How a criterion was judged."""
    return badge("result", code)


@register.simple_tag
def badge(room: str, code: object, kind: str = "") -> SafeString:
    """`kind` names the look where the code is not one of a status or result."""
    looks = kind or str(code)
    return format_html(
        '<span class="mark mark-{}">{}<span>{}</span></span>',
        looks,
        sign(looks),
        say(f"{room}.{code}"),
    )


@register.simple_tag
def days_line(days: Days) -> str:
    """The three days, as every result prints them."""
    words = current()
    known = words.day(days.known.date()) if days.known else say("site.all_known")
    return say("site.days", on=days.on, known=known, map=days.map)


@register.inclusion_tag("look/parts/empty.html")
def empty(code: str, href: str = "", action: str = "") -> dict[str, str]:
    """What to do next where there is nothing to show."""
    return {"code": code, "href": href, "action": action}


@register.inclusion_tag("look/parts/field_help.html")
def field_help(code: str, field: str) -> dict[str, str]:
    """Help of a form field, which its input names by aria-describedby."""
    return {"code": code, "field": field}
