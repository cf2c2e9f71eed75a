"""What three communes reported of clean water, for the stories of the boards."""

from __future__ import annotations

from datetime import date

from tests.web.people import People, by, water

from donbay.web.journal.actions import acting
from donbay.web.ledger.actions import Row
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import answer, ask, enter
from donbay.web.results.following import forget

# Homes with clean water in each of two quarters, of a thousand in every commune.
SERVED = {"tx": (850, 950), "lh": (600, 610), "hn": (700, None)}
QUARTERS = ("2026-Q2", "2026-Q3")
# Judged on this day, so that the stories stay true on every other.
DAY = date(2026, 11, 1)
ON = f"on={DAY}"
BOOK = "=Niên giám thống kê"  # begins as a formula does


def reported() -> Programme:
    """Tràng Xá does well, La Hiên is behind, Hoàng Nông has not reported lately."""
    forget()
    programme = water()
    rows = [
        Row(unit, indicator, quarter, value, source=BOOK)
        for unit, served in SERVED.items()
        for quarter, homes in zip(QUARTERS, served, strict=True)
        if homes is not None
        for indicator, value in (("homes", 1000.0), ("served", float(homes)))
    ]
    with acting(by(People(programme).chi).stamp, programme.chain) as act:
        enter(act, programme, rows, origin="import", reference="1")
    answer(ask(by(People(programme).chi), programme, on=DAY))
    return programme
