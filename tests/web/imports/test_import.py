"""The programme's office imports a file: whole or not at all, and once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.web.people import water

from donbay.domain.problems import Refused
from donbay.web.imports.actions import import_file
from donbay.web.journal.models import Entry
from donbay.web.ledger.models import Batch, Observation
from donbay.web.results.models import Evaluation

pytestmark = pytest.mark.django_db
HEAD = "unit,indicator,period,category,value,bound,recorded_at,source\n"
ROWS = (
    "tx,homes,2026-Q2,,900,,2026-07-03,bulletin\n"
    "tx,served,2026-Q2,,880,,2026-07-03,bulletin\n"
    "lh,homes,2026-Q2,,0,,2026-07-04,bulletin\n"
)


def file_of(folder: Path, rows: str = ROWS) -> Path:
    path = folder / "july.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_rows_arrive_with_their_day_and_verdicts_follow(tmp_path: Path) -> None:
    programme = water()
    done = import_file(file_of(tmp_path), "water")
    assert (done.rows, done.batch, done.already) == (3, 1, False)
    rows = Observation.objects.order_by("seq").values_list(
        "unit_id", "value", "reported_on"
    )
    assert list(rows)[::2] == [
        ("tx", 900.0, date(2026, 7, 3)),
        ("lh", 0.0, date(2026, 7, 4)),
    ]
    assert Evaluation.objects.get(programme=programme).seq == 3
    assert Entry.objects.filter(verb="import").count() == 1


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    water()
    import_file(file_of(tmp_path), "water")
    before = Entry.objects.count()
    again = import_file(file_of(tmp_path), "water")
    assert (again.batch, again.already) == (1, True)
    assert (Batch.objects.count(), Entry.objects.count()) == (1, before)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    water()
    assert import_file(file_of(tmp_path), "water", dry=True).rows == 3
    assert not Batch.objects.exists()
    assert not Entry.objects.exists()


def test_every_problem_is_listed_and_nothing_arrives(tmp_path: Path) -> None:
    water()
    wrong = "zz,homes,2026-Q2,,1,,2026-07-03,\ntx,homse,2026-Q2,,1,,2026-07-03,\n"
    with pytest.raises(Refused) as refused:
        import_file(file_of(tmp_path, ROWS + wrong), "water")
    assert {problem.line for problem in refused.value.problems} == {5, 6}
    assert not Batch.objects.exists()


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    water()
    for path, programme, code in (
        (file_of(tmp_path), "wine", "cli.import.no_programme"),
        (tmp_path / "none.csv", "water", "tables.reports_file"),
        (file_of(tmp_path, ""), "water", "tables.file_no_rows"),
    ):
        with pytest.raises(Refused) as refused:
            import_file(path, programme)
        assert [problem.code for problem in refused.value.problems] == [code]
