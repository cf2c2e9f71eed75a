"""Tags and filters by which templates speak: no text stands in a template itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from donbay.domain.periods import Period, parse_period
from donbay.web.look.words import current
from donbay.web.territory.queries import territory

register = template.Library()


@register.simple_tag
def say(code: str, **parameters: object) -> str:
    """A text of the catalogues; numbers among the parameters as the reader writes."""
    return current().say(code, **{k: _shown(v) for k, v in parameters.items()})


class Said(template.Node):
    """`{% say "a.code" %}` alone: looked up and escaped once for each language."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.kept: dict[str, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:  # noqa: ARG002 -- Django's call
        words = current()
        if words.language not in self.kept:
            self.kept[words.language] = escape(words.say(self.code))
        return self.kept[words.language]


_SAY = register.tags["say"]


@register.tag("say")
def _say(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Plain words need no more than themselves; the rest goes the common way."""
    _, *given = token.split_contents()
    if len(given) == 1 and given[0][0] == given[0][-1] == '"':
        return Said(given[0][1:-1])
    found: template.Node = _SAY(parser, token)
    return found


@register.simple_tag
def say_of(room: str, code: object, **parameters: object) -> str:
    """The text of a code of a family: `{% say_of "status" row.status %}`."""
    return say(f"{room}.{code}", **parameters)


@register.filter
def place(unit: str) -> str:
    """As a place is called today, else as it was called last."""
    today, places = timezone.localdate(), territory()
    found = places.on(today).get(unit) or places.ended(unit, today)
    return found.name if found else unit


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return current().number(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return current().day(value)
    if isinstance(value, Period):
        return current().period(value)
    return value


@register.filter
def fault(problem: str) -> str:
    """Why a job failed: what the catalogues say of it, or the name of our fault."""
    code = "job.interrupted" if problem == "interrupted" else problem
    return current().say(code) if "." in code else code


@register.filter
def number(value: float | None) -> str:
    """Nothing for a missing figure: it is never a zero."""
    return "" if value is None else current().number(value)


@register.filter
def share(value: float | None) -> str:
    """0.85 as 85 %."""
    return "" if value is None else current().share(value)


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else current().day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Day, hour and minute, in the time zone of the installation."""
    if value is None:
        return ""
    here = timezone.localtime(value)
    return f"{current().day(here.date())} {here:%H:%M}"


@register.filter
def period(value: Period | str | None) -> str:
    if not value:
        return ""
    return current().period(parse_period(value) if isinstance(value, str) else value)


@register.filter
def in_reader(titles: Mapping[str, str] | None) -> str:
    """A text given by language, in the reader's or else in any."""
    if not titles:
        return ""
    return titles.get(current().language) or next(iter(titles.values()))
