"""What forms and levels are called in the reader's language."""

from __future__ import annotations

from django import template

from donbay.web.desk.forms_shown import title_of
from donbay.web.look.words import current
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round

register = template.Library()


@register.simple_tag
def form_title(round: Round | None) -> str:
    return title_of(round) if round else ""


@register.simple_tag
def level_title(programme: Programme, level: str) -> str:
    titles = {one.id: one.title for one in programmes.promise(programme).levels}
    return titles[level].in_(current().language, level) if level in titles else level
