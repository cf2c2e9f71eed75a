"""A chart in a page has its table, its source and its files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.http import Http404
from django.template import Context, Template
from django.test import RequestFactory
from tests.reports.pictures import clean_water

from donbay.reports.charts import Chart, Names, trend
from donbay.web.look.charts import Cell, Figure, figure, handed_out, plain, shared

FORMULA = "=Niên giám"


def shown(chart: Chart | None = None) -> Figure:
    return Figure(
        "trend",
        ["Kỳ", "Giá trị"],
        [
            [Cell("2025", "2025"), figure("63,2%", 63.2)],
            [plain(FORMULA), figure("", None)],
        ],
        chart or clean_water(),
    )


def page(one: Figure, **given: object) -> str:
    return Template("{% chart figure %}").render(Context({"figure": one, **given}))


def test_its_table_stands_open_for_who_has_no_javascript() -> None:
    html = page(shown(), chart_files="?")
    assert '<details class="chart-table" open>' in html
    assert '<td class="n" data-label="Giá trị">63,2%</td>' in html
    assert '<noscript><img class="chart-still" src="?chart=trend&amp;file=svg"' in html


def test_it_says_itself_to_who_does_not_see_it() -> None:
    html = page(shown())
    assert 'role="img" aria-label="Nước sạch 2025: 63,2%"' in html
    assert "13-NQ/TU" in html


def test_the_page_draws_what_is_printed_with_the_palettes_for_light_and_dark() -> None:
    data = json.loads(shown().data)
    assert data["option"] == json.loads(json.dumps(clean_water().option))
    assert set(data["palettes"]) == {"light", "dark"}


def test_nothing_is_drawn_of_nothing_and_the_table_stays() -> None:
    frame = clean_water().frame
    none = trend(frame, Names("v", "p", "t"), [], [], target=1, summary="")
    html = page(shown(none), chart_files="?")
    assert "data-chart" not in html
    assert "<table" in html
    assert "file=png" not in html
    assert "file=csv" in html


@pytest.mark.parametrize(
    ("kind", "begins", "type_"),
    [
        ("png", b"\x89PNG", "image/png"),
        ("svg", b"<svg", "image/svg+xml"),
        ("csv", "\ufeffKỳ".encode(), "text/csv; charset=utf-8"),
    ],
)
def test_its_files_are_handed_out(kind: str, begins: bytes, type_: str) -> None:
    request = RequestFactory().get(f"/?chart=trend&file={kind}")
    answer = handed_out(request, [None, shown()])
    assert answer is not None
    assert answer.content.startswith(begins)
    assert answer["Content-Type"] == type_
    assert "sandbox" in answer["Content-Security-Policy"]


def test_its_csv_has_bare_values_and_runs_nothing() -> None:
    request = RequestFactory().get("/?chart=trend&file=csv")
    answer = handed_out(request, [shown()])
    assert answer is not None
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["Kỳ", "Giá trị"], ["2025", "63.2"], [f"'{FORMULA}", ""]]


@pytest.mark.parametrize("asked", ["chart=other&file=png", "chart=trend&file=exe"])
def test_a_file_that_there_is_not_is_not_found(asked: str) -> None:
    with pytest.raises(Http404):
        handed_out(RequestFactory().get(f"/?{asked}"), [shown()])


def test_without_the_question_the_page_goes_on() -> None:
    assert handed_out(RequestFactory().get("/?on=2026-01-01"), [shown()]) is None


def test_files_are_of_the_days_that_the_page_shows() -> None:
    request = RequestFactory().get("/?on=2026-01-01&chart=trend&file=png")
    assert shared(request) == {"chart_files": "?on=2026-01-01&"}
