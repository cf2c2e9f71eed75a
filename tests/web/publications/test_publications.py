"""Chi orders a report, looks at it and issues it; then a figure is corrected."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from tests.web.pages import text
from tests.web.people import People, by, signed_in
from tests.web.printing import WANTED, printed
from tests.web.reorganisations.merger import enters, reported

from donbay.domain.workflow import NotAllowed
from donbay.texts import LANGUAGES
from donbay.texts import Wording as Words
from donbay.web.files.actions import path_of
from donbay.web.journal.actions import acting
from donbay.web.journal.models import Entry
from donbay.web.programmes.models import Programme
from donbay.web.publications import actions, queries, tasks
from donbay.web.publications.actions import WrongWording
from donbay.web.publications.models import Publication, Wording
from donbay.web.results import queries as results
from donbay.web.results.actions import Row, answer, ask, enter
from donbay.web.results.mobilised import mobilised

pytestmark = pytest.mark.django_db
PAGE = "/programmes/water/publications/"
ORDERED = {
    "kind": "quarterly",
    "period": "2026-Q2",
    "unit": "tn",
    "language": "ar",
    "formats": ["xlsx"],
    "dated": "2026-07-20",
    "issuer": "Văn phòng điều phối",
    "number": "12/BC-VPĐP",
}


@pytest.fixture
def programme() -> Programme:
    return reported()


@pytest.fixture
def people(programme: Programme) -> People:
    return People(programme)


@pytest.fixture
def made(people: People) -> Publication:
    return printed(people)


def issued(made: Publication, people: People) -> Publication:
    return actions.issue(by(people.chi), made)


def downloaded(who: Client, made: Publication) -> bytes:
    answer = who.get(f"{PAGE}{made.pk}/files/xlsx/")
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a stream


# --- ordering and making ---


def test_the_language_of_a_report_is_that_of_its_order(people: People) -> None:
    chi = signed_in(people.chi)
    page = text(chi.post(f"{PAGE}order/", ORDERED, follow=True))
    row = Publication.objects.get()
    tasks.make.call(row.pk)
    row.refresh_from_db()
    assert (row.state, row.language) == ("made", "ar")
    assert row.title.startswith("التقرير الفصلي")
    assert "Báo cáo" in page


def test_a_report_stands_on_the_ledger_up_to_a_row(made: Publication) -> None:
    kept = json.loads(path_of(made.figures_id or "").read_bytes())
    assert made.seq > 0
    assert ["tn", "water_95"] in [row[:2] for row in kept["targets"]]
    assert made.checksum == actions.checksum(made)


def test_a_report_tells_of_resources_as_the_pages_do(
    programme: Programme, people: People
) -> None:
    given = (("state", 3e8), ("people", 6e8))
    rows = [Row("tx", "money", "2026-Q2", value, part) for part, value in given]
    with acting(by(people.chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference="money")
    made = printed(people)
    told = queries.matter(made, Words("vi")).money
    days = {"on": made.on, "map": made.map}
    answer(ask(by(people.chi), programme, **days))
    now = results.find(programme, made.on, None, made.map)
    assert now is not None
    assert told
    assert tuple(told) == mobilised(now, "tn")


def test_the_leader_of_a_place_orders_too_and_a_reporter_does_not(
    programme: Programme, people: People
) -> None:
    assert actions.order(by(people.dung), programme, WANTED).pk
    with pytest.raises(NotAllowed, match="only_the_office_or_leader"):
        actions.order(by(people.an), programme, WANTED)


def test_what_cannot_be_ordered_is_said(people: People) -> None:
    chi = signed_in(people.chi)
    for change, said in (
        ({"period": "next year"}, "Không đọc được loại hoặc kỳ báo cáo"),
        ({"formats": []}, "ít nhất một định dạng"),
        ({"issuer": " "}, "Hãy ghi cơ quan ban hành"),
        ({"dated": ""}, "Hãy ghi ngày trên báo cáo"),
        ({"period": "2999"}, "Kỳ báo cáo chưa bắt đầu"),
    ):
        page = text(chi.post(f"{PAGE}order/", {**ORDERED, **change}))
        assert said in page
    assert not Publication.objects.exists()


def test_a_letter_without_a_glyph_is_named_and_nothing_is_kept(
    programme: Programme, people: People
) -> None:
    wanted = replace(WANTED, issuer="日本", formats=("pdf",))
    row = actions.order(by(people.chi), programme, wanted)
    tasks.make.call(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    page = text(signed_in(people.chi).get(f"{PAGE}{row.pk}/"))
    assert "không có trong phông chữ" in page
    assert not row.files.exists()


# --- issuing ---


def test_what_is_issued_is_what_was_looked_at(
    made: Publication, people: People
) -> None:
    looked_at = downloaded(signed_in(people.chi), made)
    page = text(signed_in(people.chi).post(f"{PAGE}{made.pk}/issue/", follow=True))
    assert "Báo cáo đã được ban hành" in page
    made.refresh_from_db()
    (one,) = made.files.all()
    assert path_of(one.file_id).read_bytes() == looked_at
    entry = Entry.objects.get(verb="issue_publication")
    assert entry.details["checksum"] == made.checksum
    assert entry.details["number"] == "12/BC-VPĐP"


def test_the_database_itself_keeps_what_was_issued(
    made: Publication, people: People
) -> None:
    row = issued(made, people)
    for change in (
        lambda: Publication.objects.filter(pk=row.pk).update(number="13"),
        lambda: row.files.update(name="other.xlsx"),
        lambda: Publication.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_an_issued_report_is_not_discarded_nor_issued_again(
    made: Publication, people: People
) -> None:
    row = issued(made, people)
    with pytest.raises(NotAllowed, match="publication_issued"):
        actions.discard(by(people.chi), row)
    with pytest.raises(NotAllowed, match="publication_not_made"):
        actions.issue(by(people.chi), row)


def test_a_number_is_issued_once_in_a_language(
    made: Publication, programme: Programme, people: People
) -> None:
    issued(made, people)
    again = actions.order(by(people.chi), programme, WANTED)
    actions.make(again)
    with pytest.raises(NotAllowed, match="publication_number_taken"):
        actions.issue(by(people.chi), again)


def test_a_report_without_a_number_is_not_issued(
    programme: Programme, people: People
) -> None:
    row = actions.order(by(people.chi), programme, replace(WANTED, number=""))
    actions.make(row)
    with pytest.raises(NotAllowed, match="publication_number_missing"):
        actions.issue(by(people.chi), row)


def test_a_draft_is_for_those_who_order_and_an_issued_one_for_all(
    made: Publication, people: People
) -> None:
    an = signed_in(people.an)
    assert an.get(f"{PAGE}{made.pk}/").status_code == 404
    assert "12/BC" not in text(an.get(PAGE))
    issued(made, people)
    assert downloaded(an, made).startswith(b"PK")
    assert "12/BC" in text(an.get(PAGE))


# --- changed since ---


def test_a_corrected_figure_is_listed_with_what_followed_from_it(
    made: Publication, programme: Programme, people: People
) -> None:
    row = issued(made, people)
    days = {"on": row.on, "map": row.map}
    answer(ask(by(people.chi), programme, **days))
    page = text(signed_in(people.chi).get(f"{PAGE}{row.pk}/changes/"))
    assert "vẫn giữ nguyên" in page
    enters(programme, "2026-Q2", [("tx", 1190, 300)])
    answer(ask(by(people.chi), programme, **days))
    now = results.find(programme, row.on, None, row.map)
    assert now is not None
    found = queries.differences(row, now)
    served = next(one for one in found if (one.unit, one.indicator) == ("tx", "served"))
    assert served.value_now == 300
    assert served.value != 300
    assert any(one.unit == "tn" and one.target == "water_95" for one in found)
    told = signed_in(people.chi).get(f"{PAGE}{row.pk}/changes/?as=csv")
    assert "Xã Tràng Xá" in told.content.decode()


def test_changes_wait_for_what_is_known_now(
    made: Publication, programme: Programme, people: People
) -> None:
    row = issued(made, people)
    enters(programme, "2026-Q2", [("tx", 1190, 300)])
    page = text(signed_in(people.chi).get(f"{PAGE}{row.pk}/changes/"))
    assert "Trước hết phải đánh giá lại" in page


# --- the wording ---


def test_the_office_words_reports_to_come(programme: Programme, people: People) -> None:
    chi = signed_in(people.chi)
    said = {"language": "vi", "passage": "title_quarterly", "text": "Báo cáo {place}"}
    chi.post(f"{PAGE}wording/", said)
    row = actions.order(by(people.chi), programme, WANTED)
    actions.make(row)
    assert row.title == "Báo cáo Tỉnh Thái Nguyên"
    chi.post(f"{PAGE}wording/", {**said, "usual": "1"})
    assert not Wording.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_that_a_passage_does_not_know_is_refused_in_words(
    people: People, language: str
) -> None:
    chi: Client = signed_in(people.chi)
    chi.cookies["language"] = language
    said = {"language": "vi", "passage": "introduction", "text": "Ở {noi}."}
    page = text(chi.post(f"{PAGE}wording/", said, follow=True))
    assert "{noi}" in page
    assert not Wording.objects.exists()


def test_only_the_office_of_the_whole_programme_words_reports(people: People) -> None:
    assert signed_in(people.dung).get(f"{PAGE}wording/").status_code == 404
    programme = Programme.objects.get()
    with pytest.raises(NotAllowed, match="only_the_office"):
        actions.word(by(people.dung), programme, "vi", "closing", "x")
    with pytest.raises(WrongWording):
        actions.word(by(people.chi), programme, "vi", "closing", "{")
