"""Ordering, making and issuing reports, and wording them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from donbay.domain.passages import ReportKind, WordingFault, faults_of
from donbay.domain.periods import Period
from donbay.domain.workflow import NotAllowed
from donbay.reports.composing import compose
from donbay.reports.gathering import judged_on
from donbay.reports.rendering import FORMATS, drawn, rendered
from donbay.texts import LANGUAGES
from donbay.texts import Wording as Words
from donbay.web.files.actions import keep
from donbay.web.journal.actions import NOBODY, acting
from donbay.web.ledger import queries as ledger
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.publications import queries
from donbay.web.publications.models import Publication, PublishedFile, Wording
from donbay.web.publications.permissions import may_order, may_word

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STEPS = {"evaluated": 0.5, "composed": 0.7}  # how far a job is


class WrongWording(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """A passage that would not be filled in, with everything wrong in it."""

    def __init__(self, faults: Sequence[WordingFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is ordered."""

    kind: ReportKind
    period: Period
    unit: str
    language: str
    formats: Sequence[str]
    dated: date
    issuer: str
    number: str = ""
    seat: str = ""
    signer_title: str = ""
    signer: str = ""


def order(by: By, programme: Programme, wanted: Wanted) -> Publication:
    """Write the order down; whoever queues it makes it."""
    if not may_order(by, programme.pk, wanted.unit):
        raise NotAllowed("only_the_office_or_leader")
    formats = [one for one in FORMATS if one in wanted.formats]
    if not formats or wanted.language not in LANGUAGES:
        raise NotAllowed("publication_format_missing")
    if not wanted.issuer.strip():
        raise NotAllowed("publication_issuer_missing")
    today = programmes.today(programme)
    if wanted.period.first > today:
        raise NotAllowed("publication_ahead")
    on = judged_on(wanted.period, today)
    if wanted.unit not in programmes.territory_of(programme).on(on):
        raise NotAllowed("publication_no_place")
    with acting(by.stamp, programme.chain) as act:
        made = Publication.objects.create(
            programme=programme,
            unit_id=wanted.unit,
            kind=wanted.kind,
            period=str(wanted.period),
            on=on,
            map=on,
            language=wanted.language,
            formats=formats,
            dated=wanted.dated,
            issuer=wanted.issuer.strip(),
            number=wanted.number.strip(),
            seat=wanted.seat.strip(),
            signer_title=wanted.signer_title.strip(),
            signer=wanted.signer.strip(),
            ordered_by=by.stamp.by,
            ordered_name=by.stamp.name,
            ordered_at=act.at,
        )
        act.note(
            *("order_publication", "publication", made.pk),
            report=str(wanted.kind),
            period=str(wanted.period),
            unit=wanted.unit,
            language=wanted.language,
        )
    return made


def make(row: Publication) -> None:
    """Evaluate, write and keep the files. Raises NoGlyph; then nothing is kept."""
    last = ledger.head(row.programme)
    row.seq = last.last if last else 0
    _tell(row, "running", 0.1)
    words = Words(row.language)
    matter = queries.matter(row, words)
    _tell(row, "running", STEPS["evaluated"])
    wording = queries.worded(row.programme, row.language)
    report = compose(matter, queries.order_of(row), words, wording, drawn)
    _tell(row, "running", STEPS["composed"])
    at = timezone.now()
    written = {form: rendered(report, form, at) for form in row.formats}
    with acting(NOBODY, row.programme.chain):
        row.files.all().delete()
        for form, content in written.items():
            PublishedFile.objects.create(
                publication=row,
                format=form,
                file=keep([content], MEDIA[form], ours=True),
                name=f"{_stem(row)}.{form}",
            )
        row.figures = keep([queries.frozen(matter)], "application/json", ours=True)
        row.title = report.head.title[:400]
        row.checksum = checksum(row)
        row.state, row.progress, row.problem = Publication.State.MADE, 1.0, ""
        row.save()


def _stem(row: Publication) -> str:
    period = row.period.replace("/", "-")
    parts = (row.programme_id, row.unit_id, row.kind, period, row.language)
    return "-".join(parts).replace("_", "-")


def _tell(row: Publication, state: str, progress: float) -> None:
    row.state, row.progress = state, progress
    Publication.objects.filter(pk=row.pk).update(
        state=state, progress=progress, seq=row.seq
    )


def checksum(row: Publication) -> str:
    """Over the hashes of the files, in the order of their formats."""
    found = row.files.order_by("format").values_list("format", "file_id")
    told = "\n".join(f"{form} {sha256}" for form, sha256 in found)
    return hashlib.sha256(told.encode()).hexdigest()


def fail(row: Publication, why: str) -> None:
    Publication.objects.filter(pk=row.pk).update(
        state=Publication.State.FAILED, problem=why[:200]
    )


def cut_off(pk: int) -> None:
    """Say of a report that each worker died which took it up."""
    fail(Publication.objects.get(pk=pk), "interrupted")


def issue(by: By, row: Publication) -> Publication:
    """Freeze what was looked at: number, checksum and day stand in the journal."""
    if not may_order(by, row.programme_id, row.unit_id):
        raise NotAllowed("only_the_office_or_leader")
    with acting(by.stamp, row.programme.chain) as act:
        row = Publication.objects.select_related("programme").get(pk=row.pk)
        if row.state != Publication.State.MADE:
            raise NotAllowed("publication_not_made")
        if not row.number:
            raise NotAllowed("publication_number_missing")
        same = queries.issued(row.programme).filter(
            number=row.number, language=row.language
        )
        if same.exists():
            raise NotAllowed("publication_number_taken", number=row.number)
        if checksum(row) != row.checksum:
            raise NotAllowed("changed_meanwhile")
        row.state, row.issued_at = Publication.State.ISSUED, act.at
        row.issued_name = by.stamp.name
        row.save()
        act.note(
            *("issue_publication", "publication", row.pk),
            number=row.number,
            unit=row.unit_id,
            checksum=row.checksum,
        )
    return row


def discard(by: By, row: Publication) -> None:
    """Forget one that was not issued."""
    if not may_order(by, row.programme_id, row.unit_id):
        raise NotAllowed("only_the_office_or_leader")
    with acting(by.stamp, row.programme.chain) as act:
        kept = Publication.objects.get(pk=row.pk)
        if kept.state == Publication.State.ISSUED:
            raise NotAllowed("publication_issued")
        kept.delete()
        act.note("discard_publication", "publication", row.pk, unit=row.unit_id)


def word(by: By, programme: Programme, language: str, passage: str, text: str) -> None:
    """Word a passage for reports to come. Raises WrongWording."""
    if not may_word(by, programme):
        raise NotAllowed("only_the_office")
    faults = list(faults_of(passage, text))
    if faults:
        raise WrongWording(faults)
    if language not in LANGUAGES:
        raise NotAllowed("publication_format_missing")
    with acting(by.stamp, programme.chain) as act:
        Wording.objects.update_or_create(
            programme=programme,
            language=language,
            passage=passage,
            defaults={
                "text": text.strip(),
                "changed_by": by.stamp.name,
                "changed_at": act.at,
            },
        )
        act.note("word_passage", "wording", f"{language}.{passage}")


def word_as_usual(by: By, programme: Programme, language: str, passage: str) -> None:
    """Take back the office's own wording of a passage."""
    if not may_word(by, programme):
        raise NotAllowed("only_the_office")
    with acting(by.stamp, programme.chain) as act:
        Wording.objects.filter(
            programme=programme, language=language, passage=passage
        ).delete()
        act.note("word_as_usual", "wording", f"{language}.{passage}")
