"""La Hiên was divided between two communes: the places of clean water on two maps."""

from __future__ import annotations

from pathlib import Path

from tests.web.people import People, by
from tests.web.reorganisations.merger import PAPER, folder

from donbay.web.programmes.models import Programme
from donbay.web.reorganisations.actions import apply, record, rehearse
from donbay.web.results.actions import answer
from donbay.web.results.models import Evaluation
from donbay.web.results.tasks import keep_maps

EVE = "2026-06-30"
UNITS = """id,code,name,level,parent,valid_from,valid_to,region,tags,lat,lon
vn,170,Huyện Võ Nhai,district,tn,,2026-06-30,,,,
xvn,05716,Xã Võ Nhai,commune,tn,2026-07-01,,,,21.73,105.98
xqs,05729,Xã Quang Sơn,commune,tn,2026-07-01,,,,21.70,105.88
xhn,05800,Xã Hoàng Nông,commune,tn,2026-07-01,,,,21.6,105.61
dt,171,Huyện Đại Từ,district,tn,,2026-06-30,,,,
"""
HEIRS = """date,from,to,share,basis,decision
2026-07-01,tx,xvn,,,1683/NQ-UBTVQH15
2026-07-01,lh,xvn,0.5,area,1683/NQ-UBTVQH15
2026-07-01,lh,xqs,0.5,area,1683/NQ-UBTVQH15
2026-07-01,hn,xhn,,,1683/NQ-UBTVQH15
"""


def divided(found: Programme, place: Path) -> Programme:
    """La Hiên was divided between Võ Nhai, once Tràng Xá, and Quang Sơn."""
    chi = by(People(found).chi)
    decision = record(chi, PAPER, folder(place / "paper", UNITS, HEIRS))
    apply(chi, rehearse(decision))
    return found


def judged(programme: Programme) -> list[str]:
    """On which maps the clock had the programme judged, once its jobs are done."""
    keep_maps(programme)
    waiting = Evaluation.objects.filter(asked_by=Evaluation.EVERYBODY, state="waiting")
    days = [str(one.map) for one in waiting.order_by("map")]
    for one in waiting.select_related("programme"):
        answer(one)
    return days
