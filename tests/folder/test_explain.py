"""`explain` is true: the rows it names are enough, and none of them is idle."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.small import write_folder

import donbay
from donbay.domain.problems import Refused
from donbay.domain.verdicts import CriterionRow, Days, Evaluation, LevelRow, TargetRow
from donbay.engine import plain
from donbay.folder import Study
from donbay.folder.cut import cut_folder
from donbay.folder.explain import explain_criterion, explain_target
from donbay.folder.explained import as_record
from donbay.folder.shipped import shipped

TABLES = ("targets", "criteria", "levels")
EXAMPLES = [path.name for path in shipped("examples")]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return donbay.open(write_folder(tmp_path / "water"), on="2025-06-30")


def judged_from(study: Study, rows: Iterable[int], days: Days, unit: str) -> Evaluation:
    """The verdicts of a unit, as if nothing but these rows had been reported."""
    reports = [study.observations[row] for row in sorted(rows)]
    return plain.evaluate(
        study.programme,
        study.territory,
        reports,
        study.tables.acts,
        days,
        tables=TABLES,
        units={unit},
    )


def verdict(found: Evaluation, name: tuple[str, ...]) -> object:
    """The row of this name; what it says of evidence is left out by being a row."""
    table, unit, *rest = name
    row: TargetRow | CriterionRow | LevelRow
    for row in getattr(found, table):
        if row.unit == unit and key(row) == tuple(rest):
            return row
    return None


def key(row: TargetRow | CriterionRow | LevelRow) -> tuple[str, ...]:
    match row:
        case TargetRow():
            return (row.target,)
        case CriterionRow():
            return row.set, row.criterion, row.sub_criterion or ""
    return (row.set,)


def all_verdicts(study: Study, days: Days) -> Evaluation:
    return study.evaluation(days, TABLES, engine="plain")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_verdict_of_the_examples_rests_on_its_rows(name: str) -> None:
    folder = next(path for path in shipped("examples") if path.name == name)
    study = donbay.open(folder, on=donbay.open(folder).told_until)
    days = study.days()
    found = all_verdicts(study, days)
    for named, rows in found.evidence.items():
        told = verdict(found, named)
        assert verdict(judged_from(study, rows, days, named[1]), named) == told
        for row in rows:
            less = judged_from(study, rows - {row}, days, named[1])
            assert verdict(less, named) != told, f"{named} does not need row {row}"


def test_a_verdict_of_a_merged_commune(study: Study) -> None:
    """Xã Bình Cát is what b and c reported, b's number being the corrected one."""
    why = explain_target(study, "bc", "water_95", study.days())
    assert [r.line for r in why.reports] == [5, 6, 7, 11]
    assert why.row.value == 85
    assert [r.unit_name for r in why.reports[-1:]] == ["Xã Bình"]
    assert why.reports[0].article is not None
    assert why.reports[0].article.address == "https://example.org/bulletin"


def test_the_pace_goes_through_its_points(study: Study) -> None:
    why = explain_target(study, "p", "water_95", study.days())
    assert [value for _, value in why.pace] == [60, 95]
    (rule,) = why.rules
    assert rule.document is not None
    assert (rule.document.number, rule.source.article) == ("1/NQ-HDND", "2")


def test_a_cut_folder_gives_the_same_verdict(study: Study, tmp_path: Path) -> None:
    why = explain_target(study, "bc", "water_95", study.days())
    cut = tmp_path / "cut"
    cut_folder(study, (r.observation.row for r in why.reports), cut)
    again = donbay.open(cut, on="2025-06-30")
    assert explain_target(again, "bc", "water_95", again.days()).row == why.row
    assert again.reported == 4


def test_a_criterion_with_its_parts(study: Study) -> None:
    why = explain_criterion(study, "a", "commune", "1", study.days())
    results = [(row.sub_criterion, str(row.result)) for row in why.rows]
    assert results == [("1.1", "met"), ("1.2", "unknown"), (None, "unknown")]
    assert [r.line for r in why.reports] == [2, 3]


def test_as_json(study: Study) -> None:
    record = as_record(explain_target(study, "a", "water_95", study.days()))
    assert record["status"] == "on_track"
    assert record["on"] == "2025-06-30"
    criterion = as_record(explain_criterion(study, "a", "commune", "1", study.days()))
    assert criterion["criterion"] == "1"


@pytest.mark.parametrize(
    ("unit", "target", "code"),
    [
        ("a", "no_such", "cli.no_target"),
        ("b", "water_95", "cli.no_row"),
        ("nobody", "water_95", "cli.no_row"),
    ],
)
def test_what_cannot_be_explained(
    study: Study, unit: str, target: str, code: str
) -> None:
    with pytest.raises(Refused) as stop:
        study.explain(unit, target)
    assert [p.code for p in stop.value.problems] == [code]


def test_a_criterion_that_does_not_exist(study: Study) -> None:
    with pytest.raises(Refused):
        explain_criterion(study, "a", "commune", "9", study.days())
