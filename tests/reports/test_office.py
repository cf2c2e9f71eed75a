"""The DOCX as LibreOffice shows it: every letter drawn, and read from its own side."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pypdfium2
import pytest
from tests.reports.office import Drawn, drawn, missing, shown, without_glyph
from tests.reports.province import AT, matter, report

from donbay.reports.rendering import rendered
from donbay.texts import LANGUAGES

pytestmark = pytest.mark.slow
IN_NO_FONT = "\U0010fffd"  # belongs to nobody, so no font of anybody draws it
MARGIN = 2 / 2.54 * 72  # of the page, in points
LINE = 6  # points: letters of one line stand on about the same height
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def written(folder: Path) -> dict[str, bytes]:
    found = matter(folder / "water")
    return {
        language: rendered(report(found, language, charts=True), "docx", AT)
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def seen(written: dict[str, bytes], folder: Path) -> dict[str, Path]:
    return shown(written, folder)


@in_every_language
def test_every_letter_is_drawn_by_a_font_that_has_it(
    written: dict[str, bytes], seen: dict[str, Path], language: str
) -> None:
    found = drawn(seen[language])
    assert found.total() > 1_000
    assert without_glyph(found) == set()
    assert not missing(written[language], seen[language])


def test_a_letter_that_no_font_has_would_be_found(folder: Path) -> None:
    found = matter(folder / "water")
    name = replace(found.ground["a"], name=f"Xã {IN_NO_FONT}")
    renamed = replace(found, ground={**found.ground, "a": name})
    made = rendered(report(renamed, "vi"), "docx", AT)
    path = shown({"planted": made}, folder)["planted"]
    assert {letter for letter, _ in without_glyph(drawn(path))} == {IN_NO_FONT}


def test_a_letter_that_is_left_out_would_be_found(
    written: dict[str, bytes], seen: dict[str, Path]
) -> None:
    document = python_docx.Document(BytesIO(written["vi"]))
    document.add_paragraph("Ẵ")
    document.save(more := BytesIO())
    assert not missing(written["vi"], seen["vi"])
    assert missing(more.getvalue(), seen["vi"]) == {"Ẵ": 1}


def test_a_letter_that_its_font_lacks_is_known_from_one_it_has(
    seen: dict[str, Path],
) -> None:
    """The fonts are those of this machine; each has its own letters and no others."""
    fonts = {font for _, font in drawn(seen["vi"])}
    some: set[Drawn] = {(letter, font) for font in fonts for letter in "ộ\uffff"}
    lacking = without_glyph(some)
    assert lacking >= {("\uffff", font) for font in fonts}
    assert not lacking >= {("ộ", font) for font in fonts}


@pytest.mark.parametrize(("language", "first_is_left"), [("vi", True), ("ar", False)])
def test_columns_stand_in_the_readers_order(
    seen: dict[str, Path], language: str, *, first_is_left: bool
) -> None:
    """The place stands where reading begins, its figures on the other side."""
    places = list(_places(seen[language], ("Xã An", "90 homes")))
    assert places
    assert all((name < source) is first_is_left for name, source in places)


def _places(path: Path, texts: tuple[str, str]) -> Iterator[tuple[float, float]]:
    """Where two texts of the same line of the annex begin, from the left."""
    with pypdfium2.PdfDocument(path) as file:
        for one in file:
            text = one.get_textpage()
            spots = []
            for wanted in texts:
                hit = text.search(wanted).get_next()
                if hit is not None:
                    spots.append(text.get_charbox(hit[0]))
            if len(spots) == len(texts) and abs(spots[0][1] - spots[1][1]) < 20:
                yield spots[0][0], spots[1][0]


@in_every_language
def test_a_heading_begins_at_the_readers_side(
    seen: dict[str, Path], folder: Path, language: str
) -> None:
    titles = [one.title for one in report(matter(folder / "water"), language).sections]
    begins = dict(_begins(seen[language], titles, turned=language == "ar"))
    assert len(begins) > len(titles) / 2  # those whose letters are found in a row
    assert list(begins.values()) == pytest.approx([MARGIN] * len(begins), abs=4)


def _begins(
    path: Path, titles: Sequence[str], *, turned: bool
) -> Iterator[tuple[str, float]]:
    """How far the lines in which titles stand begin from the side of the page."""
    with pypdfium2.PdfDocument(path) as file:
        for one in file:
            told = one.get_textpage()
            boxes = [told.get_charbox(n) for n in range(told.count_chars())]
            for title in titles:
                hit = told.search(title).get_next()
                if hit is not None:
                    line = [b for b in boxes if abs(b[1] - boxes[hit[0]][1]) < LINE]
                    left, right = min(b[0] for b in line), max(b[2] for b in line)
                    yield title, one.get_width() - right if turned else left
