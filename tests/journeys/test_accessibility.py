"""axe over every page of the site, in four languages; an address not visited fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route
from tests.journeys.people_at_desks import PHONE, WIDE, Desk, Desks
from tests.web.test_doors import OLD, names

from donbay.texts import LANGUAGES
from donbay.web.desk.attention_heaps import LISTS

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Visit:
    """One page as one person sees it; `main` ones are looked at more often."""

    path: str
    person: str = "chi"
    status: int = 200
    main: bool = False
    opened: bool = False  # every `details` of it too


P = "/programmes/{programme}"
PUBLIC = "/public/{language}/"
SHOWN = PUBLIC + "{programme}/"
VISITS: Mapping[str, Sequence[Visit]] = {
    "desk:start": [Visit("/", ""), Visit("/")],
    "desk:work": [
        Visit("/work/", "an", main=True),
        Visit("/work/", "binh"),
        Visit("/work/", "phuc"),
    ],
    "desk:reorganisations": [
        Visit("/reorganisations/"),
        Visit("/reorganisations/?q=zz"),
    ],
    "desk:record_reorganisation": [Visit("/reorganisations/record/")],
    "desk:reorganisation": [
        Visit("/reorganisations/{change}/", main=True, opened=True)
    ],
    "desk:quality": [Visit(P + "/quality/", opened=True)],
    "desk:publications": [
        Visit(P + "/publications/", main=True),
        Visit(P + "/publications/", "an"),
        Visit(P + "/publications/?q=zz"),
    ],
    "desk:order_publication": [Visit(P + "/publications/order/", "dung", main=True)],
    "desk:passages": [Visit(P + "/publications/wording/", opened=True)],
    "desk:publication": [
        Visit(P + "/publications/{published}/", main=True),
        Visit(P + "/publications/{printed}/"),
        Visit(P + "/publications/{ordered}/"),
    ],
    "desk:publication_changes": [
        Visit(P + "/publications/{published}/changes/", main=True),
        Visit(P + "/publications/{half_year}/changes/"),
    ],
    "desk:acts": [Visit(P + "/acts/", main=True), Visit(P + "/acts/?q=zz")],
    "desk:acts_ending": [Visit(P + "/acts/ending/?months=24")],
    "desk:acts_lost": [Visit(P + "/acts/lost/")],
    "desk:add_act": [Visit(P + "/acts/add/")],
    "desk:act": [Visit(P + "/acts/{act}/", opened=True)],
    "desk:reminders": [Visit("/work/reminders/", "an"), Visit("/work/reminders/")],
    "desk:review": [Visit("/review/", "binh", main=True), Visit("/review/?q=zz")],
    "desk:review_report": [Visit("/reports/{sent}/review/", "binh", opened=True)],
    "desk:place_report": [
        Visit("/rounds/{round}/places/tx/", "an"),
        Visit("/rounds/{empty_round}/places/tx/", "an"),
    ],
    "desk:report": [
        Visit("/reports/{approved}/", "hoa"),
        Visit("/reports/{sent}/", "binh"),
        Visit("/reports/{returned}/", "khoi"),
        Visit("/reports/{draft}/", "an"),
    ],
    "desk:fill": [
        Visit("/reports/{draft}/fill/", "an", main=True, opened=True),
        Visit("/reports/{returned}/fill/", "khoi"),
        Visit("/reports/{correction}/fill/", "hoa"),
    ],
    "desk:send": [
        Visit("/reports/{draft}/send/", "an"),
        Visit("/reports/{correction}/send/", "hoa"),
    ],
    "desk:correct": [Visit("/reports/{other}/correct/", "hoa")],
    "desk:settings": [Visit("/settings/", "an")],
    "desk:people": [Visit("/people/"), Visit("/people/?q=zz")],
    "desk:add_person": [Visit("/people/add/")],
    "desk:person": [Visit("/people/{person}/", opened=True)],
    "desk:offices": [Visit("/offices/", opened=True)],
    "desk:programmes": [Visit("/programmes/"), Visit("/programmes/", "phuc")],
    "desk:board": [
        Visit(P + "/", "dung", main=True, opened=True),
        Visit(P + "/?q=zz"),
        Visit(P + "/?on=2020-01-01"),
        Visit(P + "/?on=yesterday", status=400),
    ],
    "desk:target": [Visit(P + "/targets/water_95/")],
    "desk:places": [Visit(P + "/places/")],
    "desk:place": [Visit(P + "/places/tn/", main=True), Visit(P + "/places/tx/")],
    "desk:criteria": [Visit(P + "/places/lh/criteria/commune/", opened=True)],
    "desk:why": [Visit(P + "/why/tn/water_95/", main=True, opened=True)],
    "desk:evaluation": [
        Visit(P + "/evaluations/{evaluation}/"),
        Visit(P + "/evaluations/{waiting}/"),
    ],
    "desk:full_runs": [Visit(P + "/full-runs/")],
    "desk:full_run": [Visit(P + "/full-runs/{full_run}/")],
    "desk:journal": [Visit(P + "/journal/", opened=True)],
    "desk:journal_of_person": [Visit(P + "/journal/people/{an}/")],
    "desk:journal_of_object": [Visit(P + "/journal/submission/{sent}/")],
    "desk:rounds": [Visit(P + "/rounds/"), Visit(P + "/rounds/", "an")],
    "desk:workbook": [
        Visit(P + "/rounds/{round}/workbook/", "an", main=True),
        Visit(P + "/rounds/{round}/workbook/?below=tx", "an"),
    ],
    "desk:imports": [Visit(P + "/imports/", main=True)],
    "desk:import": [
        Visit(P + "/imports/{checked_file}/", main=True),
        Visit(P + "/imports/{wrong_file}/", main=True),
        Visit(P + "/imports/{wrong_file}/?q=zz"),
    ],
    "desk:documents": [
        Visit("/rounds/{round}/places/tx/documents/", "an", main=True),
        Visit("/rounds/{empty_round}/places/tx/documents/", "an"),
    ],
    "desk:document": [
        Visit("/documents/{document}/", "an", main=True, opened=True),
        Visit("/documents/{document}/", "binh"),
        Visit("/documents/{scan}/", "an"),
    ],
    "desk:documents_beside": [
        Visit("/documents/{document}/beside/{other_document}/", "an", main=True),
        Visit("/documents/{document}/beside/{other_document}/?q=zz", "an"),
    ],
    "desk:document_ledger": [Visit("/documents/{document}/ledger/", "an", main=True)],
    "desk:matrix": [Visit(P + "/rounds/{round}/", main=True)],
    "desk:extend": [Visit(P + "/rounds/{round}/extend/tx/")],
    "desk:attention": [Visit("/attention/", "dung")],
    "desk:attention_of": [
        Visit(P + "/attention/", "dung", main=True),
        Visit(P + "/attention/"),
    ],
    "desk:attention_list": [
        *(Visit(P + f"/attention/{name}/", "dung", main=True) for name in LISTS),
        Visit(P + "/attention/late/?q=zz"),
    ],
    "desk:publishing": [Visit(P + "/publishing/")],
    "portal:entrance": [Visit("/public/", "")],
    "portal:programmes": [Visit(PUBLIC, ""), Visit(PUBLIC, "an")],
    "portal:board": [
        Visit(SHOWN, "", main=True, opened=True),
        Visit(SHOWN + "?q=zz", ""),
    ],
    "portal:target": [Visit(SHOWN + "targets/water_95/", "", main=True, opened=True)],
    "portal:places": [Visit(SHOWN + "places/", "")],
    "portal:place": [
        Visit(SHOWN + "places/lh/", "", main=True),
        Visit(SHOWN + "places/tn/", ""),
    ],
    "portal:criteria": [Visit(SHOWN + "places/lh/criteria/commune/", "")],
    "portal:compare": [
        Visit(SHOWN + "compare/", ""),
        Visit(SHOWN + "compare/?place=lh&place=tx&place=hn", "", main=True),
    ],
    "portal:money": [Visit(SHOWN + "mobilisation/", "", main=True)],
    "portal:money_of": [
        Visit(SHOWN + "places/lh/mobilisation/", ""),
        Visit(SHOWN + "places/tx/mobilisation/", "", main=True),
    ],
    "portal:levels": [Visit(SHOWN + "levels/", "", main=True)],
    "portal:reports": [Visit(SHOWN + "reports/", "", main=True, opened=True)],
    "portal:data": [Visit(SHOWN + "data/", "", main=True)],
    "portal:why": [Visit(SHOWN + "why/tn/water_95/", "", main=True, opened=True)],
    "portal:figure": [Visit(SHOWN + "figures/tn/clean_water/2026-Q2/", "", main=True)],
    "account_login": [Visit("/account/login/", "", main=True)],
    "account_logout": [Visit("/account/logout/", "an")],
    "account_inactive": [Visit("/account/inactive/", "")],
    "account_change_password": [Visit("/account/password/change/", "an")],
    "account_reauthenticate": [Visit("/account/reauthenticate/", "an")],
    "mfa_index": [Visit("/account/2fa/", "giang"), Visit("/account/2fa/", "an")],
    "mfa_reauthenticate": [Visit("/account/2fa/reauthenticate/", "giang")],
    "mfa_activate_totp": [Visit("/account/2fa/totp/activate/", "an")],
    "mfa_deactivate_totp": [Visit("/account/2fa/totp/deactivate/", "giang")],
    "mfa_view_recovery_codes": [Visit("/account/2fa/recovery-codes/", "giang")],
    "mfa_generate_recovery_codes": [
        Visit("/account/2fa/recovery-codes/generate/", "giang")
    ],
    "socialaccount_login_cancelled": [Visit("/account/3rdparty/login/cancelled/", "")],
    "socialaccount_login_error": [Visit("/account/3rdparty/login/error/", "", 401)],
    "account_email": [Visit("/account/email/", "an")],
    "socialaccount_connections": [Visit("/account/3rdparty/", "an")],
    "account_email_verification_sent": [Visit("/account/confirm-email/", "an")],
    "account_confirm_email": [Visit("/account/confirm-email/none/", "an")],
    "account_reset_password": [Visit("/account/password/reset/", "an")],
    "account_reset_password_done": [Visit("/account/password/reset/done/", "an")],
    "account_reset_password_from_key": [
        Visit("/account/password/reset/key/1-none/", "an")
    ],
    "account_reset_password_from_key_done": [
        Visit("/account/password/reset/key/done/", "an")
    ],
    "no such page": [
        Visit("/no/such/page/", "", 404),
        Visit("/reports/999/", "an", 404),
        Visit("/reports/{sent}/review/", "phuc", 404),
    ],
}

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
