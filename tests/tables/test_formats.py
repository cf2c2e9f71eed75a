"""The same table as CSV, Parquet or XLSX gives the same, with its own traps refused."""

import csv
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.tables import sheets
from tests.tables.folders import (
    FILES,
    HEADER,
    OBSERVATIONS,
    PROGRAMME,
    make,
    read,
    refused,
    said,
)

from donbay.domain.ledger import Log
from donbay.domain.problems import Refused
from donbay.domain.quantities import Bound
from donbay.tables import Tables, read_folder

Cells = list[str | float | None]
COLUMNS: Cells = [*HEADER.strip().split(",")]
GOOD: Cells = ["c", "households", "2025-Q1", None, 7, None, "2025-04-01", None]
DAY_45748 = "2025-04-01"  # as a spreadsheet counts days


def rows_of(text: str) -> list[list[str | None]]:
    return [[cell or None for cell in row] for row in csv.reader(text.splitlines())]


def same(one: Tables, other: Tables) -> bool:
    return (
        one.territory.versions == other.territory.versions
        and one.territory.successions == other.territory.successions
        and one.observations() == other.observations()
        and one.acts == other.acts
    )


def with_sheet(
    folder: Path, rows: sheets.Rows, name: str = "observations", down: int = 0
) -> Path:
    make(folder)
    (folder / "observations.csv").unlink()
    sheets.write(folder / "observations.xlsx", {name: rows}, down=down)
    return folder


def with_parquet(folder: Path, table: pa.Table, groups: int = 1000) -> Path:
    make(folder)
    (folder / "observations.csv").unlink()
    pq.write_table(table, folder / "observations.parquet", row_group_size=groups)
    return folder


def refused_there(folder: Path) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(Refused) as caught:
        read_folder(folder, PROGRAMME)
    return [said(problem) for problem in caught.value.problems]


def test_a_folder_of_workbooks_reads_as_one_of_texts(tmp_path: Path) -> None:
    texts, books = tmp_path / "texts", tmp_path / "books"
    texts.mkdir()
    books.mkdir()
    for name, content in FILES.items():
        stem = name.removesuffix(".csv")
        sheets.write(books / f"{stem}.xlsx", {"Sheet1": rows_of(content)})
    assert same(read_folder(books, PROGRAMME), read(texts))


def test_a_folder_of_parquet_reads_as_one_of_texts(tmp_path: Path) -> None:
    texts, columns = tmp_path / "texts", tmp_path / "columns"
    texts.mkdir()
    columns.mkdir()
    for name, content in FILES.items():
        head, *rows = rows_of(content)
        cells = {
            str(h): list(c) for h, c in zip(head, zip(*rows, strict=True), strict=True)
        }
        table = pa.table({h: pa.array(c, pa.string()) for h, c in cells.items()})
        path = columns / name.replace(".csv", ".parquet")
        pq.write_table(table, path, row_group_size=2)
    assert same(read_folder(columns, PROGRAMME), read(texts))


def test_a_sheet_may_hold_numbers_and_days(tmp_path: Path) -> None:
    rows: list[Cells] = [
        COLUMNS,
        [*GOOD[:6], sheets.styled(45748, sheets.DAY), None],
        ["c", "income", 2024, None, 48.5, None, sheets.styled(45748.5, sheets.DAY)],
    ]
    found = read_folder(with_sheet(tmp_path, rows), PROGRAMME).observations()
    assert [o.value for o in found] == [7, 48.5]
    assert str(found[1].period) == "2024"
    assert [o.recorded_at.strftime("%Y-%m-%d %H") for o in found] == [
        f"{DAY_45748} 00",
        f"{DAY_45748} 12",
    ]


def test_the_sheet_of_the_same_name_is_read(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "observations.csv").unlink()
    book: dict[str, sheets.Rows] = {
        "notes": [["hello"]],
        "observations": [COLUMNS, GOOD],
    }
    sheets.write(tmp_path / "observations.xlsx", book)
    assert len(read_folder(tmp_path, PROGRAMME).observations()) == 1


def test_a_choice_of_sheets_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "observations.csv").unlink()
    sheets.write(tmp_path / "observations.xlsx", {"one": [["x"]], "two": [["x"]]})
    assert refused_there(tmp_path) == [("sheet_choice", None, None)]


def test_lines_of_a_sheet_are_its_own(tmp_path: Path) -> None:
    rows: list[Cells] = [COLUMNS, GOOD, [None] * 8, [*GOOD[:4], "x", *GOOD[5:]]]
    folder = with_sheet(tmp_path, rows, down=2)
    assert refused_there(folder) == [("number", 6, "value")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (sheets.formula("1+1"), "cell_formula"),
        (sheets.error("#DIV/0!"), "cell_error"),
        (sheets.styled(0.85, sheets.PERCENT), "cell_percent"),
        (sheets.styled(0.85, sheets.OWN_PERCENT), "cell_percent"),
    ],
)
def test_a_cell_whose_value_cannot_be_trusted_is_refused(
    tmp_path: Path, cell: sheets.Raw, code: str
) -> None:
    folder = with_sheet(tmp_path, [COLUMNS, GOOD, [*GOOD[:4], cell, *GOOD[5:]]])
    with pytest.raises(Refused) as caught:
        read_folder(folder, PROGRAMME)
    (problem,) = caught.value.problems
    assert said(problem) == (code, 3, "value")
    assert problem.parameters["cell"] == "E3"


def test_a_percent_format_where_no_number_is_asked_does_no_harm(
    tmp_path: Path,
) -> None:
    year: Cells = ["c", "income", sheets.styled(2024, sheets.PERCENT), None, 48.5, None]
    rows = [COLUMNS, [*year, "2025-01-20", None]]
    assert len(read_folder(with_sheet(tmp_path, rows), PROGRAMME).observations()) == 1


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "observations.csv").rename(tmp_path / "observations.xlsx")
    assert refused_there(tmp_path) == [("file_unreadable", None, None)]


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "observations.csv").rename(tmp_path / "observations.parquet")
    assert refused_there(tmp_path) == [("file_unreadable", None, None)]


def parquet_rows(**columns: pa.Array) -> pa.Table:
    given = {
        "unit": pa.array(["c"] * 3),
        "indicator": pa.array(["households"] * 3),
        "period": pa.array(["2025-Q1"] * 3),
        "value": pa.array([1.5, None, 3.5]),
        "recorded_at": pa.array(["2025-04-01"] * 3),
    }
    return pa.table({**given, **columns})


@pytest.mark.parametrize(
    "moments",
    [
        pa.array([datetime(2025, 4, 1, 7)] * 3, pa.timestamp("ns")),  # noqa: DTZ001
        pa.array([datetime(2025, 4, 1, 7)] * 3, pa.timestamp("ms")),  # noqa: DTZ001
        pa.array([datetime(2025, 4, 1, tzinfo=UTC)] * 3, pa.timestamp("us", "UTC")),
        pa.array(
            [datetime(2025, 4, 1, 7, tzinfo=timezone(timedelta(hours=7)))] * 3,
            pa.timestamp("s", "Asia/Bangkok"),
        ),
        pa.array(["2025-04-01T07:00"] * 3, pa.large_string()),
        pa.array(["2025-04-01T00:00Z"] * 3).dictionary_encode(),
    ],
    ids=lambda array: str(array.type),
)
def test_a_moment_may_be_of_any_type_that_holds_one(
    tmp_path: Path, moments: pa.Array
) -> None:
    folder = with_parquet(tmp_path, parquet_rows(recorded_at=moments))
    found = read_folder(folder, PROGRAMME).observations()
    assert {o.recorded_at for o in found} == {datetime(2025, 4, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    "values",
    [
        pa.array([1.5, None, 3.5], pa.float32()),
        pa.array(["1.5", None, "3.5"]),
        pa.array(["1.5", "", "3.5"]).dictionary_encode(),
        pa.array([1.5, None, 3.5]).cast(pa.decimal128(5, 2)),
    ],
    ids=lambda array: str(array.type),
)
def test_a_value_may_be_of_any_type_that_holds_one(
    tmp_path: Path, values: pa.Array
) -> None:
    folder = with_parquet(tmp_path, parquet_rows(value=values))
    found = read_folder(folder, PROGRAMME).observations()
    assert [o.value for o in found] == [1.5, None, 3.5]


def test_years_may_be_numbers(tmp_path: Path) -> None:
    years = {"indicator": pa.array(["income"] * 3), "period": pa.array([2024] * 3)}
    found = read_folder(with_parquet(tmp_path, parquet_rows(**years)), PROGRAMME)
    assert {str(o.period) for o in found.observations()} == {"2024"}


@pytest.mark.parametrize(
    ("column", "array", "wanted"),
    [
        ("value", pa.array([1.0, float("nan"), 2.0]), ("number_not_finite", 2)),
        ("value", pa.array([1.0, float("inf"), None]), ("number_not_finite", 2)),
        ("value", pa.array([[1], [2], [3]]), ("column_type", None)),
        ("value", pa.array(["1", "2", "x"]), ("number", 3)),
        ("unit", pa.array(["c", None, "c"]), ("empty", 2)),
        ("unit", pa.array([True, True, False]), ("column_type", None)),
        ("recorded_at", pa.array([1, 2, 3]), ("column_type", None)),
        (
            "recorded_at",
            pa.array([0, -(10**17), None], pa.timestamp("us")),
            ("moment_range", 2),
        ),
        ("period", pa.array(["2025-Q1", "2025-Q1", "2025"]), ("period_frequency", 3)),
    ],
)
def test_parquet_is_refused_by_row(
    tmp_path: Path, column: str, array: pa.Array, wanted: tuple[str, int | None]
) -> None:
    folder = with_parquet(tmp_path, parquet_rows(**{column: array}))
    code, row = wanted
    assert (code, row, column) in refused_there(folder)


def test_names_that_no_row_uses_do_no_harm(tmp_path: Path) -> None:
    units = pa.DictionaryArray.from_arrays(
        pa.array([1, 1, 1], pa.int32()), pa.array(["nowhere", "c"])
    )
    folder = with_parquet(tmp_path, parquet_rows(unit=units))
    assert len(read_folder(folder, PROGRAMME).observations()) == 3


def test_row_groups_come_in_their_order(tmp_path: Path) -> None:
    count = 1000
    table = pa.table(
        {
            "unit": pa.array(["c", "n"] * (count // 2)),
            "indicator": pa.array(["households"] * count),
            "period": pa.array(["2025-Q3"] * count),
            "category": pa.nulls(count, pa.string()),
            "value": pa.array([float(n) for n in range(1, count + 1)]),
            "bound": pa.array(["exact"] * 900 + ["about"] * 100),
            "recorded_at": pa.array(
                [datetime(2025, 10, 1, tzinfo=UTC) + timedelta(n) for n in range(count)]
            ),
            "source": pa.array([f"report {n}" for n in range(count)]),
        }
    )
    folder = with_parquet(tmp_path, table, groups=70)
    chunks = list(read_folder(folder, PROGRAMME, stream=True).chunks())
    assert len(chunks) == 15
    assert all(chunk.ordered for chunk in chunks)
    assert all(chunk.category is None for chunk in chunks)
    assert [chunk.bound is None for chunk in chunks] == [True] * 12 + [False] * 3
    tables = read_folder(folder, PROGRAMME)
    found = tables.observations()
    assert [o.value for o in found] == [float(n) for n in range(1, count + 1)]
    assert [o.source for o in found] == [f"report {n}" for n in range(count)]
    assert [o.bound for o in found].count(Bound.ABOUT) == 100
    assert tables.ledger.line(999) == 1000


def test_a_stream_refuses_at_its_end(tmp_path: Path) -> None:
    folder = with_parquet(tmp_path, parquet_rows(value=pa.array([1.0, -1.0, 2.0])), 1)
    seen: list[Log] = []
    with pytest.raises(Refused) as caught:
        seen.extend(read_folder(folder, PROGRAMME, stream=True).chunks())
    assert len(seen) == 1
    assert [said(p) for p in caught.value.problems] == [("negative", 2, "value")]


def test_quoted_and_plain_texts_are_the_same(tmp_path: Path) -> None:
    quoted = "\n".join(
        ",".join(f'"{cell or ""}"' for cell in row) for row in rows_of(OBSERVATIONS)
    )
    plain = read(tmp_path).observations()
    assert read(tmp_path, observations=quoted).observations() == plain
    assert refused(tmp_path, observations=quoted + '\n"x')
