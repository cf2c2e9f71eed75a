"""Many rows are written as few are: the same hash, the same cells, to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donbay.web.ledger import queries, writing
from donbay.web.ledger.columns import Coded, Table, as_json
from donbay.web.ledger.queries import rows_hash

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 3))
ROWS = st.lists(st.tuples(TEXTS, NUMBERS, DAYS, TEXTS), max_size=30)


def plain(rows: list[tuple[object, ...]]) -> Table:
    columns = list(zip(*rows, strict=True)) or [()] * 4
    return [range(7, 7 + len(rows)), *columns]


def coded(rows: list[tuple[object, ...]]) -> Table:
    seq, unit, value, day, source = plain(rows)
    numbers = [np.nan if one is None else one for one in value]
    return [
        *(seq, by_cell(unit), Coded.of_numbers(np.array(numbers, np.float64))),
        *(by_cell(day), by_cell(source)),
    ]


def by_cell(column: Sequence[object]) -> Coded:
    cells = sorted(set(column), key=repr)
    places = {cell: place for place, cell in enumerate(cells)}
    return Coded.of(cells, np.array([places[cell] for cell in column], np.int32))


@given(ROWS)
def test_the_hash_is_that_of_plain_rows(rows: list[tuple[object, ...]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "CHUNK", 7)
        assert rows_hash(coded(rows)) == rows_hash(plain(rows))


@given(ROWS)
def test_postgresql_is_told_the_same(rows: list[tuple[object, ...]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "AT_ONCE", 7)
        many = b"".join(map(bytes, writing._lines(coded(rows))))  # type: ignore[arg-type]  # bytes  # noqa: SLF001 -- the text is the claim
        few = "".join(map(str, writing._lines(plain(rows))))  # noqa: SLF001 -- as above
    assert many.decode() == few


@given(ROWS)
def test_sqlite_is_told_the_same(rows: list[tuple[object, ...]]) -> None:
    whole = slice(None)
    many, few = (writing._cells_of(one(rows), whole).tolist() for one in (coded, plain))  # noqa: SLF001 -- as above
    assert repr(many) == repr(few)


def test_a_cell_that_comes_again_is_there_once() -> None:
    column = Coded.of(["Bắc", "Nam", "Bắc", "Đông"], np.array([0, 2, 3, 0]))
    assert column.cells == ("Bắc", "Đông")
    assert list(column) == ["Bắc", "Bắc", "Đông", "Bắc"]
    assert column[2] == "Đông"
    assert column[1:3] == ["Bắc", "Đông"]


def test_a_zero_keeps_its_sign_and_no_number_is_none() -> None:
    column = Coded.of_numbers(np.array([0.0, -0.0, np.nan, 1e300]))
    assert list(map(as_json, column)) == ["0.0", "-0.0", "null", "1e+300"]
