"""Units, successions and acts are held against each other and against the pack."""

from pathlib import Path

import pytest
from tests.tables.folders import (
    ACTS,
    PROGRAMME,
    SUCCESSIONS,
    UNITS,
    make,
    read,
    refused,
    said,
)

from donbay.domain.problems import Refused
from donbay.tables import read_territory


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("b,05719,Xã Bình,commune", "b,05719,Xã Bình,comune", ("misspelt", 5, "level")),
        ("b,05719,Xã Bình,commune", "b,05719,,commune", ("empty", 5, "name")),
        ("p,01,Tỉnh", ",01,Tỉnh", ("empty", 2, "id")),
        ("commune,p,,,", "commune,x9,,,", ("parent_unknown", 6, "parent")),
        ("commune,p,,,", "commune,d,,,", ("parent_not_valid", 6, "parent")),
        ("commune,p,,,", "commune,b,,,", ("parent_level", 6, "parent")),
        ("commune,p,,,", "commune,c,,,", ("parent_level", 6, "parent")),
        (
            "commune,p,2025-07-01,",
            "commune,p,2025-07-01,2025-01-01",
            ("days_order", 7, "valid_to"),
        ),
        (
            "commune,p,2025-07-01,",
            "commune,p,1/7/2025,",
            ("date_form", 7, "valid_from"),
        ),
        (
            "district,p,,2025-06-30",
            "district,p,,",
            ("level_ended", 3, "valid_to"),
        ),
        (
            "n,05716,Xã Mới",
            "a,05716,Xã Mới",
            ("unit_unknown", 2, "to"),
        ),
        ("Xã Mới", "Xã\x01Mới", ("control", 7, "name")),
    ],
)
def test_units_are_refused(
    tmp_path: Path, old: str, new: str, wanted: tuple[str, int, str]
) -> None:
    assert old in UNITS
    make(tmp_path, units=UNITS.replace(old, new))
    with pytest.raises(Refused) as caught:
        read_territory(tmp_path, PROGRAMME)
    assert wanted in [said(problem) for problem in caught.value.problems]


def test_versions_of_a_unit_may_not_overlap_nor_change_level(tmp_path: Path) -> None:
    again = (
        "c,05722,Xã Chi,commune,p,2026-01-01,,NM,\nc,1,Chi,province,,2027-01-01,,,\n"
    )
    found = [said(p) for p in refused(tmp_path, units=UNITS + again)]
    assert set(found) >= {
        ("unit_overlap", 8, "valid_from"),
        ("unit_level_changes", 9, "level"),
        ("unit_overlap", 9, "valid_from"),
    }


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (",1,", ",0.9,", ("shares_sum", 2, "share")),
        (",0.4,", ",0.5,", ("shares_sum", 3, "share")),
        (",0.4,", ",,", ("shares_mixed", 3, "share")),
        (",0.4,", ",40,", ("share_range", 3, "share")),
        (",0.4,", ",-1,", ("share_outside", 3, "share")),
        (",0.4,", ",40%,", ("number_percent", 3, "share")),
        ("a,n,1", "x9,n,1", ("unit_unknown", 2, "from")),
        ("a,n,1", "a,x9,1", ("unit_unknown", 2, "to")),
        ("a,n,1", "c,n,1", ("origin_stays", 2, "from")),
        ("2025-07-01,a", "2025-07-02,a", ("origin_not_valid", 2, "from")),
        ("a,n,1", "a,d,1", ("heir_not_valid", 2, "to")),
        ("b,c,", "b,n,", ("succession_doubled", 4, "to")),
        ("2025-07-01,a", ",a", ("empty", 2, "date")),
        ("2025-07-01,a", "2025-07-32,a", ("date_impossible", 2, "date")),
    ],
)
def test_successions_are_refused(
    tmp_path: Path, old: str, new: str, wanted: tuple[str, int, str]
) -> None:
    assert old in SUCCESSIONS
    problems = refused(tmp_path, successions=SUCCESSIONS.replace(old, new, 1))
    assert [said(problem) for problem in problems] == [wanted]


def test_a_unit_that_stays_says_what_it_keeps(tmp_path: Path) -> None:
    kept = SUCCESSIONS + "2025-07-01,c,n,0.1,,\n2025-07-01,c,c,0.9,,\n"
    found = read(tmp_path, successions=kept).territory.successions
    assert [(s.heir, s.share) for s in found[3:]] == [("n", 0.1), ("c", 0.9)]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            "c,recognition,,standard",
            "x9,recognition,,standard",
            ("unit_unknown", "unit"),
        ),
        (
            "c,recognition,,standard",
            "d,recognition,,standard",
            ("act_unit_level", "unit"),
        ),
        ("recognition,,standard", "recognition,,gold", ("act_level_unknown", "level")),
        ("recognition,,standard", "recognition,,standart", ("misspelt", "level")),
        ("2024-02-01,,", "2024-02-01,2024-01-01,", ("days_order", "to")),
        (",2024-01-30", ",", ("empty", "date")),
        (
            "attestation,1.1,,met",
            "attestation,,,met",
            ("attestation_subject", "subject"),
        ),
        ("attestation,1.1,,met", "attestation,9,,met", ("subject_unknown", "subject")),
        ("attestation,1.1,,met", "attestation,1.1,,", ("attestation_result", "result")),
        ("attestation,1.1,,met", "attestation,1.1,,ok", ("result_unknown", "result")),
    ],
)
def test_acts_are_refused(
    tmp_path: Path, old: str, new: str, wanted: tuple[str, str]
) -> None:
    assert old in ACTS
    (problem,) = refused(tmp_path, acts=ACTS.replace(old, new, 1))
    code, _, column = said(problem)
    assert (code, column) == wanted


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("c,recognition,,standard", "c,prize,,standard", "kind_unknown"),
        (",health,", ",police,", "attestation_authority"),
        ("n,attestation", "a,attestation", "act_day"),
    ],
)
def test_acts_that_decide_nothing_are_noted(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    tables = read(tmp_path, acts=ACTS.replace(old, new, 1))
    assert [notice.code for notice in tables.notices] == [f"tables.{code}"]


POINT = "id,code,name,level,parent,lat,lon\np,01,Tỉnh,province,,{lat},{lon}\n"


@pytest.mark.parametrize(
    ("lat", "lon", "wanted"),
    [
        ("91", "105.8", ("degrees", 2, "lat")),
        ("21.5", "-181", ("degrees", 2, "lon")),
        ("21.5", "", ("half_a_point", 2, "lon")),
        ("", "105.8", ("half_a_point", 2, "lat")),
    ],
)
def test_a_point_lies_on_the_earth_and_has_both_its_numbers(
    tmp_path: Path, lat: str, lon: str, wanted: tuple[str, int, str]
) -> None:
    units = POINT.format(lat=lat, lon=lon)
    problems = refused(tmp_path, units=units, successions=None, acts=None)
    assert wanted in map(said, problems)
