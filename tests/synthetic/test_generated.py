"""Made-up folders: the same from the same seed, marked, and with every feature."""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from tests.engine.agreement import differences

import donbay
from donbay.cli import main
from donbay.domain.indicators import RollUp
from donbay.folder import Study
from donbay.folder.made_up import make_folder

EXAMPLE = Path(__file__).parents[2] / "examples" / "quang-ninh-06"


def generate(folder: Path, seed: int = 7, communes: int = 40) -> Path:
    folder.mkdir()
    make_folder(
        folder,
        pack=None,
        territory=None,
        seed=seed,
        communes=communes,
        years=(2024, 2025),
        parquet=False,
        at=folder,
    )
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("made") / "up")


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return donbay.open(folder, on="2026-01-31")


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[Mapping[str, str]]:
    with (folder / "observations.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def files(folder: Path) -> dict[str, bytes]:
    every = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in every}


def test_the_same_seed_gives_the_same_folder(tmp_path: Path) -> None:
    one, two = generate(tmp_path / "one"), generate(tmp_path / "two")
    other = generate(tmp_path / "three", seed=8)
    assert files(one) == files(two)
    assert files(one)["observations.csv"] != files(other)["observations.csv"]


def test_it_is_read_without_a_problem(study: Study) -> None:
    assert study.reported > 1000


def test_every_mark_says_synthetic(
    folder: Path, study: Study, rows: list[Mapping[str, str]]
) -> None:
    assert (folder / "SYNTHETIC.md").is_file()
    assert study.programme.synthetic
    assert {row["source"] for row in rows} == {"synthetic:seed=7"}
    assert study.targets()["synthetic"].all()


def test_every_kind_of_roll_up(study: Study) -> None:
    kinds = {i.roll_up for i in study.programme.indicators.values()}
    assert kinds == set(RollUp)


def test_corrections_withdrawals_and_gaps(rows: list[Mapping[str, str]]) -> None:
    keys = ("unit", "indicator", "period", "category")
    said = Counter(tuple(row[key] for key in keys) for row in rows)
    assert sum(1 for count in said.values() if count > 1) > 0.03 * len(said)
    withdrawn = [row for row in rows if not row["value"]]
    assert withdrawn
    asked = {(u, "population", p) for u, i, p, _ in said if i != "population"}
    reported = {key[:3] for key in said}
    quarters = {(u, i, p) for u, i, p in asked if "Q" in p}
    assert 0.8 < len(quarters & reported) / len(quarters) < 1


def test_categories_whole_and_in_part(rows: list[Mapping[str, str]]) -> None:
    forms: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row["indicator"] == "trained_people":
            forms.setdefault((row["unit"], row["period"]), set()).add(row["category"])
    kinds = Counter(frozenset(form) for form in forms.values())
    assert frozenset({""}) in kinds
    assert frozenset({"female", "male"}) in kinds
    assert frozenset({"", "female", "male"}) in kinds
    assert frozenset({"male"}) in kinds


def test_bounds_tags_and_text_ids(study: Study, rows: list[Mapping[str, str]]) -> None:
    assert len({row["bound"] for row in rows}) == 6
    versions = [v for some in study.territory.versions.values() for v in some]
    assert {tag for v in versions for tag in v.tags} == {"mountain", "island", "urban"}
    assert any(v.code.startswith("0") for v in versions)


def test_unknown_and_published_shares(study: Study) -> None:
    shares = {s.share for s in study.territory.successions}
    assert shares == {None, 0.6, 0.4, 1.0}


def test_both_engines_agree_on_it(study: Study) -> None:
    days, tables = study.days(), ("values", "targets", "criteria", "levels")
    fast = study.evaluation(days, tables)
    assert not differences(fast, study.evaluation(days, tables, engine="plain"))


def test_reports_add_up_to_what_was_published(tmp_path: Path) -> None:
    """768 cooperatives and 432 products were published for the province."""
    folder = tmp_path / "like"
    folder.mkdir()
    make_folder(
        folder,
        pack=None,
        territory=EXAMPLE,
        seed=3,
        communes=0,
        years=(2025, 2025),
        parquet=True,
        at=folder,
    )
    values = donbay.open(folder, on="2025-12-31").values(unit="vn-p22")
    half = values.filter(pl.col("period") == "2025-H1", pl.col("stated").is_not_null())
    found = {row["indicator"]: row for row in half.to_dicts()}
    assert found["agricultural_cooperatives"]["value"] == 768
    assert found["ocop_products"]["value"] == 432
    assert all(row["value"] == row["stated"] for row in found.values())
    sources = {o.source for o in donbay.open(folder).observations}
    assert "baoquangninh-3365273#Q21" in sources


def test_the_command_writes_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["generate", str(tmp_path / "g"), "--communes", "12", "--years", "1"]
    assert main([*words, "--lang", "en"]) == 0
    assert "synthetic" in capsys.readouterr().out
    assert main([*words, "--lang", "en"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["g"]
