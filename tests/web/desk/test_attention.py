"""Leaders and offices see what is late, sent back, behind or ending, and its owners."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.pages import text
from tests.web.people import People, by, office, person, quarter, signed_in, water
from tests.web.portal.story import reported
from tests.web.submissions.stories import filled

from donbay.domain.roles import RoleKind
from donbay.texts import LANGUAGES
from donbay.web.desk.attention_heaps import LISTS
from donbay.web.journal.actions import acting
from donbay.web.ledger.actions import Row
from donbay.web.look.words import wording
from donbay.web.offices.models import User
from donbay.web.results.actions import Decision, decide, enter
from donbay.web.results.following import forget
from donbay.web.submissions.actions import send, send_back
from donbay.web.submissions.models import Submission
from donbay.web.territory.models import Revision, Unit, UnitVersion
from donbay.web.territory.queries import look_again

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BOARD = "/programmes/water/attention/"
WORDS = wording("vi")


@pytest.fixture
def people() -> People:
    """Three communes reported; one quarter is late, and Tràng Xá's was sent back."""
    found = People(reported())
    quarter(found.programme, "2026-Q2", due_in=-3)
    ha = person("Hà")
    found.an.office = office("UBND xã Tràng Xá", "tx", leader=ha)
    found.an.save()
    _sent_back(found)
    return found


def _sent_back(people: People) -> Submission:
    report = send(by(people.an), filled(people, period="2026-Q2"))
    return send_back(by(people.binh), report, {"served": "Thiếu xóm Mới"})


def recognised(people: People, unit: str, ends_in: int, number: str = "1/QĐ") -> None:
    """For a year; recorded as of the day on which it began."""
    today = timezone.localdate()
    end = today + timedelta(days=ends_in)
    start = min(end - timedelta(days=365), today)
    decide(
        by(people.chi),
        people.programme,
        Decision(
            unit=unit,
            kind="recognition",
            level="standard",
            number=number,
            authority="UBND tỉnh",
            date=start,
            end=end,
        ),
    )


def page(user: User, address: str = BOARD, language: str = "vi") -> str:
    client = signed_in(user)
    client.cookies["language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    return text(answer)


def told(user: User, name: str, asked: str = "") -> list[dict[str, str]]:
    """The rows of a list as its file has them, by their headings."""
    answer = signed_in(user).get(f"{BOARD}{name}/?as=csv{asked}")
    rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    head, *rest = rows
    return [dict(zip(head, row, strict=True)) for row in rest]


def say(code: str, **parameters: object) -> str:
    return WORDS.say(code, **parameters)


def test_what_is_late_names_the_office_and_its_leader(people: People) -> None:
    rows = {row["Địa phương"]: row for row in told(people.dung, "late")}
    assert set(rows) == {"Xã Tràng Xá", "Xã La Hiên", "Xã Hoàng Nông"}
    here = rows["Xã Tràng Xá"]
    assert here[say("attention.office")] == "UBND xã Tràng Xá"
    assert here[say("attention.leader")] == "Hà"
    assert here[say("attention.people")] == "An"
    assert here[say("attention.days")] == "3"
    assert say("attention.no_office") in page(people.dung, f"{BOARD}late/?q=la hien")


def test_what_was_sent_back_says_why_and_leads_to_the_report(people: People) -> None:
    shown = page(people.dung, f"{BOARD}returned/")
    report = Submission.objects.get(state="returned")
    assert f'href="/reports/{report.pk}/">Xã Tràng Xá' in shown
    assert "Thiếu xóm Mới" in shown
    assert "Bình" in shown
    assert "Xã La Hiên" not in shown[shown.index("<tbody>") :]


def test_a_target_behind_has_its_pace_and_what_every_quarter_must_bring(
    people: People,
) -> None:
    (here,) = told(people.dung, "targets", "&place=lh")
    assert here["Giá trị"] == "61.0"
    assert here[say("heading.pace")]
    assert "điểm phần trăm" in here[say("portal.takes")]
    shown = page(people.dung, f"{BOARD}targets/?place=lh")
    assert 'href="/programmes/water/why/lh/water_95/"' in shown
    assert "Xã Tràng Xá" not in {
        row["Địa phương"] for row in told(people.dung, "targets")
    }


def test_a_task_whose_day_has_passed_is_not_called_late(people: People) -> None:
    shown = page(people.dung, f"{BOARD}tasks/?state=passed")
    body = shown[shown.index("<tbody>") :]
    assert say("attention.day.passed") in body
    assert "Sở Y tế" in body
    assert say("report_state.late") not in body
    assert say("attention.means.tasks", days=90) in shown


def test_a_decision_that_ends_is_told_until_another_comes_after_it(
    people: People,
) -> None:
    recognised(people, "tx", ends_in=100, number="7/QĐ")
    recognised(people, "lh", ends_in=-20, number="8/QĐ")
    recognised(people, "hn", ends_in=300, number="9/QĐ")
    states = {
        row[say("acts.number")]: row[say("acts.state")]
        for row in told(people.dung, "acts")
    }
    assert states == {"8/QĐ": "lapsed", "7/QĐ": "ending"}
    recognised(people, "lh", ends_in=400, number="10/QĐ")
    assert [row[say("acts.number")] for row in told(people.dung, "acts")] == ["7/QĐ"]


def test_the_board_counts_each_and_leads_to_the_list_of_it(people: People) -> None:
    shown = page(people.dung)
    found = dict(re.findall(r'<li><a href="([^"]+)"><strong>([^<]+)</strong>', shown))
    assert found[f"{BOARD}late/"] == "3"
    assert found[f"{BOARD}returned/"] == "1"
    assert found[f"{BOARD}targets/?state=missed"] == "0"
    assert found[f"{BOARD}tasks/?state=passed"] == "1"


def test_each_place_stands_with_how_much_of_it_needs_attention(people: People) -> None:
    rows = {row["Địa phương"]: row for row in told(people.chi, "places")}
    here = rows["Xã Tràng Xá"]
    assert here[say("report_state.late")] == "1"
    assert here[say("report_state.returned")] == "1"
    assert here[say("status.off_track")] == ""
    assert here[say("attention.office")] == "UBND xã Tràng Xá"


def test_what_is_not_known_is_not_counted_as_nothing() -> None:
    shown = page(People(water()).dung)
    unknown = f"<strong>{say('attention.not_known')}</strong>"
    assert shown.count(unknown) == 4  # of reports late, and of targets three kinds
    assert say("attention.no_rounds") in shown
    assert say("board.no_verdicts") in shown


def test_a_leader_of_a_district_sees_that_district(people: People) -> None:
    mai = person("Mai", RoleKind.LEADER, "vn", people.programme)
    assert {row["Địa phương"] for row in told(mai, "late")} == {
        "Xã Tràng Xá",
        "Xã La Hiên",
    }
    recognised(people, "hn", ends_in=50)
    assert told(mai, "acts") == []
    assert "Xã Hoàng Nông" not in page(mai)


def test_a_role_that_has_ended_opens_nothing(people: People) -> None:
    role = people.dung.roles.get()
    role.ends = timezone.localdate() - timedelta(days=1)
    role.save()
    client = signed_in(people.dung)
    for address in ("/attention/", BOARD, f"{BOARD}late/"):
        assert client.get(address).status_code == 404
    assert BOARD not in text(client.get("/work/"))


def test_who_answers_for_nothing_sees_neither_page_nor_link(people: People) -> None:
    for user in (people.an, people.binh, people.em, people.giang, people.phuc):
        client = signed_in(user)
        for address in ("/attention/", BOARD, f"{BOARD}late/"):
            assert client.get(address).status_code == 404
        assert "/attention/" not in text(client.get("/work/"))
    stranger = person("Xuân", RoleKind.LEADER, "tn", water(programme="other"))
    assert signed_in(stranger).get(BOARD).status_code == 404


def test_every_link_of_the_board_opens_for_who_sees_it(people: People) -> None:
    recognised(people, "tx", ends_in=100)
    recognised(people, "tx", ends_in=90, number="2/QĐ")
    mai = person("Mai", RoleKind.LEADER, "vn", people.programme)
    for user in (people.dung, people.chi, people.quan, mai):
        client = signed_in(user)
        pages = [f"{BOARD}{name}/" for name in LISTS]
        links = {"/attention/"}
        for address in (BOARD, *pages):
            shown = client.get(address).content.decode()
            main = shown[shown.index("<main") : shown.index("</main")]
            for link in re.findall(r'href="([^"#]+)', main):
                whole = unescape(link)
                links.add(f"{address}{whole}" if whole.startswith("?") else whole)
        assert not closed(client, links), user


def closed(client: Client, links: set[str]) -> list[str]:
    return [x for x in links if client.get(x, follow=True).status_code != 200]


def test_a_list_that_is_not_there_is_not_found(people: People) -> None:
    assert signed_in(people.dung).get(f"{BOARD}none/").status_code == 404


def test_every_programme_of_a_leader_stands_on_one_page(people: People) -> None:
    other = water(programme="other")
    people.dung.roles.create(
        kind=RoleKind.LEADER,
        unit_id="tn",
        programme=other,
        starts=timezone.localdate(),
        given_by="",
    )
    shown = page(people.dung, "/attention/")
    assert f'href="{BOARD}"' in shown
    assert 'href="/programmes/other/attention/"' in shown


def test_every_page_speaks_four_languages(people: People) -> None:
    recognised(people, "tx", ends_in=100)
    for language in LANGUAGES:
        for address in ("/attention/", BOARD, *(f"{BOARD}{x}/" for x in LISTS)):
            shown = page(people.dung, address, language)
            said = re.sub(r"<[^>]+>", " ", shown)
            assert not re.search(r"\b(attention|board|acts|rounds)\.[a-z_]+", said)


# --- how much is asked of the database ----------------------------------------------


def grown(people: People, count: int) -> None:
    """So many communes more, each with an office, a report sent back, and an act."""
    programme = people.programme
    rows = []
    for n in range(count):
        unit, name = f"x{n}", f"Xã {n}"
        Unit.objects.create(id=unit, order=100 + n)
        UnitVersion.objects.create(
            unit_id=unit, code=unit, name=name, folded=name, level="commune",
            parent_id="vn",
        )  # fmt: skip
        rows += [
            Row(unit, "homes", "2026-Q3", 1000.0),
            Row(unit, "served", "2026-Q3", 300.0),
        ]
    Revision.objects.update(number=2)
    look_again()
    forget()
    with acting(by(people.chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference="2")
    for n in range(count):
        unit = f"x{n}"
        clerk = person(f"Clerk {n}", RoleKind.REPORTER, unit, programme)
        clerk.office = office(f"UBND {n}", unit, leader=person(f"Leader {n}"))
        clerk.save()
        _returned(people, unit, clerk)
        recognised(people, unit, ends_in=50, number=f"{n}/QĐ")


def _returned(people: People, unit: str, clerk: User) -> None:
    round, now = quarter(people.programme, "2026-Q2"), timezone.now()
    report = Submission.objects.create(
        round=round, unit_id=unit, state="returned", begun_by=clerk, begun_at=now
    )
    report.returns.create(
        field="served", reason="Thiếu xóm", step=0, by=people.binh, at=now
    )


def asked(user: User, address: str) -> int:
    client = signed_in(user)
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_as_much_is_asked_for_many_communes_as_for_few(people: People) -> None:
    recognised(people, "tx", ends_in=100)
    addresses = ("/attention/", BOARD, *(f"{BOARD}{name}/" for name in LISTS))
    few = [asked(people.dung, address) for address in addresses]
    grown(people, 25)
    many = [asked(people.dung, address) for address in addresses]
    assert few == many
    assert max(many) <= 40
    assert "Xã 7" in page(people.dung, f"{BOARD}late/?q=Xã 7")
