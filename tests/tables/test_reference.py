"""The page on files is what the readers check, and its examples are read."""

from dataclasses import replace
from pathlib import Path

from tests.tables.folders import PROGRAMME

from donbay.domain.criteria import (
    Attestation,
    CriteriaSet,
    Criterion,
    Level,
    SubCriterion,
)
from donbay.tables import read_folder, reference
from donbay.tables.columns import LAYOUTS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "files.md"


def test_the_page_is_up_to_date() -> None:
    assert reference.main(["--check", str(PAGE)]) == 0


def test_the_page_is_written_as_it_is_checked(tmp_path: Path) -> None:
    page = tmp_path / "files.md"
    assert reference.main(["--check", str(page)]) == 1
    assert reference.main([str(page)]) == 0
    assert reference.main(["--check", str(page)]) == 0


def test_its_examples_are_read(tmp_path: Path) -> None:
    leaf = SubCriterion("10.1", Attestation("department_of_health"))
    standard = Level("standard", (Criterion("10", leaf),))
    programme = replace(
        PROGRAMME, criteria=(CriteriaSet("rural", "commune", (standard,)),)
    )
    for layout in LAYOUTS:
        text = reference.example(layout)
        assert text.partition("\n")[0] == ",".join(layout.names)
        (tmp_path / f"{layout.name}.csv").write_text(text, encoding="utf-8")
    tables = read_folder(tmp_path, programme)
    assert len(tables.observations()) == 4
    assert tables.notices == ()
