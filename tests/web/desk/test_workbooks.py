"""A quarter by Excel: downloaded, filled in, sent in, looked over, applied."""

import re
from typing import Any, TypeAlias

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.excel import Excel
from tests.web.people import People, by, person, quarter, signed_in, water
from tests.web.submissions.stories import filled, fresh, sent

from donbay.domain.roles import RoleKind
from donbay.web.journal.models import Entry as Noted
from donbay.web.offices.models import User
from donbay.web.submissions.actions import Entry, save
from donbay.web.submissions.models import Answer, Conflict, Submission

pytestmark = pytest.mark.django_db
Reply: TypeAlias = Any  # a response with what Django's test client adds to it
UNREADABLE = "tables.book_unreadable"


@pytest.fixture
def people() -> People:
    return People(water())


@pytest.fixture
def desk(people: People) -> "Desk":
    return Desk(people, people.an)


class Desk:
    """Somebody at the pages of one quarter."""

    def __init__(self, people: People, user: User, period: str = "2026-Q3") -> None:
        self.round = quarter(people.programme, period)
        self.client: Client = signed_in(user)

    def address(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.round.programme_id, self.round.pk])

    def download(self, below: str = "") -> Excel:
        where = self.address("workbook_download")
        return _file(self.client.get(where, {"below": below} if below else {}))

    def send_in(self, book: Excel | bytes, below: str = "") -> Reply:
        content = book.content if isinstance(book, Excel) else book
        file = SimpleUploadedFile("Quý 3.xlsx", content)
        given = {"workbook": file, "below": below}
        return self.client.post(self.address("workbook"), given)

    def apply(self, looked_over: Reply) -> Reply:
        given = {"token": _token(looked_over)}
        return self.client.post(self.address("workbook_apply"), given)

    def marked(self, looked_over: Reply) -> Excel:
        given = {"token": _token(looked_over)}
        return _file(self.client.post(self.address("workbook_marked"), given))


def _file(answer: Reply) -> Excel:
    assert answer.status_code == 200, answer
    return Excel(b"".join(answer.streaming_content))


def _token(answer: Reply) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def codes(answer: Reply) -> set[str]:
    return {one.code for one in answer.context["seen"].refusals}


def answers() -> dict[str, str]:
    return dict(Answer.objects.exclude(typed="").values_list("field", "typed"))


def test_a_commune_fills_in_its_quarter_in_a_workbook(desk: Desk) -> None:
    book = desk.download("tx")
    book = book.typed(homes=1200, served=900.0, causes="Hạn hán", mood="good")
    book = book.typed(met_on="2026-09-12").noted("homes", "Theo sổ hộ khẩu")
    seen = desk.send_in(book, "tx")
    assert "1200" in seen.content.decode()
    assert not Submission.objects.exists()
    desk.apply(seen)
    report = Submission.objects.get()
    assert (report.state, report.unit_id) == ("draft", "tx")
    assert answers() == {
        "homes": "1200",
        "served": "900",
        "causes": "Hạn hán",
        "mood": "good",
        "met_on": "2026-09-12",
    }
    assert report.answers.get(field="homes").note == "Theo sổ hộ khẩu"
    assert report.answers.get(field="served").value == 900.0
    assert Noted.objects.filter(verb="workbook").count() == 1


def test_sent_in_untouched_it_changes_nothing(people: People, desk: Desk) -> None:
    text = '=1+1\n"Đòn bẩy" _x0041_ <&> @SUM(A1)'
    odd = {"homes": "1.200", "served": "398,925", "causes": text, "mood": "bad"}
    filled(people, {**odd, "money": "1234567,5", "met_on": "không nhớ"})
    before = Noted.objects.count()
    seen = desk.send_in(desk.download())
    assert not seen.context["changes"]
    assert not seen.context["problems"]
    assert Noted.objects.count() == before


def test_what_a_person_typed_is_never_a_formula(people: People, desk: Desk) -> None:
    filled(people, {"causes": '=HYPERLINK("http://x","y")', "homes": "=1+1"})
    book = desk.download()
    assert b"<f>" not in b"".join(book.parts.values())
    assert b"<hyperlink" not in b"".join(book.parts.values())
    assert book.seen("causes")[6] == '=HYPERLINK("http://x","y")'


def test_three_wrong_cells_come_back_coloured_and_are_mended(desk: Desk) -> None:
    book = desk.download("tx").typed(homes="nhiều", mood="lắm", met_on="hôm qua")
    seen = desk.send_in(book.typed(served=900, causes="Hạn hán"), "tx")
    assert (seen.context["held"], seen.context["ready"]) == (3, 2)
    desk.apply(seen)
    assert answers() == {"served": "900", "causes": "Hạn hán"}

    back = desk.marked(seen)
    assert back.seen("homes")[6] == "nhiều"
    assert "nhiều" in back.notes
    assert b"F8C9C4" in back.parts["xl/styles.xml"]
    mended = back.typed(homes=1200, mood="Good", met_on="2026-09-12")
    desk.apply(desk.send_in(mended, "tx"))
    assert answers()["homes"] == "1200"
    assert answers()["mood"] == "good"
    assert len(answers()) == 5


def test_applied_twice_it_changes_nothing_more(desk: Desk) -> None:
    seen = desk.send_in(desk.download().typed(homes=1200))
    desk.apply(seen)
    before = Noted.objects.count()
    desk.apply(seen)
    assert Noted.objects.count() == before


def test_a_fraction_is_no_number_of_thousands(desk: Desk) -> None:
    desk.apply(desk.send_in(desk.download().typed(homes=398.925, money=1.5)))
    report = Submission.objects.get()
    assert report.answers.get(field="homes").value == 398.925
    assert report.answers.get(field="money").value == 1.5


def test_what_another_wrote_meanwhile_stands_beside(people: People, desk: Desk) -> None:
    report = filled(people, {"homes": "1.200"})
    book = desk.download()
    lan = person("Lan", RoleKind.REPORTER, "tx", people.programme)
    save(by(lan), report, "homes", Entry("1.300", seen=1))
    seen = desk.send_in(book.typed(homes=1250))
    assert "Lan" in seen.content.decode()
    desk.apply(seen)
    assert fresh(report).answers.get(field="homes").typed == "1.300"
    assert Conflict.objects.get().typed == "1250"


def test_a_district_is_filled_in_with_one_workbook(people: People) -> None:
    mai = person("Mai", RoleKind.REPORTER, "vn", people.programme)
    desk = Desk(people, mai)
    book = desk.download("vn")
    assert {row[1] for row in book.rows()[3:]} == {"Xã Tràng Xá", "Xã La Hiên"}
    book = book.typed("tx", homes=1200).typed("lh", homes=800)
    desk.apply(desk.send_in(book, "vn"))
    made = dict(Answer.objects.values_list("submission__unit_id", "value"))
    assert made == {"tx": 1200.0, "lh": 800.0}


def test_lines_may_be_sorted_but_not_lost(desk: Desk) -> None:
    book = desk.download()
    row = book.row_of("served")
    lost = book.part(
        "xl/worksheets/sheet1.xml",
        lambda x: re.sub(rb'<row r="%d".*?</row>' % row, b"", x),
    )
    seen = desk.send_in(lost)
    assert [one.code for one in seen.context["seen"].problems] == [
        "tables.book_line_missing"
    ]


def test_a_formula_is_refused_where_it_stands(desk: Desk) -> None:
    book = desk.download()
    place = f"G{book.row_of('homes')}"
    seen = desk.send_in(book.typed(served=900).formula(place, "600*2"))
    (problem,) = seen.context["seen"].problems
    assert (problem.code, problem.column) == ("tables.cell_formula", place)
    desk.apply(seen)
    assert answers() == {"served": "900"}
    assert place in desk.marked(seen).notes


def test_a_report_that_was_sent_is_not_touched(people: People, desk: Desk) -> None:
    filled(people)
    book = desk.download().typed(homes=1300)
    sent(people)
    seen = desk.send_in(book)
    assert [one.code for one in seen.context["seen"].problems] == [
        "tables.book_not_open"
    ]
    assert not seen.context["ready"]


def test_a_workbook_of_arabic_readers_runs_from_the_right(people: People) -> None:
    User.objects.filter(pk=people.an.pk).update(language="ar")
    desk = Desk(people, User.objects.get(pk=people.an.pk))
    desk.client.cookies["django_language"] = "ar"
    book = desk.download()
    assert b'rightToLeft="1"' in book.parts["xl/worksheets/sheet1.xml"]


# --- refused as a whole --------------------------------------------------------------


def test_another_place_is_refused(people: People, desk: Desk) -> None:
    theirs = Desk(people, people.hoa).download()
    assert codes(desk.send_in(theirs)) == {"tables.book_not_yours"}
    mai = Desk(people, person("Mai", RoleKind.REPORTER, "vn", people.programme))
    assert codes(mai.send_in(theirs, "tx")) == {"tables.book_other_unit"}


def test_another_round_is_refused(people: People, desk: Desk) -> None:
    other = Desk(people, people.an, "2026-Q2")
    assert codes(desk.send_in(other.download())) == {"tables.book_other_round"}


def test_a_changed_identity_is_refused(desk: Desk) -> None:
    book = desk.download()
    changed = book.part(
        "xl/sharedStrings.xml", lambda x: x.replace(b"2026-Q3", b"2026-Q2")
    )
    assert codes(desk.send_in(changed)) == {"tables.book_identity_changed"}


def test_a_renamed_sheet_is_refused(desk: Desk) -> None:
    book = desk.download()
    name = book.sheets[0].encode()
    renamed = book.part("xl/workbook.xml", lambda x: x.replace(name, b"Sheet1"))
    assert codes(desk.send_in(renamed)) == {"tables.book_sheet_missing"}


def test_macros_are_refused(desk: Desk) -> None:
    book = desk.download().part("xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0")
    assert codes(desk.send_in(book)) == {"tables.book_macros"}


def test_a_hundred_thousand_rows_are_refused(desk: Desk) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="G{n}"><v>1</v></c></row>' for n in range(60, 100_060)
    )
    end = b"</sheetData>"
    book = desk.download().part(
        "xl/worksheets/sheet1.xml", lambda x: x.replace(end, rows.encode() + end)
    )
    assert codes(desk.send_in(book)) <= {
        "tables.book_too_many_rows",
        "tables.book_too_large",
    }


def test_a_cell_at_the_end_of_the_world_is_refused(desk: Desk) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    book = desk.download().part(
        "xl/worksheets/sheet1.xml", lambda x: x.replace(b"</sheetData>", far)
    )
    assert codes(desk.send_in(book)) == {"tables.book_too_many_rows"}


@pytest.mark.parametrize(
    "cell",
    [
        b"""<c a=' r="A1"' r="A70000"><v>1</v></c>""",
        b'<a-b:c r="A70000"><v>1</v></a-b:c>',
        b'<c r="a70000"><v>1</v></c>',
        b'<c><v>1</v></c><!-- <c r="A1"> -->',
    ],
)
def test_a_far_cell_in_disguise_is_refused(desk: Desk, cell: bytes) -> None:
    row = b'<row r="70000">' + cell + b"</row></sheetData>"
    book = desk.download().part(
        "xl/worksheets/sheet1.xml", lambda x: x.replace(b"</sheetData>", row)
    )
    assert codes(desk.send_in(book)) & {UNREADABLE, "tables.book_too_many_rows"}


def test_a_second_sheet_of_the_same_name_is_looked_at_too(desk: Desk) -> None:
    book = desk.download()
    far = b'<row r="70000"><c r="A70000"><v>1</v></c></row></sheetData>'
    sheet = book.parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    aside = book.part("xl/aside.xml", lambda _: sheet)
    assert codes(desk.send_in(aside)) == {"tables.book_too_many_rows"}


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin", "XL/workbook.xml"])
def test_two_workbooks_in_one_archive_are_refused(desk: Desk, name: str) -> None:
    book = desk.download().part(name, lambda _: b"<x/>")
    assert codes(desk.send_in(book)) == {UNREADABLE}


@pytest.mark.parametrize(
    "inner",
    [
        "><a-b:f>1+1</a-b:f><v>5</v></c>",
        "><!--</c>--><f>1+1</f><v>5</v></c>",
        'a="/>"><f>1+1</f><v>5</v></c>',
        "><f>1+1</f><v>5</v></c >",
    ],
)
def test_a_formula_in_disguise_is_never_taken(desk: Desk, inner: str) -> None:
    book = desk.download()
    seen = desk.send_in(book.xml(f"G{book.row_of('homes')}", inner))
    assert seen.context["seen"].problems or codes(seen) == {UNREADABLE}
    assert not seen.context["ready"]


def test_a_bomb_is_refused(desk: Desk) -> None:
    book = desk.download().part("xl/media/image1.png", lambda _: bytes(100 << 20))
    assert codes(desk.send_in(book)) == {"tables.book_too_large"}


@pytest.mark.parametrize(
    "content", [b"", b"unit,value\n", b"PK\x03\x04nonsense", b"\xd0\xcf\x11\xe0" * 9]
)
def test_what_is_no_workbook_is_refused(desk: Desk, content: bytes) -> None:
    answer = desk.send_in(content or b" ")
    assert codes(answer) == {UNREADABLE}


def test_a_workbook_of_somebody_else_is_refused(desk: Desk) -> None:
    book = desk.download()
    parts = {k: v for k, v in book.parts.items() if k != "xl/sharedStrings.xml"}
    assert codes(desk.send_in(book.saved(parts)))


def test_a_token_opens_to_its_own_person_only(people: People, desk: Desk) -> None:
    seen = desk.send_in(desk.download().typed(homes=1200))
    hoa = Desk(people, people.hoa)
    assert hoa.apply(seen).status_code == 404
    assert not Submission.objects.exists()
