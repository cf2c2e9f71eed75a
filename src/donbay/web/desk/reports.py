"""One unit's report as it stands: read, reviewed, moved, with all that happened to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from donbay.domain.forms import FieldKind
from donbay.domain.verdicts import Days
from donbay.domain.workflow import Action, NotAllowed
from donbay.texts.reporting import (
    finding_text,
    form_title,
    refusal_text,
    section_title,
)
from donbay.web.desk.titles import Titles
from donbay.web.journal.queries import of_object
from donbay.web.look.templatetags.words import say
from donbay.web.look.words import current
from donbay.web.offices.permissions import By, Closed, by
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions import actions, permissions
from donbay.web.submissions.models import Submission
from donbay.web.submissions.queries import Cell, Sheet, sheet
from donbay.web.territory.queries import territory

REASON = "reason:"
MOVES = {
    "approve": actions.approve,
    "take_back": actions.take_back,
    "send": actions.send,
}


@dataclass(frozen=True)
class FieldLine:
    """One field in the reader's words."""

    titles: Titles
    sheet: Sheet
    cell: Cell

    @property
    def id(self) -> str:
        return self.cell.field.id

    @property
    def title(self) -> str:
        """Its own, or that of what it asks for."""
        field = self.cell.field
        own = field.title.in_(current().language)
        if own or field.indicator is None:
            return own or field.id
        named = self.titles.indicator(field.indicator)
        if field.category is None:
            return named
        return f"{named}: {self.titles.category(field.indicator, field.category)}"

    def _amount(self, value: float | None) -> str:
        return self.titles.amount(value, self.cell.field.indicator)

    @property
    def value(self) -> str:
        """As read; what could not be read as it was typed."""
        answer = self.cell.answer
        if answer is None or (not answer.typed and answer.value is None):
            return ""
        if answer.withdrawn:
            return say("reviews.withdrawn")
        if self.cell.field.kind is FieldKind.CHOICE:
            titles = {choice.id: choice.title for choice in self.cell.field.choices}
            chosen = titles.get(answer.typed)
            return chosen.in_(current().language, answer.typed) if chosen else ""
        return answer.typed if answer.value is None else self._amount(answer.value)

    @property
    def previous(self) -> str:
        return self._amount(self.cell.previous)

    @property
    def approved(self) -> str:
        """The figure that a correction mends."""
        before = self.cell.approved
        if before is None:
            return ""
        return before.typed if before.value is None else self._amount(before.value)

    @property
    def change(self) -> str:
        change = self.cell.change
        if change is None:
            return ""
        return f"{'+' if change > 0 else ''}{self._amount(change)}"

    @property
    def target(self) -> str:
        found = self.cell.target
        return self.titles.asked(found) if found else ""

    @property
    def findings(self) -> list[tuple[str, str]]:
        """What looks wrong, in words, with how much it weighs."""
        return [
            (str(found.severity), finding_text(current(), found, self.sheet.form))
            for found in self.cell.findings
        ]


@dataclass(frozen=True)
class SectionLines:
    """A section of the form with its fields."""

    title: str
    lines: list[FieldLine]


def lines_of(found: Sheet, titles: Titles) -> list[SectionLines]:
    return [
        SectionLines(
            section_title(current(), part.section),
            [FieldLine(titles, found, cell) for cell in part.cells],
        )
        for part in found.parts
    ]


def titles_of(round: Round) -> Titles:
    """The words of the programme as the round's period ended."""
    last = programmes.period_of(round).last
    programme = round.programme
    pack = programmes.pack(programme, last)
    return Titles(pack, programmes.territory_of(programme), Days(last, last))


def title_of(found: Sheet) -> str:
    return form_title(current(), found.form, found.promise)


def submission(request: HttpRequest, number: int) -> HttpResponse:
    """The report, and what the person may do with it."""
    who = by(request)
    return _page(request, who, permissions.submission_for(who.user, number))


def _page(
    request: HttpRequest,
    who: By,
    found: Submission,
    refused: NotAllowed | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    whole = sheet(found.round, found.unit_id, found)
    may = permissions.actions_for(who.user, found)
    given = {
        "programme": found.round.programme,
        "submission": found,
        "sheet": whole,
        "title": title_of(whole),
        "sections": lines_of(whole, titles_of(found.round)),
        "may": {action.value for action in may},
        "may_edit": permissions.may_edit(who.user, found),
        "path": _path(found),
        "moves": of_object("submission", found.pk),
        "refused": refusal_text(current(), refused) if refused else "",
        "typed": typed or {},
    }
    status = 409 if refused else 200
    return render(request, "desk/submission.html", given, status=status)


def _path(found: Submission) -> list[tuple[str, bool]]:
    """Who approves in order, and whether they have."""
    day = programmes.period_of(found.round).last
    whole = territory()
    steps = permissions.steps(found.round, found.unit_id)
    names = [whole.version(unit, day) or whole.versions[unit][-1] for unit in steps]
    done = len(steps) if found.state == "approved" else found.step
    return [(version.name, n < done) for n, version in enumerate(names)]


@require_POST
def move(request: HttpRequest, number: int, action: str) -> HttpResponse:
    """Approve, send back, take back, send or correct; refused, it says why."""
    who = by(request)
    found = permissions.submission_for(who.user, number)
    seen = _seen(request)
    typed = {
        name.removeprefix(REASON): text
        for name, text in request.POST.items()
        if name.startswith(REASON) and str(text).strip()
    }
    try:
        done = _moved(who, found, action, seen, request.POST.get("why", ""), typed)
    except NotAllowed as refused:
        return _page(request, who, found, refused, typed)
    messages.success(request, say(f"reviews.done_{action}"))
    return HttpResponseRedirect(reverse("desk:submission", args=[done.pk]))


def _moved(
    who: By,
    found: Submission,
    action: str,
    seen: int | None,
    why: str,
    reasons: dict[str, str],
) -> Submission:
    if action == Action.SEND_BACK:
        return actions.send_back(who, found, reasons, seen)
    if action == Action.CORRECT:
        return actions.correct(who, found, why)
    if action not in MOVES:
        raise Closed
    return MOVES[action](who, found, seen)


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() else None
