"""Võ Nhai as it was until 30 June 2025: one district of fifteen communes and townships.

The places, and the decision that made seven communes of them, are those of
`examples/thai-nguyen-13`; the figures are made up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.web.people import People, by, give, water

from donbay.domain.roles import RoleKind
from donbay.domain.territory import Territory, Version
from donbay.web.journal.actions import NOBODY, acting
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import Row, enter
from donbay.web.territory.actions import add_places
from donbay.web.territory.models import Unit

EXAMPLE = Path(__file__).parents[2] / "examples" / "thai-nguyen-13"
PROVINCE, DISTRICT, DAY = "vn-p19", "vn-d170", "2025-07-01"
PERIODS = ("2025-Q1", "2025-Q2")
Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    with (EXAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def communes() -> Rows:
    """The fifteen."""
    return [row for row in rows("units") if row["parent"] == DISTRICT]


def decision() -> tuple[str, str]:
    """units.csv and successions.csv of what made seven of the fifteen."""
    old = {row["id"] for row in communes()}
    heirs = [row for row in rows("successions") if row["from"] in old]
    named = {row["to"] for row in heirs}
    new = [
        {**row, "parent": PROVINCE, "tags": ""}
        for row in rows("units")
        if row["id"] in named | old and row["valid_from"] == DAY
    ]
    district = next(row for row in rows("units") if row["id"] == DISTRICT)
    ended = {**district, "parent": PROVINCE, "tags": ""}
    return written([*new, ended]), written(heirs)


def written(some: Sequence[Mapping[str, str]]) -> str:
    out = io.StringIO()
    write = csv.DictWriter(out, list(some[0]), lineterminator="\n")
    write.writeheader()
    write.writerows(some)
    return out.getvalue()


def story() -> None:
    """Before the decision: every commune has reported two quarters of clean water."""
    programme: Programme = water()
    old = communes()
    add_places(
        NOBODY,
        Territory(
            [
                Version(PROVINCE, "19", "Tỉnh Thái Nguyên", "province"),
                Version(DISTRICT, "170", "Huyện Võ Nhai", "district", PROVINCE),
                *(
                    Version(row["id"], row["code"], row["name"], "commune", DISTRICT)
                    for row in old
                ),
            ]
        ),
    )
    programme.roots.set(Unit.objects.filter(pk=PROVINCE))
    people = People(programme)
    give(people.chi, RoleKind.PROGRAMME_OFFICE, PROVINCE, programme)
    give(people.an, RoleKind.REPORTER, old[0]["id"], programme)
    give(people.binh, RoleKind.REVIEWER, DISTRICT, programme)
    figures = [
        Row(row["id"], name, period, float(value + 10 * n + at))
        for n, row in enumerate(old)
        for at, period in enumerate(PERIODS)
        for name, value in (("homes", 900), ("served", 700))
    ]
    with acting(by(people.chi).stamp, programme.chain) as act:
        enter(act, programme, figures, origin="import", reference="made up")
