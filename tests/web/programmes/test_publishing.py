"""A programme is opened to the public by its office alone, and leaves a trace."""

from __future__ import annotations

import pytest
from tests.web.people import People, by, water

from donbay.domain.workflow import NotAllowed
from donbay.web.journal.models import Entry
from donbay.web.programmes.actions import publish, withdraw
from donbay.web.programmes.models import Programme
from donbay.web.programmes.queries import published, published_one

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    made = water()
    Programme.objects.update(published_at=None)
    return made


def test_a_programme_is_closed_until_its_office_opens_it(programme: Programme) -> None:
    assert published() == []
    publish(by(People(programme).chi), programme)
    assert published_one("water") == programme
    withdraw(by(People(programme).chi), programme)
    assert published_one("water") is None


def test_to_open_what_is_open_changes_nothing(programme: Programme) -> None:
    for act in (publish, publish, withdraw, withdraw):
        act(by(People(programme).chi), programme)
    verbs = Entry.objects.filter(verb__in=["publish", "withdraw"])
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "publish",
        "withdraw",
    ]


@pytest.mark.parametrize("name", ["an", "binh", "dung", "giang", "phuc"])
def test_nobody_else_opens_it(programme: Programme, name: str) -> None:
    someone = by(getattr(People(programme), name))
    with pytest.raises(NotAllowed):
        publish(someone, programme)
    assert published() == []
