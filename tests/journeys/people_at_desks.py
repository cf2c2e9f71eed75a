"""People who sit before browsers: each has a context of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect
from tests.journeys.names import SECRET
from tests.web.people import PASSWORD
from tests.web.servers import Server

from donbay.texts import Wording

PATIENCE = 20_000  # ms; two cores may have other work
expect.set_options(timeout=PATIENCE)
Role = Literal["button", "link"]
WIDE, PHONE = (1280, 900), (360, 740)


@dataclass
class Desk:
    """One person, one browser, one language."""

    page: Page
    words: Wording
    server: Server

    def say(self, code: str, **parameters: object) -> str:
        return self.words.say(code, **parameters)

    def number(self, value: float) -> str:
        """As readers of the language write it."""
        return self.words.number(value, 3)

    @property
    def direction(self) -> str:
        return "rtl" if self.words.right_to_left else "ltr"

    def go(self, path: str) -> None:
        self.page.goto(f"{self.server.url}{path}")

    def click(self, code: str, role: Role = "button", **parameters: object) -> None:
        named = self.say(code, **parameters)
        self.page.get_by_role(role, name=named, exact=True).first.click()

    def sign_in(self, name: str) -> None:
        """As a person does: the name, the password, and a code where one is asked."""
        self.go("/account/login/")
        self.page.get_by_label(self.say("field.login")).fill(name)
        self.page.get_by_label(self.say("field.password")).fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def give_code(self) -> None:
        self.page.get_by_label(self.say("field.code")).fill(code_now())
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/work/")


def code_now() -> str:
    """What Giang's telephone shows."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))


@dataclass
class Desks:
    """Everybody's desks at one server."""

    browser: Browser
    server: Server
    told: Mapping[str, Any] = field(default_factory=dict)
    opened: list[BrowserContext] = field(default_factory=list)

    @cached_property
    def kept(self) -> dict[str, StorageState]:
        """Cookies of who has signed in before, by name."""
        return {}

    def sit(self, name: str, language: str, *, scripts: bool = True) -> Desk:
        """Signed in, with a browser that has never been here before."""
        if name not in self.kept and name:
            first = self.nobody(language)
            first.sign_in(name)
            if name == "giang":
                first.give_code()
            self.kept[name] = first.page.context.storage_state()
        return self.nobody(language, kept=self.kept.get(name), scripts=scripts)

    def nobody(
        self, language: str, *, kept: StorageState | None = None, scripts: bool = True
    ) -> Desk:
        context = self.browser.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]},
            locale=language,
            reduced_motion="reduce",
            storage_state=kept,
            java_script_enabled=scripts,
        )
        context.add_cookies(
            [{"name": "language", "value": language, "url": self.server.url}]
        )
        context.set_default_timeout(PATIENCE)
        self.opened.append(context)
        return Desk(context.new_page(), Wording(language), self.server)

    def close(self) -> None:
        for context in self.opened:
            context.close()
