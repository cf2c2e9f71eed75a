"""Components: signs, statuses, results, figures, the three days."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from donbay.domain.verdicts import Days
from donbay.web.look.charts import Figure, MapFigure, Slider
from donbay.web.look.signs import drawn
from donbay.web.look.tables import Table
from donbay.web.look.templatetags.words import say
from donbay.web.look.words import current
from donbay.web.offices.models import User
from donbay.web.offices.permissions import oversees

register = template.Library()


@register.simple_tag
def sign(name: str) -> SafeString:
    return drawn(name)


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
        drawn(looks),
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


@register.inclusion_tag("look/parts/table_tools.html")
def table_tools(table: Table) -> dict[str, object]:
    """Search, filters and export of a list."""
    return {"table": table}


@register.inclusion_tag("look/parts/table_head.html")
def table_head(table: Table) -> dict[str, object]:
    """The headings of a list; each that sorts is a link."""
    return {"table": table}


@register.inclusion_tag("look/parts/table_foot.html")
def table_foot(table: Table) -> dict[str, object]:
    """How many rows there are, and the other pages of them."""
    return {"table": table}


@register.inclusion_tag("look/parts/chart.html", takes_context=True)
def chart(context: template.Context, figure: Figure) -> dict[str, object]:
    """A chart with its caption, its table and its files."""
    return {"figure": figure, "files": context.get("chart_files", "")}


@register.inclusion_tag("look/parts/map.html", takes_context=True)
def area_map(context: template.Context, figure: MapFigure) -> dict[str, object]:
    """A map with its caption, its key, its table and its files."""
    return {"figure": figure, "files": context.get("chart_files", "")}


@register.inclusion_tag("look/parts/map_slider.html")
def map_slider(slider: Slider | None) -> dict[str, object]:
    """Which map in time the maps of the page show; nothing where there is but one."""
    return {"slider": slider}


@register.filter(name="oversees")
def _oversees(user: object, programme: str = "") -> bool:
    """Whether the reader answers for a programme, or for any at all."""
    return isinstance(user, User) and oversees(user, programme or None)


@register.simple_tag
def page_address(table: Table, number: object) -> str:
    return table.address(page=str(number))
