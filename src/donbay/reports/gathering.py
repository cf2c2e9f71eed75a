"""Which of many verdicts a report speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from donbay.domain.periods import Period
from donbay.domain.territory import Version
from donbay.domain.verdicts import ValueRow


def places_below(ground: Mapping[str, Version], unit: str) -> list[str]:
    """Every place in a place, at any depth, in the order of the map."""
    inside: dict[str, bool] = {unit: True}

    def lies_in(one: str) -> bool:
        if one not in inside:
            version = ground.get(one)
            parent = version.parent if version else None
            inside[one] = parent is not None and lies_in(parent)
        return inside[one]

    return [one for one in ground if one != unit and lies_in(one)]


def latest(rows: Iterable[ValueRow], end: date) -> list[ValueRow]:
    """Of each place and indicator the last value of a period ended by a day."""
    found: dict[tuple[str, str], ValueRow] = {}
    for row in rows:
        if row.value is None or row.period.last > end:
            continue
        key = (row.unit, row.indicator)
        if key not in found or found[key].period < row.period:
            found[key] = row
    return list(found.values())


def judged_on(period: Period, today: date) -> date:
    """The last day of the period, or today while it runs."""
    return min(period.last, today)
