"""Every page has a frame in the reader's language, also when something went wrong."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from tests.web.people import person, signed_in

from donbay.texts import LANGUAGES
from donbay.web.look import views
from donbay.web.look.words import wording

pytestmark = pytest.mark.django_db
each_language = pytest.mark.parametrize("language", LANGUAGES)


def reading(language: str, client: Client | None = None) -> Client:
    """A browser whose reader has chosen a language."""
    client = client or Client()
    client.cookies["language"] = language
    return client


@each_language
def test_the_first_page_speaks_the_language_and_runs_its_way(language: str) -> None:
    page = reading(language).get("/").content.decode()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert ("bootstrap.rtl.min.css" in page) == (language == "ar")
    assert wording(language).say("site.skip") in page


def test_a_reader_chooses_a_language_and_stays_where_they_were() -> None:
    client = Client()
    answer = client.post("/language/", {"language": "fr", "next": "/account/login/"})
    assert answer.headers["Location"] == "/account/login/"
    assert answer.cookies["language"].value == "fr"
    assert 'lang="fr"' in client.get("/account/login/").content.decode()


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere", ""])
def test_choosing_a_language_leads_nowhere_else(away: str) -> None:
    answer = Client().post("/language/", {"language": "xx", "next": away})
    assert answer.headers["Location"] == "/"
    assert "language" not in answer.cookies


def test_a_person_s_own_language_holds_where_none_was_chosen() -> None:
    khoi = person("Khôi", language="fr")
    assert '<html lang="fr"' in signed_in(khoi).get("/").content.decode()


@each_language
def test_a_page_that_is_not_there_says_what_why_and_what_to_do(language: str) -> None:
    answer = reading(language).get("/nowhere/")
    page, words = unescape(answer.content.decode()), wording(language)
    assert answer.status_code == 404
    for part in ("title", "why", "do"):
        assert words.say(f"problem_{part}.404") in page
    assert "/nowhere/" in page


@each_language
def test_an_expired_form_says_that_nothing_was_changed(language: str) -> None:
    client = reading(language, Client(enforce_csrf_checks=True))
    answer = client.post("/language/", {"language": "fr"})
    assert answer.status_code == 403
    page = unescape(answer.content.decode())
    assert wording(language).say("problem_do.form_expired") in page


@each_language
def test_when_the_server_breaks_the_page_asks_the_database_nothing(
    language: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with translation.override(language), django_assert_num_queries(0):
        answer = views.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    page = unescape(answer.content.decode())
    assert wording(language).say("problem_why.500") in page


def test_a_page_may_load_from_nowhere_else() -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy


def test_no_page_may_set_a_style_in_place() -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
