"""Every address of the site, and who looks at it: at least one visit of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from donbay.web.desk.attention_heaps import LISTS


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
