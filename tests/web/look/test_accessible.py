"""Pages can be read by everybody: four languages, phone and desk, light and dark."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.browser import DESK, PHONE, Window, troubles
from tests.web.desk.figures import ON, reported
from tests.web.people import People, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BOARD = "/programmes/water/"
ADDRESSES = (
    "/",
    "/nowhere/",
    "/programmes/",
    BOARD,
    f"{BOARD}?{ON}&level=commune&sort=-value",
    f"{BOARD}?q=zzz",
    f"{BOARD}?on=x",
    f"{BOARD}?on=2025-12-31",
    f"{BOARD}targets/water_95/?{ON}",
    f"{BOARD}places/",
    f"{BOARD}places/tx/",
    f"{BOARD}places/tx/criteria/commune/",
    f"{BOARD}why/lh/water_95/?{ON}",
    f"{BOARD}full-runs/",
    f"{BOARD}journal/",
    "/account/logout/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/reauthenticate/",
    "/account/email/",
)
WINDOWS = (
    Window("vi", PHONE),
    Window("ar", PHONE, dark=True),
    Window("en", DESK, dark=True),
    Window("fr", DESK),
)
each_window = pytest.mark.parametrize("window", WINDOWS, ids=lambda x: x.language)


@each_window
def test_no_page_keeps_anybody_out(window: Window) -> None:
    chi = signed_in(People(reported()).chi)
    assert not troubles(chi, window, ADDRESSES)


@each_window
def test_signing_in_keeps_nobody_out(window: Window) -> None:
    assert not troubles(Client(), window, ["/", "/account/login/"])
