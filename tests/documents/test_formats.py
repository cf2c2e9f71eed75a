"""One report in every format gives one text, and hostile files are contained."""

import io
import zipfile

import pytest

from donbay.documents import Kind, open_document, read
from donbay.documents.sentences import LONGEST
from donbay.domain.problems import Refused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SAID = "Tỉnh Gia Lai có 1.250 hộ nghèo."


def docx(body: str, head: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
    return data.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(*lines: str) -> bytes:
    """A page of Helvetica with one line a sentence."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 12 Tf 40 700 Td {shown}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources %s>>"
        % b"<</Font<</F1 5 0 R>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF" % (table, len(out))
    )


FILES = {
    "a.txt": SAID.encode(),
    "a.md": "# Báo cáo\n\nTỉnh **Gia Lai** có 1.250 hộ nghèo.\n".encode(),
    "a.html": f"<title>x 99</title><p>{SAID}</p><script>var a = 99</script>".encode(),
    "a.docx": docx(paragraph("Tỉnh Gia Lai có 1.</w:t></w:r><w:r><w:t>250 hộ nghèo.")),
}


@pytest.mark.parametrize("name", FILES)
def test_a_report_is_read_alike_in_every_format(name: str) -> None:
    reading = read(open_document(FILES[name], name))
    (claim,) = reading.claims
    text = reading.document.text
    assert (str(claim.value), claim.place, claim.counted) == (
        "1250",
        "Gia Lai",
        "hộ nghèo",
    )
    assert text[claim.start : claim.end] == "1.250"


def test_a_pdf_with_text_is_read() -> None:
    data = pdf(
        "Gia Lai province has 1,250 poor households.", "It built 34 km of roads."
    )
    found = read(open_document(data, "a.pdf")).claims
    assert [(str(c.value), c.unit) for c in found] == [("1250", "count"), ("34", "km")]


def test_what_was_deleted_in_word_is_not_read() -> None:
    gone = "<w:del><w:r><w:delText>Có 99 xã. </w:delText></w:r></w:del>"
    body = f"<w:p>{gone}<w:r><w:t>Có 12 xã đạt chuẩn.</w:t></w:r></w:p>"
    assert [c.value for c in read(open_document(docx(body), "a.docx")).claims] == [12]


def test_a_paragraph_told_twice_counts_once() -> None:
    text = "Tỉnh có 48 xã.\nTỉnh có 48 xã.\n"
    reading = read(open_document(text.encode(), "a.txt", "vi"))
    assert [c.repeated for c in reading.claims] == [False, True]
    assert reading.document.doubts == ("repeats",)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        open_document(data, name)
    return caught.value.problems[0].code


def test_entities_are_refused() -> None:
    head = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    assert refusal(docx(paragraph("&e;"), head), "a.docx") == (
        "documents.unreadable_doctype"
    )


@pytest.mark.slow
def test_a_bomb_is_refused() -> None:
    data = docx(paragraph("0" * 70_000_000))
    assert len(data) < 1_000_000
    assert refusal(data, "a.docx") == "documents.too_much_unpacked"


@pytest.mark.slow
def test_ten_million_digits_are_refused() -> None:
    assert refusal(b"7" * 10_000_000, "a.txt") == "documents.too_much_characters"
    assert refusal(b"7" * 1_000_000, "a.txt") == "documents.too_much_digits"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"PK\x03\x04 broken", "a.docx", "documents.unreadable_docx"),
        (b"%PDF-1.4 broken", "a.pdf", "documents.unreadable_pdf"),
        (b"text", "a.exe", "documents.unreadable_format"),
        (b"\0\0\0\1", "a.txt", "documents.unreadable_text"),
        (b"caf\xe9", "a.txt", "documents.unreadable_encoding"),
    ],
)
def test_what_cannot_be_read_is_said_so(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


def test_characters_that_turn_digits_around_are_told() -> None:
    text = "The province has \u202e321\u202c schools."
    reading = read(open_document(text.encode(), "a.txt", "en"))
    assert reading.document.doubts == ("overrides",)
    assert all(c.confidence < 0.9 for c in reading.claims if c.kind is not Kind.NAME)


def test_hidden_parts_of_a_page_are_not_read() -> None:
    page = (
        b"<p style='display: none'>There are 99 schools.</p>"
        b"<p>There are 12 schools.</p>"
    )
    assert [c.value for c in read(open_document(page, "a.html")).claims] == [12]


def test_a_sentence_without_an_end_is_read_in_pieces() -> None:
    text = ", ".join(f"{n} huts in hamlet" for n in range(10, 1_010))
    claims = read(open_document(text.encode(), "a.txt", "en")).claims
    assert len(claims) == 1_000
    assert all(end - start <= LONGEST for start, end in (c.sentence for c in claims))
