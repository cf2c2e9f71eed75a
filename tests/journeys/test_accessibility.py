"""axe over every page of the site, in four languages; an address not visited fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route
from tests.journeys.people_at_desks import PHONE, WIDE, Desk, Desks
from tests.journeys.visits import VISITS, P, Visit
from tests.web.test_doors import OLD, names

from donbay.texts import LANGUAGES

pytestmark = pytest.mark.slow


# Addresses that show no page: they act, send on, or hand out a file.
NO_PAGE: Mapping[str, str] = {
    "language": "/language/",
    "portal:report_file": "/public/data/{programme}/reports/{published}/xlsx/",
    "portal:table": "/public/data/{programme}/targets.csv",
    "desk:demo_sign_in": "/demo/sign-in/",
    "desk:read_reminders": "/work/reminders/read/",
    "desk:approve_many": "/review/approve/",
    "desk:workbook_download": P + "/rounds/{round}/workbook/download/",
    "desk:workbook_apply": P + "/rounds/{round}/workbook/apply/",
    "desk:workbook_marked": P + "/rounds/{round}/workbook/marked/",
    "desk:begin": "/rounds/{round}/places/tx/begin/",
    "desk:decide_claim": "/documents/{document}/claims/0/",
    "desk:document_file": "/documents/{document}/file/",
    "desk:save_field": "/reports/{draft}/field/",
    "desk:attach": "/reports/{draft}/files/",
    "desk:attachment": "/attachments/{file}/",
    "desk:take_back": "/reports/{sent}/take-back/",
    "desk:new_password": "/people/{person}/password/",
    "desk:give_role": "/people/{person}/roles/",
    "desk:end_role": "/roles/1/end/",
    "desk:name_leader": "/offices/{office}/leader/",
    "desk:rehearse_reorganisation": "/reorganisations/{change}/rehearse/",
    "desk:apply_reorganisation": "/reorganisations/{change}/apply/",
    "desk:undo_reorganisation": "/reorganisations/{change}/undo/",
    "desk:reorganisation_document": "/reorganisations/{change}/document/",
    "desk:dismiss": P + "/quality/dismiss/",
    "desk:published_file": P + "/publications/{published}/files/xlsx/",
    "desk:issue_publication": P + "/publications/{printed}/issue/",
    "desk:discard_publication": P + "/publications/{printed}/discard/",
    "desk:apply_import": P + "/imports/{checked_file}/apply/",
    "desk:annul_act": P + "/acts/{act}/annul/",
    "desk:act_document": P + "/acts/{act}/document/",
    "desk:ask": P + "/evaluations/",
    "desk:open_rounds": P + "/rounds/open/",
    "desk:close_round": P + "/rounds/{round}/close/",
    "account_signup": "/account/signup/",
    "mfa_authenticate": "/account/2fa/authenticate/",  # visited while signing in
    "mfa_download_recovery_codes": "/account/2fa/recovery-codes/download/",
    "openid_connect_login": "/account/oidc/oidc/login/",
    "openid_connect_callback": "/account/oidc/oidc/login/callback/",
    "socialaccount_signup": "/account/3rdparty/signup/",
    "account_set_password": "/account/password/set/",
    "account_confirm_login_code": "/account/login/code/confirm/",
    "account_request_reauthentication_code": "/account/reauthenticate/code/",
    "account_confirm_reauthentication_code": "/account/reauthenticate/code/confirm/",
}


def test_every_address_is_visited_or_shows_no_page(full_desks: Desks) -> None:
    assert (set(VISITS) | set(NO_PAGE)) - {"no such page"} == set(names()) - OLD
    chi = full_desks.sit("chi", "en")
    shown = {}
    for name, path in NO_PAGE.items():
        address = full_desks.server.url + path.format(**full_desks.told)
        answer = chi.page.request.get(address, max_redirects=0)
        page = answer.headers.get("content-type", "").startswith("text/html")
        assert answer.status < 500, name
        if page and answer.status == 200:
            shown[name] = address
    assert not shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_violation(full_desks: Desks, language: str) -> None:
    desks = Opened(full_desks, language)
    wrong: list[str] = []
    for name, visits in VISITS.items():
        for visit in visits:
            desk = desks.of(visit.person)
            answer = desk.page.goto(desks.address(visit))
            assert answer is not None
            if answer.status != visit.status:
                wrong.append(f"{name} {visit}: {answer.status} {desk.page.url}")
                continue
            if visit.opened:
                open_all(desk.page)
            wrong += [
                f"{name} {visit.path} {x}"
                for x in looked_at(desk.page, visit, language)
            ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_the_second_factor_is_asked_so_that_all_can_read(
    full_desks: Desks, language: str
) -> None:
    giang = full_desks.nobody(language)
    giang.sign_in("giang")
    assert "/2fa/authenticate/" in giang.page.url
    assert not list(looked_at(giang.page, Visit("", main=True), language))
    giang.page.get_by_label(giang.say("field.code")).fill("12")
    giang.page.keyboard.press("Enter")
    giang.page.locator("[aria-invalid=true]").wait_for()
    assert not list(looked_at(giang.page, Visit(""), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_is_told_so_that_all_can_read(
    full_desks: Desks, language: str
) -> None:
    nobody = full_desks.nobody(language)
    nobody.go("/account/login/")
    nobody.page.get_by_label(nobody.say("field.login")).fill(f"nobody-{language}")
    nobody.page.get_by_label(nobody.say("field.password")).fill("wrong")
    nobody.page.keyboard.press("Enter")
    nobody.page.get_by_role("alert").wait_for()
    assert not list(looked_at(nobody.page, Visit("", main=True), language))


@dataclass
class Opened:
    """One browser for each person in one language."""

    desks: Desks
    language: str

    def __post_init__(self) -> None:
        self.open: dict[str, Desk] = {}

    def of(self, person: str) -> Desk:
        if person not in self.open:
            self.open[person] = made = self.desks.sit(person, self.language)
            # Pages that wait for an answer would turn to it while they are looked at.
            made.page.route("**/evaluations/**", _documents_only)
        return self.open[person]

    def address(self, visit: Visit) -> str:
        return self.desks.server.url + visit.path.format(
            **self.desks.told, language=self.language
        )


def _documents_only(route: Route) -> None:
    if route.request.resource_type == "document":
        route.continue_()
    else:
        route.abort()


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = 1)")


def looked_at(page: Page, visit: Visit, language: str) -> Iterator[str]:
    """What is wrong in the sizes and lights of a language; too wide in none."""
    seen = MAIN[language] if visit.main else SEEN[language]
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if over := page.evaluate(OVERFLOW):
            yield f"{size[0]}px: {over}"
        for light in [light for of, light in seen if of == size]:
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            for one in Axe().run(page).response["violations"]:
                where = [node["target"] for node in one["nodes"]][:3]
                said = one["nodes"][0]["failureSummary"]
                yield f"{size[0]}px {light}: {one['id']} {where} {said}"


Light = Literal["light", "dark"]
Look = tuple[tuple[int, int], Light]
# Over the four languages every page is seen in every size and light: colours are the
# same in all of them.
SEEN: Mapping[str, Sequence[Look]] = {
    "vi": [(WIDE, "light")],
    "ar": [(PHONE, "light")],
    "en": [(WIDE, "dark")],
    "fr": [(PHONE, "dark")],
}
MAIN: Mapping[str, Sequence[Look]] = {
    "vi": [(size, light) for size in (WIDE, PHONE) for light in get_args(Light)],
    "ar": [(WIDE, "dark"), (PHONE, "light")],
    "en": [(WIDE, "dark"), (PHONE, "light")],
    "fr": [(WIDE, "light"), (PHONE, "dark")],
}
# The elements that stick out at either side, if the page is wider than the window.
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return "";
  const out = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return (box.right > wide + 1 || box.left < -1) && !one.closest(".scroll");
  });
  return "sticks out: " + out.slice(0, 4).map((one) => one.outerHTML.slice(0, 90));
}"""
