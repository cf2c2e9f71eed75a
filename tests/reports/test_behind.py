"""Targets that are behind: who owns them, and what it would take."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.reports.province import matter, report, tables, words

from donbay.domain.indicators import Texts
from donbay.domain.verdicts import Status
from donbay.reports.matter import Matter, Remark
from donbay.reports.model import Cell, Figure


@pytest.fixture
def found(tmp_path: Path) -> Matter:
    return matter(tmp_path / "water")


def behind(found: Matter, status: Status) -> Matter:
    """The province's target with another status."""
    (row,) = found.targets
    return replace(found, targets=[replace(row, status=status)])


def texts(row: tuple[Cell, ...]) -> list[str]:
    return [cell.text if isinstance(cell, Figure) else cell for cell in row]


def test_the_way_left_is_walked_in_equal_steps(found: Matter) -> None:
    """From 87.5 in 2024 to 95 at the end of 2026: 7.5 in two years."""
    late = behind(found, Status.OFF_TRACK)
    (row,) = tables(report(late))["Off track, missed or at risk"].rows
    assert texts(row) == [
        "Clean water for 95 %",
        "off track",
        "87.5%",
        "at least 95% by 31 Dec 2026",
        "7.5 points",
        "3.75 points",
        "none named",
    ]


def test_an_owner_is_called_as_the_pack_calls_them(found: Matter) -> None:
    target = replace(found.programme.targets[0], owner="health")
    programme = replace(found.programme, targets=(target,))
    late = replace(behind(found, Status.AT_RISK), programme=programme)
    (row,) = tables(report(late))["Off track, missed or at risk"].rows
    assert row[-1] == "Department of health"


def test_nothing_more_can_be_added_after_the_deadline(found: Matter) -> None:
    target = replace(found.programme.targets[0], deadline=date(2024, 12, 31))
    programme = replace(found.programme, targets=(target,))
    missed = replace(behind(found, Status.MISSED), programme=programme)
    (row,) = tables(report(missed))["Off track, missed or at risk"].rows
    assert texts(row)[4:6] == ["7.5 points", "deadline passed"]


def test_what_is_achieved_needs_nothing(found: Matter) -> None:
    done = behind(found, Status.ACHIEVED)
    assert "No target is off track, missed or at risk." in words(report(done))


def test_the_places_behind_are_named(found: Matter) -> None:
    below = [replace(row, status=Status.OFF_TRACK) for row in found.below]
    (row,) = tables(report(replace(found, below=below)))[
        "Places that have to pass still"
    ].rows
    assert texts(row) == ["Clean water for 95 %", "2", "Xã An, Xã Bình Cát"]


def test_difficulties_stand_under_the_question_that_was_asked(found: Matter) -> None:
    said = [
        Remark("Difficulties", "a", "The road is out."),
        Remark("Proposals", "bc", "Mend the road."),
    ]
    made = report(replace(found, remarks=said, reporters=2))
    assert "Answers in words: 2, from approved reports: 2." in words(made)
    assert "Difficulties:" in words(made)
    listed = [
        p for s in made.sections for b in s.blocks for p in getattr(b, "points", ())
    ]
    assert "Xã An: The road is out." in listed


def test_a_pack_without_a_text_in_a_language_says_it_in_another(found: Matter) -> None:
    target = replace(found.programme.targets[0], title=Texts({"vi": "Nước sạch"}))
    programme = replace(found.programme, targets=(target,))
    made = report(replace(found, programme=programme), "fr")
    assert "Nước sạch" in str(tables(made))
