"""A folder is read as it was meant, whatever program wrote it."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.tables.folders import (
    HEADER,
    OBSERVATIONS,
    PROGRAMME,
    SUCCESSIONS,
    UNITS,
    make,
    read,
    said,
)

from donbay.domain.ledger import Observation
from donbay.domain.periods import parse_period
from donbay.domain.quantities import Bound
from donbay.tables import read_folder, read_territory


def test_units_have_versions_and_successions(tmp_path: Path) -> None:
    territory = read(tmp_path).territory
    an = territory.version("a", date(2025, 6, 30))
    assert an is not None
    assert (an.code, an.name, an.level, an.parent) == ("05716", "Xã An", "commune", "d")
    assert an.tags == {"mountain", "border"}
    assert an.valid_from == date.min
    assert territory.version("a", date(2025, 7, 1)) is None
    assert [s.share for s in territory.successions] == [1, 0.4, 0.6]
    assert read_territory(tmp_path, PROGRAMME).successions == territory.successions


def test_reports_come_with_their_sources(tmp_path: Path) -> None:
    found = read(tmp_path).observations()
    assert found[0] == Observation(
        "a",
        "poor_households",
        parse_period("2025-Q1"),
        112,
        datetime(2025, 4, 7, 17, tzinfo=UTC),
        0,
        source="report 1",
    )
    assert found[1].category == "female"
    assert found[1].recorded_at == datetime(2025, 4, 8, 2, 30, tzinfo=UTC)
    assert found[2].source == "report 2, page 3"
    assert found[2].bound is Bound.ABOUT
    assert found[3].value is None
    assert [o.row for o in found] == [0, 1, 2, 3, 4, 5]


def test_some_reports_can_be_asked_for(tmp_path: Path) -> None:
    ledger = read(tmp_path).ledger
    assert [o.source for o in ledger.observations([4, 2])] == [
        "report 4",
        "report 2, page 3",
    ]
    assert ledger.line(4) == 6
    with pytest.raises(IndexError):
        ledger.line(6)


def test_the_log_says_the_same_in_columns(tmp_path: Path) -> None:
    tables = read(tmp_path)
    log, rows = tables.log(), tables.observations()
    units = [log.units[code] for code in np.asarray(log.unit)]
    periods = [log.periods[code] for code in np.asarray(log.period)]
    assert units == [o.unit for o in rows]
    assert periods == [o.period for o in rows]
    assert np.asarray(log.value)[:3].tolist() == [112, 60, 1500]
    assert np.isnan(np.asarray(log.value)[3])
    assert not log.ordered


def test_a_log_in_order_says_so(tmp_path: Path) -> None:
    rows = OBSERVATIONS.splitlines(keepends=True)
    ordered = "".join([rows[0], *rows[5:6], *rows[1:5]])
    assert read(tmp_path, observations=ordered).log().ordered


def test_a_stream_gives_what_the_log_holds(tmp_path: Path) -> None:
    tables = read_folder(make(tmp_path), PROGRAMME, stream=True)
    (chunk,) = tables.chunks()
    log = tables.log()
    for name in ("unit", "indicator", "period", "value", "recorded_at", "category"):
        same = np.array_equal(getattr(chunk, name), getattr(log, name), equal_nan=True)
        assert same


def test_acts_are_read_in_order(tmp_path: Path) -> None:
    recognised, attested, revoked = read(tmp_path).acts
    assert (recognised.level, recognised.start) == ("standard", date(2024, 2, 1))
    assert (attested.subject, attested.result) == ("1.1", "met")
    assert revoked.level is None


def test_a_sole_heir_receives_all(tmp_path: Path) -> None:
    unsaid = SUCCESSIONS.replace("a,n,1,", "a,n,,")
    assert read(tmp_path, successions=unsaid).territory.successions[0].share == 1


def test_shares_may_all_be_unknown(tmp_path: Path) -> None:
    unsaid = SUCCESSIONS.replace(",0.4,", ",,").replace(",0.6,", ",,")
    shares = [s.share for s in read(tmp_path, successions=unsaid).territory.successions]
    assert shares == [1, None, None]


def test_successions_and_acts_may_be_absent(tmp_path: Path) -> None:
    tables = read(tmp_path, successions=None, acts=None)
    assert tables.territory.successions == ()
    assert tables.acts == ()


def test_optional_columns_may_be_absent(tmp_path: Path) -> None:
    bare = (
        "unit,indicator,period,value,recorded_at\nc,households,2025-Q1,7,2025-04-01\n"
    )
    (found,) = read(tmp_path, observations=bare).observations()
    assert (found.category, found.bound, found.source) == (None, Bound.EXACT, "")


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = "\n".join(
        ",".join(reversed(line.split(","))) for line in UNITS.splitlines()
    )
    versions = read(tmp_path, units=turned).territory.versions
    assert versions == read(tmp_path, units=UNITS).territory.versions


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text + ",,,,,,,\n,,,,,,,\n",
        lambda text: text.rstrip("\n"),
        lambda text: text.replace(",", " , "),
        lambda text: unicodedata.normalize("NFD", text),
    ],
    ids=["BOM", "CRLF", "CR", "blank lines", "empty rows", "no end", "spaces", "NFD"],
)
def test_how_a_program_wrote_the_file_does_not_matter(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    plain = OBSERVATIONS.replace('"report 2, page 3"', "báo cáo")
    wanted = read(tmp_path, observations=plain).observations()
    found = read(tmp_path, observations=change(plain)).observations()
    assert found == wanted


def test_names_are_kept_in_nfc(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", UNITS)
    assert decomposed != UNITS
    (mau,) = read(tmp_path, units=decomposed).territory.versions["p"]
    assert mau.name == "Tỉnh Mẫu"


def test_a_cell_may_hold_lines_and_quotes(tmp_path: Path) -> None:
    row = 'c,households,2025-Q1,,7,,2025-04-01,"he said ""yes"",\nthen left"\n'
    ledger = read(tmp_path, observations=HEADER + row + row).ledger
    assert [o.source for o in ledger.observations()] == [
        'he said "yes",\nthen left'
    ] * 2
    assert [ledger.line(row) for row in (0, 1)] == [2, 4]


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    tables = read(tmp_path, observations=HEADER, successions=SUCCESSIONS[:34])
    assert tables.observations() == []
    assert len(tables.log().unit) == 0


def test_figures_beside_the_total_are_noted(tmp_path: Path) -> None:
    rows = (
        HEADER
        + "p,households,2025-Q1,,7000,,2025-04-01,\n"
        + "c,poor_share,2025-Q1,,12.5,,2025-04-01,\n"
        + "c,households,2025-Q1,,70000,,2025-04-01,\n"
    )
    tables = read(tmp_path, observations=rows)
    assert len(tables.observations()) == 3
    assert [said(n) for n in tables.notices] == [
        ("stated_level", 2, "indicator"),
        ("stated_computed", 3, "indicator"),
        ("implausible", 4, "value"),
    ]


def test_a_moment_that_the_clock_showed_twice_is_the_first(tmp_path: Path) -> None:
    rows = HEADER + "".join(
        f"c,households,2024-Q3,,7,,2024-10-27T{time}:00,\n"
        for time in ("01:30", "02:30", "03:30")
    )
    paris = replace(PROGRAMME, time_zone="Europe/Paris")
    tables = read_folder(make(tmp_path, observations=rows), paris)
    moments = [o.recorded_at.astimezone(UTC).hour for o in tables.observations()]
    assert moments == [23, 0, 2]
