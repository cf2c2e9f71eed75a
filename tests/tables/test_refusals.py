"""Everything wrong is refused where it stands, with what to write instead."""

from pathlib import Path

import pytest
from tests.tables.folders import (
    HEADER,
    OBSERVATIONS,
    SUCCESSIONS,
    UNITS,
    read,
    refused,
    said,
)

from donbay.domain.problems import Problem

GOOD = "c,households,2025-Q1,,7,,2025-04-01,\n"


def of_row(folder: Path, row: str) -> Problem:
    """The only problem of a report that stands between two good ones."""
    (problem,) = refused(folder, observations=HEADER + GOOD + row + "\n" + GOOD)
    assert problem.line in {3, None}
    return problem


@pytest.mark.parametrize(
    ("value", "code", "advice"),
    [
        ('"398,925"', "number_comma", {"whole": "398925", "decimal": "398.925"}),
        ('"3,5"', "number_decimal_comma", {"instead": "3.5"}),
        ('"1.234,5"', "number_decimal_comma", {"instead": "1234.5"}),
        ('"1,234,567"', "number_grouped", {"instead": "1234567"}),
        ("1.234.567", "number_grouped", {"instead": "1234567"}),
        ("1 234 567", "number_grouped", {"instead": "1234567"}),
        ("1\u202f234", "number_grouped", {"instead": "1234"}),
        ("12%", "number_percent", {"instead": "12"}),
        ("12.5 %", "number_percent", {"instead": "12.5"}),
        ("NaN", "number_not_finite", {}),
        ("-inf", "number_not_finite", {}),
        ("1e999", "number_too_large", {}),
        ("n/a", "number_absent", {}),
        ("-", "number_absent", {}),
        ("không có", "number_absent", {}),
        ("٣٤٫٥", "number_digits", {"instead": "34.5"}),
        ("−7", "number_digits", {"instead": "-7"}),
        ("30/119", "number_fraction", {"numerator": "30", "denominator": "119"}),
        (">50", "number_bound", {"instead": "50", "bound": "more_than"}),
        ("~ 50", "number_bound", {"instead": "50", "bound": "about"}),
        ("120 tỷ", "number_unit", {"instead": "120", "unit": "tỷ"}),
        ("twelve", "number", {"found": "twelve"}),
        ("-3", "negative", {"found": "-3", "indicator": "households"}),
    ],
)
def test_a_number_is_refused(
    tmp_path: Path, value: str, code: str, advice: dict[str, str]
) -> None:
    problem = of_row(tmp_path, f"c,households,2025-Q1,,{value},,2025-04-01,")
    assert said(problem) == (code, 3, "value")
    assert advice.items() <= problem.parameters.items()


def test_an_indicator_may_be_declared_to_go_below_zero(tmp_path: Path) -> None:
    rows = HEADER + "c,growth,2024,,-3.5,,2025-04-01,\n"
    assert read(tmp_path, observations=rows).observations()[0].value == -3.5


@pytest.mark.parametrize(
    ("row", "code", "column", "advice"),
    [
        ("x9,households,2025-Q1,,7,,2025-04-01,", "unit_unknown", "unit", {}),
        ("C,households,2025-Q1,,7,,2025-04-01,", "misspelt", "unit", {"nearest": "c"}),
        (",households,2025-Q1,,7,,2025-04-01,", "empty", "unit", {}),
        (
            "c,housholds,2025-Q1,,7,,2025-04-01,",
            "misspelt",
            "indicator",
            {"nearest": "households"},
        ),
        ("c,schools,2025-Q1,,7,,2025-04-01,", "indicator_unknown", "indicator", {}),
        (
            "c,households,Q1/2025,,7,,2025-04-01,",
            "period_form",
            "period",
            {"instead": "2025-Q1"},
        ),
        (
            "c,households,2025-13,,7,,2025-04-01,",
            "period",
            "period",
            {"found": "2025-13"},
        ),
        ("c,households,1025-Q1,,7,,2025-04-01,", "period_range", "period", {}),
        (
            "c,households,2025,,7,,2025-04-01,",
            "period_frequency",
            "period",
            {"frequency": "quarter", "expected": "2025-Q1"},
        ),
        (
            "p,roads,2020/2024,,7,,2025-04-01,",
            "span_unknown",
            "period",
            {"expected": "2021/2025"},
        ),
        (
            "c,households,2025-Q1,female,7,,2025-04-01,",
            "category_undeclared",
            "category",
            {"indicator": "households"},
        ),
        (
            "c,poor_households,2025-Q1,children,7,,2025-04-01,",
            "category_unknown",
            "category",
            {},
        ),
        ("c,households,2025-Q1,,7,around,2025-04-01,", "bound_unknown", "bound", {}),
        (
            "c,households,2025-Q1,,7,at-least,2025-04-01,",
            "misspelt",
            "bound",
            {"nearest": "at_least"},
        ),
        ("c,households,2025-Q1,,7,,,", "empty", "recorded_at", {}),
        ("c,households,2025-Q1,,7,,01/04/2025,", "moment", "recorded_at", {}),
        (
            "c,households,2025-Q1,,7,,2025-02-30,",
            "moment_impossible",
            "recorded_at",
            {},
        ),
        (
            "c,households,2025-Q1,,7,,1825-04-01T10:00Z,",
            "moment_range",
            "recorded_at",
            {},
        ),
        (
            "a,households,2025-Q3,,7,,2025-10-01,",
            "unit_ended",
            "unit",
            {"last": "2025-06-30", "day": "2025-09-30", "heirs": "n"},
        ),
        (
            "b,households,2025-Q3,,7,,2025-10-01,",
            "unit_ended",
            "unit",
            {"heirs": "n, c"},
        ),
        (
            "n,households,2025-Q1,,7,,2025-10-01,",
            "unit_not_open",
            "unit",
            {"first": "2025-07-01"},
        ),
        ("d,households,2025-Q3,,7,,2025-10-01,", "unit_closed", "unit", {}),
        ("c,households,2025-Q1,,7,,2025-04-01", "cells_too_few", None, {"found": "7"}),
        (
            "c,households,2025-Q1,,398,925,,2025-04-01,",
            "cells_too_many",
            None,
            {"found": "9", "expected": "8"},
        ),
        ('c,households,2025-Q1,,7,,2025-04-01,a "b" c', "quotes", None, {}),
        ('c,households,2025-Q1,,7,,2025-04-01,"b" c', "quotes", None, {}),
        ('c,households,2025-Q1,,7,,2025-04-01,"b', "quotes", None, {}),
        ('"c",households,2025-Q1,,7,,2025-04-01,b"', "quotes", None, {}),
    ],
)
def test_a_report_is_refused(
    tmp_path: Path, row: str, code: str, column: str | None, advice: dict[str, str]
) -> None:
    problem = of_row(tmp_path, row)
    assert said(problem) == (code, 3, column)
    assert advice.items() <= problem.parameters.items()


def test_bytes_that_are_not_utf8_are_found_by_line(tmp_path: Path) -> None:
    bad = "c,households,2025-Q1,,7,,2025-04-01,xã\n".encode("latin-1")
    content = (HEADER + GOOD).encode() + bad + GOOD.encode()
    (problem,) = refused(tmp_path, observations=content)
    assert said(problem) == ("not_utf8", 3, None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n", "file_empty"),
        (OBSERVATIONS.encode("utf-16"), "file_utf16"),
        (OBSERVATIONS.replace(",", ";").encode(), "file_separator"),
        (OBSERVATIONS.replace(",", "\t").encode(), "file_separator"),
        (b"PK\x03\x04rest,of,a,zip\n", "file_not_csv"),
        (b'"unit,indicator\n', "quotes"),
        (b"unit,\xff\n", "not_utf8"),
    ],
)
def test_a_file_that_is_no_csv_is_refused(
    tmp_path: Path, content: bytes, code: str
) -> None:
    (problem,) = refused(tmp_path, observations=content)
    assert problem.code == f"tables.{code}"


@pytest.mark.parametrize(
    ("header", "code", "column"),
    [
        ("unit,indicator,period,value", "header_missing", "recorded_at"),
        ("unit,indicator,period,value,recorded_at,note", "header_unknown", "note"),
        ("unit,indicator,period,value,Recorded at", "header_misspelt", "Recorded at"),
        ("unit,indicator,period,value,recorded_at,unit", "header_doubled", "unit"),
        ("unit,indicator,period,value,recorded_at,", "header_empty", None),
    ],
)
def test_a_header_is_refused(
    tmp_path: Path, header: str, code: str, column: str | None
) -> None:
    found = [said(problem) for problem in refused(tmp_path, observations=header)]
    assert (code, 1, column) in found


def test_what_can_be_checked_under_a_bad_header_is(tmp_path: Path) -> None:
    rows = "unit,indicator,period,amount,recorded_at\nx9,households,2025,7,never\n"
    found = {p.code for p in refused(tmp_path, observations=rows)}
    assert found == {
        "tables.header_missing",
        "tables.header_unknown",
        "tables.unit_unknown",
        "tables.moment",
    }


def test_all_files_are_refused_at_once(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        units=UNITS.replace("Xã Bình", ""),
        successions=SUCCESSIONS.replace(",1,", ",9,"),
        observations=HEADER + "c,households,2025-Q1,,x,,2025-04-01,\n",
        acts="unit,kind\n",
    )
    assert [(p.file, p.code.removeprefix("tables.")) for p in found] == [
        ("units.csv", "empty"),
        ("successions.csv", "share_range"),
        ("acts.csv", "header_missing"),
        ("observations.csv", "number"),
    ]


def test_a_missing_file_does_not_hide_the_others(tmp_path: Path) -> None:
    row = "anywhere,households,2025,,7,,2025-04-01,\n"
    found = refused(tmp_path, units=None, observations=HEADER + row)
    assert [said(p) for p in found] == [
        ("file_missing", None, None),
        ("period_frequency", 2, "period"),
    ]


def test_a_table_may_not_stand_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "observations.parquet").write_bytes(b"")
    (problem,) = refused(tmp_path)
    assert problem.parameters["found"] == "observations.csv, observations.parquet"


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path) -> None:
    long = 'c,households,2025-Q1,,7,,2025-04-01,"one\ntwo\n\nthree"\n'
    bad = "c,households,2025-Q1,,x,,2025-04-01,\n"
    (problem,) = refused(tmp_path, observations=HEADER + long + "\n" + bad)
    assert said(problem) == ("number", 7, "value")


def test_an_open_quote_does_not_swallow_what_follows(tmp_path: Path) -> None:
    rows = 'c,households,2025-Q1,,7,,2025-04-01,"open\n' + GOOD * 500
    bad = "c,households,2025-Q1,,x,,2025-04-01,\n"
    found = [said(p) for p in refused(tmp_path, observations=HEADER + rows + bad)]
    assert found == [("quotes", 2, None), ("number", 503, "value")]
