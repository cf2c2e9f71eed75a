"""The journal is read by programme, by thing and by person, in words."""

from __future__ import annotations

from html import unescape

import pytest
from tests.web.people import People, by, signed_in, water

from donbay.texts import LANGUAGES
from donbay.web.journal.actions import acting
from donbay.web.look.words import wording

pytestmark = pytest.mark.django_db
JOURNAL = "/programmes/water/journal/"


@pytest.fixture
def people() -> People:
    """An sent a report, and Linh sent one figure of it back."""
    people = People(water())
    chain = people.programme.chain
    with acting(by(people.an).stamp, chain) as act:
        act.note("send", "submission", 7, revision=3)
    with acting(by(people.linh).stamp, chain) as act:
        act.note("send_back", "submission", 7, reasons={"served": "Xem lại"})
    return people


def test_it_is_told_in_the_reader_s_words(people: People) -> None:
    client = signed_in(people.giang)
    for language in LANGUAGES:
        client.cookies["language"] = language
        page = unescape(client.get(JOURNAL).content.decode())
        for code in ("verb.send", "verb.send_back", "thing.submission", "channel.web"):
            assert wording(language).say(code) in page
        assert "10.0.0.7" in page
        assert "Xem lại" in page


def test_it_is_read_by_thing_and_by_person(people: People) -> None:
    client = signed_in(people.giang)
    page = client.get(f"{JOURNAL}submission/7/").content.decode()
    assert ">An<" in page
    assert ">Linh<" in page
    page = client.get(f"{JOURNAL}people/{people.an.pk}/").content.decode()
    assert ">Linh<" not in page


def test_a_reporter_reads_only_what_they_did_themselves(people: People) -> None:
    an = signed_in(people.an)
    assert an.get(JOURNAL).status_code == 404
    assert an.get(f"{JOURNAL}people/{people.linh.pk}/").status_code == 404
    assert an.get(f"{JOURNAL}people/{people.an.pk}/").status_code == 200


def test_it_filters_sorts_and_exports(people: People) -> None:
    client = signed_in(people.chi)
    kept = client.get(f"{JOURNAL}?verb=send_back").content.decode()
    assert ">An<" not in kept
    assert client.get(f"{JOURNAL}?sort=-by&q=Linh").status_code == 200
    file = client.get(f"{JOURNAL}?as=csv").content.decode("utf-8-sig")
    assert wording("vi").say("verb.send_back") in file


def test_an_empty_journal_says_when_it_begins() -> None:
    chi = signed_in(People(water()).chi)
    page = unescape(chi.get(JOURNAL).content.decode())
    assert wording("vi").say("journal.empty") in page
