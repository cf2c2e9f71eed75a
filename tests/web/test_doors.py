"""Every address of the site, asked for by everybody: closed, or declared open.

`DOORS` says who may come in. An address that it does not name fails: whoever adds one
says here for whom it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker
from tests.web.people import People
from tests.web.world import World, world

from donbay.web.journal.models import Entry

LOGIN = "/account/login/"
NOBODY = "nobody"  # signed in as nobody
# An reports here, Khôi elsewhere; Bình reviews, Em owns a criterion, Chi is in the
# programme office, Dũng leads, Giang inspects, Quân is the administrator; Phúc may sign
# in and has no role.
PEOPLE = ("an", "khoi", "binh", "em", "chi", "dung", "giang", "quan", "phuc")
SIGNED_IN = frozenset(PEOPLE)
EVERYBODY = SIGNED_IN | {NOBODY}
NONE: frozenset[str] = frozenset()


def only(names: str) -> frozenset[str]:
    found = frozenset(names.split())
    assert found <= EVERYBODY, names
    return found


@dataclass(frozen=True)
class Door:
    """Who may read and who may act; `where` fills the address from the world.

    Where nobody acts, a POST is answered as a GET is or not at all, and does nothing.
    `told` are those who may not act either, and are told why.
    """

    read: frozenset[str] = SIGNED_IN
    act: frozenset[str] | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = NONE


OWN = Door(SIGNED_IN, SIGNED_IN)  # of the person's own account
PAGE = Door(SIGNED_IN)
ANYONE = Door(EVERYBODY, EVERYBODY)
PUBLIC_PAGE = Door(EVERYBODY)
MEMBERS = SIGNED_IN - {"phuc"}  # anybody with a role in the programme
OFFICE = only("chi quan")  # the programme office, and the administrator
WATCHERS = OFFICE | only("dung giang")
REPORTERS = only("an khoi")
PROVIDER = {"provider_id": "oidc"}
BOARD = {"programme": "programme"}
LANGUAGE = {"language": "vi"}
SHOWN = {**LANGUAGE, **BOARD}
ROUND = {**BOARD, "round": "round"}
CHANGE = {"number": "reorganisation"}
ACT = {**BOARD, "number": "act"}
DOCUMENT = {"document": "document"}
PRINTED = {**BOARD, "number": "publication"}
BROUGHT = {**BOARD, "number": "imported"}
LEADERS = OFFICE | only("dung")
DRAFT, SENT = {"report": "draft"}, {"report": "sent"}
HERE = MEMBERS - {"khoi", "quan"}  # whose roles reach Tràng Xá
DOORS: Mapping[str, Door] = {
    # the frame
    "language": Door(NONE, EVERYBODY),
    "desk:start": ANYONE,
    "desk:work": OWN,
    "desk:settings": OWN,
    "desk:demo_sign_in": Door(NONE, NONE),  # open in the demonstration: test_demo
    # boards
    "desk:programmes": PAGE,
    "desk:board": Door(MEMBERS, where=BOARD),
    "desk:target": Door(MEMBERS, where={**BOARD, "target": "water_95"}),
    "desk:places": Door(MEMBERS, where=BOARD),
    "desk:place": Door(MEMBERS, where={**BOARD, "unit": "unit"}),
    "desk:criteria": Door(MEMBERS, where={**BOARD, "unit": "unit", "set": "commune"}),
    "desk:why": Door(MEMBERS, where={**BOARD, "unit": "unit", "target": "water_95"}),
    "desk:ask": Door(NONE, MEMBERS, where=BOARD),
    "desk:evaluation": Door(MEMBERS, where={**BOARD, "number": "evaluation"}),
    "desk:full_runs": Door(MEMBERS, OFFICE, where=BOARD),
    "desk:full_run": Door(MEMBERS, where={**BOARD, "number": "full_run"}),
    "desk:journal": Door(WATCHERS, where=BOARD),
    "desk:journal_of_object": Door(
        WATCHERS, where={**BOARD, "kind": "submission", "object": "1"}
    ),
    "desk:journal_of_person": Door(
        WATCHERS | {"an"},
        where={**BOARD, "person": "an_number"},
    ),
    # rounds
    "desk:rounds": Door(MEMBERS, where=BOARD),
    "desk:matrix": Door(MEMBERS, where=ROUND),
    "desk:open_rounds": Door(NONE, OFFICE, BOARD, told=MEMBERS),
    "desk:close_round": Door(NONE, OFFICE, ROUND, told=MEMBERS),
    "desk:extend": Door(OFFICE, OFFICE, {**ROUND, "unit": "unit"}),
    "desk:quality": Door(MEMBERS - {"an", "khoi", "em"}, where=BOARD),
    "desk:dismiss": Door(
        NONE, NONE, BOARD
    ),  # of something suspicious: test_quality_pages
    # printed reports: one of the province, made and not issued
    "desk:publications": Door(MEMBERS, where=BOARD),
    "desk:order_publication": Door(LEADERS, LEADERS, where=BOARD),
    "desk:passages": Door(OFFICE, OFFICE, where=BOARD),
    "desk:publication": Door(LEADERS, where=PRINTED),
    "desk:published_file": Door(LEADERS, where={**PRINTED, "form": "xlsx"}),
    "desk:publication_changes": Door(LEADERS, where=PRINTED),
    "desk:issue_publication": Door(NONE, LEADERS, PRINTED),
    "desk:discard_publication": Door(NONE, LEADERS, PRINTED),
    # decisions: one of Tràng Xá, with its paper
    "desk:acts": Door(MEMBERS, where=BOARD),
    "desk:acts_ending": Door(MEMBERS, where=BOARD),
    "desk:acts_lost": Door(MEMBERS, where=BOARD),
    "desk:add_act": Door(OFFICE, OFFICE, where=BOARD),
    "desk:act": Door(MEMBERS, where=ACT),
    "desk:act_document": Door(MEMBERS, where=ACT),
    "desk:annul_act": Door(NONE, OFFICE, ACT, {"reason": "a mistake"}),
    "desk:publishing": Door(OFFICE, OFFICE, where=BOARD),
    # what needs attention, for who answers for it
    "desk:attention": Door(LEADERS),
    "desk:attention_of": Door(LEADERS, where=BOARD),
    "desk:attention_list": Door(LEADERS, where={**BOARD, "name": "late"}),
    # the portal, the same for everybody
    "portal:entrance": PUBLIC_PAGE,
    "portal:programmes": Door(EVERYBODY, where=LANGUAGE),
    "portal:board": Door(EVERYBODY, where=SHOWN),
    "portal:target": Door(EVERYBODY, where={**SHOWN, "target": "water_95"}),
    "portal:places": Door(EVERYBODY, where=SHOWN),
    "portal:place": Door(EVERYBODY, where={**SHOWN, "unit": "unit"}),
    "portal:criteria": Door(
        EVERYBODY, where={**SHOWN, "unit": "unit", "set": "commune"}
    ),
    "portal:compare": Door(EVERYBODY, where=SHOWN),
    "portal:money": Door(EVERYBODY, where=SHOWN),
    "portal:money_of": Door(EVERYBODY, where={**SHOWN, "unit": "unit"}),
    "portal:levels": Door(EVERYBODY, where=SHOWN),
    "portal:reports": Door(EVERYBODY, where=SHOWN),
    "portal:report_file": Door(NONE, where={**PRINTED, "form": "pdf"}),  # if issued
    "portal:data": Door(EVERYBODY, where=SHOWN),
    "portal:table": Door(EVERYBODY, where={**BOARD, "table": "targets", "form": "csv"}),
    "portal:why": Door(
        EVERYBODY, where={**SHOWN, "unit": "unit", "target": "water_95"}
    ),
    "portal:figure": Door(
        EVERYBODY,
        where={**SHOWN, "unit": "unit", "indicator": "homes", "period": "2026-Q2"},
    ),
    # reports: An's is a draft for one quarter and sent for another
    "desk:reminders": PAGE,
    "desk:read_reminders": Door(NONE, SIGNED_IN),
    "desk:place_report": Door(HERE, where={"round": "round", "unit": "unit"}),
    "desk:begin": Door(NONE, only("an"), {"round": "round", "unit": "unit"}, told=HERE),
    "desk:report": Door(HERE, where=SENT),
    "desk:fill": Door(only("an"), only("an"), DRAFT),
    "desk:save_field": Door(NONE, only("an"), DRAFT, {"field": "homes"}),
    "desk:attach": Door(NONE, only("an"), DRAFT, {"field": "homes"}),
    "desk:attachment": Door(HERE, where={"attachment": "attachment"}),
    "desk:send": Door(only("an"), only("an"), DRAFT),
    "desk:take_back": Door(NONE, only("an"), SENT, told=HERE),
    "desk:correct": Door(NONE, NONE, SENT),  # of an approved report: test_corrections
    "desk:review": Door(SIGNED_IN),
    "desk:review_report": Door(only("binh chi"), only("binh chi"), SENT),
    "desk:approve_many": Door(NONE, SIGNED_IN),
    # decisions about places: of one that was rehearsed
    "desk:reorganisations": Door(OFFICE),
    "desk:record_reorganisation": Door(OFFICE, OFFICE),
    "desk:reorganisation": Door(OFFICE, where=CHANGE),
    "desk:rehearse_reorganisation": Door(NONE, OFFICE, CHANGE),
    "desk:apply_reorganisation": Door(NONE, OFFICE, CHANGE),
    "desk:undo_reorganisation": Door(NONE, OFFICE, CHANGE),
    "desk:reorganisation_document": Door(OFFICE, where=CHANGE),
    # documents about Tràng Xá: one that An brought, and another of the same event
    "desk:documents": Door(
        *(only("an binh chi"), only("an binh chi")),
        {"round": "round", "unit": "unit"},
    ),
    "desk:document": Door(only("an binh chi"), where=DOCUMENT),
    "desk:document_file": Door(only("an binh chi"), where=DOCUMENT),
    "desk:document_ledger": Door(only("an binh chi"), where=DOCUMENT),
    "desk:documents_beside": Door(
        only("an binh chi"), where={**DOCUMENT, "other": "other_document"}
    ),
    "desk:decide_claim": Door(
        *(NONE, only("an"), {**DOCUMENT, "number": "claim"}, {"reject": "1"}),
        only("binh chi"),
    ),
    # a round by Excel
    "desk:workbook": Door(REPORTERS, REPORTERS, ROUND),
    "desk:workbook_download": Door(REPORTERS, where=ROUND),
    "desk:workbook_apply": Door(NONE, NONE, ROUND),  # of one's own: test_workbooks
    "desk:workbook_marked": Door(NONE, NONE, ROUND),  # the same
    # files of reports: one that was looked over
    "desk:imports": Door(OFFICE, OFFICE, where=BOARD),
    "desk:import": Door(OFFICE, where=BROUGHT),
    "desk:apply_import": Door(NONE, OFFICE, BROUGHT),
    # people
    "desk:people": Door(OFFICE),
    "desk:add_person": Door(OFFICE, OFFICE, data={"office": "office"}),
    "desk:person": Door(OFFICE, OFFICE, {"number": "person"}, {"office": "office"}),
    "desk:new_password": Door(NONE, OFFICE, {"number": "person"}),
    "desk:give_role": Door(
        *(NONE, OFFICE, {"number": "person"}),
        {"unit": "tx", "programme": "water", "kind": "reporter"},
    ),
    "desk:end_role": Door(NONE, OFFICE, {"number": "role"}),
    "desk:offices": Door(OFFICE, OFFICE, data={"unit": "tx", "name": "Trạm y tế"}),
    "desk:name_leader": Door(NONE, OFFICE, {"number": "office"}),
    # signing in
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": PUBLIC_PAGE,
    "mfa_authenticate": OWN,  # or of who has given a password just now: test_sign_in
    "openid_connect_login": Door(EVERYBODY, EVERYBODY, PROVIDER),
    "openid_connect_callback": Door(EVERYBODY, EVERYBODY, PROVIDER),
    "socialaccount_login_cancelled": PUBLIC_PAGE,
    "socialaccount_login_error": PUBLIC_PAGE,
    # one's own account
    "account_change_password": OWN,
    "account_reauthenticate": OWN,
    "mfa_index": PAGE,
    "mfa_reauthenticate": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_view_recovery_codes": PAGE,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": OWN,
    "socialaccount_connections": OWN,
    # allauth's, which change nothing here: accounts are given by an office
    "account_signup": OWN,
    "account_email": OWN,
    "account_email_verification_sent": PAGE,
    "account_confirm_email": Door(SIGNED_IN, SIGNED_IN, {"key": "none"}),
    "account_set_password": OWN,
    "account_reset_password": OWN,
    "account_reset_password_done": PAGE,
    "account_reset_password_from_key": Door(
        SIGNED_IN, SIGNED_IN, {"uidb36": "1", "key": "none"}
    ),
    "account_reset_password_from_key_done": PAGE,
    "account_confirm_login_code": OWN,
    "account_request_reauthentication_code": OWN,
    "account_confirm_reauthentication_code": OWN,
    "socialaccount_signup": OWN,
}
# Answers of libraries that are no way in, where the door itself lets pass.
NO_WAY_IN: Mapping[str, frozenset[int]] = {
    "openid_connect_login": frozenset({404}),  # no provider is set up
    "openid_connect_callback": frozenset({404}),
    "account_confirm_email": frozenset({404}),
    "mfa_deactivate_totp": frozenset({404}),
    "mfa_view_recovery_codes": frozenset({404}),
    "mfa_generate_recovery_codes": frozenset({404}),
    "mfa_download_recovery_codes": frozenset({404}),
    "account_request_reauthentication_code": frozenset({404, 403}),
}


def names() -> list[str]:
    return sorted(set(_names(get_resolver(), "")))


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"


# Redirections that allauth keeps for old links; they have no name.
OLD = {
    f"social/{where}"
    for where in ("login/cancelled/", "login/error/", "signup/", "connections/")
}


def test_every_address_is_declared() -> None:
    assert set(names()) - OLD == set(DOORS)


SHUT = {403, 404, 405}


def of(person: str, people: People) -> Client:
    client = Client(raise_request_exception=False)
    if person != NOBODY:
        user = getattr(people, person)
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def stays_shut(person: str, answer: HttpResponseBase) -> bool:
    if person == NOBODY:
        to_login = answer.headers.get("Location", "").startswith(LOGIN)
        return (answer.status_code == 302 and to_login) or answer.status_code in SHUT
    return answer.status_code in SHUT


@pytest.fixture(scope="module")
def made(
    django_db_setup: None,  # noqa: ARG001 -- asked for what it does
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[World]:
    """One of everything, made once: every request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


@pytest.fixture
def browsers(made: World) -> dict[str, Client]:
    return {person: of(person, made.people) for person in (NOBODY, *PEOPLE)}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(names()) - OLD))
def test_who_comes_in(name: str, made: World, browsers: dict[str, Client]) -> None:
    door = DOORS[name]
    where = {k: getattr(made, v, v) for k, v in door.where.items()}
    data = {k: str(getattr(made, v, v)) for k, v in door.data.items()}
    address = reverse(name, kwargs=where)
    wrong = []
    for person, client in browsers.items():
        for method, may in (("get", door.read), ("post", door.act)):
            before = Entry.objects.count()
            with transaction.atomic():
                answer = getattr(client, method)(address, data)
                for part in getattr(answer, "streaming_content", ()):
                    del part  # read to its end, which closes the file
                after = Entry.objects.count()
                transaction.set_rollback(True)  # the next one finds all as it was
            shut = stays_shut(person, answer)
            if person not in (may or NONE) and after > before:
                wrong.append(f"{person} {method}: did something")
            passed = answer.status_code in NO_WAY_IN.get(name, ())
            if may is None:
                right = shut or person in door.read
            else:
                right = (not shut or passed) if person in may else shut
                right = right or person in door.told
            if not right or answer.status_code >= 500:
                wrong.append(f"{person} {method}: {answer.status_code}")
    assert not wrong, address


@pytest.mark.django_db
def test_an_address_that_does_not_exist_tells_nobody_so() -> None:
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
