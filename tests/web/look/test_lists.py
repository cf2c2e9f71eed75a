"""A list filters, sorts, turns pages and exports; nothing asked of it breaks it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pytest
from django.test import RequestFactory

from donbay.web.look.tables import Choice, Column, Search, Table


@dataclass(frozen=True)
class Commune:
    """A commune with a figure that may be missing."""

    name: str
    level: str
    homes: float | None


COMMUNES = [
    Commune("Xã Đại Từ", "upland", 12.5),
    Commune("Xã Dân Tiến", "lowland", None),
    Commune("Xã Ea Tul", "upland", 0.0),
]
COLUMNS = (
    Column("name", "heading.unit_name", lambda x: x.name),
    Column("homes", "heading.value", lambda x: x.homes, number=True, may_hide=True),
    Column("level", "heading.status", lambda x: x.level, of_file=True),
)


def asked(query: str = "", rows: list[Commune] | None = None, **more: int) -> Table:
    request = RequestFactory().get(f"/{query}")
    levels = Choice("level", "board.level", [("upland", "Cao")], lambda x: x.level)
    found = COMMUNES if rows is None else rows
    search = Search(lambda x: x.name)
    return Table(request, found, COLUMNS, [levels], search, **more)  # type: ignore[arg-type]  # sizes alone


def names(table: Table) -> list[str]:
    return [row.name.removeprefix("Xã ") for row in table.page]


def test_letters_are_found_without_their_marks() -> None:
    assert names(asked("?q=dai+tu")) == ["Đại Từ"]


def test_a_filter_keeps_what_was_chosen() -> None:
    assert names(asked("?level=upland")) == ["Đại Từ", "Ea Tul"]


def test_names_stand_in_the_order_of_their_letters_not_of_their_bytes() -> None:
    assert names(asked("?sort=name")) == ["Đại Từ", "Dân Tiến", "Ea Tul"]


@pytest.mark.parametrize("sort", ["homes", "-homes"])
def test_what_is_missing_stands_last_and_zero_does_not(sort: str) -> None:
    assert names(asked(f"?sort={sort}"))[-1] == "Dân Tiến"


@pytest.mark.parametrize(
    "query",
    ["?page=0", "?page=99999999999999999999", "?page=x", "?sort=%00", "?sort=-"],
)
def test_a_strange_question_still_has_an_answer(query: str) -> None:
    assert len(names(asked(query, size=2))) in {1, 2}


def test_a_filter_keeps_the_days_that_the_page_shows() -> None:
    table = asked("?on=2026-01-01&q=x&page=3&level=upland")
    assert table.carried == [("on", "2026-01-01")]
    assert table.plain_address == "?on=2026-01-01"


def test_a_column_that_says_nothing_is_left_out() -> None:
    assert not asked(rows=[COMMUNES[1]]).shows["homes"]
    assert asked().shows["homes"]


def test_the_file_holds_every_page_and_more_columns() -> None:
    table = asked("?as=csv", size=1)
    assert table.exports
    text = table.csv().content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + len(COMMUNES)
    assert rows[1] == ["Xã Đại Từ", "12.5", "upland"]
    assert rows[2][1] == ""
    assert rows[3][1] == "0.0"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_the_file_runs_as_a_formula(start: str) -> None:
    row = Commune(f"{start}cmd|' /C calc'!A0", "upland", -1.0)
    text = asked(rows=[row]).csv().content.decode("utf-8-sig")
    name, homes, _ = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert name.startswith("'")
    assert homes == "-1.0"
