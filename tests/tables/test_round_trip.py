"""What was read and written again reads as the same."""

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables.folders import ACTS, HEADER, PROGRAMME, UNITS, make

from donbay.tables import Tables, read_folder, write_folder, write_rows

TEXT = st.text(
    st.sampled_from("aé,\"\n;'=") | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=8,
)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
UNIT = st.sampled_from(["p", "c"])
INDICATORS = st.sampled_from(
    [
        ("poor_households", "2025-Q1", ("", "male", "female")),
        ("households", "2024-Q4", ("",)),
        ("growth", "2024", ("",)),
        ("roads", "2021/2025", ("",)),
    ]
)
BOUNDS = st.sampled_from(
    ["", "exact", "about", "more_than", "at_least", "under", "at_most"]
)
NUMBERS = st.none() | st.floats(0, 1e300) | st.integers(0, 10**18)
MOMENTS = st.datetimes(
    datetime(1950, 1, 1),  # noqa: DTZ001 -- the zone comes from the other strategy
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def quoted(text: object) -> str:
    return '"' + ("" if text is None else str(text)).replace('"', '""') + '"'


@st.composite
def observations(draw: st.DrawFn) -> str:
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        indicator, period, categories = draw(INDICATORS)
        cells = (
            draw(UNIT),
            indicator,
            period,
            draw(st.sampled_from(categories)),
            draw(NUMBERS),
            draw(BOUNDS),
            draw(MOMENTS),
            draw(TEXT),
        )
        rows.append(",".join(map(quoted, cells)) + "\n")
    return HEADER + "".join(rows)


@st.composite
def units(draw: st.DrawFn) -> str:
    row = "c,{code},{name},commune,p,{first},{last},{region},{tags}\n"
    cut, gap = draw(DAYS), draw(st.integers(1, 50))
    name = st.text(st.sampled_from("Xã ,\"'á"), min_size=1).filter(str.strip)
    head = UNITS.splitlines(keepends=True)
    versions = [(None, cut), (cut + timedelta(gap), None)]
    rows = [
        row.format(
            code=quoted(draw(TEXT)),
            name=quoted(draw(name)),
            first=first or "",
            last=last or "",
            region=quoted(draw(TEXT)),
            tags=quoted(draw(TEXT)),
        )
        for first, last in versions
    ]
    return "".join([*head[:2], *rows])


def again(tables: Tables, folder: Path, form: str) -> Tables:
    folder.mkdir()
    write_folder(tables, folder, form)
    return read_folder(folder, PROGRAMME)


def assert_same(one: Tables, other: Tables) -> None:
    assert other.territory.versions == one.territory.versions
    assert other.territory.successions == one.territory.successions
    assert other.observations() == one.observations()
    assert other.acts == one.acts


@pytest.mark.slow
@given(observations(), st.sampled_from(["csv", "parquet"]))
def test_reports_written_and_read_are_the_same(text: str, form: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = make(Path(name), observations=text)
        tables = read_folder(folder, PROGRAMME)
        assert_same(tables, again(tables, folder / "again", form))


@pytest.mark.slow
@given(units(), st.sampled_from(["csv", "parquet"]))
def test_units_written_and_read_are_the_same(text: str, form: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = make(
            Path(name), observations=HEADER, units=text, successions=None, acts=None
        )
        tables = read_folder(folder, PROGRAMME)
        assert_same(tables, again(tables, folder / "again", form))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_written_and_read_is_the_same(tmp_path: Path, form: str) -> None:
    tables = read_folder(make(tmp_path, acts=ACTS), PROGRAMME)
    assert_same(tables, again(tables, tmp_path / "again", form))


def written(form: str, **columns: Sequence[object]) -> bytes:
    output = BytesIO()
    write_rows(columns, form, output)
    return output.getvalue()


def test_parquet_says_which_columns_are_never_empty() -> None:
    columns: dict[str, Sequence[object]] = {
        "unit": pa.array(["c", "n"]).dictionary_encode(),
        "value": [1.5, float("nan")],
        "source": [None, None],
    }
    told = pq.read_schema(BytesIO(written("parquet", **columns)))
    assert [field.name for field in told if not field.nullable] == ["unit"]
    none = pq.read_table(BytesIO(written("parquet", unit=[])))
    assert none.num_rows == 0


def test_rows_are_written_plainly() -> None:
    columns: dict[str, Sequence[object]] = {
        "unit": pa.array(["c", "=n"]).dictionary_encode(),
        "value": [1.5, float("nan")],
        "day": [date(2025, 7, 1), None],
    }
    assert written("csv", **columns).decode().splitlines() == [
        '"unit","value","day"',
        '"c",1.5,2025-07-01',
        '"=n",,',
    ]
    assert json.loads(written("json", **columns)) == [
        {"unit": "c", "value": 1.5, "day": "2025-07-01"},
        {"unit": "=n", "value": None, "day": None},
    ]
    table = pa.parquet.read_table(pa.BufferReader(written("parquet", **columns)))
    assert table["value"].to_pylist() == [1.5, None]


def test_no_rows_are_written_as_none() -> None:
    assert json.loads(written("json", unit=[])) == []
    assert written("csv", unit=pa.array([], pa.string())) == b'"unit"\n'


def test_an_unknown_format_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="xml"):
        written("xml", unit=["c"])
