"""The merger of Tràng Xá and La Hiên, as its decision tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.web.people import People, by, water

from donbay.domain.territory import Territory
from donbay.web.journal.actions import acting
from donbay.web.ledger.actions import Row
from donbay.web.offices.models import Office, Role
from donbay.web.programmes.models import Programme
from donbay.web.reorganisations.actions import Paper, record
from donbay.web.reorganisations.models import Reorganisation
from donbay.web.results.actions import enter
from donbay.web.results.following import forget
from donbay.web.results.models import LevelVerdict, TargetVerdict, UnitValues
from donbay.web.submissions.models import Submission
from donbay.web.territory.queries import territory

DAY = date(2026, 7, 1)
UNITS = """id,code,name,level,parent,valid_from,valid_to,region,tags
vn,170,Huyện Võ Nhai,district,tn,,2026-06-30,,
xvn,05716,Xã Võ Nhai,commune,tn,2026-07-01,,,
xhn,05800,Xã Hoàng Nông,commune,tn,2026-07-01,,,
dt,171,Huyện Đại Từ,district,tn,,2026-06-30,,
"""
HEIRS = """date,from,to,share,basis,decision
2026-07-01,tx,xvn,,,1683/NQ-UBTVQH15
2026-07-01,lh,xvn,,,1683/NQ-UBTVQH15
2026-07-01,hn,xhn,,,1683/NQ-UBTVQH15
"""
PAPER = Paper("1683/NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội", "Luật 72/2025/QH15")
BEFORE = (("tx", 1000, 900), ("lh", 500, 300), ("hn", 800, 800))


def folder(place: Path, units: str = UNITS, heirs: str = HEIRS) -> Path:
    place.mkdir(exist_ok=True)
    (place / "units.csv").write_text(units, encoding="utf-8")
    (place / "successions.csv").write_text(heirs, encoding="utf-8")
    return place


def reported(figures: Sequence[tuple[str, int, int]] = BEFORE) -> Programme:
    """What three communes reported of the quarter before the merger."""
    forget()
    programme = water()
    enters(programme, "2026-Q2", figures)
    return programme


def enters(
    programme: Programme, period: str, figures: Sequence[tuple[str, int, int]]
) -> None:
    rows = [
        Row(unit, name, period, float(value))
        for unit, homes, served in figures
        for name, value in (("homes", homes), ("served", served))
    ]
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference=period)


def recorded(programme: Programme, place: Path) -> Reorganisation:
    return record(by(People(programme).chi), PAPER, folder(place))


def everything(programme: Programme) -> dict[str, object]:
    """All that a reorganisation may touch, as it stands."""
    places: Territory = territory()
    return {
        "versions": {unit: places.versions[unit] for unit in sorted(places.versions)},
        "successions": places.successions,
        "roots": sorted(programme.roots.values_list("pk", flat=True)),
        "offices": list(Office.objects.order_by("pk").values()),
        "roles": list(Role.objects.order_by("pk").values()),
        "reports": list(
            Submission.objects.order_by("pk").values("pk", "unit", "state", "step")
        ),
        **verdicts(),
    }


def verdicts() -> dict[str, object]:
    values = UnitValues.objects.filter(evaluation__live=True)
    targets = TargetVerdict.objects.filter(evaluation__live=True)
    levels = LevelVerdict.objects.filter(evaluation__live=True)
    return {
        "values": [
            (unit, period, bytes(packed))
            for unit, period, packed in values.order_by("unit", "period").values_list(
                "unit", "period", "packed"
            )
        ],
        "targets": _told(targets.order_by("unit", "target").values()),
        "levels": _told(levels.order_by("unit", "set").values()),
    }


def _told(rows: object) -> list[dict[str, object]]:
    return [{k: v for k, v in row.items() if k != "id"} for row in rows]  # type: ignore[attr-defined]  # a query
