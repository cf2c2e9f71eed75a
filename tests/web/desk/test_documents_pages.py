"""An reads an article beside its figures; Bình and Giang see where one came from."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.documents import FRENCH, VIETNAMESE, brought, claim
from tests.web.pages import text
from tests.web.people import People, by, quarter, signed_in, water

from donbay.web.evidence.actions import Mended, accept, mend
from donbay.web.evidence.models import Decision, Document
from donbay.web.journal.actions import acting
from donbay.web.ledger.actions import Row
from donbay.web.results.actions import enter
from donbay.web.submissions.actions import approve, send
from donbay.web.submissions.models import Answer, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People(water())


@pytest.fixture
def an(people: People) -> Client:
    return signed_in(people.an)


@pytest.fixture
def article(people: People) -> Document:
    return brought(people, quarter(people.programme), "bài báo.txt", VIETNAMESE)


def page(article: Document) -> str:
    return f"/documents/{article.pk}/"


def test_a_document_that_is_sent_in_leads_to_its_figures(
    people: People, an: Client
) -> None:
    round = quarter(people.programme)
    file = SimpleUploadedFile("bài báo.txt", VIETNAMESE.encode())
    told = an.post(
        f"/rounds/{round.pk}/places/tx/documents/", {"document": file}, follow=True
    )
    assert told.redirect_chain[-1][0] == page(Document.objects.get())
    said = text(told)
    assert (
        '<mark class="said said-undecided" id="m2"><a href="#c2">987</a></mark>' in said
    )
    assert "Số liệu còn phải quyết: 5 trên 5." in said
    listed = text(an.get(f"/rounds/{round.pk}/places/tx/documents/"))
    assert "bài báo.txt" in listed


def test_what_cannot_be_read_says_what_to_do(people: People, an: Client) -> None:
    round = quarter(people.programme)
    file = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 broken")
    told = an.post(
        f"/rounds/{round.pk}/places/tx/documents/", {"document": file}, follow=True
    )
    assert "PDF" in text(told)
    assert "mật khẩu" in text(told)


def test_one_button_decides_a_figure_without_scripts(
    an: Client, article: Document
) -> None:
    number = claim(article, "987").number
    told = an.post(
        f"{page(article)}claims/{number}/", {"accept": "1", "page": "1"}, follow=True
    )
    assert told.redirect_chain[-1][0] == f"{page(article)}?page=1#c{number}"
    assert Answer.objects.get(field="served").value == 987.0
    assert "said-accepted" in text(told)
    assert "Số liệu còn phải quyết: 4 trên 5." in text(told)


def test_with_scripts_only_the_card_comes_back(an: Client, article: Document) -> None:
    number = claim(article, "987").number
    told = an.post(
        f"{page(article)}claims/{number}/",
        {"reject": "1"},
        headers={"HX-Request": "true"},
    )
    said = text(told)
    assert said.startswith("<li")
    assert 'data-state="rejected"' in said
    assert 'hx-swap-oob="true"' in said


def test_a_figure_is_mended_into_another_field(an: Client, article: Document) -> None:
    row = claim(article, "1.204")
    sent = {"mend": "1", "field": "homes", "typed": "1.204", "was": "1.204"}
    an.post(f"{page(article)}claims/{row.number}/", {**sent, "bound": "about"})
    found = Answer.objects.get(field="homes")
    assert (found.value, found.bound) == (1204.0, "about")


def test_another_reading_of_the_digits_is_one_button(
    an: Client, article: Document
) -> None:
    row = claim(article, "398,925")
    sent = {"alternative": "1", "field": "money", "bound": "exact"}
    an.post(f"{page(article)}claims/{row.number}/", sent)
    assert Answer.objects.get(field="money").value == 398_925_000_000_000.0


def test_what_cannot_be_taken_says_why(an: Client, article: Document) -> None:
    row = claim(article, "1.204")
    told = an.post(
        f"{page(article)}claims/{row.number}/",
        {"accept": "1"},
        headers={"HX-Request": "true"},
    )
    assert 'role="alert"' in text(told)
    assert not Decision.objects.exists()


def test_two_articles_are_told_apart(
    people: People, an: Client, article: Document
) -> None:
    other = brought(people, article.round, "article.txt", FRENCH)
    told = an.get(f"{page(article)}beside/{other.pk}/?as=csv").content.decode()
    lines = told.splitlines()
    assert any(
        "mâu thuẫn" in line and "987" in line and "978" in line for line in lines
    )
    assert sum("thống nhất" in line for line in lines) >= 2
    assert an.get(f"{page(article)}beside/{article.pk}/").status_code == 404


def test_the_ledger_stands_beside_with_its_source(
    people: People, an: Client, article: Document
) -> None:
    rows = [
        Row("tx", "served", "2026-Q3", 987.0),
        Row("tx", "money", "2026-Q3", 400_000_000_000.0),
    ]
    with acting(by(people.chi).stamp, people.programme.chain) as act:
        enter(act, people.programme, rows, origin="import", reference="a bulletin")
    told = an.get(f"{page(article)}ledger/?as=csv").content.decode().splitlines()
    assert any("khớp" in line and "987" in line and "2026-Q3" in line for line in told)
    assert "khớp" in text(an.get(page(article)))


def sent(people: People, article: Document) -> Submission:
    accept(by(people.an), claim(article, "987"))
    homes = claim(article, "1.204")
    mend(by(people.an), homes, Mended("homes", homes.value, exact=True))
    return send(by(people.an), Submission.objects.get())


def test_the_reviewer_sees_the_sentence_beside_the_figure(
    people: People, article: Document
) -> None:
    report = sent(people, article)
    said = text(signed_in(people.binh).get(f"/reports/{report.pk}/review/"))
    assert "trong đó <strong>987</strong> hộ dùng nước sạch." in said
    assert "bài báo.txt" in said


def test_why_leads_to_the_document_and_the_passage(
    people: People, article: Document
) -> None:
    report = sent(people, article)
    approve(by(people.binh), report)
    report.refresh_from_db()
    approve(by(people.linh), report)
    giang = signed_in(people.giang)
    said = text(giang.get("/programmes/water/why/tx/water_95/"))
    assert "trong đó <strong>987</strong> hộ dùng nước sạch." in said
    number = claim(article, "987").number
    address = f"{page(article)}?claim={number}#c{number}"
    assert address in said
    assert giang.get(address).status_code == 200


def test_before_anything_is_sent_only_those_of_the_figures_see_it(
    people: People, article: Document
) -> None:
    accept(by(people.an), claim(article, "987"))
    assert signed_in(people.giang).get(page(article)).status_code == 404
    assert signed_in(people.khoi).get(page(article)).status_code == 404


def test_the_original_is_given_to_be_saved_only(an: Client, article: Document) -> None:
    told = an.get(f"{page(article)}file/")
    assert b"".join(told.streaming_content).decode() == VIETNAMESE  # type: ignore[attr-defined]  # a stream
    assert "attachment" in told.headers["Content-Disposition"]
    assert told.headers["X-Content-Type-Options"] == "nosniff"


def test_what_a_document_says_is_never_run(people: People, an: Client) -> None:
    evil = "<script>alert(1)</script> 12 homes & <b>7</b> homes"
    found = brought(people, quarter(people.programme), "evil.txt", evil)
    said = an.get(page(found)).content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;" in said
