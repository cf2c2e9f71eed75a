"""People come in through the province's identity provider, if an office knows them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import expect
from tests.journeys.people_at_desks import Desk, Desks

pytestmark = pytest.mark.slow
NAME = "Sông Công"
KNOWN = "an@example.org"
PORT = 20_000 + os.getpid() % 10_000


@pytest.fixture
def provider(desks: Desks) -> Iterator[str]:
    """One that runs beside the site, which has been told of it."""
    address, server = f"http://127.0.0.1:{PORT}", desks.server
    words = [sys.executable, "-m", "oidc_provider_mock", "--port", str(PORT)]
    server.kill()
    server.run_python(
        "from donbay.web.offices.models import User\n"
        f"User.objects.filter(username='an').update(email={KNOWN!r})"
    )
    about = {"server": address, "client": "donbay", "secret": "-", "name": NAME}
    server.more |= {f"DONBAY_OIDC_{name.upper()}": word for name, word in about.items()}
    with (server.home / "provider.log").open("wb") as log:
        running = subprocess.Popen(words, stdout=log, stderr=log)
        try:
            answers(address)
            server.start()
            yield address
        finally:
            running.kill()
            running.wait()


def answers(address: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(OSError):
            urllib.request.urlopen(address).close()  # noqa: S310 -- as below
            return
        time.sleep(0.1)
    pytest.fail("the identity provider does not answer")


def vouch(provider: str, who: str, email: str, *, verified: bool = True) -> None:
    """The provider knows somebody, and says whether the address is theirs."""
    about = {"email": email, "email_verified": verified, "name": who}
    asked = urllib.request.Request(  # noqa: S310 -- of this machine
        f"{provider}/users/{who}",
        json.dumps(about).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(asked).close()  # noqa: S310 -- as above


def come_in(desk: Desk, who: str) -> None:
    desk.go("/account/login/")
    desk.click("sign_in.through", "link", provider=NAME)
    desk.click("sign_in.go_on")
    desk.page.locator("input[name=sub]").fill(who)
    desk.page.get_by_role("button", name="Authorize").click()


def test_an_comes_in_and_the_journal_knows(desks: Desks, provider: str) -> None:
    vouch(provider, "an-of-the-province", KNOWN.upper())
    desk = desks.nobody("vi")
    come_in(desk, "an-of-the-province")
    desk.page.wait_for_url("**/work/")
    told = desks.server.run_python(
        "from donbay.web.journal.models import Entry\n"
        "from donbay.web.offices.models import User\n"
        "print(Entry.objects.filter(verb='connect_identity').count())\n"
        "print(User.objects.get(username='an').has_usable_password())"
    )
    assert told.split() == ["1", "True"]


@pytest.mark.parametrize(
    "about", [("stranger@example.org", True), (KNOWN, False)], ids=["other", "unproved"]
)
def test_nobody_else_does(desks: Desks, provider: str, about: tuple[str, bool]) -> None:
    vouch(provider, "somebody", about[0], verified=about[1])
    desk = desks.nobody("vi")
    come_in(desk, "somebody")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(
        desk.say("sign_in.unknown")
    )
    desk.go("/work/")
    assert "/account/login/" in desk.page.url
