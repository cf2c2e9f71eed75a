"""Chi records what was decided, and sees what ends soon and what would be lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.web.desk.figures import DAY, ON, reported
from tests.web.pages import text
from tests.web.people import People, by, signed_in

from donbay.web.acts.models import Act
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import answer, ask

pytestmark = pytest.mark.django_db
PAPER = "Quyết định công nhận.txt"
ADD = "/programmes/water/acts/add/"


@pytest.fixture
def chi() -> Client:
    return signed_in(People(reported()).chi)


def typed(**changes: str) -> dict[str, str]:
    today = timezone.localdate()
    said = {
        "unit": "tx",
        "what": "recognition:standard",
        "number": "12/QĐ-UBND",
        "authority": "UBND tỉnh",
        "date": str(today),
        "to": str(today + timedelta(days=100)),
    }
    return {**said, **changes}


def test_a_decision_is_recorded_with_its_paper(chi: Client) -> None:
    paper = SimpleUploadedFile(PAPER, "Xã Tràng Xá đạt chuẩn".encode())
    answer = chi.post(ADD, {**typed(), "document": paper}, follow=True)
    assert "12/QĐ-UBND" in text(answer)
    assert PAPER in text(answer)
    made = Act.objects.get()
    saved = chi.get(f"/programmes/water/acts/{made.pk}/document/")
    assert b"".join(saved.streaming_content).decode() == "Xã Tràng Xá đạt chuẩn"  # type: ignore[attr-defined]  # a stream
    place = chi.get("/programmes/water/places/tx/")
    assert "Các quyết định về nơi này" in text(place)


def test_an_attestation_is_signed_by_whom_the_programme_names(chi: Client) -> None:
    changes = {"what": "attestation:1.2", "result": "met", "authority": "", "to": ""}
    chi.post(ADD, typed(**changes))
    assert Act.objects.get().authority == "health"
    assert "1.2: đạt" in text(chi.get("/programmes/water/acts/"))


def test_what_is_wrong_is_said_and_what_was_typed_stays(chi: Client) -> None:
    page = text(chi.post(ADD, typed(number=" ", authority="Sở Y tế")))
    assert "Thiếu số quyết định" in page
    assert 'value="Sở Y tế"' in page
    assert "Ngày quyết định" in text(chi.post(ADD, typed(date="yesterday")))
    assert not Act.objects.exists()


def test_a_mistake_is_annulled_on_its_page(chi: Client) -> None:
    chi.post(ADD, typed())
    made = Act.objects.get()
    annul = f"/programmes/water/acts/{made.pk}/annul/"
    page = text(chi.post(annul, {"reason": "Nhầm xã"}, follow=True))
    assert "Nhầm xã" in page
    listed = text(chi.get("/programmes/water/acts/?state=annulled"))
    assert "12/QĐ-UBND" in listed
    assert "Hủy bản ghi này" not in page


def test_what_ends_within_some_months_is_listed(chi: Client) -> None:
    chi.post(ADD, typed())
    assert "12/QĐ-UBND" in text(chi.get("/programmes/water/acts/ending/?months=6"))
    assert "12/QĐ-UBND" not in text(chi.get("/programmes/water/acts/ending/?months=3"))


def test_what_would_be_lost_names_the_criteria_that_fall(chi: Client) -> None:
    chi.post(ADD, typed(unit="lh"))
    page = text(chi.get("/programmes/water/acts/lost/"))
    assert "Xã La Hiên" in page
    exported = chi.get("/programmes/water/acts/lost/?as=csv").content.decode()
    place, _, _, _, fallen, *_ = exported.splitlines()[1].split(",")
    assert (place, fallen) == ("Xã La Hiên", "1")
    assert "Xã Tràng Xá" not in page


def test_of_another_day_only_what_was_decided_by_then(chi: Client) -> None:
    chi.post(ADD, typed(unit="lh"))
    programme = Programme.objects.get()
    answer(ask(by(People(programme).chi), programme, on=DAY))
    page = text(chi.get(f"/programmes/water/acts/lost/?{ON}"))
    assert "Mọi mức đã công nhận đều được số liệu" in page
