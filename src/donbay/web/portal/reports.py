"""Issued reports, whose files never change: to be read by everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from donbay.web.look.doors import public
from donbay.web.look.downloads import to_be_saved
from donbay.web.look.publications import PublicationLine
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.offices.permissions import Closed
from donbay.web.portal.caching import kept, mark
from donbay.web.portal.published import Seen, of_programme_and, programme_for_all
from donbay.web.programmes.models import Programme
from donbay.web.publications.queries import issued


@dataclass(frozen=True, slots=True)
class Issued(PublicationLine):
    """One that was issued."""

    @property
    def title(self) -> str:
        return f"{self.kind} · {self.place} · {self.period}"

    @property
    def language(self) -> str:
        return self.titles.words.say(f"language.{self.row.language}")


def _last(programme: Programme, _: object) -> object:
    """Another report makes another page of reports."""
    return issued(programme).values_list("pk", flat=True).first()


@of_programme_and(_last)
def reports(request: HttpRequest, seen: Seen) -> HttpResponse:
    """All of a programme, the newest first."""
    rows = issued(seen.programme).prefetch_related("files__file")
    lines = [Issued(seen.titles, row) for row in rows]
    kinds = dict.fromkeys((line.row.kind, line.kind) for line in lines)
    languages = dict.fromkeys((line.row.language, line.language) for line in lines)
    table = Table(
        request,
        lines,
        COLUMNS,
        [
            Choice("kind", "publications.kind", list(kinds), lambda x: x.row.kind),
            Choice("of", "site.language", list(languages), lambda x: x.row.language),
        ],
        Search(lambda line: f"{line.title} {line.row.number}"),
        file=f"{seen.programme.pk}-reports",
    )
    if table.exports:
        return table.csv()
    return render(request, "portal/reports.html", {**seen.context, "table": table})


COLUMNS = (
    Column("title", "publications.reports", lambda x: x.title),
    Column("language", "site.language", lambda x: x.language),
    Column("number", "publications.number", lambda x: x.row.number),
    Column("issuer", "publications.issuer", lambda x: x.row.issuer),
    Column("dated", "heading.date", lambda x: x.row.dated),
    Column("files", "publications.files", lambda x: x.row.checksum, sorts=False),
)


@public
@require_safe
def file(
    request: HttpRequest, programme: str, number: int, form: str
) -> HttpResponseBase:
    """One of its formats, byte for byte as it was issued."""
    row = issued(programme_for_all(programme)).filter(pk=number).first()
    found = (
        row.files.select_related("file").filter(format=form).first() if row else None
    )
    if found is None:
        raise Closed
    return kept(
        request, mark(found.file_id), lambda: to_be_saved(found.file, found.name)
    )
