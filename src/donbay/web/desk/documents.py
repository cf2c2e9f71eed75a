"""Documents about a place: brought, read, their claims decided with one key each."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from donbay.domain.quantities import Bound
from donbay.domain.workflow import NotAllowed
from donbay.texts.reporting import refusal_text
from donbay.web.desk import documents_beside, saying
from donbay.web.desk.claims_shown import Card, around, marked
from donbay.web.desk.forms_shown import title_of
from donbay.web.evidence import actions, permissions, queries
from donbay.web.evidence.models import Claim, Document
from donbay.web.evidence.tasks import read_soon
from donbay.web.look.downloads import to_be_saved
from donbay.web.look.words import current
from donbay.web.offices.permissions import By, by
from donbay.web.programmes import queries as programmes
from donbay.web.submissions import permissions as reports

DIGITS = 6  # of a page or a claim in an address


def documents(request: HttpRequest, round: int, unit: str) -> HttpResponse:
    """What was brought about a place for a round, and a form to bring more."""
    user = by(request).user
    one = reports.round_for(user, round)
    permissions.place_for(user, one, unit)
    if request.method == "POST":
        return _brought(request, round, unit)
    given = {
        "programme": one.programme,
        "round": one,
        "unit": unit,
        "place": programmes.asked(one).place(unit).name,
        "title": title_of(one),
        "documents": list(queries.documents_of(one, unit)),
    }
    return render(request, "desk/documents.html", given)


def _brought(request: HttpRequest, round: int, unit: str) -> HttpResponse:
    one = reports.round_for(by(request).user, round)
    file = request.FILES.get("document")
    if not isinstance(file, UploadedFile):
        return redirect("desk:documents", round, unit)
    asked = request.POST.get("written_in", "")
    try:
        kept = actions.upload(
            by(request), one, unit, file.name or "", file.chunks(), written_in=asked
        )
    except NotAllowed as stop:
        saying.refused(request, stop)
        return redirect("desk:documents", round, unit)
    read_soon(by(request).stamp, kept)
    return redirect("desk:document", kept.pk)


def document(request: HttpRequest, document: int) -> HttpResponse:
    """The marked text beside the list of its claims."""
    found = permissions.document_for(by(request).user, document)
    given = _about(request, found)
    if found.state != Document.State.READ:
        return render(request, "desk/document_waiting.html", given)
    if request.headers.get("HX-Request"):  # the page that waited; now it is another
        return HttpResponse(headers={"HX-Refresh": "true"})
    claim = request.GET.get("claim", "")
    wanted = _number(request.GET.get("page", ""))
    leaf = queries.leaf(found, wanted, _number(claim) if claim else None)
    near = around(found, leaf.claims)
    others = queries.documents_of(found.round, found.unit_id).exclude(pk=found.pk)
    said = near.said
    reading = queries.fitting(found, leaf)
    extra = {
        "leaf": leaf,
        "stretches": [(one, marked(found, one)) for one in leaf.stretches],
        "cards": [Card(row, near) for row in leaf.claims],
        "pages": range(1, leaf.count + 1),
        "others": others.filter(state=Document.State.READ),
        "whole": [current().say(f"documents.whole.{d}") for d in found.doubts],
        "relations": [
            (one.holds is False, said.relation(one, reading))
            for one in reading.relations
        ],
    }
    return render(request, "desk/document.html", {**given, **extra})


def _about(request: HttpRequest, found: Document) -> dict[str, object]:
    return {
        "programme": found.round.programme,
        "round": found.round,
        "unit": found.unit_id,
        "document": found,
        "title": title_of(found.round),
        "place": programmes.asked(found.round).place(found.unit_id).name,
        "decides": permissions.may_decide(by(request).user, found),
        "problems": [current().say(code, **given) for code, given in found.problems],
        "document_direction": "rtl" if found.language == "ar" else "ltr",
        "report": _report(request, found),
    }


def _report(request: HttpRequest, found: Document) -> int | None:
    """The newest report of the place that the person may read."""
    same = found.round.submissions.filter(unit=found.unit_id).order_by("-id")
    newest = same.select_related("round__programme").first()
    user = by(request).user
    return newest.pk if newest and reports.may_read(user, newest) else None


def file(request: HttpRequest, document: int) -> FileResponse:
    found = permissions.document_for(by(request).user, document)
    return to_be_saved(found.file, found.name)


# --- deciding -----------------------------------------------------------------------


@require_POST
def decide(request: HttpRequest, document: int, number: int) -> HttpResponse:
    """One claim: taken as read, as something else, or not at all."""
    claim = permissions.claim_for(by(request).user, document, number)
    refusal = ""
    try:
        _decide(by(request), claim, request)
    except NotAllowed as stop:
        refusal = refusal_text(current(), stop)
    if not request.headers.get("HX-Request"):
        if refusal:
            saying.failed(request, "evidence.not_decided", why=refusal)
        page = _number(request.POST.get("page", "")) or 1
        to = reverse("desk:document", args=[document])
        return redirect(f"{to}?page={page}#c{number}")
    return _one_card(request, document, number, refusal)


def _decide(who: By, claim: Claim, request: HttpRequest) -> None:
    sent = request.POST
    if sent.get("reject"):
        actions.reject(who, claim)
    elif sent.get("mend") or sent.get("alternative"):
        actions.mend(who, claim, _mended(claim, request))
    else:
        actions.accept(who, claim)


def _mended(claim: Claim, request: HttpRequest) -> actions.Mended:
    """The figure as typed; exact where the page's own number was left as it stood."""
    sent = request.POST
    field, bound = sent.get("field", ""), sent.get("bound", "")
    exactly = Bound(bound) if bound in set(Bound) else Bound.EXACT
    chosen = _number(sent.get("alternative", ""))
    if 0 < chosen <= len(claim.alternatives):
        value = str(claim.alternatives[chosen - 1])
        return actions.Mended(field, value, exactly, exact=True)
    typed = sent.get("typed", "")
    if typed == sent.get("was"):
        return actions.Mended(field, claim.value, exactly, exact=True)
    return actions.Mended(field, typed, exactly)


def _one_card(
    request: HttpRequest, document: int, number: int, refusal: str
) -> HttpResponse:
    row = permissions.claim_for(by(request).user, document, number)
    found = row.document
    left, total = queries.left(found)
    given = {
        **_about(request, found),
        "card": Card(row, around(found, [row])),
        "refusal": refusal,
        "left": left,
        "total": total,
        "page": request.POST.get("page", ""),
    }
    return render(request, "desk/parts/claim_decided.html", given)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < DIGITS else 0


urls = [
    path(
        "rounds/<int:round>/places/<str:unit>/documents/", documents, name="documents"
    ),
    path("documents/<int:document>/", document, name="document"),
    path("documents/<int:document>/file/", file, name="document_file"),
    path("documents/<int:document>/claims/<int:number>/", decide, name="decide_claim"),
    path(
        "documents/<int:document>/ledger/",
        documents_beside.ledger,
        name="document_ledger",
    ),
    path(
        "documents/<int:document>/beside/<int:other>/",
        documents_beside.beside,
        name="documents_beside",
    ),
]
