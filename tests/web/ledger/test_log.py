"""The ledger as columns: from the table, from the Parquet log, and never from a lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from tests.web.people import People, by, water

from donbay.domain.ledger import Log
from donbay.web.journal.actions import acting
from donbay.web.ledger import segments, writing
from donbay.web.ledger.models import Observation
from donbay.web.ledger.queries import log
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import Row, Word, enter
from donbay.web.results.following import forget
from donbay.web.results.models import UnitValues

pytestmark = pytest.mark.django_db
Said = tuple[object, ...]


@pytest.fixture
def programme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Programme]:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(segments, "WORTH", 2)
    forget()
    yield water()
    forget()


def enters(programme: Programme, *rows: Row, words: tuple[Word, ...] = ()) -> None:
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference="1", statements=words)


def homes(unit: str, value: float | None, bound: str = "exact") -> tuple[Row, Row]:
    return (
        Row(unit, "homes", "2026-Q3", value),
        Row(unit, "served", "2026-Q2", value, "", bound),
    )


def told(found: Log) -> list[Said]:
    """Every row of a log in full."""
    at = [np.asarray(c).tolist() for c in (found.unit, found.indicator, found.period)]
    rest = (found.category, found.bound, found.value, found.recorded_at)
    categories, bounds, values, moments = (np.asarray(c).tolist() for c in rest)
    return [
        (
            *(found.units[u], found.indicators[i], str(found.periods[p])),
            "" if c < 0 else found.categories[c],
            *(b, None if v != v else v, m),  # noqa: PLR0124 -- NaN
        )
        for u, i, p, c, b, v, m in zip(
            *at, categories, bounds, values, moments, strict=True
        )
    ]


def expected(programme: Programme) -> list[Said]:
    rows = Observation.objects.filter(programme=programme).order_by("seq")
    return [
        (
            *(row.unit_id, row.indicator, row.period, row.category),
            *(segments.BOUNDS[row.bound], row.value),
            (row.recorded_at - segments.EPOCH) // segments.EPOCH.resolution,
        )
        for row in rows
    ]


def kept(programme: Programme) -> list[Path]:
    return sorted((Path(settings.HOME) / "ledger" / programme.id).glob("*.parquet"))


def test_a_ledger_of_nothing(programme: Programme) -> None:
    assert told(log(programme)) == []


def test_the_log_says_what_the_table_says(programme: Programme) -> None:
    word = Word("tx", "commune_quarter", "causes", "2026-Q3", "Mưa lũ")
    enters(programme, *homes("tx", 10), words=(word,))
    enters(programme, *homes("lh", None))
    assert told(log(programme)) == expected(programme)
    assert kept(programme), "worth a segment"
    enters(programme, Row("hn", "money", "2026-Q3", 5e8, "state"))
    assert told(log(programme)) == expected(programme), "a segment, and a row behind it"
    enters(programme, *homes("hn", 0.0, "more_than"))
    assert told(log(programme)) == expected(programme)
    assert told(log(programme, 4)) == expected(programme)[:3], "the third was a word"


def test_a_log_of_another_chain_is_thrown_away(programme: Programme) -> None:
    """As after a backup was restored: the file speaks of batches that never were."""
    enters(programme, *homes("tx", 10))
    log(programme)
    (path,) = kept(programme)
    lie = path.with_name(path.name.replace(path.stem.split("-")[2], "0" * 64))
    path.rename(lie)
    enters(programme, *homes("lh", 20))
    assert told(log(programme)) == expected(programme)
    assert lie not in kept(programme)


def test_a_log_that_cannot_be_written_is_done_without(programme: Programme) -> None:
    (Path(settings.HOME) / "ledger").write_text("a file where a folder should be")
    enters(programme, *homes("tx", 10))
    assert told(log(programme)) == expected(programme)


def test_a_batch_of_nothing_is_refused(programme: Programme) -> None:
    with pytest.raises(ValueError, match="a batch has rows"):
        enters(programme)


def test_rows_are_put_over_those_of_their_key(programme: Programme) -> None:
    enters(programme, *homes("tx", 10))
    kept = UnitValues.objects.filter(unit_id="tx", period="2026-Q3").get()
    rows = [
        (kept.evaluation_id, "tx", "2026-Q3", b"\x00over"),
        (kept.evaluation_id, "tx", "2031-Q1", b"new"),
    ]
    writing.put(UnitValues, ("evaluation_id", "unit_id", "period"), ("packed",), rows)
    kept.refresh_from_db()
    assert bytes(kept.packed) == b"\x00over"
    assert UnitValues.objects.filter(unit_id="tx", period="2031-Q1").count() == 1
