"""What the journeys find on the site when they begin. Runs beside the server.

In Thái Nguyên the second quarter is in the ledger, with the money of Tràng Xá. Khôi's
report for Hoàng Nông is sent, Hoa's for La Hiên is approved and a correction is begun;
Lan and An differ in a draft; An has reminders; Giang signs in with a second factor. A
quarter of the year before is late, and a recognition of La Hiên ends soon.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from tests.journeys.names import SECRET
from tests.web.deciding import decided, planned
from tests.web.documents import FRENCH, VIETNAMESE, brought, claim
from tests.web.importing import FIGURES, WRONG, looked_over
from tests.web.people import People, by, give, office, person, quarter, water
from tests.web.portal import divided as two_maps
from tests.web.printing import WANTED, printed, published
from tests.web.reorganisations import merger

from donbay.domain.passages import ReportKind
from donbay.domain.periods import parse_period
from donbay.domain.roles import RoleKind
from donbay.web.evidence.actions import accept, reject
from donbay.web.evidence.models import Document
from donbay.web.journal.actions import acting
from donbay.web.offices.models import User
from donbay.web.programmes.models import Programme
from donbay.web.publications.actions import order
from donbay.web.results.actions import Row, answer, ask, enter, full_run
from donbay.web.results.models import Evaluation
from donbay.web.results.tasks import ask_later
from donbay.web.submissions.actions import (
    Entry,
    approve,
    attach,
    begin,
    correct,
    note,
    remind,
    save,
    send,
    send_back,
)
from donbay.web.submissions.models import Submission

HIGHLAND = Path(__file__).with_name("highland")
Figures = Sequence[tuple[str, int, int]]
BEFORE = (("tx", 1190, 880), ("lh", 900, 700), ("hn", 1500, 1200))
EVERYBODY = "an hoa khoi binh linh em chi dung giang phuc quan"


def story() -> None:
    """An's world: of the quarter, everybody else has reported."""
    programme, people = _begin()
    _reported(programme, people, "2026-Q2", BEFORE)
    _reported(programme, people, "2026-Q3", BEFORE[1:])
    quarter(programme)


def articles() -> None:
    """An's world of documents: a round of the highlands, and nothing brought yet."""
    programme = water(HIGHLAND, "highland")
    people = People(programme)
    for name in ("an", "binh", "linh", "giang"):
        getattr(people, name)
    quarter(programme)


def divided() -> None:
    """The public's board, judged on the map of today and on that of June."""
    programme = merger.reported()
    with TemporaryDirectory() as paper:
        two_maps.divided(programme, Path(paper))
    two_maps.judged(programme)


def everything() -> None:
    """One of each thing that an address speaks of; prints the names of the table."""
    programme, people = _begin()
    _reported(programme, people, "2026-Q2", BEFORE)
    _raised(programme, people)
    committee = office("UBND xã Tràng Xá", "tx", people.an)
    lan = person("Lan", RoleKind.REPORTER, "tx", programme, office=committee)
    approved = _approved(people)
    begun = correct(by(people.hoa), approved, "Thiếu xóm Mới")
    other = _approved(people, "2026-Q1")
    draft = _draft_with_a_conflict(people, lan)
    sent = _sent(people)
    returned = _returned(people)
    remind(programme, timezone.localdate())
    asked = ask_later(by(people.chi), programme, on=timezone.localdate())
    _second_factor(people.giang)
    quarter(programme, "2025-Q3", due_in=-20)
    decided(people, "lh", timezone.localdate() + timedelta(days=60))
    article = _article(people)
    told = {
        "document": article.pk,
        "other_document": brought(people, article.round, "article.txt", FRENCH).pk,
        "scan": brought(people, article.round, "scan.pdf", "%PDF-1.4 broken").pk,
        "act": decided(people),
        "change": planned(people),
        "programme": programme.pk,
        "round": quarter(programme).pk,
        "empty_round": quarter(programme, "2025-Q4").pk,
        "unit": "tx",
        "person": lan.pk,
        "office": committee.pk,
        "evaluation": Evaluation.objects.order_by("pk")[0].pk,
        "waiting": asked.pk,
        "full_run": full_run(by(people.chi), programme).pk,
        "an": people.an.pk,
        "draft": draft.pk,
        "sent": sent.pk,
        "approved": approved.pk,
        "returned": returned.pk,
        "correction": begun.pk,
        "other": other.pk,
        "file": approved.attachments.get().pk,
        "checked_file": looked_over(people, "july.csv", FIGURES).pk,
        "wrong_file": looked_over(people, "august.csv", WRONG).pk,
        **_reports(people),
    }
    print(json.dumps(told))  # noqa: T201 -- to the test that asked


def _reports(people: People) -> dict[str, int]:
    """One of each state; of the issued one, what is known now was asked for."""
    other = replace(WANTED, number="13/BC-VPĐP")
    half = replace(other, kind=ReportKind.HALF_YEAR, period=parse_period("2026-H1"))
    found = published(people)
    answer(ask(by(people.chi), people.programme, on=found.on, map=found.map))
    return {
        "published": found.pk,
        "printed": printed(people, other).pk,
        "half_year": printed(people, replace(half, unit="vn")).pk,
        "ordered": order(by(people.chi), people.programme, other).pk,
    }


def _begin() -> tuple[Programme, People]:
    programme = water()
    people = People(programme)
    for name in EVERYBODY.split():
        getattr(people, name)
    return programme, people


def _reported(
    programme: Programme, people: People, period: str, figures: Figures
) -> None:
    rows = [
        Row(unit, indicator, period, float(value))
        for unit, homes, served in figures
        for indicator, value in (("homes", homes), ("served", served))
    ]
    with acting(by(people.chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference=period)


def _raised(programme: Programme, people: People) -> None:
    """What Tràng Xá brought together in two quarters, from whom."""
    rows = [
        Row("tx", "money", period, amount, source)
        for period, amounts in (
            ("2026-Q1", (300.0, 120.0)),
            ("2026-Q2", (280.0, 260.0)),
        )
        for source, amount in zip(("state", "people"), amounts, strict=True)
    ]
    with acting(by(people.chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference="money")


def _filled(by_whom: User, unit: str, period: str, **typed: str) -> Submission:
    programme = Programme.objects.get()
    made = begin(by(by_whom), quarter(programme, period), unit)
    for field, text in typed.items():
        save(by(by_whom), made, field, Entry(text))
    return fresh(made)


def fresh(report: Submission) -> Submission:
    return Submission.objects.select_related("round__programme").get(pk=report.pk)


def _approved(people: People, period: str = "2026-Q3") -> Submission:
    report = _filled(people.hoa, "lh", period, homes="910", served="780")
    attach(by(people.hoa), report, "served", "biên bản.pdf", _pages())
    report = send(by(people.hoa), fresh(report))
    approve(by(people.binh), report)
    return approve(by(people.linh), report)


def _pages() -> Iterator[bytes]:
    yield b"%PDF-1.4 a page"


def _draft_with_a_conflict(people: People, lan: User) -> Submission:
    report = _filled(people.an, "tx", "2026-Q3", homes="1.200", money="398,925")
    save(by(lan), report, "homes", Entry("1.250", seen=0))
    note(by(people.an), report, "homes", "Đếm lại tháng Chín")
    attach(by(people.an), report, "homes", "sổ hộ.pdf", _pages())
    return fresh(report)


def _sent(people: People) -> Submission:
    give(people.binh, RoleKind.REVIEWER, "dt", people.programme)
    words = {"homes": "1.500", "served": "100", "mood": "bad", "causes": "Hạn hán"}
    report = _filled(people.khoi, "hn", "2026-Q3", **words)
    note(by(people.khoi), report, "served", "Hồ cạn từ tháng Tám")
    return send(by(people.khoi), fresh(report))


def _returned(people: People) -> Submission:
    report = _filled(people.khoi, "hn", "2026-Q1", homes="1.480", served="1.300")
    send_back(by(people.binh), send(by(people.khoi), report), {"served": "Quá nhiều"})
    return fresh(report)


def _article(people: People) -> Document:
    """One figure of it is taken, one left out."""
    found = brought(people, quarter(people.programme), "bài báo.txt", VIETNAMESE)
    accept(by(people.an), claim(found, "987"))
    reject(by(people.an), claim(found, "12"))
    return found


def _second_factor(user: User) -> None:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
