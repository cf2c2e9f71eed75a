"""A killed server leaves nothing waiting for ever: it is taken up again or given up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from tests.web.documents import VIETNAMESE, brought
from tests.web.importing import FIGURES, looked_over
from tests.web.pages import text
from tests.web.people import People, by, quarter, signed_in, water
from tests.web.printing import WANTED
from tests.web.reorganisations.merger import recorded

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
from donbay.web.reorganisations import tasks as reorganisations
from donbay.web.reorganisations.models import Reorganisation
from donbay.web.results import actions as results_actions
from donbay.web.results import tasks as results
from donbay.web.results.models import Evaluation, FullRun

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


def asked(people: People) -> Evaluation:
    """Chi asked how it stood at the end of June."""
    made = results_actions.ask(by(people.chi), people.programme, on=date(2026, 6, 30))
    Evaluation.objects.update(asked_at=timezone.now() - LONG_AGO)
    return made


def run_of(people: People) -> FullRun:
    made = results_actions.full_run(by(people.chi), people.programme)
    FullRun.objects.update(asked_at=timezone.now() - LONG_AGO, progress=0.6)
    return made


def rehearsed(people: People, place: Path) -> Reorganisation:
    """The merger is recorded and its rehearsal ordered."""
    made = recorded(people.programme, place / "paper")
    long_ago = timezone.now() - LONG_AGO
    Reorganisation.objects.update(rehearsing=True, recorded_at=long_ago)
    return made


def test_what_was_asked_of_another_day_is_answered_by_another_job(
    people: People,
) -> None:
    row = asked(people)
    assert take_up_waiting() == 1
    assert jobs(results.answer) == [[row.pk]]
    results.answer.call(row.pk)
    assert Evaluation.objects.get(pk=row.pk).state == "ready"


def test_a_full_run_and_a_rehearsal_are_begun_again(
    people: People, tmp_path: Path
) -> None:
    run, change = run_of(people), rehearsed(people, tmp_path)
    assert take_up_waiting() == 2
    results.full_run.call(run.pk)
    reorganisations.rehearse.call(change.pk)
    assert FullRun.objects.get().differences == []
    found = Reorganisation.objects.get()
    assert found.rehearsed
    assert not found.rehearsing


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_that_kills_its_workers_says_so_on_its_page(
    people: People, language: str, tmp_path: Path
) -> None:
    chi = signed_in(people.chi)
    chi.cookies["language"] = language
    run, change = run_of(people), rehearsed(people, tmp_path)
    kills_each_worker(results.full_run, run.pk)
    told = text(chi.get(f"/programmes/water/full-runs/{run.pk}/"))
    assert LANGUAGE_SAYS[language] in told
    DBTaskResult.objects.all().delete()
    kills_each_worker(reorganisations.rehearse, change.pk)
    told = text(chi.get(f"/reorganisations/{change.pk}/"))
    assert LANGUAGE_SAYS[language] in told
    question = asked(people)
    DBTaskResult.objects.all().delete()
    kills_each_worker(results.answer, question.pk)
    assert Evaluation.objects.get(pk=question.pk).problem == "interrupted"
    assert take_up_waiting() == 0


def test_a_full_run_that_fails_says_so_and_is_not_begun_again(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise MemoryError

    run = run_of(people)
    monkeypatch.setattr(results_actions, "evaluated", breaks)
    with pytest.raises(MemoryError):
        results.full_run.call(run.pk)
    assert FullRun.objects.get().problem == "MemoryError"
    assert take_up_waiting() == 0


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
