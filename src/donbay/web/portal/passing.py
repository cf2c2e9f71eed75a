"""How many places, and which, still have to pass for a promise about their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from donbay.domain.remaining import still_to_pass
from donbay.domain.targets import Target
from donbay.domain.verdicts import TargetRow
from donbay.web.look.titles import Titles
from donbay.web.portal.published import Seen
from donbay.web.results.tallies import tested

MOST = 1_000  # places that are looked through for one page
Named = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Passing:
    """`more` of the places that have not passed, or of which it is not known, must."""

    condition: str
    met: int
    of: int
    more: int | None
    not_met: Named
    unknown: Named


def passing(seen: Seen, target: Target, row: TargetRow) -> Passing | None:
    """None where a promise does not count places, or there are too many to name."""
    indicator = seen.titles.pack.programme.indicators[target.indicator]
    asked = indicator.condition
    if asked is None or asked.category or row.period is None or target.scope:
        return None
    units = _units(seen.titles, indicator.level, row.unit, indicator.scope)
    if not units or len(units) > MOST:
        return None
    found = tested(seen.evaluation, units, asked, row.period)
    titles = seen.titles
    amount = titles.amount(asked.value, asked.indicator)
    says = titles.words.say(f"comparator.{asked.comparator}", value=amount)
    return Passing(
        f"{titles.indicator(asked.indicator)}: {says}",
        len(found.met),
        len(units),
        still_to_pass(target, indicator, len(found.met), len(units)),
        _named(titles, found.not_met),
        _named(titles, found.unknown),
    )


def _units(titles: Titles, level: str, above: str, scope: frozenset[str]) -> list[str]:
    """The places of a level that lie in another, and are in scope."""
    day = titles.days.map
    return [
        unit
        for unit, version in titles.ground.items()
        if version.level == level
        and (not scope or version.tags & scope)
        and (unit == above or above in titles.territory.ancestors(unit, day))
    ]


def _named(titles: Titles, units: Sequence[str]) -> Named:
    found = ((unit, titles.place(unit)) for unit in units)
    return sorted(found, key=lambda one: one[1])
