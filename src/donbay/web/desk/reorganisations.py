"""Decisions about places: recorded from files, rehearsed, applied, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from donbay.domain.problems import Problem, Refused
from donbay.domain.verdicts import Days
from donbay.domain.workflow import NotAllowed
from donbay.texts.reporting import form_title
from donbay.web.desk import saying
from donbay.web.files.actions import file_name, keep_readable
from donbay.web.journal.queries import of_object
from donbay.web.look.downloads import to_be_saved
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.titles import Titles
from donbay.web.look.words import current
from donbay.web.offices.permissions import Closed, by, manager
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.reorganisations import actions, queries
from donbay.web.reorganisations.actions import Paper
from donbay.web.reorganisations.models import Reorganisation
from donbay.web.reorganisations.permissions import reorganisation_for
from donbay.web.reorganisations.tasks import rehearse_later
from donbay.web.territory.queries import territory

Told = dict[str, Any]  # a rehearsal, as it is kept
FILES = ("units", "successions")
LARGEST = 20_000_000
SUFFIXES = (".csv", ".xlsx", ".parquet")
COLUMNS = (
    Column("day", "reorganisations.day", lambda r: r.day, order="day"),
    Column("number", "acts.number", lambda r: r.number, order="number"),
    Column("authority", "acts.authority", lambda r: r.authority, order="authority"),
    Column("state", "reorganisations.state", lambda r: r.state, order="state"),
)


def reorganisations(request: HttpRequest) -> HttpResponse:
    """Every decision about places, the latest first."""
    manager(by(request).user)
    search = Search(lambda r: r.number, field="number", label="acts.number")
    table = Table(
        request,
        queries.all_of_them(),
        COLUMNS,
        [_states()],
        search,
        file="reorganisations",
    )
    if table.exports:
        return table.csv()
    return render(request, "desk/reorganisations.html", {"table": table})


def _states() -> Choice:
    some = [str(one) for one in Reorganisation.State]
    options = [(one, current().say(f"reorganisation_state.{one}")) for one in some]
    return Choice("state", "reorganisations.state", options, field="state")


# --- recording ------------------------------------------------------------------------


def record(request: HttpRequest) -> HttpResponse:
    """The decision and its rows, from two files; every problem is told at once."""
    who = by(request)
    manager(who.user)
    problems: list[str] = []
    if request.method == "POST":
        try:
            with TemporaryDirectory() as made:
                _put_down(request, Path(made))
                row = actions.record(who, _paper(request), Path(made))
            rehearse_later(row)
        except NotAllowed as stop:
            saying.refused(request, stop)
        except Refused as refused:
            problems = [_said(problem) for problem in refused.problems[:200]]
        else:
            saying.done(request, "reorganisations.was_recorded")
            return redirect("desk:reorganisation", row.pk)
    given = {"typed": request.POST, "problems": problems}
    return render(request, "desk/reorganisation_record.html", given)


def _put_down(request: HttpRequest, folder: Path) -> None:
    """What was uploaded, under the names by which it is read."""
    for name in FILES:
        file = request.FILES.get(name)
        if file is None:
            continue
        suffix = Path(file.name or "").suffix.lower()
        if suffix not in SUFFIXES:
            raise NotAllowed("file_kind")
        if (file.size or 0) > LARGEST:
            raise NotAllowed("file_too_large")
        with (folder / f"{name}{suffix}").open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)


def _paper(request: HttpRequest) -> Paper:
    typed, file = request.POST, request.FILES.get("document")
    return Paper(
        number=typed.get("number", "")[:80],
        authority=typed.get("authority", "")[:200],
        basis=typed.get("basis", "")[:200],
        document=keep_readable(file.chunks()) if file else None,
        document_name=file_name(file.name or "") if file else "",
    )


def _said(problem: Problem) -> str:
    words = current()
    where = [problem.file] if problem.file else []
    if problem.line is not None:
        where.append(words.say("cli.line", line=problem.line))
    said = words.say(problem.code, **problem.parameters)
    return f"{', '.join(where)}: {said}" if where else said


# --- one decision ---------------------------------------------------------------------


def reorganisation(request: HttpRequest, number: int) -> HttpResponse:
    """What was decided, what it would do or did, and what stands in its way."""
    row = reorganisation_for(by(request), number)
    names = _Places()
    table = Table(
        request,
        list(_moves(row, names)),
        MOVES,
        [_kinds(), _reasons()],
        Search(lambda m: f"{m.name} {m.place} {m.to}"),
        file=f"reorganisation-{row.pk}",
    )
    if table.exports:
        return table.csv()
    applied = row.state == Reorganisation.State.APPLIED
    stops = actions.undoing_stops(row) if applied else _stops(row)
    given = {
        "row": row,
        "applied": applied,
        "told": row.rehearsed,
        "programmes": [
            _Before.of(one) for one in (row.rehearsed or {}).get("programmes", [])
        ],
        "stops": [(code, count) for code, count in stops],
        "table": table,
        "entries": of_object("reorganisation", row.pk),
    }
    return render(request, "desk/reorganisation.html", given)


def _stops(row: Reorganisation) -> list[tuple[str, int]]:
    return actions.in_the_way(row, timezone.localdate())


class _Places:
    """Names of places, those that are not yet there too."""

    def __init__(self) -> None:
        self.known = territory()

    def name(self, row: Reorganisation, unit: str) -> str:
        some = self.known.versions.get(unit)
        if some:
            return some[-1].name
        told = {version["unit"]: version["name"] for version in row.versions}
        return str(told.get(unit, unit))


@dataclass(frozen=True, slots=True)
class Move:
    """What has to move, in the reader's words."""

    kind: str
    name: str
    about: str
    place: str
    to: str
    why: str


MOVES = (
    Column(
        *("kind", "reorganisations.moves", lambda m: m.kind),
        exported=lambda m: current().say(f"move.{m.kind}"),
    ),
    Column("name", "people.name", lambda m: m.name),
    Column("about", "reorganisations.about", lambda m: m.about),
    Column("place", "reorganisations.from", lambda m: m.place),
    Column("to", "reorganisations.to", lambda m: m.to),
    Column(
        *("why", "reorganisations.why", lambda m: m.why),
        exported=lambda m: current().say(f"move_why.{m.why}"),
    ),
)


def _kinds() -> Choice:
    some = ("role", "office", "submission", "roots")
    options = [(one, current().say(f"move.{one}")) for one in some]
    return Choice("kind", "reorganisations.moves", options, lambda m: m.kind)


def _reasons() -> Choice:
    some = ("whole", "largest", "above", "unassigned", "closed", "unknown")
    options = [(one, current().say(f"move_why.{one}")) for one in some]
    return Choice("why", "reorganisations.why", options, lambda m: m.why)


def _moves(row: Reorganisation, names: _Places) -> Iterator[Move]:
    for told in (row.rehearsed or {}).get("moves", []):
        about = told["about"]
        if told["kind"] == "role":
            about = current().say(f"role.{about}")
        to = names.name(row, told["to"]) if told["to"] else ""
        place = names.name(row, told["unit"])
        yield Move(told["kind"], told["name"], about, place, to, told["why"])


@dataclass(frozen=True)
class _Before:
    """A programme before and after, in the reader's words."""

    programme: Programme
    titles: Titles
    told: Told

    @classmethod
    def of(cls, told: Told) -> _Before:
        programme = Programme.objects.get(pk=told["programme"])
        on = date.fromisoformat(told["on"])
        pack, places = programmes.pack(programme, on), territory()
        return cls(programme, Titles(pack, places, Days(on, on)), told)

    @property
    def totals(self) -> Told:
        found: Told = self.told["totals"]
        return found

    @property
    def unknown(self) -> list[tuple[str, int]]:
        """Why figures of the new places are not known, the most frequent first."""
        some = self.totals["new"].get("unknown", {})
        said = ((self.titles.reason(why) or "—", n) for why, n in some.items())
        return sorted(said, key=lambda one: -one[1])

    @property
    def figures(self) -> Iterator[tuple[str, str, str, str, str, str]]:
        """Totals that differ: place, indicator, period, before, after, why."""
        for one in self.totals["list"]:
            name, titles = one["indicator"], self.titles
            yield (
                one["place"],
                titles.indicator(name),
                one["period"],
                titles.amount(one["before"], name),
                titles.amount(one["after"], name),
                titles.reason(one["reason"]),
            )

    @property
    def targets(self) -> Iterator[tuple[str, list[tuple[str, int, int]]]]:
        """By target: each status with how many places have it before and after."""
        before, after = (self.told["targets"][side] for side in ("before", "after"))
        for target in dict.fromkeys((*before, *after)):
            was, now = before.get(target, {}), after.get(target, {})
            some = [
                (status, was.get(status, 0), now.get(status, 0))
                for status in dict.fromkeys((*was, *now))
            ]
            yield self.titles.target(target), some

    @property
    def turned(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Places that stay, and whose target stands elsewhere afterwards."""
        for one in self.told["targets"]["list"]:
            yield (
                one["place"],
                self.titles.target(one["target"]),
                one["before"],
                one["after"],
                self.titles.reason(one["reason"]),
            )

    @property
    def levels(self) -> Iterator[tuple[str, str, list[tuple[str, str, str]], str, str]]:
        rung = self.titles.rung
        for one in self.told["levels"]:
            name = one["set"]
            before = [
                (place, rung(name, reached), rung(name, recognised))
                for place, reached, recognised in one["before"]
            ]
            now = rung(name, one["reached"]), rung(name, one["recognised"])
            yield one["place"], self.titles.set(name), before, *now

    @property
    def rounds(self) -> Iterator[tuple[str, str, int, int]]:
        forms = self.titles.pack.programme.forms
        for one in self.told["rounds"]:
            form = next((f for f in forms if f.id == one["form"]), None)
            promise = self.titles.pack.programme
            title = form_title(current(), form, promise) if form else one["form"]
            yield title, one["period"], one["before"], one["after"]


# --- what the office does -------------------------------------------------------------


@require_POST
def rehearse(request: HttpRequest, number: int) -> HttpResponse:
    return _do(request, number, "rehearsing", rehearse_later)


@require_POST
def apply(request: HttpRequest, number: int) -> HttpResponse:
    who = by(request)
    return _do(request, number, "was_applied", lambda row: actions.apply(who, row))


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    who = by(request)
    return _do(request, number, "was_undone", lambda row: actions.undo(who, row))


def _do(
    request: HttpRequest,
    number: int,
    done: str,
    act: Callable[[Reorganisation], object],
) -> HttpResponse:
    row = reorganisation_for(by(request), number)
    try:
        act(row)
        saying.done(request, f"reorganisations.{done}")
    except NotAllowed as stop:
        saying.refused(request, stop)
    return redirect("desk:reorganisation", number)


def document(request: HttpRequest, number: int) -> FileResponse:
    row = reorganisation_for(by(request), number)
    if row.document is None:
        raise Closed
    return to_be_saved(row.document, row.document_name)


urls = [
    path("reorganisations/", reorganisations, name="reorganisations"),
    path("reorganisations/record/", record, name="record_reorganisation"),
    path("reorganisations/<int:number>/", reorganisation, name="reorganisation"),
    path(
        "reorganisations/<int:number>/rehearse/",
        rehearse,
        name="rehearse_reorganisation",
    ),
    path("reorganisations/<int:number>/apply/", apply, name="apply_reorganisation"),
    path("reorganisations/<int:number>/undo/", undo, name="undo_reorganisation"),
    path(
        "reorganisations/<int:number>/document/",
        document,
        name="reorganisation_document",
    ),
]
