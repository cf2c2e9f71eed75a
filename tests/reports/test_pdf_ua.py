"""The PDF for who does not see it: two readers that its maker has no part in.

One is a checker of PDF/UA-1 (`page`), the other PDFium, which says in what order a
report is heard. What only a person can judge, neither tells.
"""

from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import page
import pytest
from tests.reports.province import AT, matter, report
from tests.reports.tagged import Page, Tag, read

from donbay.reports.model import Block, Figure, Listing, Paragraph, Report, Table
from donbay.reports.rendering import rendered
from donbay.texts import LANGUAGES

pytestmark = pytest.mark.slow
RULES = 100  # of PDF/UA-1 that the checker knows, at least
in_every_language = pytest.mark.parametrize("language", LANGUAGES)
# What is broken in a sound file, and the point of the Matterhorn protocol that it is.
FAULTS = {
    "no words for a picture (13)": (b"/Alt", b"/Xlt"),
    "no language (11)": (b"/Lang", b"/Xang"),
    "not said to be PDF/UA (6)": (b"pdfuaid:part", b"pdfuaid:xart"),
    "no title (6)": (b"dc:title", b"dc:xitle"),
    "title not shown (7)": (b"/DisplayDocTitle", b"/XisplayDocTitle"),
    "not said to be tagged (1)": (b"/MarkInfo", b"/XarkInfo"),
    "no tree of tags (1)": (b"/StructTreeRoot", b"/XtructTreeRoot"),
    "headings begin at the third (14)": (b"/H1", b"/H3"),
    "a font is not in the file (31)": (b"/FontFile2", b"/XontFile2"),
    "letters cannot be told (10)": (b"/ToUnicode", b"/XoUnicode"),
    "glyphs cannot be told (31)": (b"/CIDToGIDMap", b"/XIDToGIDMap"),
}


@cache
def written(language: str) -> tuple[Report, bytes]:
    with TemporaryDirectory() as folder:
        made = report(matter(Path(folder) / "water"), language, charts=True)
    return made, rendered(made, "pdf", AT)


def pages(content: bytes) -> list[Page]:
    return read(content)


def tags(found: list[Page]) -> list[tuple[Page, Tag]]:
    return [(one, tag) for one in found for top in one.tags for tag in top.tags]


# --- the checker ---------------------------------------------------------------------


@in_every_language
def test_the_pdf_passes_a_check_that_its_maker_has_no_part_in(language: str) -> None:
    checked = page.validate_pdf_bytes(written(language)[1], profile="ua1")
    assert [(f.rule_id, f.message) for f in checked.failures] == []
    assert checked.is_compliant
    assert checked.rules.total > RULES


@pytest.mark.parametrize("fault", FAULTS)
def test_the_check_would_find(fault: str) -> None:
    sound, content = FAULTS[fault], written("vi")[1]
    broken = content.replace(*sound)
    assert broken != content
    assert not page.validate_pdf_bytes(broken, profile="ua1").is_compliant


# --- what a reader is told -----------------------------------------------------------


@in_every_language
def test_all_that_stands_on_a_page_is_tagged_once_or_decor(language: str) -> None:
    for one in pages(written(language)[1]):
        assert one.unmarked == 0
        assert sorted(one.numbers) == sorted(one.texts)


@pytest.mark.parametrize("gone", [b"/StructParents", b"/ParentTree"])
def test_content_that_no_tag_leads_to_would_be_found(gone: bytes) -> None:
    """The checker lets both pass."""
    content = written("vi")[1]
    broken = content.replace(gone, b"/X" + gone[2:])
    assert broken != content
    assert any(sorted(one.numbers) != sorted(one.texts) for one in pages(broken))


@in_every_language
def test_a_table_is_heard_as_rows_whose_columns_have_titles(language: str) -> None:
    """A table that goes on has its titles once for the reader, decor on later pages."""
    found = [tag for _, tag in tags(pages(written(language)[1]))]
    rows = [tag for tag in found if tag.kind == "TR"]
    assert rows
    assert all({part.kind for part in _below(row)} <= {"TH", "TD"} for row in rows)
    heads = [tag for tag in found if tag.kind == "TH"]
    assert {tag.scope for tag in heads} == {"Column"}


def test_titles_of_columns_that_do_not_say_so_would_be_found() -> None:
    broken = written("vi")[1].replace(b"/Scope", b"/Xcope")
    heads = [tag for _, tag in tags(pages(broken)) if tag.kind == "TH"]
    assert {tag.scope for tag in heads} == {""}


def _below(tag: Tag) -> list[Tag]:
    return [part for part in tag.parts if isinstance(part, Tag)]


@in_every_language
def test_a_chart_says_in_words_what_it_is_of_and_what_it_shows(language: str) -> None:
    told = [tag.alternative for _, tag in tags(pages(written(language)[1]))]
    charts = [text for text in told if text]
    assert len(charts) > 1
    for text in charts:
        title, _, shown = text.partition(":")
        assert any(letter.isalpha() for letter in title)
        assert any(letter.isdigit() for letter in shown)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "ar"])
def test_a_report_is_heard_in_the_order_in_which_it_was_written(language: str) -> None:
    """Of Arabic, PDFium tells letters as they stand, not as they are read."""
    made, content = written(language)
    found = pages(content)
    heard = _plain("".join(one.said(top) for one in found for top in one.tags))
    at = 0
    for text in _texts(made):
        at = heard.find(_plain(text), at)
        assert at >= 0, text
        at += len(_plain(text))


def _texts(made: Report) -> list[str]:
    blocks = [(one.title, one.blocks) for one in (*made.sections, *made.annexes)]
    return [text for title, some in blocks for text in (title, *_said(some))]


def _said(blocks: tuple[Block, ...]) -> list[str]:
    return list(chain.from_iterable(_of(block) for block in blocks))


def _of(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [block.text]
        case Listing():
            return list(block.points)
        case Table():
            cells = [cell for row in block.rows for cell in row]
            texts = [c.text if isinstance(c, Figure) else c for c in cells]
            titles = [column.title for column in block.columns]
            return [block.caption, *titles, *texts, block.note]
    return [block.caption]


def _plain(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "")
