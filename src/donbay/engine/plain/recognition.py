"""What was decided on a unit, through its mergers (MEANING 31 and 32)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from donbay.domain.acts import Act
from donbay.domain.criteria import Attestation, CriteriaSet, Result, SubCriterion
from donbay.domain.territory import DAY, Cut, Territory
from donbay.engine.plain.world import World

ATTESTATION = "attestation"
ALWAYS = date.max


class Line(NamedTuple):
    """A unit with the ones it followed one to one, since its last real change.

    `spells`: for each the days, from and before, on which an act counts for it.
    """

    spells: list[tuple[str, date, date]]
    cut: Cut | None

    def holds(self, act: Act) -> bool:
        return any(
            act.unit == unit and since <= act.date < before
            for unit, since, before in self.spells
        )


def line(territory: Territory, unit: str, until: date, before: date) -> Line:
    spells: list[tuple[str, date, date]] = []
    while cut := _last_cut(territory, unit, until):
        spells.append((unit, cut.date, before))
        if not _is_one_to_one(territory, unit, cut):
            return Line(spells, cut)
        unit, before, until = cut.origins[0][0], cut.date, cut.date - DAY
    return Line([*spells, (unit, date.min, before)], None)


def _last_cut(territory: Territory, unit: str, until: date) -> Cut | None:
    cuts = [cut for cut in territory.cuts.get(unit, ()) if cut.date <= until]
    return cuts[-1] if cuts else None


def _is_one_to_one(territory: Territory, unit: str, cut: Cut) -> bool:
    origins = [origin for origin, _ in cut.origins]
    if len(origins) != 1 or origins[0] == unit:
        return False
    ends = [c for c in territory.cuts[origins[0]] if c.date == cut.date]
    return [heir for heir, _ in ends[0].heirs] == [unit]


def _known(world: World) -> list[Act]:
    """By date, those of one day in the order of the list."""
    moment = world.days.known
    day = date.max
    if moment:
        day = moment.astimezone(ZoneInfo(world.programme.time_zone)).date()
    return sorted((a for a in world.acts if a.date <= day), key=lambda act: act.date)


def _acts(world: World, who: Line, kind: str) -> Iterator[Act]:
    for act in _known(world):
        if act.kind == kind and who.holds(act):
            yield act


def attested(world: World, leaf: SubCriterion, unit: str) -> Result | None:
    """By the named authority, last in force; none passes a merger."""
    rule = leaf.rule
    if not isinstance(rule, Attestation):
        return None
    who = line(world.territory, unit, world.days.map, ALWAYS)
    found = [
        act.result
        for act in _acts(world, who, ATTESTATION)
        if act.subject == leaf.id
        and act.authority == rule.authority
        and act.in_force(world.days.on)
    ]
    return Result(found[-1]) if found and found[-1] else None


def recognised(world: World, rungs: CriteriaSet, unit: str) -> int:
    """The place on the ladder, from 0; -1 for none."""
    return _recognised(world, rungs, unit, world.days.map, ALWAYS)


def _recognised(
    world: World, rungs: CriteriaSet, unit: str, until: date, before: date
) -> int:
    if not rungs.recognised_by:
        return -1
    who = line(world.territory, unit, until, before)
    acts = list(_acts(world, who, rungs.recognised_by))
    if acts:
        in_force = [act for act in acts if act.in_force(world.days.on)]
        return _rung(rungs, in_force[-1].level) if in_force else -1
    if not who.cut:
        return -1
    day = who.cut.date
    inherited = [
        _recognised(world, rungs, origin, day - DAY, day)
        for origin, _ in who.cut.origins
    ]
    return min(inherited, default=-1)


def _rung(rungs: CriteriaSet, level: str | None) -> int:
    names = [rung.id for rung in rungs.levels]
    return names.index(level) if level in names else -1
