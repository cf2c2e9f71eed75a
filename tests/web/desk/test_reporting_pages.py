"""A quarter at the desk: An fills in, Võ Nhai sends back, the province approves."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.people import People, by, person, quarter, signed_in, water
from tests.web.submissions.stories import approved, filled, fresh, sent

from donbay.domain.roles import RoleKind
from donbay.web.ledger.models import Observation
from donbay.web.submissions import actions
from donbay.web.submissions.actions import Entry
from donbay.web.submissions.models import Submission

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def people() -> People:
    return People(water())


def page(client: Client, name: str, *given: object) -> str:
    answer = client.get(reverse(f"desk:{name}", args=given))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def typed_in(html: str) -> dict[str, str]:
    """The form of a page as a browser without scripts would send it, untouched."""
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html))
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', html))
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</sel', html
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    dropped = ("file:", "withdrawn:", "csrf")
    return {k: v for k, v in found.items() if not k.startswith(dropped)}


def test_a_quarter_without_any_script(people: People) -> None:
    round = quarter(people.programme)
    an, binh, linh = map(signed_in, (people.an, people.binh, people.linh))
    assert "Xã Tràng Xá" in page(an, "work")

    answer = an.post(reverse("desk:begin", args=[round.pk, "tx"]))
    report = Submission.objects.get()
    assert answer["Location"] == reverse("desk:fill", args=[report.pk])
    form = typed_in(page(an, "fill", report.pk))
    form |= {"typed:homes": "1.200", "typed:served": "900", "send": "1"}
    answer = an.post(reverse("desk:fill", args=[report.pk]), form)
    assert answer["Location"] == reverse("desk:send", args=[report.pk])
    an.post(reverse("desk:send", args=[report.pk]))
    assert fresh(report).state == "sent"

    assert "Xã Tràng Xá" in page(binh, "review")
    seen = typed_in(page(binh, "review_report", report.pk))["seen"]
    back = {"seen": seen, "reason:served": "Năm ngoái 1.100", "send_back": "1"}
    binh.post(reverse("desk:review_report", args=[report.pk]), back)
    assert "Năm ngoái 1.100" in page(an, "fill", report.pk)

    form = typed_in(page(an, "fill", report.pk)) | {"typed:served": "1.100"}
    an.post(reverse("desk:fill", args=[report.pk]), form)
    an.post(reverse("desk:send", args=[report.pk]))
    for reviewer in (binh, linh):
        seen = typed_in(page(reviewer, "review_report", report.pk))["seen"]
        given = {"seen": seen, "approve": "1"}
        reviewer.post(reverse("desk:review_report", args=[report.pk]), given)

    assert fresh(report).state == "approved"
    values = Observation.objects.order_by("seq").values_list("indicator", "value")
    assert list(values) == [("homes", 1200), ("served", 1100)]
    read = page(signed_in(people.giang), "report", report.pk)
    assert "Năm ngoái 1.100" in read


def test_an_untouched_form_changes_nothing(people: People) -> None:
    report = filled(people)
    an = signed_in(people.an)
    form = typed_in(page(an, "fill", report.pk))

    an.post(reverse("desk:fill", args=[report.pk]), form)

    assert fresh(report).revision == report.revision


def test_an_empty_form_finds_no_fault_until_it_is_to_be_sent(people: People) -> None:
    an = signed_in(people.an)
    an.post(reverse("desk:begin", args=[quarter(people.programme).pk, "tx"]))
    report = Submission.objects.get()
    an.cookies["language"] = "en"
    needed = "This must be filled in"
    assert needed not in page(an, "fill", report.pk)
    assert needed in page(an, "send", report.pk)

    typed = {"field": "served", "typed:served": "900", "seen:served": "0"}
    address = reverse("desk:save_field", args=[report.pk])
    an.post(address, typed, headers=HTMX)
    assert needed not in page(an, "fill", report.pk)
    taken_out = typed | {"typed:served": "", "was:served": "900", "seen:served": "1"}
    assert needed in an.post(address, taken_out, headers=HTMX).content.decode()


def test_a_field_is_saved_as_it_is_typed_and_checked_at_once(people: People) -> None:
    report = filled(people, {"homes": "1200"})
    given = {"field": "served", "typed:served": "1300", "seen:served": "0"}

    answer = signed_in(people.an).post(
        reverse("desk:save_field", args=[report.pk]), given, headers=HTMX
    )

    html = answer.content.decode()
    assert report.answers.get(field="served").value == 1300
    assert 'name="seen:served" value="2"' in html
    assert "message-error" in html
    assert 'id="summary"' in html


def test_the_two_readings_are_offered_and_one_is_chosen(people: People) -> None:
    report = filled(people, {})
    url = reverse("desk:save_field", args=[report.pk])
    an = signed_in(people.an)
    given = {"field": "money", "typed:money": "398,925"}

    html = an.post(url, given, headers=HTMX).content.decode()
    assert 'name="reading:money" value="joined"' in html
    given |= {"was:money": "398,925", "reading:money": "joined", "seen:money": "1"}
    an.post(url, given, headers=HTMX)

    answer = report.answers.get()
    assert (answer.typed, answer.value) == ("398,925", 398_925)


def test_a_conflict_shows_both_and_is_settled_without_script(people: People) -> None:
    lan = person("Lan", RoleKind.REPORTER, "tx", people.programme)
    report = filled(people, {"homes": "1200"})
    url = reverse("desk:save_field", args=[report.pk])
    given = {"field": "homes", "typed:homes": "1250", "seen:homes": "0"}
    html = signed_in(lan).post(url, given, headers=HTMX).content.decode()
    assert "1200" in html
    assert "1250" in html

    an = signed_in(people.an)
    assert "Lan" in page(an, "work")
    shown = page(an, "fill", report.pk)
    chosen = re.search(r'name="settle" value="(\d+\.other)"', shown)
    assert chosen is not None
    form = typed_in(shown) | {"settle": chosen[1]}
    an.post(reverse("desk:fill", args=[report.pk]), form)

    assert report.answers.get().typed == "1250"
    assert not report.conflicts.filter(settled_at=None).exists()


def test_a_file_is_what_its_bytes_say_and_is_never_shown_in_the_page(
    people: People,
) -> None:
    report = filled(people)
    an = signed_in(people.an)
    url = reverse("desk:attach", args=[report.pk])
    html = SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>", "application/pdf")

    an.post(url, {"field": "homes", "file:homes": html}, headers=HTMX)

    kept = report.attachments.get()
    answer = an.get(reverse("desk:attachment", args=[kept.pk]))
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert b"".join(answer) == b"<script>alert(1)</script>"
    other = signed_in(people.hoa).get(reverse("desk:attachment", args=[kept.pk]))
    assert other.status_code == 404


def test_many_are_approved_from_the_queue(people: People) -> None:
    report = sent(people)
    binh = signed_in(people.binh)
    chosen = [f"{report.pk}.{report.revision}", f"{report.pk + 99}.1", "x.y"]

    binh.post(reverse("desk:approve_many"), {"report": chosen})

    assert fresh(report).step == 1


def test_what_was_not_approved_is_listed_with_the_reason(people: People) -> None:
    report = sent(people)
    chosen = [f"{report.pk}.{report.revision - 1}"]

    answer = signed_in(people.binh).post(
        reverse("desk:approve_many"), {"report": chosen}
    )

    assert "Xã Tràng Xá" in answer.content.decode()
    assert fresh(report).step == 0


def test_a_correction_is_begun_with_a_reason(people: People) -> None:
    report = approved(people)
    an = signed_in(people.an)
    url = reverse("desk:correct", args=[report.pk])

    assert an.post(url, {"reason": " "}).status_code == 200
    answer = an.post(url, {"reason": "Đếm nhầm"})

    mending = Submission.objects.latest("id")
    assert answer["Location"] == reverse("desk:fill", args=[mending.pk])
    assert "Đếm nhầm" in page(an, "fill", mending.pk)


def test_who_has_no_business_here_finds_nothing(people: People) -> None:
    report = filled(people)
    hoa, chi = signed_in(people.hoa), signed_in(people.chi)

    for client in (hoa, chi):
        for name in ("report", "fill", "send", "correct", "review_report"):
            answer = client.get(reverse(f"desk:{name}", args=[report.pk]))
            assert answer.status_code == 404, name
    actions.send(by(people.an), report)
    assert chi.get(reverse("desk:report", args=[report.pk])).status_code == 200
    assert hoa.get(reverse("desk:report", args=[report.pk])).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en", "fr", "ar"])
def test_every_page_speaks_every_language(people: People, language: str) -> None:
    report = sent(people)
    actions.remind(people.programme, quarter(people.programme).due)
    begun = actions.begin(by(people.hoa), quarter(people.programme), "lh")
    actions.save(by(people.hoa), begun, "money", Entry("398,925"))
    visits = [
        (people.hoa, "work", ()),
        (people.hoa, "reminders", ()),
        (people.hoa, "fill", (begun.pk,)),
        (people.hoa, "send", (begun.pk,)),
        (people.khoi, "place_report", (report.round_id, "hn")),
        (people.an, "report", (report.pk,)),
        (people.binh, "work", ()),
        (people.binh, "review", ()),
        (people.binh, "review_report", (report.pk,)),
        (people.chi, "rounds", (people.programme.pk,)),
        (people.chi, "matrix", (people.programme.pk, report.round_id)),
        (people.chi, "extend", (people.programme.pk, report.round_id, "lh")),
    ]
    for user, name, given in visits:
        client = signed_in(user)
        client.cookies["language"] = language
        html = page(client, name, *given)
        assert f'lang="{language}"' in html
        missing = re.findall(
            r">\s*((?:report|review|rounds|work|report_state|reminder)\.\w+)", html
        )
        assert not missing, (name, missing)


def test_the_matrix_filters_by_state_and_place_and_exports(people: People) -> None:
    report = sent(people)
    url = reverse("desk:matrix", args=[people.programme.pk, report.round_id])
    chi = signed_in(people.chi)
    wanted = (
        ({"state": "sent"}, {"Xã Tràng Xá"}),
        ({"state": "not_started"}, {"Xã La Hiên", "Xã Hoàng Nông"}),
        ({"below": "vn"}, {"Xã Tràng Xá", "Xã La Hiên"}),
        ({"q": "trang xa"}, {"Xã Tràng Xá"}),
    )

    for asked, places in wanted:
        lines = chi.get(url, {**asked, "as": "csv"}).content.decode().splitlines()
        assert {line.split(",")[0] for line in lines[1:]} == places, asked
    own = signed_in(people.an).get(url, {"as": "csv"}).content.decode()
    assert "La Hiên" not in own


def test_the_office_opens_extends_and_closes_at_the_desk(people: People) -> None:
    round = quarter(people.programme)
    chi, an = signed_in(people.chi), signed_in(people.an)
    given = {"until": round.closes.isoformat(), "reason": "Lũ"}
    extend = reverse("desk:extend", args=["water", round.pk, "tx"])

    assert an.post(extend, given).status_code == 404
    chi.post(extend, given)
    assert round.extensions.get().reason == "Lũ"
    chi.post(reverse("desk:open_rounds", args=["water"]))
    chi.post(reverse("desk:close_round", args=["water", round.pk]))
    round.refresh_from_db()
    assert round.state == "closed"
    an.post(reverse("desk:close_round", args=["water", round.pk]))
