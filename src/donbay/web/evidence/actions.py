"""What people do with documents: bring, read, and decide of each claim what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from donbay.documents import FORMATS, open_document, read
from donbay.documents.model import Document as Text
from donbay.domain.problems import Refused
from donbay.domain.quantities import Bound
from donbay.domain.workflow import NotAllowed
from donbay.texts import LANGUAGES
from donbay.web.evidence import planning, queries
from donbay.web.evidence.models import Claim, Decision, Document
from donbay.web.evidence.packing import claim_of, pack
from donbay.web.evidence.permissions import may_decide, place_for
from donbay.web.files.actions import file_name, keep_readable, path_of
from donbay.web.journal.actions import Acting, Stamp, acting
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Round
from donbay.web.submissions.actions import Entry, begin, save
from donbay.web.submissions.models import Answer, Submission
from donbay.web.submissions.queries import form_of

MOST_DOCUMENTS, A_BATCH = 50, 2_000


@dataclass(frozen=True, slots=True)
class Mended:
    """What the official says the claim is: a figure of a field, as they write it.

    An `exact` one is written as machines do: its point begins decimals, whatever the
    language.
    """

    field: str
    typed: str
    bound: Bound = Bound.EXACT
    exact: bool = False


# --- documents ----------------------------------------------------------------------


def upload(
    by: By,
    round: Round,
    unit: str,
    name: str,
    chunks: Iterable[bytes],
    *,
    written_in: str = "",
) -> Document:
    """Keep a document about a place; a second time the one that is there.

    It is still to be read. Raises Closed to who does not work with the place's figures,
    NotAllowed where it is no document that could be read.
    """
    place_for(by.user, round, unit)
    shown = file_name(name)
    if PurePath(shown).suffix.lower() not in FORMATS:
        raise NotAllowed("document_format")
    if Document.objects.filter(round=round, unit=unit).count() >= MOST_DOCUMENTS:
        raise NotAllowed("too_many_files", most=str(MOST_DOCUMENTS))
    stored = keep_readable(chunks)
    with acting(by.stamp, round.programme.chain) as act:
        made, new = Document.objects.get_or_create(
            round=round,
            unit_id=unit,
            file=stored,
            defaults={
                "name": shown,
                "written_in": written_in if written_in in LANGUAGES else "",
                "uploaded_by": by.user,
                "uploaded_at": act.at,
            },
        )
        if new:
            about = {"unit": unit, "round": round.pk, "file": stored.pk}
            act.note("upload_document", "document", made.pk, name=shown, **about)
    return made


def opened(document: Document) -> Text | None:
    """Its text; None where it is refused, and why is kept with it."""
    try:
        return open_document(
            path_of(document.file_id).read_bytes(),
            document.name,
            document.written_in or None,
        )
    except Refused as refused:
        _refuse(document, [[p.code, dict(p.parameters)] for p in refused.problems])
        return None


def read_text(stamp: Stamp, document: Document, text: Text) -> None:
    """Find the claims, and keep all of them or none."""
    rows = pack(document, read(text, queries.known(document.round)))
    with acting(stamp, document.round.programme.chain) as act:
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.state == Document.State.READ:
            return
        Claim.objects.bulk_create(rows, batch_size=A_BATCH)
        document.state, document.read_at = Document.State.READ, act.at
        document.save()
        act.note("read_document", "document", document.pk, claims=len(rows))


def fail(document: Document, why: str) -> None:
    _refuse(document, [["documents.failed", {"why": why}]])


def cut_off(pk: int) -> None:
    """Say of a document that each worker died which took it up."""
    _refuse(Document.objects.get(pk=pk), [["job.interrupted", {}]])


def _refuse(document: Document, problems: list[list[object]]) -> None:
    document.state, document.problems = Document.State.REFUSED, problems
    document.read_at = datetime.now(UTC)
    document.save(update_fields=["state", "problems", "read_at"])


# --- claims -------------------------------------------------------------------------


def accept(by: By, claim: Claim) -> Decision:
    """Take the figure as it was read, into the field of its indicator."""
    round, unit = claim.document.round, claim.document.unit_id
    form, promise = form_of(round, unit), programmes.promise_of(round)
    period = programmes.period_of(round)
    found = planning.proposal(claim_of(claim), unit, period, form, promise)
    if found is None:
        raise NotAllowed("claim_fits_no_field")
    with acting(by.stamp, round.programme.chain) as act:
        report = _report(by, claim)
        known = report.answers.filter(field=found.field.id).first()
        if known and _says_other(known, claim, found):
            raise NotAllowed("field_filled", typed=known.typed)
        as_read = Mended(found.field.id, found.typed, found.bound, exact=True)
        _enter(by, report, claim, as_read)
        return _decide(act, claim, Decision.Verdict.ACCEPTED, as_read, report)


def mend(by: By, claim: Claim, mended: Mended) -> Decision:
    """Take another figure, or for another field; it may replace what stands there."""
    round, unit = claim.document.round, claim.document.unit_id
    known = {field.id for field in planning.figures_of(form_of(round, unit))}
    if mended.field not in known:
        raise NotAllowed("field_unknown", text=mended.field)
    if not mended.typed.strip():
        raise NotAllowed("figure_missing")
    with acting(by.stamp, round.programme.chain) as act:
        report = _report(by, claim)
        _take_back(by, claim, mended.field)
        _enter(by, report, claim, mended)
        return _decide(act, claim, Decision.Verdict.MENDED, mended, report)


def reject(by: By, claim: Claim) -> Decision:
    """The claim is none of the report's; what was taken from it is emptied again."""
    if not may_decide(by.user, claim.document):
        raise NotAllowed("only_the_place")
    with acting(by.stamp, claim.document.round.programme.chain) as act:
        _take_back(by, claim)
        return _decide(act, claim, Decision.Verdict.REJECTED)


def _report(by: By, claim: Claim) -> Submission:
    """The place's draft for the round, begun where there is none."""
    if not may_decide(by.user, claim.document):
        raise NotAllowed("only_the_place")
    return begin(by, claim.document.round, claim.document.unit_id)


def _says_other(known: Answer, claim: Claim, found: planning.Proposal) -> bool:
    """Whether something else stands there, which is not written over in silence."""
    own = known.taken_from == queries.passage(claim)
    empty = not known.typed.strip()
    same = known.value is not None and known.value == float(found.typed)
    return not (own or empty or (same and known.bound == found.bound.value))


def _enter(by: By, report: Submission, claim: Claim, mended: Mended) -> None:
    known = report.answers.filter(field=mended.field).first()
    entry = Entry(
        mended.typed.strip(),
        known.revision if known else 0,
        mended.bound,
        reading="parted" if mended.exact else "",
        taken_from=queries.passage(claim),
    )
    save(by, report, mended.field, entry)


def _take_back(by: By, claim: Claim, but: str = "") -> None:
    """Empty the field that was filled from the claim, if that still stands there."""
    before = Decision.objects.filter(claim=claim).select_related("submission").first()
    if before is None or before.submission is None or before.field == but:
        return
    from_it = {"field": before.field, "taken_from": queries.passage(claim)}
    known = before.submission.answers.filter(**from_it).first()
    if known is not None:
        save(by, before.submission, before.field, Entry("", known.revision))


def _decide(
    act: Acting,
    claim: Claim,
    verdict: Decision.Verdict,
    into: Mended | None = None,
    report: Submission | None = None,
) -> Decision:
    """Kept with the claim; `into` is the figure as it stands in the report."""
    field, typed = (into.field, into.typed.strip()) if into else ("", "")
    made, _ = Decision.objects.update_or_create(
        claim=claim,
        defaults={
            "verdict": verdict,
            "submission": report,
            "field": field,
            "typed": typed,
            "by_id": int(act.stamp.by),
            "at": act.at,
        },
    )
    about = {"claim": claim.text, "at": claim.start, "field": field, "typed": typed}
    to = {"submission": report.pk} if report else {}
    verb = f"claim_{verdict.value}"
    act.note(verb, "document", claim.document_id, **about, **to)
    return made
