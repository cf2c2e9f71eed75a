"""Charts become SVG and PNG, with one font that has every letter we write."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from tests.reports.pictures import ALL, PLACES, clean_water, frame, standing

from donbay.reports import drawing
from donbay.reports.charts import Chart
from donbay.reports.lines import broken, width, widths
from donbay.reports.palette import DARK
from donbay.texts import LANGUAGES
from donbay.texts.catalogue import ROOMS, room

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
every_language = pytest.mark.parametrize("language", LANGUAGES)


def size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def blank(letter: str) -> bytes:
    """A letter alone, as small as it still differs from an empty box."""
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
        f'<text x="4" y="18" font-size="16">&#{ord(letter)};</text></svg>'
    )
    return drawing.rasterised(text, scale=1)


@pytest.mark.slow
@pytest.mark.parametrize("made", ALL, ids=lambda made: made.__name__)
@every_language
def test_every_chart_is_drawn_in_every_language(
    made: Callable[[str], Chart], language: str
) -> None:
    chart = made(language)
    drawn = fromstring(drawing.svg(chart, framed=True))  # noqa: S314 -- made by us
    assert drawn.tag == f"{SVG}svg"
    assert drawn.findtext(f"{SVG}title") == frame(language).title
    assert drawn.findtext(f"{SVG}desc") == chart.summary
    assert size(drawing.png(chart, scale=1)) == (640, chart.height())


def test_texts_stay_texts() -> None:
    drawn = drawing.svg(standing(), framed=True)
    assert all(f">{place}<" in drawn for place in PLACES[:3])
    assert ">đúng tiến độ<" in drawn


def test_the_dark_palette_is_drawn_on_its_own_paper() -> None:
    assert DARK["paper"] in drawing.svg(clean_water(), palette=DARK)


def test_charts_are_drawn_from_many_threads() -> None:
    with ThreadPoolExecutor(4) as threads:
        charts = [clean_water(language) for language in LANGUAGES]
        assert all(d.startswith("<svg") for d in threads.map(drawing.svg, charts))


def strings(path: Path) -> Iterator[str]:
    yield path.read_text(encoding="utf-8")


def written() -> Iterator[str]:
    """All that pictures may be asked to say: catalogues, packs, places."""
    for language in LANGUAGES:
        for name in ROOMS:
            yield from room(name, language).values()
    for pattern in ("packs/**/*.yaml", "examples/*/*.csv", "examples/*/pack/**/*.yaml"):
        for path in ROOT.glob(pattern):
            yield from strings(path)


def test_the_font_has_every_letter_that_we_write() -> None:
    letters = {letter for text in written() for letter in text}
    assert letters - widths().keys() - set("\n\t\r\ufeff") == set()


@pytest.mark.slow
def test_no_letter_of_vietnamese_or_arabic_is_drawn_as_an_empty_box() -> None:
    box = blank("\U0010fffd")
    assert box != blank(" ")
    arabic = {x for n in ROOMS for t in room(n, "ar").values() for x in t}
    vietnamese = {x for n in ROOMS for t in room(n, "vi").values() for x in t}
    seen = {x for x in arabic | vietnamese if x.isprintable() and not x.isspace()}
    assert len(seen) > 200
    assert [x for x in sorted(seen) if blank(x) == box] == []


def test_lines_are_broken_at_the_room_that_their_letters_need() -> None:
    lines = broken("Xã Nghinh Tường và các thôn vùng cao", 100, 12)
    assert len(lines) > 1
    assert all(width(line, 12) <= 100 for line in lines)
    assert " ".join(lines) == "Xã Nghinh Tường và các thôn vùng cao"


def test_a_percentage_is_one_word() -> None:
    assert broken("95 % hộ có nước sạch", 1, 12)[0] == "95\u00a0%"
    assert broken("63,2\u00a0% des foyers", 1, 12)[0] == "63,2\u00a0%"
    assert broken("", 100, 12) == broken(" ", 100, 12)
