"""Signing in: by name or address, with a second factor, and not by guessing."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from tests.web.people import PASSWORD, People, person, water

from donbay.web.offices.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an")]
LOGIN = "/account/login/"


@pytest.fixture
def an() -> User:
    return person("An", email="an@example.org")


def enter(
    client: Client, login: str, password: str = PASSWORD, address: str = "10.0.0.1"
) -> HttpResponse:
    return client.post(  # type: ignore[return-value]  # Django's test response
        LOGIN, {"login": login, "password": password}, REMOTE_ADDR=address
    )


def is_in(client: Client) -> bool:
    return client.get("/work/").status_code == 200


@pytest.mark.parametrize("login", ["an", "AN", "an@example.org", "An@Example.org"])
def test_by_name_or_by_address(login: str) -> None:
    client = Client()
    answer = enter(client, login)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/work/")
    assert is_in(client)


def test_a_wrong_password_says_no_more_than_a_wrong_name() -> None:
    wrong = enter(Client(), "an", "Sông Công 2026")
    nobody = enter(Client(), "nobody", "Sông Công 2026")
    assert wrong.status_code == nobody.status_code == 200
    said = wrong.content.decode().replace("an", "").replace("nobody", "")
    assert len(said) > 0
    assert not is_in(Client())


def test_eight_wrong_passwords_lock_this_name_at_this_address() -> None:
    person("Bình")
    client = Client()
    for _ in range(8):
        answer = enter(client, "an", "guess")
    assert answer.status_code == 429
    assert enter(client, "an").status_code == 429, "the right one comes too late"
    assert not is_in(client)
    elsewhere, other = Client(), Client()
    assert enter(elsewhere, "an", address="10.0.0.2").status_code == 302
    assert enter(other, "binh").status_code == 302
    assert is_in(elsewhere)
    assert is_in(other)


def test_the_address_of_the_mail_is_no_way_around_the_lock() -> None:
    client = Client()
    for login in ("an", "an@example.org") * 8:
        enter(client, login, "guess")
    assert enter(client, "an@example.org").status_code == 429
    assert enter(client, "an").status_code == 429


def test_who_left_does_not_come_in(an: User) -> None:
    an.is_active = False
    an.save()
    client = Client()
    enter(client, "an")
    assert not is_in(client)


def test_nobody_signs_themselves_up() -> None:
    answer = Client().post(
        "/account/signup/",
        {"username": "x", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(LOGIN)
    people = People(water())
    client = Client()
    client.force_login(people.an, backend=settings.AUTHENTICATION_BACKENDS[-1])
    client.post("/account/signup/", {"username": "x", "password1": PASSWORD})
    assert not User.objects.filter(username="x").exists()


def test_the_session_of_before_is_not_the_session_of_after() -> None:
    client = Client()
    client.get(LOGIN)
    client.session["seen"] = True
    client.session.save()
    before = client.cookies.get("sessionid")
    planted = before.value if before else "planted"
    client.cookies["sessionid"] = planted
    enter(client, "an")
    cookie = client.cookies["sessionid"]
    assert cookie.value != planted
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    old = Client()
    old.cookies["sessionid"] = planted
    assert not is_in(old)


def test_signing_out_ends_the_session_everywhere_it_was_copied() -> None:
    client = Client()
    enter(client, "an")
    copied = Client()
    copied.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post("/account/logout/")
    assert not is_in(client)
    assert not is_in(copied)


def test_a_second_factor_is_asked_for(an: User) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(an, secret)
    client = Client()
    answer = enter(client, "an")
    assert "/2fa/authenticate/" in answer.headers["Location"]
    assert not is_in(client)
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    client.post(answer.headers["Location"], {"code": "000000"})
    assert not is_in(client)
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    client.post(answer.headers["Location"], {"code": code})
    assert is_in(client)


def test_a_recovery_code_serves_once(an: User) -> None:
    totp.TOTP.activate(an, totp.generate_totp_secret())
    code = RecoveryCodes.activate(an).get_unused_codes()[0]
    for times, inside in ((1, True), (2, False)):
        client = Client()
        answer = enter(client, "an")
        client.post(answer.headers["Location"], {"code": code})
        assert is_in(client) is inside, times


def test_after_signing_in_one_is_not_led_elsewhere() -> None:
    client = Client()
    answer = client.post(
        LOGIN + "?next=https://example.org/",
        {"login": "an", "password": PASSWORD, "next": "https://example.org/"},
    )
    assert answer.headers["Location"] == "/work/"


def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert enter(client, "an").status_code == 403
    assert not is_in(client)
