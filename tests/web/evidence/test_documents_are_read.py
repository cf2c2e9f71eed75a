"""Documents are read at once or by a job; what cannot be says why and does no harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.web.documents import VIETNAMESE, brought
from tests.web.people import People, by, quarter, water

from donbay.domain.workflow import NotAllowed
from donbay.web.evidence.actions import upload
from donbay.web.evidence.models import Document
from donbay.web.evidence.packing import reading_of
from donbay.web.evidence.queries import figures, fitting, leaf
from donbay.web.evidence.tasks import SHORT_TEXT, read, read_soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People(water())


def bring(people: People, name: str, data: bytes) -> Document:
    made = upload(by(people.an), quarter(people.programme), "tx", name, [data])
    read_soon(by(people.an).stamp, made)
    return Document.objects.get(pk=made.pk)


def test_a_short_text_is_read_at_once(people: People) -> None:
    found = bring(people, "a.txt", VIETNAMESE.encode())
    assert (found.state, found.language) == ("read", "vi")
    assert [row.text for row in figures(found)][1:3] == ["1.204", "987"]


def test_a_long_text_is_read_by_a_job(people: People) -> None:
    many = "\n".join(f"Thôn {n} có {n + 100} hộ." for n in range(1500))
    assert len(many) > SHORT_TEXT
    found = bring(people, "a.txt", many.encode())
    assert found.state == "waiting"
    read.call(found.pk)
    found.refresh_from_db()
    assert found.state == "read"
    first, last = leaf(found, 1), leaf(found, 10_000)
    assert len(first.claims) == 40
    assert last.number == last.count > 30
    assert last.claims[-1].end <= last.stretches[-1].end


def test_the_page_of_a_claim_is_found(people: People) -> None:
    many = "\n".join(f"Thôn {n} có {n + 100} hộ." for n in range(200))
    found = bring(people, "a.txt", many.encode())
    for row in figures(found)[::37]:
        assert row in leaf(found, 1, row.number).claims


def test_a_page_tells_only_how_its_own_figures_hang_together(people: People) -> None:
    many = "\n".join(f"Thôn {n} có {n + 100} hộ." for n in range(90))
    parts = "Xã có 60 mô hình (trong đó 31 cấp tỉnh; 19 cấp huyện; 11 cấp xã)."
    found = bring(people, "a.txt", f"{many}\n{parts}".encode())
    assert not fitting(found, leaf(found, 1)).relations
    told = fitting(found, leaf(found, 99))
    (one,) = [each for each in told.relations if each.kind == "sum"]
    assert one.holds is False
    assert [told.claims[n].text for n in one.claims] == ["60", "31", "19", "11"]


def test_a_document_comes_back_as_it_was_read(people: People) -> None:
    found = bring(people, "a.txt", VIETNAMESE.encode())
    back = reading_of(found, found.claims.order_by("number"))
    assert back.document.text == VIETNAMESE
    for one in back.claims:
        assert VIETNAMESE[one.start : one.end] == one.text


def test_a_job_that_runs_twice_reads_once(people: People) -> None:
    found = bring(people, "a.txt", VIETNAMESE.encode())
    before = found.claims.count()
    read.call(found.pk)
    assert found.claims.count() == before


@pytest.mark.parametrize("name", ["a.exe", "a", "a.docx.zip"])
def test_an_ending_that_nobody_reads_is_refused(people: People, name: str) -> None:
    with pytest.raises(NotAllowed) as stop:
        bring(people, name, b"12 homes")
    assert stop.value.code == "document_format"


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b"<w>" + b" " * 200_000_000)
    return held.getvalue()


def entity() -> bytes:
    held = io.BytesIO()
    text = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("word/document.xml", text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bomb.docx", bomb(), "documents.too_much_unpacked"),
        ("entity.docx", entity(), "documents.unreadable_doctype"),
        ("digits.txt", b"9" * 10_000_000, "documents.too_much_characters"),
        ("digits.md", b"9" * 1_000_000, "documents.too_much_digits"),
        ("broken.pdf", b"%PDF-1.4 and nothing else", "documents.unreadable_pdf"),
    ],
    ids=["bomb", "entity", "letters", "digits", "broken"],
)
def test_a_hostile_file_is_refused_whole(
    people: People, name: str, data: bytes, code: str
) -> None:
    found = bring(people, name, data)
    if found.state == "waiting":  # a large file is opened by the job
        read.call(found.pk)
        found.refresh_from_db()
    assert found.state == "refused"
    assert [problem for problem, _ in found.problems] == [code]
    assert not found.claims.exists()


def test_what_no_database_takes_is_marked_and_places_stay(people: People) -> None:
    text = "Xã có 12\0 hộ, trong đó 7 hộ dùng nước sạch."
    data = "x" * 5000 + "\n" + text
    found = bring(people, "a.txt", data.encode())
    assert found.state == "read"
    for row in figures(found):
        assert found.text[row.start : row.end] == row.text


def test_a_document_of_another_language_may_be_named(people: People) -> None:
    made = upload(
        *(by(people.an), quarter(people.programme), "tx", "a.txt"),
        [b"12 homes"],
        written_in="fr",
    )
    read_soon(by(people.an).stamp, made)
    assert Document.objects.get(pk=made.pk).language == "fr"
    assert brought(people, made.round, "b.txt", "13 homes in the village").language
