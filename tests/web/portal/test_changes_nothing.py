"""Whatever anybody asks of the portal, nothing is written; and it may be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.people import People, by
from tests.web.portal.story import LAST, reported
from tests.web.printing import published
from tests.web.test_doors import DOORS, names

from donbay.web.journal.actions import acting
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import Row, enter

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WAYS = ("get", "head", "post", "put", "patch", "delete")
PORTAL = [name for name in names() if name.startswith("portal:")]
HERE = "/public/vi/water/"


class WrittenError(AssertionError):
    """A statement that is not a question."""


@contextmanager
def read_only() -> Iterator[None]:
    """Any statement but a question is refused before the database sees it."""

    def only_asks(execute: Callable[..., object], sql: str, *given: object) -> object:
        if not sql.lstrip(" (").upper().startswith(("SELECT", "WITH")):
            raise WrittenError(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(only_asks):
        yield


def address(name: str, programme: Programme) -> str:
    told = {"programme": programme.pk, "unit": "tx", "2026-Q2": str(LAST)}
    if name == "portal:report_file":
        told |= {"publication": str(published(People(programme)).pk), "pdf": "xlsx"}
    where = {key: told.get(value, value) for key, value in DOORS[name].where.items()}
    return reverse(name, kwargs=where)


def body(answer: Any) -> bytes:  # noqa: ANN401 -- an answer at once, or a stream
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def programme() -> Programme:
    return reported()


@pytest.mark.parametrize("name", PORTAL)
@pytest.mark.parametrize("way", WAYS)
def test_no_request_writes(programme: Programme, name: str, way: str) -> None:
    here = address(name, programme)
    with read_only():
        answers = [getattr(Client(), way)(f"{here}{q}") for q in ("", "?as=csv")]
    for answer in answers:
        body(answer)
        assert answer.status_code in ({200, 302} if way in {"get", "head"} else {405})
        assert not answer.cookies


def test_the_guard_would_see_a_write(programme: Programme) -> None:
    with read_only(), pytest.raises(WrittenError):
        programme.save()


@pytest.mark.parametrize("name", [n for n in PORTAL if n != "portal:entrance"])
def test_a_page_may_be_kept_until_its_figures_change(
    programme: Programme, name: str
) -> None:
    here = address(name, programme)
    first = Client().get(here)
    body(first)
    assert "public" in first["Cache-Control"]
    assert not first.has_header("Vary")
    again = Client().get(here, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, body(again)) == (304, b"")
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        rows = [Row("tx", "served", str(LAST), 10.0)]
        enter(act, programme, rows, origin="import", reference="2")
    if name in {"portal:programmes", "portal:report_file"}:
        return  # it shows no figure, or those of the day of its issue
    anew = Client().get(here, headers={"if-none-match": first["ETag"]})
    assert anew.status_code == 200
    assert anew["ETag"] != first["ETag"]


@pytest.mark.usefixtures("programme")
def test_to_know_that_nothing_changed_takes_few_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    tag = Client().get(HERE)["ETag"]
    with django_assert_max_num_queries(7):
        answer = Client().get(HERE, headers={"if-none-match": tag})
    assert answer.status_code == 304


@pytest.mark.parametrize(
    ("path", "most"),
    [("", 16), ("places/tn/", 16), ("targets/water_95/", 14), ("why/tn/water_95/", 14)],
)
@pytest.mark.usefixtures("programme")
def test_no_question_is_asked_for_each_row(
    path: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Client().get(HERE + path)
    with django_assert_max_num_queries(most):
        assert Client().get(HERE + path).status_code == 200
