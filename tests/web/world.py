"""One of everything that an address may speak of, in the programme on clean water."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from tests.web.deciding import decided, planned
from tests.web.documents import FRENCH, VIETNAMESE, brought
from tests.web.importing import FIGURES, looked_over
from tests.web.people import People, by, office, person, quarter, water
from tests.web.printing import printed

from donbay.web.evidence.queries import figures
from donbay.web.files.actions import keep
from donbay.web.journal.actions import acting
from donbay.web.ledger.actions import Row
from donbay.web.offices.models import Office, Role, User
from donbay.web.programmes.models import Programme, Round
from donbay.web.results.actions import enter, full_run
from donbay.web.results.models import Evaluation
from donbay.web.submissions.actions import Entry, begin, save, send
from donbay.web.submissions.models import Attachment, Submission


@dataclass(frozen=True)
class World:
    """What the names in the table of doors stand for."""

    programme: str
    people: People
    round: int
    unit: str
    office: int
    person: int
    role: int
    evaluation: int
    full_run: int
    an_number: int
    draft: int
    sent: int
    attachment: int
    act: int
    reorganisation: int
    document: int
    other_document: int
    claim: int
    publication: int
    imported: int


def world() -> World:
    programme: Programme = water()
    asked: Round = quarter(programme)
    people = People(programme)
    committee: Office = office("UBND xã Tràng Xá", "tx")
    lan: User = person("Lan", office=committee)
    role: Role = people.an.roles.get()
    with acting(by(people.chi).stamp, programme.chain) as act:
        rows = [
            Row("tx", "homes", "2026-Q2", 900.0),
            Row("tx", "served", "2026-Q2", 880.0),
        ]
        enter(act, programme, rows, origin="import", reference="a bulletin")
    evaluation = Evaluation.objects.get(programme=programme)
    sent = send(by(people.an), _draft(people, asked))
    told = brought(people, asked, "bài báo.txt", VIETNAMESE)
    return World(
        programme=programme.pk,
        people=people,
        round=asked.pk,
        unit="tx",
        office=committee.pk,
        person=lan.pk,
        role=role.pk,
        evaluation=evaluation.pk,
        full_run=full_run(by(people.chi), programme).pk,
        an_number=people.an.pk,
        draft=_draft(people, quarter(programme, "2026-Q1")).pk,
        sent=sent.pk,
        attachment=_attachment(people, sent),
        act=decided(people),
        reorganisation=planned(people),
        document=told.pk,
        other_document=brought(people, asked, "article.txt", FRENCH).pk,
        claim=figures(told)[0].number,
        publication=printed(people).pk,
        imported=looked_over(people, "july.csv", FIGURES).pk,
    )


def _draft(people: People, asked: Round) -> Submission:
    """An's, filled in as far as it must be."""
    made = begin(by(people.an), asked, "tx")
    for field in ("homes", "served"):
        save(by(people.an), made, field, Entry("910"))
    return made


def _attachment(people: People, sent: Submission) -> int:
    """Put there by itself: a report that was sent takes none."""
    return Attachment.objects.create(
        submission=sent,
        field="homes",
        file=keep([b"the minutes"], "text/plain"),
        name="minutes.txt",
        by=people.an,
        at=timezone.now(),
    ).pk
