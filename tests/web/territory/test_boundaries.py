"""Quân, who runs the site, brings areas of places, looks at them, takes them away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.areas import CODES, CORNERS, feature, file_of, place, square, whole
from tests.web.people import water

from donbay.cli import main
from donbay.domain.problems import Refused
from donbay.domain.territory import Succession
from donbay.tables.boundaries import Wanted
from donbay.web.files.actions import path_of
from donbay.web.journal.actions import NOBODY, acting
from donbay.web.journal.models import Entry
from donbay.web.territory.actions import (
    Taken,
    Whose,
    bring_boundaries,
    redraw,
    remove_boundaries,
)
from donbay.web.territory.models import BoundarySet
from donbay.web.territory.queries import boundaries, boundaries_mark, territory

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 1)
SURVEY = Whose("Sở Tài nguyên", "CC BY 4.0", "https://example.org/areas")


@pytest.fixture(autouse=True)
def _() -> None:
    water()


def brought(path: Path, day: date = ON, whose: Whose = SURVEY) -> Taken:
    return bring_boundaries(path, Wanted(day), whose)


def shown(day: date = ON) -> set[str]:
    return set(boundaries(CODES, day).of)


def test_areas_are_kept_with_source_licence_and_checksum(tmp_path: Path) -> None:
    path = whole(tmp_path)
    before = boundaries_mark()
    done = brought(path)
    kept = BoundarySet.objects.get()
    assert (done.number, done.already) == (kept.pk, False)
    assert (kept.source, kept.licence) == ("Sở Tài nguyên", "CC BY 4.0")
    assert path_of(kept.file_id).read_bytes() == path.read_bytes()
    assert shown() == set(CODES)
    assert boundaries_mark() != before
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.channel) == ("boundaries_brought", "command")


def test_the_same_areas_once_more_change_nothing(tmp_path: Path) -> None:
    path = whole(tmp_path)
    first, again = brought(path), brought(path)
    assert (again.number, again.already) == (first.number, True)
    assert BoundarySet.objects.count() == 1


def test_what_is_brought_later_is_shown_until_it_is_taken_away(tmp_path: Path) -> None:
    brought(whole(tmp_path))
    west, south, east, north = CORNERS["hn"]
    lower = feature(CODES["hn"], [square(west, south - 0.1, east, north)])
    later = brought(file_of(tmp_path, [place("tx"), place("lh"), lower]))
    assert later.number is not None

    def lowest() -> float:
        (polygon,) = boundaries(["hn"], ON).of["hn"]
        return min(lat for _, lat in polygon[0])

    assert lowest() == pytest.approx(21.3)
    remove_boundaries(later.number)
    assert lowest() == pytest.approx(21.4)
    with pytest.raises(Refused):
        remove_boundaries(later.number)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = bring_boundaries(whole(tmp_path), Wanted(ON), SURVEY, dry=True)
    assert len(done.found.boundaries) == 3
    assert not BoundarySet.objects.exists()


@pytest.mark.parametrize(
    ("whose", "code"),
    [
        (Whose("", "CC0"), "source_missing"),
        (Whose("Sở", " "), "licence_missing"),
        (Whose("S" * 301, "CC0"), "too_long"),
    ],
)
def test_nobodys_areas_are_not_taken(tmp_path: Path, whose: Whose, code: str) -> None:
    with pytest.raises(Refused) as stop:
        brought(whole(tmp_path), whose=whose)
    assert [p.code for p in stop.value.problems] == [f"boundaries.{code}"]


def test_a_merger_ends_the_areas_that_it_touches(tmp_path: Path) -> None:
    brought(whole(tmp_path))
    merger = date(2026, 6, 1)
    told = territory().versions
    with acting(NOBODY) as act:
        redraw(act, {"tx": told["tx"]}, [Succession(merger, "hn", "tx", 1.0)])
    assert shown(date(2026, 5, 31)) == set(CODES)
    assert shown(merger) == {"lh"}


def test_areas_are_found_in_few_questions_and_kept_until_others_come(
    tmp_path: Path,
) -> None:
    brought(whole(tmp_path))
    territory()
    for most in (5, 2):
        with CaptureQueriesContext(connection) as asked:
            found = boundaries(CODES, ON)
        assert len(asked) == most
    assert [one.source for one in found.sets] == ["Sở Tài nguyên"]
    remove_boundaries(found.sets[0].pk)
    assert not boundaries(CODES, ON).of


# --- by the command ------------------------------------------------------------------

WHOSE = ["--source", "Sở", "--licence", "CC0", "--lang", "en"]


@pytest.fixture
def no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of this test are there."""
    monkeypatch.setattr("donbay.cli.boundaries.set_up", lambda _: None)


@pytest.mark.usefixtures("no_tables")
def test_quan_brings_lists_and_removes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(whole(tmp_path))
    assert main(["boundaries", "--lang", "en"]) == 0
    assert "Maps are schematic" in capsys.readouterr().out
    assert main(["boundaries", path, "--on", "2026-01-01", "--dry-run", *WHOSE]) == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert main(["boundaries", path, "--on", "2026-01-01", *WHOSE]) == 0
    assert "Areas of 3 places as of 1 Jan 2026" in capsys.readouterr().out
    number = str(BoundarySet.objects.get().pk)
    assert main(["boundaries", "--lang", "en"]) == 0
    assert "areas of 3 places. Sở. CC0. SHA-256" in capsys.readouterr().out
    assert main(["boundaries", "--remove", number, "--lang", "en"]) == 0
    assert not BoundarySet.objects.exists()


@pytest.mark.usefixtures("no_tables")
def test_quan_is_told_everything_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(file_of(tmp_path, [place("tx"), place("tx")]))
    told = main(["boundaries", path, "--on", "2026-01-01", *WHOSE])
    said = capsys.readouterr().err
    assert told == 2
    assert "Problems found: 2" in said
    assert "Xã La Hiên (05728)" in said
    assert main(["boundaries", path, "--lang", "en"]) == 2
    assert "Add --on" in capsys.readouterr().err


@pytest.mark.usefixtures("no_tables")
def test_what_is_left_out_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(file_of(tmp_path, [place("tx"), feature("1", [square(1, 1, 2, 2)])]))
    day = ["--on", "2026-01-01", "--part", *WHOSE]
    assert main(["boundaries", path, *day]) == 0
    shown = capsys.readouterr()
    assert "Left out: 2" in shown.err
    assert "Areas of 1 places" in shown.out
