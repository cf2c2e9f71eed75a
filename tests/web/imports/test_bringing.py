"""Chi of the programme office brings a file: looked over, mended, entered, once."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.importing import FIGURES, WRONG, looked_over
from tests.web.people import People, by, signed_in, water

from donbay.domain.workflow import NotAllowed
from donbay.web.imports import tasks
from donbay.web.imports.actions import bring, carry_out, order
from donbay.web.imports.models import Import
from donbay.web.journal.models import Entry
from donbay.web.ledger.models import Batch, Observation
from donbay.web.results.models import Evaluation

pytestmark = pytest.mark.django_db
HERE = "/programmes/water/imports/"


@pytest.fixture
def people() -> People:
    return People(water())


@pytest.fixture
def chi(people: People) -> Client:
    client = signed_in(people.chi)
    client.cookies["language"] = "en"
    return client


def sent(client: Client, content: str, name: str = "july.csv") -> Import:
    file = SimpleUploadedFile(name, content.encode())
    answer = client.post(HERE, {"file": file})
    assert answer.status_code == 302
    return Import.objects.latest("pk")


def test_what_would_be_entered_is_told_and_then_entered(chi: Client) -> None:
    brought = sent(chi, FIGURES)
    tasks.look_over.func(brought.pk)
    page = chi.get(f"{HERE}{brought.pk}/").content.decode()
    assert "Nothing is wrong with the file" in page
    assert not Observation.objects.exists()
    assert chi.post(f"{HERE}{brought.pk}/apply/").status_code == 302
    tasks.carry_out.func(brought.pk)
    assert Observation.objects.count() == 3
    assert Evaluation.objects.get(live=True).seq == 3
    verbs = Entry.objects.order_by("pk").values_list("verb", "by_name")
    assert ("import", "Chi") in verbs
    assert "as batch 1" in chi.get(f"{HERE}{brought.pk}/").content.decode()


def test_every_problem_is_listed_and_can_be_had_as_a_file(
    people: People, chi: Client
) -> None:
    brought = looked_over(people, "july.csv", WRONG)
    assert brought.state == "wrong"
    page = chi.get(f"{HERE}{brought.pk}/").content.decode()
    assert "Problems in the file: 3" in page
    given = chi.get(f"{HERE}{brought.pk}/?as=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(given)))
    assert [row[:2] for row in rows[1:]] == [
        ["2", "value"],
        ["3", "unit"],
        ["4", "indicator"],
    ]
    assert "nhiều" in rows[1][2]
    with pytest.raises(NotAllowed, match="import_not_ready"):
        order(by(people.chi), brought)


def test_the_same_file_is_entered_once(people: People) -> None:
    first, again = (looked_over(people, f"{n}.csv", FIGURES) for n in (1, 2))
    for one in (first, again):
        order(by(people.chi), one)
        carry_out(Import.objects.get(pk=one.pk))
    assert Batch.objects.count() == 1
    assert Import.objects.get(pk=again.pk).batch == 1
    third = looked_over(people, "3.csv", FIGURES)
    assert (third.state, third.batch) == ("done", 1)


def test_a_job_taken_up_again_after_a_killed_worker_does_no_more(
    people: People,
) -> None:
    brought = looked_over(people, "july.csv", FIGURES)
    order(by(people.chi), brought)
    carry_out(Import.objects.get(pk=brought.pk))
    Import.objects.filter(pk=brought.pk).update(state="applying", batch=None)
    tasks.carry_out.func(brought.pk)
    row = Import.objects.get(pk=brought.pk)
    assert (row.state, row.batch, Batch.objects.count()) == ("done", 1, 1)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("july.doc", FIGURES, "import_kind"), ("july.csv", "", "import_empty")],
)
def test_what_is_no_such_file_is_refused(
    people: People, name: str, content: str, code: str
) -> None:
    with pytest.raises(NotAllowed, match=code):
        bring(by(people.chi), people.programme, name, [content.encode()])


def test_a_workbook_that_is_none_is_a_problem_of_the_file(people: People) -> None:
    brought = looked_over(people, "july.XLSX", "PK no workbook")
    assert (brought.name, brought.state) == ("july.xlsx", "wrong")
    assert [code for code, *_ in brought.problems] == ["tables.file_unreadable"]
