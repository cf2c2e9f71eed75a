"""Decisions about places: recorded, listed, annulled; what ends or would be lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from donbay.domain.act_rules import ATTESTATION, ATTESTED, AWARD, attested, recognising
from donbay.domain.verdicts import Days
from donbay.domain.workflow import NotAllowed
from donbay.web.acts import queries as acts
from donbay.web.acts.models import Act
from donbay.web.acts.permissions import act_for, may_record
from donbay.web.desk import saying
from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.files.actions import file_name, keep_readable
from donbay.web.journal.queries import of_object
from donbay.web.look.downloads import to_be_saved
from donbay.web.look.lines import DAYS
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.titles import Titles, titles
from donbay.web.look.words import current
from donbay.web.offices.permissions import Closed, by, programme_for
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import standing
from donbay.web.results.actions import Decision, annul, decide

MONTHS = (3, 6, 12, 24)


@dataclass(frozen=True, slots=True)
class Line:
    """An act in the reader's words."""

    titles: Titles
    act: Act
    today: date

    @property
    def place(self) -> str:
        return self.titles.place(self.act.unit_id)

    @property
    def kind(self) -> str:
        return self.titles.act_kind(self.act.kind)

    @property
    def says(self) -> str:
        """The level, the result of a sub-criterion, or what was awarded."""
        row, words = self.act, self.titles.words
        if row.kind == ATTESTATION:
            return f"{row.subject}: {words.say(f'result.{row.result}')}"
        if row.kind == AWARD:
            return row.subject
        if not row.level:
            return words.say("acts.revokes")
        return self.titles.act_level(row.kind, row.level)

    @property
    def authority(self) -> str:
        return self.titles.authority(self.act.authority)

    @property
    def state(self) -> str:
        row = self.act
        if hasattr(row, "annulled_by"):
            return "annulled"
        if (row.start or row.date) > self.today:
            return "ahead"
        return "over" if row.end and row.end < self.today else "in_force"


def _text(row: Line) -> str:
    return f"{row.place} {row.act.number} {row.authority} {row.says}"


COLUMNS = (
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("kind", "acts.kind", lambda x: x.kind),
    Column("says", "acts.says", lambda x: x.says),
    Column("number", "acts.number", lambda x: x.act.number),
    Column("date", "heading.date", lambda x: x.act.date),
    Column("authority", "acts.authority", lambda x: x.authority),
    Column("until", "acts.until", lambda x: x.act.end),
    Column("state", "acts.state", lambda x: x.state),
)


def acts_page(request: HttpRequest, programme: str) -> HttpResponse:
    """Every act of a programme, the latest first."""
    found = programme_for(by(request).user, programme)
    named, today = _titles(found), programmes.today(found)
    lines = [Line(named, row, today) for row in acts.of_programme(found)]
    kinds = {line.act.kind: line.kind for line in lines}
    states = ("in_force", "ahead", "over", "annulled")
    options = [(one, named.words.say(f"act_state.{one}")) for one in states]
    filters = [
        Choice("kind", "acts.kind", sorted(kinds.items()), lambda x: x.act.kind),
        Choice("state", "acts.state", options, lambda x: x.state),
    ]
    search = Search(_text)
    file = f"{found.pk}-acts"
    table = Table(request, lines, COLUMNS, filters, search, file=file)
    if table.exports:
        return table.csv()
    given = {"programme": found, "table": table, "office": _office(request, found)}
    return render(request, "desk/acts.html", given)


def _titles(programme: Programme) -> Titles:
    on = programmes.today(programme)
    return titles(programme, Days(on, on))


def _office(request: HttpRequest, programme: Programme) -> bool:
    roots = programme.roots.values_list("id", flat=True)
    return by(request).runs(programme.pk, list(roots))


def ending(request: HttpRequest, programme: str) -> HttpResponse:
    """Acts in force that end within some months."""
    found = programme_for(by(request).user, programme)
    asked = request.GET.get("months", "")
    months = int(asked) if asked in {str(n) for n in MONTHS} else MONTHS[1]
    today, named = programmes.today(found), _titles(found)
    until = _later(today, months)
    lines = [Line(named, row, today) for row in acts.ending(found, today, until)]
    table = Table(
        request, lines, COLUMNS[:-1], (), Search(_text), file=f"{found.pk}-ending"
    )
    if table.exports:
        return table.csv()
    choices = [(n, named.words.say("acts.months", count=n)) for n in MONTHS]
    given = {"programme": found, "table": table, "months": months, "until": until}
    return render(request, "desk/acts_ending.html", {**given, "choices": choices})


def _later(day: date, months: int) -> date:
    """The same day some months on, or the first after that month."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        years, month = divmod(day.month + months, 12)
        return date(day.year + years, month + 1, 1)


# --- what would be lost --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lost:
    """A place recognised above what its figures reach, and the criteria that fall."""

    titles: Titles
    row: standing.Above

    @property
    def place(self) -> str:
        return self.titles.place(self.row.unit)

    @property
    def set(self) -> str:
        return self.titles.set(self.row.set)

    @property
    def recognised(self) -> str:
        return self.titles.rung(self.row.set, self.row.recognised)

    @property
    def reached(self) -> str:
        return self.titles.rung(self.row.set, self.row.reached)

    @property
    def fallen(self) -> list[tuple[str, str]]:
        title = self.titles.criterion
        return [(one, title(self.row.set, one)) for one in self.row.fallen]

    @property
    def unknown(self) -> list[tuple[str, str]]:
        title = self.titles.criterion
        return [(one, title(self.row.set, one)) for one in self.row.unknown]


LOST_COLUMNS = (
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("set", "heading.set", lambda x: x.set),
    Column("recognised", "heading.recognised", lambda x: x.recognised),
    Column("reached", "heading.reached", lambda x: x.reached),
    Column(
        *("fallen", "acts.fallen", lambda x: len(x.row.fallen)),
        exported=lambda x: "; ".join(one for one, _ in x.fallen),
    ),
    Column(
        *("unknown", "acts.not_known", lambda x: len(x.row.unknown)),
        exported=lambda x: "; ".join(one for one, _ in x.unknown),
    ),
    *DAYS,
)


@on_asked_days
def lost(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Recognised levels that the figures of the day do not bear out."""
    rows = standing.above_their_figures(shown.evaluation)
    lines = [Lost(shown.titles, row) for row in rows]
    search = Search(lambda x: x.place)
    file = f"{shown.programme.pk}-lost"
    table = Table(request, lines, LOST_COLUMNS, [_failed()], search, file=file)
    if table.exports:
        return table.csv()
    return render(request, "desk/acts_lost.html", {**shown.context, "table": table})


def _failed() -> Choice:
    say = current().say
    options = [("yes", say("acts.some_fail")), ("no", say("acts.only_unknown"))]
    return Choice(
        *("fails", "acts.why_lost", options),
        lambda x: "yes" if x.row.fallen else "no",
    )


# --- one act, and recording one -------------------------------------------------------


def act_page(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """One act with its paper, its annulment and its history."""
    found = act_for(by(request), programme, number)
    line = Line(_titles(found.programme), found, programmes.today(found.programme))
    given = {
        "programme": found.programme,
        "line": line,
        "act": found,
        "annulment": getattr(found, "annulled_by", None),
        "may_annul": may_record(by(request), programme, found.unit_id),
        "entries": of_object("act", found.pk),
    }
    return render(request, "desk/act.html", given)


def document(request: HttpRequest, programme: str, number: int) -> FileResponse:
    found = act_for(by(request), programme, number)
    if found.document is None:
        raise Closed
    return to_be_saved(found.document, found.document_name)


@require_POST
def annulment(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = act_for(by(request), programme, number)
    if not may_record(by(request), programme, found.unit_id):
        raise Closed
    try:
        annul(by(request), found, request.POST.get("reason", ""))
        saying.done(request, "acts.was_annulled")
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:act", programme, number)


def add(request: HttpRequest, programme: str) -> HttpResponse:
    """Record what was decided about a place."""
    who = by(request)
    found = programme_for(who.user, programme)
    if not _office(request, found):
        raise Closed
    if request.method == "POST":
        try:
            made = decide(who, found, _decision(request, found))
        except NotAllowed as stop:
            saying.refused(request, stop)
        else:
            saying.done(request, "acts.was_recorded")
            return redirect("desk:act", programme, made.pk)
    typed = request.POST or request.GET
    named = _titles(found)
    given = {
        "programme": found,
        "typed": typed,
        "units": _units(named, typed.get("unit", "")),
        "groups": list(_groups(named)),
        "results": ATTESTED,
        "today": programmes.today(found),
    }
    return render(request, "desk/act_add.html", given)


def _units(named: Titles, chosen: str) -> list[tuple[str, str]]:
    """Places of today, and the one chosen though it has closed."""
    some = {
        unit: f"{version.name} · {named.level(version.level)}"
        for unit, version in named.ground.items()
    }
    if chosen in named.territory.versions:
        some.setdefault(chosen, named.place(chosen))
    return list(some.items())


def _groups(named: Titles) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What may be decided: heading, and choices as `kind:level or sub-criterion`."""
    promise, say = named.pack.programme, named.words.say
    for kind, sets in recognising(promise).items():
        rungs = {level.id: None for some in sets for level in some.levels}
        levels = [(f"{kind}:{one}", named.act_level(kind, one)) for one in rungs]
        yield named.act_kind(kind), [*levels, (f"{kind}:", say("acts.revokes"))]
    subs = [
        (f"{ATTESTATION}:{sub}", f"{sub} {named.sub(some.id, sub)}".strip())
        for sub, found in attested(promise).items()
        for _, some in found[:1]
    ]
    if subs:
        yield named.act_kind(ATTESTATION), subs
    yield named.act_kind(AWARD), [(f"{AWARD}:", named.act_kind(AWARD))]


def _decision(request: HttpRequest, programme: Programme) -> Decision:
    typed = request.POST
    kind, _, of = typed.get("what", "").partition(":")
    file = request.FILES.get("document")
    authority = typed.get("authority", "")[:200]
    if kind == ATTESTATION:
        some = attested(programmes.promise(programme)).get(of, ())
        authority = next((one for one, _ in some), authority)
    subject = {ATTESTATION: of, AWARD: typed.get("subject", "").strip()[:80]}
    special = kind in subject
    return Decision(
        unit=typed.get("unit", ""),
        kind=kind,
        subject=subject.get(kind, ""),
        level="" if special else of,
        result=typed.get("result", "") if kind == ATTESTATION else "",
        number=typed.get("number", "")[:80],
        authority=authority,
        date=saying.typed_day(typed, "date") or date.max,
        start=saying.typed_day(typed, "from"),
        end=saying.typed_day(typed, "to"),
        document=keep_readable(file.chunks()) if file else None,
        document_name=file_name(file.name or "") if file else "",
    )


urls = [
    path("acts/", acts_page, name="acts"),
    path("acts/add/", add, name="add_act"),
    path("acts/ending/", ending, name="acts_ending"),
    path("acts/lost/", lost, name="acts_lost"),
    path("acts/<int:number>/", act_page, name="act"),
    path("acts/<int:number>/annul/", annulment, name="annul_act"),
    path("acts/<int:number>/document/", document, name="act_document"),
]
