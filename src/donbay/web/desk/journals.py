"""The journal: of a programme, of one thing, of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.periods import parse_period
from donbay.domain.roles import RoleKind
from donbay.texts import Wording
from donbay.web.journal import queries as journal
from donbay.web.journal.models import Entry
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.templatetags.words import place
from donbay.web.look.words import current
from donbay.web.offices.models import User
from donbay.web.offices.permissions import Closed, by, programme_for, roles_on
from donbay.web.programmes.models import Programme

READERS = {RoleKind.PROGRAMME_OFFICE, RoleKind.LEADER, RoleKind.INSPECTOR}


def verb(entry: Entry) -> str:
    """What was done, in words where there are some."""
    code = f"verb.{entry.verb}"
    return current().say(code) if code in current() else entry.verb


def _moment(entry: Entry) -> str:
    return entry.at.isoformat(timespec="seconds")


COLUMNS = (
    Column("at", "journal.at", _moment, order="id"),
    Column("by", "journal.by", lambda e: e.by_name, order="by_name"),
    Column("verb", "journal.verb", lambda e: e.verb, order="verb", exported=verb),
    Column("object", "journal.object", lambda e: f"{e.kind} {e.object}", order="kind"),
    Column("details", "journal.details", lambda e: e.details, sorts=False),
    Column(
        *("from", "journal.from", lambda e: f"{e.channel} {e.address}".strip()),
        order="channel",
    ),
)


def details(entry: Entry) -> list[tuple[str, object]]:
    """What the entry adds, named in words where there are some."""
    words = current()
    return [
        (
            words.say(f"detail.{name}") if f"detail.{name}" in words else name,
            _told(words, name, value),
        )
        for name, value in entry.details.items()
        if value is not None and value != ""
    ]


# Details whose values are codes, by the families of texts that say them.
FAMILIES = {
    "to": ("state",),
    "report": ("report_kind",),
    "language": ("language",),
    "kind": ("role", "act_kind"),
    "role": ("role",),
    "what": ("act_kind", "suspicion"),
    "origin": ("origin",),
}


def _told(words: Wording, name: str, value: object) -> object:
    """A code in words, a period as it is written; else as it was recorded."""
    if isinstance(value, bool):
        return words.say("word.yes" if value else "word.no")
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {inner}" for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(inner) for inner in value)
    for family in FAMILIES.get(name, ()):
        if (code := f"{family}.{value}") in words:
            return words.say(code)
    if name == "period":
        with suppress(ValueError):
            return words.period(parse_period(str(value)))
    return place(value) if name == "unit" and isinstance(value, str) else value


def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Everything that was done in a programme."""
    found = _for_readers(request, programme)
    entries = Entry.objects.filter(chain=found.chain).order_by("-id")
    return _page(request, found, entries, "journal.of_programme")


def thing(request: HttpRequest, programme: str, kind: str, object: str) -> HttpResponse:  # noqa: A002 -- the journal's own word
    """What was done with one thing."""
    found = _for_readers(request, programme)
    entries = journal.of_object(kind, object).filter(chain=found.chain)
    words, code = current(), f"thing.{kind}"
    named = words.say(code) if code in words else kind
    return _page(request, found, entries, "journal.of_object", f"{named} {object}")


def person(request: HttpRequest, programme: str, person: int) -> HttpResponse:
    """What one person did; everybody may read their own."""
    user = by(request).user
    own = user.pk == person
    found = programme_for(user, programme) if own else _for_readers(request, programme)
    entries = journal.of_person(person).filter(chain=found.chain)
    who = User.objects.filter(pk=person).first()
    if who is None:
        raise Closed
    return _page(request, found, entries, "journal.of_person", str(who))


def _for_readers(request: HttpRequest, wanted: str) -> Programme:
    """The office, leaders and inspectors of a programme. Raises Closed."""
    user = by(request).user
    found = programme_for(user, wanted)
    here = {None, found.pk}
    roles = (r.kind for r in roles_on(user) if r.programme_id in here)
    if not user.is_superuser and not any(kind in READERS for kind in roles):
        raise Closed
    return found


def _page(
    request: HttpRequest,
    programme: Programme,
    entries: QuerySet[Entry],
    title: str,
    name: str = "",
) -> HttpResponse:
    table = Table(
        request,
        entries,
        COLUMNS,
        [_verbs()],
        Search(lambda e: e.by_name, field="by_name", label="journal.search_person"),
        file=f"{programme.pk}-journal",
    )
    if table.exports:
        return table.csv()
    for entry in table.page.object_list:
        entry.said, entry.told = verb(entry), details(entry)
    given = {"programme": programme, "table": table, "heading": title, "name": name}
    return render(request, "desk/journal.html", given)


def _verbs() -> Choice:
    words = current()
    options = [(one, words.say(f"verb.{one}")) for one in VERBS]
    return Choice("verb", "journal.verb", options, field="verb")


VERBS = (
    *("begin", "save", "note", "attach", "detach", "settle", "send", "take_back"),
    *(
        "send_back",
        "approve",
        "correct",
        "entered",
        "open",
        "extend",
        "close",
        "remind",
    ),
    *("install", "full_run_ordered", "full_run_ended", "give_role", "end_role"),
    *("record_act", "annul_act", "moved", "moved_back", "dismiss"),
    *("order_publication", "issue_publication", "discard_publication"),
    *("word_passage", "word_as_usual"),
)
