"""Cases as domain objects, and how an expected row is compared with a found one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.packs.mistakes import LIBRARY

from donbay.domain.criteria import Result
from donbay.domain.periods import parse_period
from donbay.domain.verdicts import CriterionRow, Reason, Status, TargetRow, ValueRow
from donbay.packs import Case, load_pack, read_cases

TINY = LIBRARY / "tiny"


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(TINY, load_pack(TINY).programme)


def test_a_case_names_itself_and_its_line(cases: list[Case]) -> None:
    assert cases[0].name == "Six poor households in a hundred miss the target of five"
    assert (cases[0].line, cases[1].line) == (1, 16)
    assert cases[0].file.endswith("tiny/cases/poverty.yaml")


def test_what_is_left_out_of_a_row_is_filled(cases: list[Case]) -> None:
    unit = cases[0].versions[1]
    assert (unit.code, unit.name) == ("c1", "c1")
    assert unit.tags == {"rural", "remote"}
    assert (unit.valid_from, unit.valid_to) == (date.min, date.max)
    report = cases[0].observations[0]
    assert (report.row, report.source) == (0, "case")
    assert report.recorded_at == datetime(2025, 12, 30, 17, tzinfo=UTC)


def test_a_day_known_counts_to_its_end(cases: list[Case]) -> None:
    days = cases[1].days
    assert (days.on, days.map) == (date(2025, 12, 31), date(2025, 12, 1))
    assert days.known
    assert (days.known.hour, days.known.minute) == (23, 59)
    assert cases[0].days.known is None


def test_the_only_heir_has_the_whole(cases: list[Case]) -> None:
    assert [s.share for s in cases[1].successions] == [1, 1]


def test_acts_are_read(cases: list[Case]) -> None:
    recognition, attestation = cases[1].acts
    assert (recognition.level, recognition.number) == ("standard", "7/QD")
    assert attestation.result == Result.MET
    assert not attestation.in_force(date(2024, 1, 15))


def test_an_expected_row_tells_what_differs(cases: list[Case]) -> None:
    expected = cases[0].expected
    target = next(row for row in expected if row.table == "targets")
    found = TargetRow("p1", "poverty_2025", "poverty", 5, Status.MISSED, value=6.001)
    assert target.is_about(found)
    assert target.differences(found) == {}
    other = TargetRow("p1", "poverty_2025", "poverty", 5, Status.OPEN, value=6.01)
    assert target.differences(other) == {
        "status": ("missed", Status.OPEN),
        "value": (Decimal("6.00"), 6.01),
    }


def test_none_is_no_value_and_a_reason_is_its_code(cases: list[Case]) -> None:
    value = next(row for row in cases[0].expected if row.table == "values")
    period = parse_period("2025")
    row = ValueRow("c1", "income", period, None, None, None, 0, None, "not_reported")
    assert value.is_about(row)
    assert not value.differences(row)
    stale = TargetRow("p1", "t", "i", 1, Status.NO_DATA, reason=Reason("stale"))
    assert str(stale.reason) == "stale"


def test_without_a_sub_criterion_the_criterion_itself_is_meant(
    cases: list[Case],
) -> None:
    sub, whole = (row for row in cases[1].expected if row.table == "criteria")
    row = CriterionRow(
        "c", "village", "1", None, None, None, Result.UNKNOWN, None, verified=True
    )
    assert whole.is_about(row)
    assert not sub.is_about(row)


def test_a_row_may_have_to_be_absent(cases: list[Case]) -> None:
    assert [row.absent for row in cases[0].expected] == [False, True, False]
