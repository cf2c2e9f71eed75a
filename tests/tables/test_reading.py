"""No file breaks the reader, and both ways through a CSV agree."""

import csv
import io
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import sheets
from tests.tables.folders import FILES, OBSERVATIONS, PROGRAMME, make

from donbay.domain.problems import Refused
from donbay.tables import careful, csv_files, read_folder
from donbay.tables.cells import Cells, coded
from donbay.tables.columns import OBSERVATIONS as LAYOUT
from donbay.tables.findings import Fault, Findings
from donbay.tables.moments import microseconds, parse_moment, read_moments, to_utc
from donbay.tables.numbers import parse_number

pytestmark = pytest.mark.slow

CELL = st.text(
    st.sampled_from('a,"\n\r é7.-') | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=6,
)
STEMS = st.sampled_from([name.removesuffix(".csv") for name in FILES])


def tries_to_read(stem: str, ending: str, content: bytes) -> None:
    """Whatever it says, it says it as problems."""
    with tempfile.TemporaryDirectory() as name:
        folder = make(Path(name))
        (folder / f"{stem}.csv").unlink()
        (folder / f"{stem}{ending}").write_bytes(content)
        with suppress(Refused):
            read_folder(folder, PROGRAMME)


@given(STEMS, st.sampled_from([".csv", ".parquet", ".xlsx"]), st.binary(max_size=300))
def test_arbitrary_bytes_are_no_more_than_refused(
    stem: str, ending: str, content: bytes
) -> None:
    tries_to_read(stem, ending, content)


@given(STEMS, st.binary(max_size=300))
def test_arbitrary_rows_are_no_more_than_refused(stem: str, rows: bytes) -> None:
    head = FILES[f"{stem}.csv"].partition("\n")[0]
    tries_to_read(stem, ".csv", head.encode() + b"\n" + rows)


@given(
    STEMS,
    st.lists(
        st.tuples(st.integers(0, 10_000), st.sampled_from(b'",\n\r;%a1-/.\xff\0')),
        min_size=1,
        max_size=8,
    ),
)
def test_a_damaged_file_is_no_more_than_refused(
    stem: str, damage: list[tuple[int, int]]
) -> None:
    content = bytearray(FILES[f"{stem}.csv"].encode())
    for place, byte in damage:
        content[place % len(content)] = byte
    tries_to_read(stem, ".csv", bytes(content))


@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), max_size=6))
def test_a_damaged_workbook_is_no_more_than_refused(
    damage: list[tuple[int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "book.xlsx"
        rows = [line.split(",") for line in OBSERVATIONS.splitlines()]
        sheets.write(path, {"observations": rows})
        content = bytearray(path.read_bytes())
    for place, byte in damage:
        content[place % len(content)] = byte
    tries_to_read("observations", ".xlsx", bytes(content))


def words_of(chunks: list[Cells]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for chunk in chunks:
        for name, array in chunk.columns.items():
            column = coded(array)
            words = [column.words[code] for code in column.codes.tolist()]
            found[name] = found.get(name, []) + words
    return found


@given(
    st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=8),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.integers(1, 60),
)
def test_the_quick_and_the_careful_reader_agree(
    rows: list[list[str]], quoting: int, block: int
) -> None:
    content = written(rows, quoting)
    head, _, body = content.partition(b"\n")
    places = {name: place for place, name in enumerate(LAYOUT.names)}
    findings = Findings("x.csv")
    slow = list(careful.careful_cells(body, places, 8, 2, findings))
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        path = Path(name) / "x.csv"
        path.write_bytes(content)
        patch.setattr(csv_files, "BLOCK", len(head) + block)
        quick = list(csv_files.read_csv(path, LAYOUT, findings))
    assert not findings
    wanted, found = words_of(slow), words_of(quick)
    assert all(found[name] == wanted[name] for name in set(found) - {"value"})
    assert lines_of(quick) == lines_of(slow)


def written(rows: list[list[str]], quoting: int) -> bytes:
    text = io.StringIO(newline="")
    if quoting == csv.QUOTE_MINIMAL:  # which leaves a \r without quotes
        rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    writer = csv.writer(text, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([LAYOUT.names, *rows])
    return text.getvalue().encode()


def lines_of(chunks: list[Cells]) -> list[int]:
    return [line for chunk in chunks for line in np.asarray(chunk.lines).tolist()]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_as_it_was_written(number: float) -> None:
    assert parse_number(repr(number)) == number


@given(st.text())
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    assert isinstance(parse_number(text), float | Fault)


ZONES = st.sampled_from(
    ["Asia/Ho_Chi_Minh", "Europe/Paris", "America/St_Johns", "Africa/Casablanca", "UTC"]
)


@given(ZONES, st.datetimes(datetime(1950, 1, 1), datetime(2037, 12, 31)))  # noqa: DTZ001
def test_a_wall_clock_is_read_as_python_reads_it(zone: str, local: datetime) -> None:
    local = local.replace(fold=0)
    wall = np.array([microseconds(local.replace(tzinfo=UTC))])
    wanted = microseconds(local.replace(tzinfo=ZoneInfo(zone)))
    assert to_utc(wall, ZoneInfo(zone)).tolist() == [wanted]
    assert parse_moment(local.isoformat(), ZoneInfo(zone)) == wanted


MOMENTS = st.one_of(
    st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)).map(str),  # noqa: DTZ001
    st.datetimes(timezones=st.timezones()).map(datetime.isoformat),
    st.dates().map(str),
    st.from_regex(
        r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(Z|[+-]0[0-9]00)?"
    ),
)


@given(ZONES, st.lists(MOMENTS, max_size=5))
def test_moments_together_and_alone_are_the_same(zone: str, words: list[str]) -> None:
    moments, faults = read_moments(words, ZoneInfo(zone))
    for place, word in enumerate(words):
        alone = parse_moment(word, ZoneInfo(zone))
        assert faults.get(place, moments[place]) == alone
