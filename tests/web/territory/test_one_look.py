"""Where places lie is looked up once for a page, and again after a wait for a lock."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.people import water

from donbay.web.journal.actions import NOBODY, acting
from donbay.web.territory.actions import revise
from donbay.web.territory.models import Revision
from donbay.web.territory.queries import one_look, revision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _() -> Iterator[None]:
    water()
    with one_look():
        yield


def test_once_for_all_that_a_page_says() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert revision() == revision() == revision()

    assert len(asked) == 1


def test_who_waited_for_a_lock_sees_where_places_were_moved_meanwhile() -> None:
    before = revision()
    Revision.objects.update(number=before + 1)  # by another process

    assert revision() == before
    with acting(NOBODY):
        assert revision() == before + 1
    assert revision() == before + 1


def test_who_moves_them_sees_it_at_once() -> None:
    with acting(NOBODY):
        before = revision()
        revise()
        assert revision() > before


def test_what_was_taken_back_is_not_remembered() -> None:
    before = revision()

    with pytest.raises(ZeroDivisionError):
        revise_and_fail()

    assert revision() == before


def revise_and_fail() -> None:
    with acting(NOBODY):
        before = revision()
        revise()
        assert revision() > before
        raise ZeroDivisionError
