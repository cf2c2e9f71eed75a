"""A killed server leaves nothing waiting for ever: it is taken up again or given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from tests.web.documents import VIETNAMESE, brought
from tests.web.importing import FIGURES, looked_over
from tests.web.pages import text
from tests.web.people import People, by, quarter, signed_in, water
from tests.web.printing import WANTED

from donbay.texts import LANGUAGES
from donbay.web.evidence import actions as evidence
from donbay.web.evidence import tasks as documents
from donbay.web.evidence.actions import upload
from donbay.web.evidence.models import Document
from donbay.web.imports import tasks as imports
from donbay.web.imports.actions import bring, carry_out, order
from donbay.web.imports.models import Import
from donbay.web.installation.jobs import requeue_abandoned
from donbay.web.installation.waiting import PATIENCE, take_up_waiting
from donbay.web.ledger.models import Batch
from donbay.web.publications import actions as publishing
from donbay.web.publications import tasks as publications
from donbay.web.publications.models import Publication

pytestmark = pytest.mark.django_db
LONG_AGO = PATIENCE + timedelta(minutes=1)
KILLED = ["gone-1-a", "gone-2-b", "gone-3-c"]


@pytest.fixture
def people() -> People:
    return People(water())


def uploaded(people: People) -> Document:
    """The server was killed while An's page read it."""
    who, round = by(people.an), quarter(people.programme)
    made = upload(who, round, "tx", "a.txt", [VIETNAMESE.encode()])
    Document.objects.update(uploaded_at=timezone.now() - LONG_AGO)
    return made


def file_of(people: People) -> Import:
    """The server was killed before it could order the job."""
    made = bring(by(people.chi), people.programme, "july.csv", [FIGURES.encode()])
    Import.objects.update(at=timezone.now() - LONG_AGO)
    return made


def ordered(people: People) -> Import:
    """Looked over, and to be entered; then the server was killed."""
    made = looked_over(people, "july.csv", FIGURES)
    order(by(people.chi), made)
    Import.objects.update(at=timezone.now() - LONG_AGO)
    return made


def jobs(job: Task[[int], None]) -> list[object]:
    found = DBTaskResult.objects.filter(task_path=job.module_path, status="READY")
    return [one.args_kwargs["args"] for one in found]


def kills_each_worker(job: Task[[int], None], pk: int) -> None:
    job.enqueue(pk)
    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=KILLED, started_at=timezone.now()
    )
    requeue_abandoned()
    assert DBTaskResult.objects.get().status == "FAILED"
    take_up_waiting()


def test_a_document_that_a_page_did_not_finish_is_read_by_a_job(people: People) -> None:
    document = uploaded(people)
    assert take_up_waiting() == 1
    assert jobs(documents.read) == [[document.pk]]
    documents.read.call(document.pk)
    assert Document.objects.get().state == "read"


def test_a_file_without_a_job_is_looked_over(people: People) -> None:
    row = file_of(people)
    assert take_up_waiting() == 1
    assert jobs(imports.look_over) == [[row.pk]]
    imports.look_over.call(row.pk)
    assert Import.objects.get().state == "checked"


def test_a_file_that_was_to_be_entered_is_entered_once(people: People) -> None:
    row = ordered(people)
    assert take_up_waiting() == 1
    assert jobs(imports.carry_out) == [[row.pk]]
    for _ in range(2):
        imports.carry_out.call(row.pk)
    assert (Import.objects.get().state, Batch.objects.count()) == ("done", 1)


def test_a_report_without_a_job_is_made(people: People) -> None:
    row = publishing.order(by(people.chi), people.programme, WANTED)
    Publication.objects.update(ordered_at=timezone.now() - LONG_AGO, state="running")
    assert take_up_waiting() == 1
    assert jobs(publications.make) == [[row.pk]]


def test_what_has_its_job_or_came_just_now_is_left_to_it(people: People) -> None:
    imports.look_over.enqueue(file_of(people).pk)
    bring(by(people.chi), people.programme, "other.csv", [FIGURES.encode()])
    read = brought(people, quarter(people.programme), "a.txt", VIETNAMESE)
    assert read.state == "read"
    assert take_up_waiting() == 0


def test_the_job_of_a_killed_worker_is_left_to_be_queued_anew(people: People) -> None:
    row = file_of(people)
    imports.look_over.enqueue(row.pk)
    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=KILLED[:1], started_at=timezone.now()
    )
    assert requeue_abandoned() == 1
    assert take_up_waiting() == 0
    assert jobs(imports.look_over) == [[row.pk]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_kills_each_worker_is_given_up_in_words(
    people: People, language: str
) -> None:
    row = file_of(people)
    kills_each_worker(imports.look_over, row.pk)
    assert Import.objects.get().state == "failed"
    chi = signed_in(people.chi)
    chi.cookies["language"] = language
    page = text(chi.get(f"/programmes/water/imports/{row.pk}/"))
    assert LANGUAGE_SAYS[language] in page
    assert take_up_waiting() == 0


LANGUAGE_SAYS = {
    "vi": "Lần nào máy chủ cũng dừng",
    "en": "The server ended each time",
    "fr": "Le serveur s’est arrêté chaque fois",
    "ar": "توقف الخادم في كل مرة",
}


def test_a_file_that_was_entered_all_the_same_is_not_called_failed(
    people: People,
) -> None:
    row = ordered(people)
    carry_out(Import.objects.get(pk=row.pk))
    Import.objects.update(state="applying", batch=None)
    kills_each_worker(imports.carry_out, row.pk)
    found = Import.objects.get()
    assert (found.state, found.batch) == ("done", 1)


def test_a_document_that_kills_each_worker_is_refused_in_words(people: People) -> None:
    document = uploaded(people)
    kills_each_worker(documents.read, document.pk)
    found = Document.objects.get()
    assert (found.state, found.problems) == ("refused", [["job.interrupted", {}]])


def test_a_report_that_kills_each_worker_is_given_up_in_words(people: People) -> None:
    row = publishing.order(by(people.chi), people.programme, WANTED)
    Publication.objects.update(ordered_at=timezone.now() - LONG_AGO)
    kills_each_worker(publications.make, row.pk)
    assert Publication.objects.get().state == "failed"
    chi = signed_in(people.chi)
    chi.cookies["language"] = "en"
    page = text(chi.get(f"/programmes/water/publications/{row.pk}/"))
    assert "The server ended each time" in page


def test_a_page_that_cannot_read_a_document_says_so_with_it(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(evidence, "read_text", breaks)
    with pytest.raises(MemoryError):
        brought(people, quarter(people.programme), "a.txt", VIETNAMESE)
    found = Document.objects.get()
    assert found.problems == [["documents.failed", {"why": "MemoryError"}]]
