"""A file of data is written once, until a figure changes; memory has an end."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from tests.web.people import People, by
from tests.web.portal.story import LAST, reported

from donbay.web.journal.actions import acting
from donbay.web.portal.caching import Remembered
from donbay.web.results.actions import Row, enter

FILE = "/public/data/water/observations.csv"


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    files = Remembered(room=10, largest=6)
    files.get("a", lambda: b"12345")
    files.get("b", lambda: b"1234")
    assert files.get("a", lambda: b"anew") == b"12345"
    files.get("c", lambda: b"123")
    assert files.size == 8
    assert files.get("a", lambda: b"anew") == b"12345"
    assert files.get("b", lambda: b"anew") == b"anew"


def test_a_file_too_large_is_written_anew_each_time() -> None:
    files = Remembered(room=10, largest=6)
    assert files.get("a", lambda: b"1234567") == b"1234567"
    assert files.size == 0
    assert files.get("a", lambda: b"other") == b"other"


def test_what_cannot_be_written_is_not_remembered() -> None:
    files = Remembered()
    with pytest.raises(ZeroDivisionError):
        files.get("a", lambda: bytes(1 // 0))
    assert files.get("a", lambda: b"x") == b"x"


@pytest.mark.django_db
def test_once_more_the_same_takes_few_questions_and_a_new_figure_is_in_it(
    django_assert_max_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    programme = reported()
    first = Client().get(FILE)
    with django_assert_max_num_queries(7):
        assert Client().get(FILE).content == first.content
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        rows = [Row("tx", "served", str(LAST), 987.0)]
        enter(act, programme, rows, origin="import", reference="2")
    assert b"987" in Client().get(FILE).content
    before = Client().get(FILE)["ETag"]
    settings.DATA_LICENCE = "CC BY 4.0"
    assert Client().get(FILE)["ETag"] != before
