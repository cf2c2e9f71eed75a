"""A folder opened in a notebook, and what its tables hold."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.small import OBSERVATIONS, write_folder, write_pack

import donbay
from donbay.domain.problems import Refused
from donbay.folder.frames import COLUMNS, TABLES

ON = "2025-06-30"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "water")


def test_three_lines_in_a_notebook(folder: Path) -> None:
    study = donbay.open(folder)
    frame = study.targets(on=ON)
    assert frame["status"].to_list() == ["on_track", "on_track", "on_track"]


def test_a_study_is_shown_in_a_line(folder: Path) -> None:
    shown = repr(donbay.open(folder, on=ON))
    assert len(shown) < 200
    assert "2025, 6, 30" in shown


def test_importing_donbay_imports_nothing_heavy() -> None:
    code = (
        "import sys, donbay; "
        "print([m for m in ('numpy', 'polars', 'rich', 'yaml') if m in sys.modules])"
    )
    source = str(Path(donbay.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": source},
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("engine", ["fast", "plain"])
def test_a_table_has_its_columns_and_the_three_days(
    folder: Path, table: str, engine: str
) -> None:
    frame = donbay.open(folder, on=ON).table(table, engine=engine, known="2025-02-01")
    assert frame.columns == [*COLUMNS[table], "on", "known", "map"]
    assert frame["on"].unique().to_list() == [date(2025, 6, 30)]
    assert frame["known"].unique().to_list() == [date(2025, 2, 1)]
    assert frame["map"].unique().to_list() == [date(2025, 6, 30)]


@pytest.mark.parametrize("table", TABLES)
def test_both_engines_give_the_same_frame(folder: Path, table: str) -> None:
    study = donbay.open(folder, on=ON)
    fast, plain = study.table(table), study.table(table, engine="plain")
    assert fast.schema == plain.schema
    assert fast.rows() == plain.rows()


def test_what_was_known_then(folder: Path) -> None:
    """The 40 of March replaces the 30 of January; the province had 165 of 200."""
    study = donbay.open(folder, on=ON)
    now = study.targets(unit="p")["value"].item()
    then = study.targets(unit="p", known="2025-02-28")["value"].item()
    assert (now, then) == (87.5, 82.5)


def test_the_end_of_the_day_is_known(folder: Path) -> None:
    study = donbay.open(folder, on=ON)
    assert study.targets(unit="p", known="2025-03-01")["value"].item() == 87.5


def test_the_map_of_another_day(folder: Path) -> None:
    study = donbay.open(folder, on=ON)
    after = study.targets(level="commune")["unit"].to_list()
    before = study.targets(level="commune", map="2024-12-31")["unit"].to_list()
    assert after == ["a", "bc"]
    assert before == ["a", "b", "c"]
    names = study.targets(level="commune")["unit_name"].to_list()
    assert names == ["Xã An", "Xã Bình Cát"]


def test_one_unit(folder: Path) -> None:
    frame = donbay.open(folder, on=ON).values(unit="bc")
    assert set(frame["unit"]) == {"bc"}


def test_an_unknown_unit_and_level_are_refused(folder: Path) -> None:
    study = donbay.open(folder, on=ON)
    with pytest.raises(Refused):
        study.values(unit="nobody")
    with pytest.raises(Refused):
        study.values(level="village")


def test_money_by_source_and_form(folder: Path) -> None:
    """200 of the state, more than 600 in cash and 200 in labour of the people."""
    frame = donbay.open(folder, on=ON).mobilisation(unit="a")
    by_source = {row["source"]: row for row in frame.to_dicts() if row["source"]}
    assert by_source["state"]["amount"] == 200
    assert by_source["people"]["amount_low"] == 800
    assert by_source["people"]["amount_high"] is None
    assert by_source["state"]["share_high"] == 0.2
    total = frame.to_dicts()[-1]
    assert (total["source"], total["leverage_low"]) == (None, 4.0)


def test_a_pack_may_be_a_path_in_a_file(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "pack", tmp_path / "elsewhere")
    (folder / "pack").write_text("../elsewhere\n")
    assert donbay.open(folder).programme.id == "water"


def test_a_folder_without_a_pack_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "pack")
    with pytest.raises(Refused) as stop:
        donbay.open(folder)
    assert [p.code for p in stop.value.problems] == ["cli.no_pack"]


def test_another_pack_may_be_named(folder: Path, tmp_path: Path) -> None:
    other = write_pack(tmp_path / "other", edition="other")
    assert donbay.open(folder, pack=other).pack.path == other


@pytest.mark.parametrize("how", ["pack", "file", "source"])
def test_made_up_figures_are_marked(folder: Path, how: str) -> None:
    if how == "pack":
        programme = folder / "pack" / "programme.yaml"
        programme.write_text(programme.read_text() + "synthetic: yes\n")
    elif how == "file":
        (folder / "SYNTHETIC.md").write_text("made up\n")
    else:
        made_up = OBSERVATIONS.replace("bulletin#4", "synthetic:seed=1")
        (folder / "observations.csv").write_text(made_up)
    frame = donbay.open(folder, on=ON).targets()
    assert frame["synthetic"].all()


def test_a_day_is_judged_by_the_edition_in_force(folder: Path) -> None:
    edition = folder / "pack" / "editions" / "2025-06-01"
    edition.mkdir(parents=True)
    harder = (folder / "pack" / "targets.yaml").read_text().replace("95", "99")
    (edition / "targets.yaml").write_text(harder.replace("water_99", "water_95"))
    study = donbay.open(folder, on="2025-03-31")
    assert study.targets()["target_value"].unique().to_list() == [95]
    later = study.targets(on=ON)
    assert later["target_value"].unique().to_list() == [99]
    assert later["on"].unique().to_list() == [date(2025, 6, 30)]
