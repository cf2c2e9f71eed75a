"""Printed reports in a made-up language: all they say is ours to translate, or data."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from tests.made_up_language import SPOKEN, foreign, speak, words_of
from tests.reports.pictures import ALL
from tests.reports.province import AT, ORDER, matter
from tests.reports.test_money_and_tasks import TASKS, raised
from tests.small import OBSERVATIONS, PROGRAMME, SOURCES, TEXTS, UNITS

from donbay.domain.passages import ReportKind
from donbay.domain.verdicts import Status
from donbay.reports.charts import Chart
from donbay.reports.composing import compose
from donbay.reports.drawing import png, svg
from donbay.reports.matter import Matter, Remark
from donbay.reports.model import Report
from donbay.reports.rendering import rendered
from donbay.texts import Wording

SVG_TEXT = re.compile(r"<(?:text|title|desc)[^>]*>([^<]*)<")
SAID = re.compile(
    r'<(?:w:)?t(?: [^>/]*)?>([^<]+)<|descr="([^"]*)"|<sheet name="([^"]*)"'
)
FIELD = re.compile(r"\{pages?\}")  # where a writer sets the number of a page
PARTS = re.compile(r"(document|footer\d?|sheet\d+|sharedStrings|workbook)\.xml$")
REMARKS = [
    Remark("Difficulties", "a", "The road is out."),
    Remark("Proposals", "bc", "Mend the road."),
]
DATA = words_of(
    [
        *(TEXTS, UNITS, SOURCES, OBSERVATIONS, PROGRAMME, REMARKS, TASKS),
        *(ORDER.issuer, ORDER.number, ORDER.seat, ORDER.signer, ORDER.signer_title),
        "commune set",
    ]
)


@pytest.fixture
def found(tmp_path: Path) -> Matter:
    """With something in every section: money, tasks, remarks, what is behind."""
    one = raised(matter(tmp_path / "water"), 2023, 400, 400)
    programme = replace(one.programme, tasks=TASKS)
    late = [replace(row, status=Status.OFF_TRACK) for row in one.targets]
    below = [replace(row, status=Status.AT_RISK) for row in one.below]
    return replace(
        one,
        programme=programme,
        targets=late,
        below=below,
        remarks=REMARKS,
        reporters=2,
        synthetic=True,
    )


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch)


def made(
    found: Matter, kind: ReportKind = ReportKind.ANNUAL
) -> tuple[Report, list[str]]:
    """The report, and the texts drawn in its charts."""
    drawn: list[str] = []

    def draw(chart: Chart) -> bytes:
        drawn.extend(SVG_TEXT.findall(svg(chart, framed=True)))
        return png(chart, scale=0.5)

    order = replace(ORDER, kind=kind)
    return compose(found, order, Wording(SPOKEN), None, draw), drawn


def texts(part: object) -> Iterator[str]:
    """Every text of a model."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for one in fields(part):
            if one.name != "language":
                yield from texts(getattr(part, one.name))


def faults(said: Iterator[str] | list[str]) -> list[str]:
    bare = (FIELD.sub("", one) for one in said)
    return [f"{bad} in {one[:80]!r}" for one in bare if (bad := foreign(one, DATA))]


@pytest.mark.parametrize("kind", ReportKind)
def test_every_kind_of_report(found: Matter, kind: ReportKind) -> None:
    report, drawn = made(found, kind)
    assert drawn
    assert not faults([*texts(report), *drawn])


def pdf_texts(content: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(BytesIO(content)) as file:
        for page in file:
            yield page.get_textpage().get_text_range().replace("-\r\n", "")


def zipped_texts(content: bytes) -> Iterator[str]:
    """Of a document or workbook: texts, descriptions, names of sheets."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        for name in file.namelist():
            if PARTS.search(name):
                for one in SAID.findall(file.read(name).decode()):
                    yield unescape("".join(one))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "read"),
    [("pdf", pdf_texts), ("docx", zipped_texts), ("xlsx", zipped_texts)],
)
def test_every_file_of_a_report(
    found: Matter, form: str, read: Callable[[bytes], Iterator[str]]
) -> None:
    report, _ = made(found)
    said = list(read(rendered(report, form, AT)))
    assert sum(map(len, said)) > 2_000
    assert not faults(said)


def test_a_planted_text_is_found(
    found: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    speak(monkeypatch, without=["printed.money_note", "status.off_track"])
    report, drawn = made(found)
    wrong = "\n".join(faults([*texts(report), *drawn]))
    assert "hoạch" in wrong
    assert "chậm" in wrong
    said = pdf_texts(rendered(report, "pdf", AT))
    assert faults(said)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.__name__)
def test_no_chart_adds_a_word(chart: Callable[[str], Chart]) -> None:
    """Title, places and names are given; all else would be the chart's own."""
    drawn = chart(SPOKEN)
    given = words_of([drawn.frame, drawn.summary])
    said = SVG_TEXT.findall(svg(drawn, framed=True))
    known = given | words_of(
        ["Xã Võ Nhai Dân Tiến Nghinh Tường Phường Phan Đình Phùng s I II III"]
    )
    assert not [x for x in said if foreign(unescape(x), known)]
