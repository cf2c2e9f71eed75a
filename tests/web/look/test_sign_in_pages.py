"""Signing in speaks the reader's language; what is wrong is tied to its field."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from tests.web.pages import text
from tests.web.people import PASSWORD, person, signed_in

from donbay.texts import LANGUAGES
from donbay.web.look.words import wording

pytestmark = pytest.mark.django_db
each_language = pytest.mark.parametrize("language", LANGUAGES)
LOGIN = "/account/login/"
PAGES = (
    ("/account/password/change/", "site.change_password"),
    ("/account/2fa/", "site.second_factor"),
    ("/account/reauthenticate/", "sign_in.again"),
    ("/account/logout/", "site.sign_out"),
)


def reading(language: str, client: Client) -> Client:
    client.cookies["language"] = language
    return client


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Attempts are counted in the cache."""
    cache.clear()


@each_language
def test_a_wrong_password_is_told_in_the_reader_s_words(language: str) -> None:
    person("An")
    tried = {"login": "an", "password": "sai"}
    page = text(reading(language, Client()).post(LOGIN, tried))
    words = wording(language)
    assert words.say("form_error.username_password_mismatch") in page
    assert words.say("field.password") in page


@each_language
def test_an_empty_field_is_named_with_its_mistake(language: str) -> None:
    page = text(reading(language, Client()).post(LOGIN, {}))
    said = wording(language).say("form_error.required")
    assert said in page
    about = re.search(r'name="login"[^>]*aria-describedby="([^"]+)"', page)
    assert about
    assert f'id="{about.group(1)}"' in page
    assert 'aria-invalid="true"' in page


@each_language
@pytest.mark.parametrize(("address", "code"), PAGES)
def test_the_pages_of_an_account_have_our_words(
    language: str, address: str, code: str
) -> None:
    client = reading(language, signed_in(person("An")))
    page = text(client.get(address))
    assert f"<h1>{wording(language).say(code)}</h1>" in page


@each_language
def test_a_weak_password_is_refused_with_each_reason(language: str) -> None:
    client = reading(language, signed_in(person("An")))
    weak = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    page = text(client.post("/account/password/change/", weak))
    words = wording(language)
    assert words.say("form_error.password_entirely_numeric") in page
    assert words.say("form_error.password_too_short", min_length=8) in page


@each_language
def test_two_passwords_that_differ_are_told_apart(language: str) -> None:
    client = reading(language, signed_in(person("An")))
    typed = {"oldpassword": PASSWORD, "password1": "Sông Công 27", "password2": "x"}
    page = text(client.post("/account/password/change/", typed))
    assert wording(language).say("form_error.password_mismatch") in page


@each_language
def test_who_signs_out_is_told_so(language: str) -> None:
    client = reading(language, signed_in(person("An")))
    page = text(client.post("/account/logout/", follow=True))
    assert wording(language).say("sign_in.logged_out") in page


@each_language
def test_who_tries_too_often_is_told_to_wait(language: str, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"change_password": "1/m/user"}
    client = reading(language, signed_in(person("An")))
    wrong = {"oldpassword": "x", "password1": "y", "password2": "z"}
    answers = [client.post("/account/password/change/", wrong) for _ in range(2)]
    assert answers[-1].status_code == 429
    assert wording(language).say("problem_do.429") in text(answers[-1])
