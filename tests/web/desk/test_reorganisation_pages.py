"""Chi records the merger from two files, rehearses, applies and undoes it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.web.pages import text
from tests.web.people import People, signed_in
from tests.web.reorganisations.merger import HEIRS, UNITS, reported

from donbay.web.reorganisations.models import Reorganisation
from donbay.web.reorganisations.tasks import rehearse
from donbay.web.territory.queries import territory

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


@pytest.fixture
def chi() -> Client:
    people = People(reported())
    assert all((people.an, people.binh))
    return signed_in(people.chi)


def uploads(chi: Client, units: str = UNITS, heirs: str = HEIRS) -> HttpResponse:
    typed = {
        "number": "1683/NQ-UBTVQH15",
        "authority": "Ủy ban Thường vụ Quốc hội",
        "units": SimpleUploadedFile("moi.csv", units.encode()),
        "successions": SimpleUploadedFile("nhap.csv", heirs.encode()),
    }
    return chi.post("/reorganisations/record/", typed, follow=True)  # type: ignore[return-value]  # a response


def page(chi: Client, row: Reorganisation) -> str:
    return text(chi.get(f"/reorganisations/{row.pk}/"))


def does(chi: Client, row: Reorganisation, verb: str) -> str:
    return text(chi.post(f"/reorganisations/{row.pk}/{verb}/", follow=True))


def rehearsed(chi: Client) -> Reorganisation:
    uploads(chi)
    row = Reorganisation.objects.get()
    rehearse.func(row.pk)
    return row


def test_two_files_are_recorded_and_rehearsed_in_the_background(chi: Client) -> None:
    assert "Đang chạy thử trên bản sao" in text(uploads(chi))
    row = Reorganisation.objects.get()
    rehearse.func(row.pk)
    shown = page(chi, row)
    assert "Xã Võ Nhai" in shown
    assert "Xã Tràng Xá, Xã La Hiên" in shown
    assert "khác 0, không còn biết 0" in shown
    assert "cần chỉ định người" in shown
    assert territory().version("tx", DAY)


def test_the_moves_go_into_a_file(chi: Client) -> None:
    row = rehearsed(chi)
    told = chi.get(f"/reorganisations/{row.pk}/?as=csv").content.decode()
    assert "Vai trò,An,Cán bộ báo cáo xã,Xã Tràng Xá,Xã Võ Nhai" in told


def test_it_is_applied_and_undone_from_its_page(chi: Client) -> None:
    row = rehearsed(chi)
    assert "Đã áp dụng quyết định" in does(chi, row, "apply")
    assert territory().version("xvn", DAY)
    assert "Mọi thứ đã trở lại" in does(chi, row, "undo")
    assert territory().version("tx", DAY)
    assert "Chưa chạy thử trên địa bàn hiện tại" in does(chi, row, "apply")


def test_every_problem_of_the_files_is_told_with_its_line(chi: Client) -> None:
    wrong = HEIRS.replace("lh,xvn", "lx,xvn").replace("2026-07-01,hn", "2026-08-01,hn")
    shown = text(uploads(chi, heirs=wrong))
    assert "successions.csv" in shown
    assert "Chưa nhận tệp" in shown
    assert not Reorganisation.objects.exists()


def test_a_file_of_another_kind_is_refused(chi: Client) -> None:
    typed = {
        "number": "1",
        "authority": "1",
        "successions": SimpleUploadedFile("a.exe", b"MZ"),
    }
    shown = text(chi.post("/reorganisations/record/", typed, follow=True))
    assert "không nhận" in shown.lower()
