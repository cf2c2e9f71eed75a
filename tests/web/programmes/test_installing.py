"""A pack is copied into the home with what it extends, or refused with every reason."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from tests.web.people import WATER, People, by, person, places, water

from donbay.domain.problems import Refused
from donbay.domain.workflow import NotAllowed
from donbay.folder.shipped import shipped
from donbay.web.programmes import queries
from donbay.web.programmes.actions import install
from donbay.web.programmes.models import Edition, Programme
from donbay.web.programmes.permissions import JOB

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WATER, tmp_path / "water"))


def test_the_copy_is_what_holds(pack: Path) -> None:
    places()
    programme = install(JOB, pack, ["tn"])
    shutil.rmtree(pack)

    assert programme.titles["en"] == "Clean water"
    assert list(queries.promise(programme).indicators) != []
    kept = Edition.objects.get()
    assert (Path(settings.PACKS) / kept.path / "programme.yaml").is_file()
    assert kept.path.startswith(kept.checksum)


def test_a_new_programme_takes_every_place_of_its_top_level(pack: Path) -> None:
    places()

    assert [u.pk for u in install(JOB, pack).roots.all()] == ["tn"]


def test_the_same_pack_again_is_no_new_edition(pack: Path) -> None:
    places()
    install(JOB, pack)
    install(JOB, pack)
    assert Edition.objects.count() == 1

    (pack / "targets.yaml").write_text(
        (pack / "targets.yaml").read_text().replace("value: 95", "value: 96")
    )
    programme = install(JOB, pack)

    assert Edition.objects.count() == 2
    assert queries.promise(programme).targets[0].value == 96


def test_a_national_pack_comes_along() -> None:
    example = next(p for p in shipped("packs") if p.name == "new-rural-example")
    places()

    programme = install(JOB, example, ["tn"])

    assert "commune" in {s.id for s in queries.promise(programme).criteria}


def test_a_bad_pack_is_refused_and_nothing_is_left(pack: Path) -> None:
    places()
    (pack / "targets.yaml").write_text("- id: water_95\n  indicator: nothing\n")
    before = set(Path(settings.PACKS).glob("*"))

    with pytest.raises(Refused) as refused:
        install(JOB, pack)

    assert refused.value.problems
    assert not Programme.objects.exists()
    assert set(Path(settings.PACKS).glob("*")) == before


def test_only_the_office_or_the_administrator_installs(pack: Path) -> None:
    people = People(water())
    for other in (people.an, people.linh, people.dung, person("Lan")):
        with pytest.raises(NotAllowed, match="only_the_office"):
            install(by(other), pack)

    install(by(people.chi), pack)
    install(by(people.quan), pack)


def test_places_that_nobody_knows_are_named(pack: Path) -> None:
    places()

    with pytest.raises(NotAllowed, match="unit_unknown"):
        install(JOB, pack, ["tn", "nowhere"])
