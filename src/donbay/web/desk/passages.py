"""The wording of printed reports: what an office may say in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from donbay.domain.passages import PASSAGES
from donbay.domain.workflow import NotAllowed
from donbay.texts import LANGUAGES
from donbay.web.desk import saying
from donbay.web.look.words import current, wording
from donbay.web.offices.permissions import by
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.publications import actions, queries
from donbay.web.publications.actions import WrongWording
from donbay.web.publications.permissions import worded


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage, as it is worded and as it would be."""

    name: str
    own: str | None
    usual: str

    @property
    def text(self) -> str:
        return self.usual if self.own is None else self.own

    @property
    def fields(self) -> str:
        return ", ".join(f"{{{name}}}" for name in sorted(PASSAGES[self.name]))


def passages(request: HttpRequest, programme: str) -> HttpResponse:
    """Every passage of a language, with the fields that it may name."""
    who = by(request)
    found = worded(who, programme)
    language = request.GET.get("language", "")
    if language not in LANGUAGES:
        language = current().language
    if request.method == "POST":
        language = request.POST.get("language", "")
        _word(request, found, language)
        return redirect(f"{request.path}?language={language}")
    own = queries.worded(found, language)
    given = {
        "programme": found,
        "worded_in": language,
        "report_languages": LANGUAGES,
        "passages": list(_passages(found, own, language)),
    }
    return render(request, "desk/publication_wording.html", given)


def _passages(
    programme: Programme, own: dict[str, str], language: str
) -> Iterator[Passage]:
    texts = programmes.pack(programme).texts.get(language, {})
    words = wording(language)
    for name in PASSAGES:
        usual = texts.get(f"report.{name}") or words.say(f"passage.{name}")
        yield Passage(name, own.get(name), usual)


def _word(request: HttpRequest, programme: Programme, language: str) -> None:
    who, name = by(request), request.POST.get("passage", "")
    try:
        if request.POST.get("usual"):
            actions.word_as_usual(who, programme, language, name)
        else:
            text = request.POST.get("text", "").replace("\r\n", "\n")
            actions.word(who, programme, language, name, text)
        saying.done(request, "publications.was_worded")
    except WrongWording as wrong:
        for fault in wrong.faults:
            known = ", ".join(fault.known)
            saying.failed(
                request, f"wording.{fault.code}", found=fault.found, known=known
            )
    except NotAllowed as stop:
        saying.refused(request, stop)


urls = [path("publications/wording/", passages, name="passages")]
