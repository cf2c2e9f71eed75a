"""A file of many rows is judged before the programme is held, and is right after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from tests.web.people import People, by, water
from tests.web.submissions.stories import WATER, filled

from donbay.web.imports import actions
from donbay.web.imports.actions import import_file
from donbay.web.journal.actions import NOBODY, acting, held
from donbay.web.ledger import segments, writing
from donbay.web.ledger.models import Batch, Observation
from donbay.web.ledger.queries import broken_batches
from donbay.web.programmes.models import Programme
from donbay.web.results import following, keeping, preparing
from donbay.web.results.actions import Row, carry_out, enter, full_run, turn_day
from donbay.web.results.keeping import Comparison
from donbay.web.results.models import Evaluation
from donbay.web.submissions.actions import approve, send

pytestmark = pytest.mark.django_db
HEAD = "unit,indicator,period,category,value,bound,recorded_at,source\n"
PLACES, YEARS = ("tx", "lh"), range(2020, 2026)


@pytest.fixture
def programme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Programme]:
    """Eight rows are many here, and worth a segment of the log."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(segments, "WORTH", 8)
    monkeypatch.setattr(writing, "MANY", 8)
    monkeypatch.setattr(preparing, "MANY", 8)
    monkeypatch.setattr(following, "MANY", 8)
    following.forget()
    yield water()
    following.forget()


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Each reading of a whole ledger, each comparison: whether the lock was held."""
    found: list[tuple[str, bool]] = []
    start, differences = following.start, Comparison.differences

    def starts(*given: object) -> following.Followed:
        found.append(("read", bool(held())))
        return start(*given)  # type: ignore[arg-type]

    def looks(self: Comparison) -> object:
        found.append(("compared", bool(held())))
        return differences(self)

    monkeypatch.setattr(following, "start", starts)
    monkeypatch.setattr(preparing, "start", starts)
    monkeypatch.setattr(Comparison, "differences", looks)
    return found


def file_of(folder: Path, figure: object, name: str = "years.csv") -> Path:
    """Six years of two communes, with a withdrawal and a source of many letters."""
    rows = [
        f"{unit},{indicator},{year}-Q{quarter},,{figure},,2026-07-03,bulletin"
        for unit in PLACES
        for indicator in ("homes", "served")
        for year in YEARS
        for quarter in range(1, 5)
    ]
    rows.append(f'lh,homes,2026-Q1,,,,2026-07-04,"{"Bản tin, " * 40}"')
    path = folder / name
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def is_right(programme: Programme) -> bool:
    """The chain holds, and a full run says what is kept."""
    run = full_run(NOBODY, programme)
    carry_out(run)
    live = Evaluation.objects.get(live=True)
    last = Batch.objects.latest("number").last
    return (run.differences, broken_batches(), live.seq) == ([], [], last)


def interrupted(
    monkeypatch: pytest.MonkeyPatch, programme: Programme, row: Row
) -> None:
    """Somebody enters a row after the file was judged, before it is entered."""
    foresee = preparing.foresee

    def foresees(*given: object) -> preparing.Prepared | None:
        found = foresee(*given)  # type: ignore[arg-type]
        with acting(NOBODY, programme.chain) as act:
            enter(act, programme, [row], origin="import", reference="somebody")
        return found

    monkeypatch.setattr(actions, "foresee", foresees)


def test_nothing_long_is_done_while_the_programme_is_held(
    programme: Programme, work: list[tuple[str, bool]], tmp_path: Path
) -> None:
    done = import_file(file_of(tmp_path, 900), "water")
    again = import_file(file_of(tmp_path, 905, "again.csv"), "water")
    assert (done.rows, again.batch) == (97, 2)
    assert work == [("read", False), ("compared", False)] * 2
    assert is_right(programme)


def test_every_row_comes_as_it_stands_in_the_file(
    programme: Programme, tmp_path: Path
) -> None:
    import_file(file_of(tmp_path, 900.5), programme.pk)
    first, last = Observation.objects.earliest("seq"), Observation.objects.latest("seq")
    assert (first.unit_id, first.period, first.value) == ("tx", "2020-Q1", 900.5)
    assert (last.seq, last.value, str(last.reported_on)) == (97, None, "2026-07-04")
    assert last.source == ("Bản tin, " * 40)[:200]
    assert Observation.objects.filter(bound="exact", category="").count() == last.seq


def test_a_report_follows_the_file_at_once(
    programme: Programme, work: list[tuple[str, bool]], tmp_path: Path
) -> None:
    import_file(file_of(tmp_path, 900), programme.pk)
    people = People(programme)
    report = approve(by(people.binh), send(by(people.an), filled(people, WATER)))
    del work[:]
    approve(by(people.linh), report)
    assert work == [], "the engine of the file goes on"
    assert is_right(programme)


def test_what_came_in_meanwhile_counts_too(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import_file(file_of(tmp_path, 900), programme.pk)
    interrupted(monkeypatch, programme, Row("lh", "homes", "2026-Q1", 17.0))
    import_file(file_of(tmp_path, 905, "again.csv"), programme.pk)
    assert Observation.objects.count() == 97 + 1 + 97
    assert is_right(programme)


def test_nor_is_anything_lost_where_it_was_the_first(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    interrupted(monkeypatch, programme, Row("tx", "homes", "2026-Q1", 17.0))
    import_file(file_of(tmp_path, 900), programme.pk)
    assert is_right(programme)


def test_what_was_judged_and_never_came_is_forgotten(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import_file(file_of(tmp_path, 900), programme.pk)
    mend = keeping.mend

    def fails(*_: object) -> int:
        msg = "the disk is full"
        raise OSError(msg)

    monkeypatch.setattr(keeping, "mend", fails)
    with pytest.raises(OSError, match="full"):
        import_file(file_of(tmp_path, 905, "again.csv"), programme.pk)
    monkeypatch.setattr(keeping, "mend", mend)
    assert Batch.objects.count() == 1
    assert is_right(programme)
    with acting(NOBODY, programme.chain) as act:
        row = Row("tx", "homes", "2026-Q1", 17.0)
        enter(act, programme, [row], origin="import", reference="next")
    assert is_right(programme)


def test_a_file_brings_the_new_day_with_it(
    programme: Programme, work: list[tuple[str, bool]], tmp_path: Path
) -> None:
    import_file(file_of(tmp_path, 900), programme.pk)
    kept = Evaluation.objects.get(live=True)
    kept.on = kept.map = kept.on.replace(year=kept.on.year - 1)
    kept.save()
    del work[:]
    import_file(file_of(tmp_path, 905, "again.csv"), programme.pk)
    assert work == [("read", False), ("compared", False)]
    assert not turn_day(programme)
    assert is_right(programme)
