"""What stands in the journal cannot be changed, not even by SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from donbay.web.journal.actions import Stamp, acting
from donbay.web.journal.models import Entry
from donbay.web.journal.queries import broken_chains

AN = Stamp("1", "An")


@pytest.mark.django_db
def test_two_actions_are_two_links_of_a_whole_chain() -> None:
    for verb in ("open", "close"):
        with acting(AN) as act:
            act.note(verb, "round", 7)
    assert [e.number for e in Entry.objects.order_by("id")] == [1, 2]
    assert broken_chains() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE journal_entry SET verb = 'x'", "DELETE FROM journal_entry"],
    ids=["change", "delete"],
)
def test_the_database_refuses(statement: str) -> None:
    with acting(AN) as act:
        act.note("open", "round", 7)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
