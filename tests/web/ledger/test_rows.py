"""Rows arrive as they were given, belong to known places, and are never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.people import People, by, water

from donbay.web.journal.actions import acting
from donbay.web.ledger import writing
from donbay.web.ledger.models import Batch, Observation
from donbay.web.ledger.queries import HASHED, broken_batches
from donbay.web.results.actions import Row, enter

pytestmark = pytest.mark.django_db
ODD = 'Báo cáo\tquý "3"\n\\N \r\\'
ROWS = (
    Row("tx", "homes", "2026-Q3", 900.5, "", "about", ODD, date(2026, 7, 3)),
    Row("tx", "served", "2026-Q3", None),
    Row("lh", "homes", "2026-Q3", -0.0),
)


def entered(*rows: Row) -> Batch:
    programme = water()
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        return enter(act, programme, rows, origin="import", reference="1")


@pytest.mark.parametrize("many", [1, 20_000])
def test_every_letter_comes_back(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MANY", many)
    entered(*ROWS)
    found = Observation.objects.order_by("seq").values_list(*HASHED[1:])
    assert list(found) == [
        ("tx", "homes", "2026-Q3", "", 900.5, "about", date(2026, 7, 3), ODD),
        ("tx", "served", "2026-Q3", "", None, "exact", None, ""),
        ("lh", "homes", "2026-Q3", "", 0.0, "exact", None, ""),
    ]
    assert broken_batches() == []


def test_a_batch_is_hashed_as_lines_of_json() -> None:
    """Whoever holds the rows can compute it, in any language, in years to come."""
    batch = entered(*ROWS)
    digest = hashlib.sha256()
    for row in Observation.objects.order_by("seq").values_list(*HASHED):
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str)
        digest.update(f"{line}\n".encode())
    assert batch.rows_hash == digest.hexdigest()


def test_a_place_that_is_not_on_the_map_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the map: atlantis"):
        entered(Row("tx", "homes", "2026-Q3", 1.0), Row("atlantis", "homes", "x", 1.0))
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_observation SET value = 1", "DELETE FROM ledger_observation"],
    ids=["change", "delete"],
)
def test_the_database_refuses(statement: str) -> None:
    entered(*ROWS)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
