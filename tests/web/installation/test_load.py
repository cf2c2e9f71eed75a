"""An operator brings places and a programme onto a site, and its figures once."""

from __future__ import annotations

from pathlib import Path

import pytest

from donbay.domain.problems import Refused
from donbay.web.installation.loading import bring
from donbay.web.ledger.models import Batch
from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit

pytestmark = pytest.mark.django_db
THAI_NGUYEN = Path("examples/thai-nguyen-13")


def test_places_and_pack_may_be_brought_again() -> None:
    first = bring(THAI_NGUYEN, None, figures=False)
    again = bring(THAI_NGUYEN, None, figures=False)
    assert (first.programme, first.units) == (again.programme, again.units)
    assert Unit.objects.count() == first.units
    assert not Batch.objects.exists()


def test_figures_are_brought_once() -> None:
    brought = bring(THAI_NGUYEN, None, figures=True)
    kept = Batch.objects.count()
    assert brought.rows > 0 < kept
    with pytest.raises(Refused) as refused:
        bring(THAI_NGUYEN, None, figures=True)
    (problem,) = refused.value.problems
    assert problem.code == "cli.load.figures_there"
    assert Batch.objects.count() == kept


def test_nothing_arrives_of_a_folder_with_a_mistake(tmp_path: Path) -> None:
    for file in THAI_NGUYEN.iterdir():
        text = file.read_text(encoding="utf-8")
        if file.name == "pack":
            text = str((THAI_NGUYEN / text.strip()).resolve())
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    with (tmp_path / "observations.csv").open("a", encoding="utf-8") as more:
        more.write("nowhere,thing,2025,,1,,2025-12-31,memo\n")
    with pytest.raises(Refused):
        bring(tmp_path, None, figures=True)
    assert not Unit.objects.exists()
    assert not Programme.objects.exists()
