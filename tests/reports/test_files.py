"""The three files of a report: readable by all, with nothing in them that runs."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest
import python_calamine
from docx.oxml.ns import qn
from tests.reports.pictures import frame, standing
from tests.reports.province import AT, ORDER, matter, report

from donbay.domain.territory import Version
from donbay.reports.charts import bars_by_place
from donbay.reports.lines import unknown
from donbay.reports.matter import Matter
from donbay.reports.model import Report
from donbay.reports.pdf import NoGlyph
from donbay.reports.rendering import drawn, rendered
from donbay.texts import LANGUAGES
from donbay.texts.catalogue import ROOMS, room

EVIL = "=1+1 #evil[x] *b* $x$ <b>&amp;</b> {place}"
ROOT = Path(__file__).parents[2]
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def found(tmp_path: Path) -> Matter:
    return matter(tmp_path / "water")


def renamed(found: Matter, name: str) -> Matter:
    """The commune of An under another name."""
    version: Version = found.ground["a"]
    return replace(found, ground={**found.ground, "a": replace(version, name=name)})


def pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as file:
        return "\n".join(one.get_textpage().get_text_bounded() for one in file)


def test_a_letter_that_no_font_has_is_refused_and_not_left_out(found: Matter) -> None:
    with pytest.raises(NoGlyph, match="日"):
        rendered(report(renamed(found, "日本")), "pdf", AT)


def test_a_letter_that_no_font_has_is_refused_in_a_chart_too() -> None:
    """A picture would show a box for it, in the PDF and in the DOCX."""
    assert drawn(standing("ar"))
    chart = bars_by_place(frame("vi"), [("Xã 日本", 5.0)], "2025", "by place")
    with pytest.raises(NoGlyph, match="日本"):
        drawn(chart)


@in_every_language
def test_every_letter_of_the_house_and_its_packs_is_in_our_fonts(language: str) -> None:
    """So no chart, whose texts nobody checks but this, can show a box."""
    texts = [text for name in ROOMS for text in room(name, language).values()]
    for place in ("packs", "src/donbay/synthetic", "tests/web/water"):
        found = (ROOT / place).rglob(f"texts/{language}.yaml")
        texts += [path.read_text("utf-8") for path in found]
    assert len(texts) > 1_000
    assert not {letter for text in texts for letter in unknown(text)}


@in_every_language
def test_every_word_of_the_house_has_its_glyphs(found: Matter, language: str) -> None:
    """typst refuses the whole file for one letter that it cannot show."""
    assert rendered(report(found, language), "pdf", AT).startswith(b"%PDF-")


def test_a_name_is_never_read_as_markup(found: Matter) -> None:
    evil = renamed(found, EVIL)
    flat = "".join(pdf_text(rendered(report(evil), "pdf", AT)).split())
    assert "".join(EVIL.split()) in flat
    opened = python_docx.Document(BytesIO(rendered(report(evil), "docx", AT)))
    assert any(EVIL in (one.text or "") for one in opened.element.body.iter(qn("w:t")))


def test_the_same_report_is_the_same_file(found: Matter) -> None:
    made = report(found)
    assert rendered(made, "pdf", AT) == rendered(made, "pdf", AT)
    assert rendered(made, "docx", AT) == rendered(made, "docx", AT)
    assert rendered(made, "xlsx", AT) == rendered(made, "xlsx", AT)


def _beginning(told: pypdfium2.PdfTextPage, wanted: str) -> float:
    """How far from the left a text begins on a page."""
    found = told.search(wanted).get_next()
    assert found is not None
    left: float = told.get_charbox(found[0])[0]
    return left


def test_in_arabic_the_number_of_a_document_is_not_turned_around(
    found: Matter,
) -> None:
    """45/BC would be shown as BC/45, and 1/NQ-HDND as NQ-HDND/1."""
    content = rendered(report(found, "ar"), "pdf", AT)
    with pypdfium2.PdfDocument(content) as file:
        told = file[0].get_textpage()
        for digits, letters in (("45", "BC"), ("1/", "NQ")):
            first, last = (_beginning(told, part) for part in (digits, letters))
            assert first < last


def test_a_report_that_nobody_signs_has_no_empty_page_for_it(found: Matter) -> None:
    unsigned = replace(ORDER, signer="", signer_title="")
    for order, signed in ((ORDER, True), (unsigned, False)):
        made = report(found, order=order)
        with pypdfium2.PdfDocument(rendered(made, "pdf", AT)) as file:
            told = [one.get_textpage().get_text_bounded() for one in file]
        assert any(ORDER.signer in one for one in told) is signed
        assert all(len(one) > len("Page 1 of 9") + 10 for one in told)
        body = python_docx.Document(BytesIO(rendered(made, "docx", AT))).element.body
        frames = [
            t for t in body.iter(qn("w:tbl")) if not list(t.iter(qn("w:tblBorders")))
        ]
        assert len(frames) == 1 + signed  # the head, and the signature


# --- DOCX ---


def test_in_arabic_every_paragraph_run_and_table_goes_from_right_to_left(
    found: Matter,
) -> None:
    made = rendered(report(found, "ar", charts=True), "docx", AT)
    body = python_docx.Document(BytesIO(made)).element.body
    written = [one for one in body.iter(qn("w:p")) if list(one.iter(qn("w:t")))]
    assert written
    assert all(one.pPr.find(qn("w:bidi")) is not None for one in written)
    runs = [one for one in body.iter(qn("w:r")) if list(one.iter(qn("w:t")))]
    assert all(one.rPr.find(qn("w:rtl")) is not None for one in runs)
    tables = list(body.iter(qn("w:tbl")))
    assert all(one.tblPr.find(qn("w:bidiVisual")) is not None for one in tables)


def test_in_french_nothing_goes_from_right_to_left(found: Matter) -> None:
    made = rendered(report(found, "fr"), "docx", AT)
    body = python_docx.Document(BytesIO(made)).element.body
    assert not list(body.iter(qn("w:bidi"), qn("w:rtl"), qn("w:bidiVisual")))


def test_headings_repeat_on_each_page_and_charts_say_what_they_show(
    found: Matter,
) -> None:
    opened = python_docx.Document(
        BytesIO(rendered(report(found, charts=True), "docx", AT))
    )
    body = opened.element.body
    framed = [t for t in body.iter(qn("w:tbl")) if list(t.iter(qn("w:tblBorders")))]
    assert framed
    for table in framed:
        first = table.find(qn("w:tr"))
        assert list(first.iter(qn("w:tblHeader")))
    shown = list(body.iter(qn("wp:docPr")))
    assert shown
    assert all(one.get("descr") for one in shown)


# --- XLSX ---


def sheets(made: Report) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(rendered(made, "xlsx", AT))) as file:
        return {
            name: file.read(name).decode()
            for name in file.namelist()
            if name.startswith("xl/worksheets/sheet")
        }


def test_no_cell_of_a_workbook_starts_a_formula_or_a_link(found: Matter) -> None:
    for text in sheets(report(renamed(found, "=HYPERLINK(1)"))).values():
        assert not re.search(r"<(\w+:)?(f|hyperlinks?)\b", text)
        assert not re.search(r'\bt="(str|e)"', text)


def test_the_figures_of_a_workbook_are_numbers(found: Matter) -> None:
    made = report(found, "vi")
    book = python_calamine.load_workbook(BytesIO(rendered(made, "xlsx", AT)))
    rows = book.get_sheet_by_name("Số liệu").to_python()
    value = rows[0].index("Giá trị")
    told = {(row[0], row[1]): row[value] for row in rows[1:]}
    assert told["Tỉnh Một", "Homes with clean water"] == 87.5
    assert told["Xã An", "Homes served"] == 90
    assert made.figures is not None
    assert len(rows) == 1 + len(made.figures.rows)


def test_the_sheets_of_an_arabic_workbook_begin_at_the_right(found: Matter) -> None:
    assert all(
        'rightToLeft="1"' in text for text in sheets(report(found, "ar")).values()
    )
