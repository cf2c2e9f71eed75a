"""Ten thousand bad rows of thirty kinds: every one is found, and grouped sensibly."""

from collections import Counter
from pathlib import Path

import pytest
from tests.tables.folders import HEADER, refused

from donbay.domain.problems import Problem
from donbay.tables import findings, grouped

ROWS = 10_000
CLEAN = "c,households,2025-Q1,,{n},,2025-04-01,report {n}\n"
# Each kind of mistake with its code; {n} makes every row different from all others.
KINDS = [
    ("x{n},households,2025-Q1,,7,,2025-04-01,", "unit_unknown"),
    (",households,2025-Q1,,{n},,2025-04-01,", "empty"),
    ("C,households,2025-Q1,,{n},,2025-04-01,", "misspelt"),
    ("a,households,2025-Q3,,{n},,2025-10-01,", "unit_ended"),
    ("n,households,2025-Q1,,{n},,2025-04-01,", "unit_not_open"),
    ("d,households,2025-Q4,,{n},,2026-01-01,", "unit_closed"),
    ("c,schools_{n},2025-Q1,,7,,2025-04-01,", "indicator_unknown"),
    ("c,households,{n}th,,7,,2025-04-01,", "period"),
    ("c,households,Q1/2025,,{n},,2025-04-01,", "period_form"),
    ("c,households,2025,,{n},,2025-04-01,", "period_frequency"),
    ("c,households,1825-Q1,,{n},,2025-04-01,", "period_range"),
    ("p,roads,2020/2024,,{n},,2025-04-01,", "span_unknown"),
    ("c,households,2025-Q1,female,{n},,2025-04-01,", "category_undeclared"),
    ("c,poor_households,2025-Q1,kind {n},7,,2025-04-01,", "category_unknown"),
    ("c,households,2025-Q1,,{n},near,2025-04-01,", "bound_unknown"),
    ('c,households,2025-Q1,,"{n},925",,2025-04-01,', "number_comma"),
    ('c,households,2025-Q1,,"{n},5",,2025-04-01,', "number_decimal_comma"),
    ("c,households,2025-Q1,,{n} 000 000,,2025-04-01,", "number_grouped"),
    ("c,households,2025-Q1,,{n}%,,2025-04-01,", "number_percent"),
    ("c,households,2025-Q1,,NaN,,2025-04-01,{n}", "number_not_finite"),
    ("c,households,2025-Q1,,n/a,,2025-04-01,{n}", "number_absent"),
    ("c,households,2025-Q1,,>{n},,2025-04-01,", "number_bound"),
    ("c,households,2025-Q1,,{n} km,,2025-04-01,", "number_unit"),
    ("c,households,2025-Q1,,{n}/119,,2025-04-01,", "number_fraction"),
    ("c,households,2025-Q1,,many{n},,2025-04-01,", "number"),
    ("c,households,2025-Q1,,-{n},,2025-04-01,", "negative"),
    ("c,households,2025-Q1,,{n},,,", "empty"),
    ("c,households,2025-Q1,,{n},,yesterday {n},", "moment"),
    ("c,households,2025-Q1,,{n},,2025-02-30,", "moment_impossible"),
    ("c,households,2025-Q1,,{n},,1825-04-01,", "moment_range"),
    ("c,households,2025-Q1,,{n},2025-04-01,", "cells_too_few"),
    ('c,households,2025-Q1,,{n},,2025-04-01,a "b" {n}', "quotes"),
]


def many() -> tuple[str, Counter[str]]:
    lines, wanted = [HEADER], Counter[str]()
    for n in range(ROWS):
        kind, code = KINDS[n % len(KINDS)]
        number = n % 900 + 100 if code.startswith("number_") else n + 1
        lines += [kind.format(n=number) + "\n", CLEAN.format(n=n + 1)]
        wanted[f"tables.{code}"] += 1
    return "".join(lines), wanted


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> tuple[Problem, ...]:
    return refused(tmp_path_factory.mktemp("many"), observations=many()[0])


@pytest.mark.slow
def test_every_bad_row_is_listed_once(problems: tuple[Problem, ...]) -> None:
    _, wanted = many()
    assert len(KINDS) >= 30
    assert Counter(problem.code for problem in problems) == wanted
    assert [problem.line for problem in problems] == list(range(2, 2 * ROWS + 2, 2))


@pytest.mark.slow
def test_they_are_grouped_by_kind_and_column(problems: tuple[Problem, ...]) -> None:
    groups = grouped(problems)
    assert len(groups) == len(KINDS)
    assert sum(group.count for group in groups) == ROWS
    assert [group.count for group in groups] == sorted(
        (group.count for group in groups), reverse=True
    )
    for group in groups:
        assert sum(map(len, group.lines)) + group.more == group.count
        assert 1 <= len(group.examples) <= 3


def test_lines_that_follow_each_other_are_one_range() -> None:
    lines = [9, 3, 4, 5, 7, None]
    some = [Problem("tables.number", "x.csv", line, "value") for line in lines]
    (group,) = grouped(some)
    assert group.lines == (range(3, 6), range(7, 8), range(9, 10))
    assert (group.count, group.more) == (6, 0)


def test_what_concerns_a_whole_file_comes_first() -> None:
    some = [Problem("tables.number", "x.csv", 4, "value")] * 2
    whole = Problem("tables.file_missing", "x.csv")
    assert [group.code for group in grouped([*some, whole])] == [
        "tables.file_missing",
        "tables.number",
    ]


def test_beyond_what_anyone_reads_the_rest_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "LISTED", 10)
    row = "c,households,2025-Q1,,x,,2025-04-01,\n"
    found = refused(tmp_path, observations=HEADER + row * 25)
    assert len(found) == 11
    assert found[-1].code == "tables.more"
    assert found[-1].parameters == {"count": "15"}
