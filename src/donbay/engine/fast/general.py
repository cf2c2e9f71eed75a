"""One indicator in full generality: bounds, categories, carry, coarser periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np

from donbay.domain.indicators import Indicator, OverTime, RollUp
from donbay.domain.periods import Period
from donbay.domain.verdicts import Want
from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats
from donbay.engine.fast.cells import (
    GAP,
    INCOMPLETE,
    NOT_REPORTED,
    ZERO_DENOMINATOR,
    Cells,
)
from donbay.engine.fast.crosswalk import Crosswalk, Plane
from donbay.engine.fast.grounds import (
    Finish,
    Part,
    best_of,
    climbed,
    climbed_best,
    ground_expected,
    on_ground,
    over_time,
    spread,
    summed,
    widened,
)
from donbay.engine.fast.ranges import Ranged


class Reports(Protocol):
    """Where the general sheets read what units reported."""

    def reported(
        self, indicator: str, category: str | None, period: Period, *, carry: bool
    ) -> tuple[Ranged, Bools]:
        """Cells of the level's units on the period's last day, and raw reports."""
        ...


class Read(NamedTuple):
    """What the sources of a plane reported: numbers, which have one, raw reports."""

    number: Ranged
    has: Bools
    raw: Bools


@dataclass
class Weighed:
    """A mean on the grounds, sub-period by sub-period, and the weight that bears it.

    `half` tells the grounds with a value without weight, `naught` with a weight of 0.
    """

    own: list[Part]
    load: list[Part]
    raws: list[Bools]
    half: Bools
    naught: Bools


class General:
    """A collected indicator or a ratio, one column, any period."""

    def __init__(
        self,
        reports: Reports,
        indicators: Mapping[str, Indicator],
        indicator: Indicator,
        category: str | None,
    ) -> None:
        self.reports, self.indicators = reports, indicators
        self.indicator, self.category = indicator, category

    def needed(self, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        """The sub-periods that any time rule of the indicator asks for."""
        indicator, names = self.indicator, [self.indicator.id]
        if indicator.roll_up is RollUp.RATIO:
            names = [indicator.numerator or "", indicator.denominator or ""]
        elif indicator.roll_up is RollUp.MEAN and indicator.weight:
            names.append(indicator.weight)
        rules = [self.indicators[name].over_time for name in names]
        return max((self._needs(periods, rule) for rule in rules), key=len)

    def cells(self, walk: Crosswalk, periods: tuple[Period, ...]) -> Cells:
        """For the coarser period that `periods` make up (or the one period)."""
        match self.indicator.roll_up:
            case RollUp.RATIO:
                return self._ratio(walk, periods)
            case RollUp.MEAN:
                return self._mean(walk, periods)
            case RollUp.NONE:
                return self._none(walk, periods)
        return self._plain(walk, periods)

    def _read(self, plane: Plane, who: str, period: Period) -> Read:
        category = self.category
        if who != self.indicator.id and category not in self.indicators[who].categories:
            category = None
        carry = who in self.indicator.carry
        number, raw = self.reports.reported(who, category, period, carry=carry)
        number = number.each(lambda part: part[plane.reporting])
        return Read(number, ~np.isnan(number.value), raw[plane.reporting])

    def _needs(
        self, periods: tuple[Period, ...], rule: OverTime | None
    ) -> tuple[Period, ...]:
        return periods[-1:] if rule in {OverTime.LAST, None} else periods

    def _part(self, plane: Plane, has: Bools, raw: Bools, raised: Ranged) -> Part:
        expected = ground_expected(plane)
        reporters = plane.weights @ has.astype(np.float64)
        there = plane.weights.counts > 0
        no = np.zeros(len(expected), dtype=bool)
        return Part(raised, reporters, expected, there, on_ground(plane, raw), no)

    def _plain(self, walk: Crosswalk, periods: tuple[Period, ...]) -> Cells:
        indicator, parts, raws = self.indicator, [], []
        for plane, period in zip(walk.planes, periods, strict=True):
            number, has, raw = self._read(plane, indicator.id, period)
            if indicator.roll_up is RollUp.SUM:
                raised = spread(plane, number, has)
            else:
                largest = indicator.roll_up is RollUp.MAX
                raised = best_of(plane, number, has, largest=largest)
            part = self._part(plane, has, raw, raised)
            part.number = self._widened(part)
            parts.append(part)
            raws.append(raw)
        rule = indicator.over_time
        group = over_time(parts, rule)
        wants = self._ground_wants(group, parts)
        if indicator.roll_up is RollUp.SUM:
            number = climbed(walk, group.number, group.has)
        else:
            largest = indicator.roll_up is RollUp.MAX
            number = climbed_best(walk, group.number, largest=largest)
        reporters = summed(walk, group.reporters)
        total = Part(
            number,
            reporters,
            walk.planes[-1].expected,
            group.there,
            group.raw,
            group.zero,
        )
        number = self._widened(total)
        needed = raws[-len(self._needs(periods, rule)) :]
        return Finish(walk, number, reporters, needed, wants, total.incomplete).cells()

    def _widened(self, part: Part) -> Ranged:
        if self.indicator.roll_up is RollUp.SUM:
            return widened(part, self.indicator)
        number, lacking = part.number, part.incomplete
        floor = 0.0 if self.indicator.non_negative else -np.inf
        if self.indicator.roll_up is RollUp.MAX:
            high = np.where(lacking, np.inf, number.high)
            return Ranged(
                number.value,
                number.low,
                high,
                number.low_open,
                number.high_open & ~lacking,
                number.about,
            )
        return Ranged(
            number.value,
            np.where(lacking, floor, number.low),
            number.high,
            number.low_open & ~lacking,
            number.high_open,
            number.about,
        )

    def _ground_wants(self, group: Part, parts: list[Part]) -> Bytes:
        missing = GAP if len(parts) > 1 else INCOMPLETE
        wants = np.where(group.raw, missing, NOT_REPORTED)
        shown = np.where(group.incomplete, INCOMPLETE, 0)
        found = np.where(group.has, shown, wants)
        return np.where(group.there, found, 0).astype(np.uint8)

    def _none(self, walk: Crosswalk, periods: tuple[Period, ...]) -> Cells:
        """Only one whole predecessor passes its value on (MEANING 16)."""
        parts, raws = [], []
        crowded = np.zeros(walk.nodes, dtype=bool)
        rule = self.indicator.over_time
        needed = self._needs(periods, rule)
        for plane, period in zip(walk.planes, periods, strict=True):
            number, has, raw = self._read(plane, self.indicator.id, period)
            at = np.maximum(plane.alone, 0)
            if len(has):
                raised = number.each(lambda part, at=at: part[at])
            else:
                raised = Ranged.exact(np.full(walk.nodes, np.nan))
            raised.value = np.where(plane.alone >= 0, raised.value, np.nan)
            parts.append(self._part(plane, has, raw, raised))
            raws.append(raw)
            if period in needed:
                crowded |= plane.present & (plane.alone < 0)
        group = over_time(parts, rule)
        wants = self._ground_wants(group, parts)
        number = group.number
        flags = walk.flags.copy()
        alone = np.arange(walk.units) < walk.own
        lost = (crowded[: walk.units] & (flags == 0)) | ~alone
        flags[lost] |= np.uint8(Want.NOT_WHOLE)
        return Finish(
            replace(walk, flags=flags),
            number,
            group.reporters,
            raws[-len(needed) :],
            wants,
            np.zeros(walk.nodes, dtype=bool),
        ).cells()

    def _ratio(self, walk: Crosswalk, periods: tuple[Period, ...]) -> Cells:
        indicator = self.indicator
        names = (indicator.numerator or "", indicator.denominator or "")
        rules = [self.indicators[name].over_time for name in names]
        needs = [self._needs(periods, rule) for rule in rules]
        shared = set(needs[0]) & set(needs[1])
        sides: tuple[list[Part], list[Part]] = ([], [])
        raws = []
        for plane, period in zip(walk.planes, periods, strict=True):
            read = [self._read(plane, name, period) for name in names]
            both = read[0].has & read[1].has
            raws.append(
                (read[0].raw & (period in needs[0]))
                | (read[1].raw & (period in needs[1]))
            )
            for side, (number, has, raw) in zip(sides, read, strict=True):
                counted = both if period in shared else has
                raised = spread(plane, number, counted)
                side.append(self._part(plane, counted, raw, raised))
        over, under = (
            over_time(side, rule) for side, rule in zip(sides, rules, strict=True)
        )
        has = over.has & under.has
        expected = ground_expected(walk.planes[-1])
        ratio = np.minimum(over.ratio, under.ratio)
        reporters = summed(walk, np.where(has, ratio * expected, 0.0))
        top, bottom = climbed(walk, over.number, has), climbed(walk, under.number, has)
        number = (top.scaled(indicator.scale)) / bottom
        missing = GAP if len(periods) > 1 else INCOMPLETE
        wants = np.where(over.raw | under.raw, missing, NOT_REPORTED)
        lacking = ~has & (walk.planes[-1].expected > 0)
        wants = np.where(lacking, wants, 0).astype(np.uint8)
        zero = ~np.isnan(bottom.value) & (bottom.value == 0)
        return self._paired(walk, number, reporters, raws, wants=wants, zero=zero)

    def _paired(
        self,
        walk: Crosswalk,
        number: Ranged,
        reporters: Floats,
        raws: list[Bools],
        *,
        wants: Bytes,
        zero: Bools,
    ) -> Cells:
        """Finish a quotient: `zero` tells the nodes where it is divided by 0."""
        no = np.zeros(walk.nodes, dtype=bool)
        enough = self.indicator.min_coverage
        cells = Finish(walk, number, reporters, raws, wants, no, enough).cells()
        at = zero[: walk.units] & (walk.flags == 0)
        cells.want[at, 0] = ZERO_DENOMINATOR
        return cells

    def _mean(self, walk: Crosswalk, periods: tuple[Period, ...]) -> Cells:
        """Each unit of the level shows its own; above them weights add up."""
        rule, weight_rule = self.indicator.over_time, self._weight_rule
        found = self._weighed(walk, periods)
        own, load = over_time(found.own, rule), over_time(found.load, weight_rule)
        bears = own.has & load.has & (load.number.value != 0)
        product = own.number * load.number
        top, bottom = climbed(walk, product, bears), climbed(walk, load.number, bears)
        level = np.arange(walk.nodes) < walk.own
        number = own.number.where(level, top / bottom)
        reporters = summed(walk, np.where(bears, own.reporters, 0.0))
        reporters = np.where(level, own.reporters, reporters)
        wants = self._mean_wants(own, found, bears)
        zero = ~np.isnan(bottom.value) & (bottom.value == 0) & ~level
        raws = found.raws[-len(self._needs(periods, rule)) :]
        return self._paired(walk, number, reporters, raws, wants=wants, zero=zero)

    @property
    def _weight_rule(self) -> OverTime | None:
        weight = self.indicator.weight
        return OverTime.LAST if weight is None else self.indicators[weight].over_time

    def _weighed(self, walk: Crosswalk, periods: tuple[Period, ...]) -> Weighed:
        needs = self._needs(periods, self.indicator.over_time)
        weight_needs = self._needs(periods, self._weight_rule)
        no = np.zeros(walk.nodes, dtype=bool)
        found = Weighed([], [], [], no, no)
        for plane, period in zip(walk.planes, periods, strict=True):
            own = self._read(plane, self.indicator.id, period)
            weight, weighs = self._weight(plane, period, len(own.has))
            both, known = own.has & weighs, ~np.isnan(weight.value)
            if period in weight_needs:
                told = own.has if period in needs else np.ones_like(own.has)
                found.half = found.half | on_ground(plane, told & ~known)
                lost = on_ground(plane, told & known & ~weighs)
                found.naught = found.naught | lost
            found.own.append(self._own(plane, own, weight, both))
            counted = both if period in needs and period in weight_needs else known
            raised = spread(plane, weight, counted)
            found.load.append(self._part(plane, counted, own.raw, raised))
            found.raws.append(own.raw)
        return found

    def _mean_wants(self, own: Part, found: Weighed, bears: Bools) -> Bytes:
        wants: Array = self._ground_wants(own, found.own)
        half = np.where(found.half, INCOMPLETE, 0)
        lacks = half | np.where(found.naught, ZERO_DENOMINATOR, 0)
        if len(found.own) == 1:
            wants = np.where(own.raw & ~own.has, lacks, wants)
        wants = np.where(own.has, np.where(bears, 0, lacks), wants)
        return wants.astype(np.uint8)

    def _weight(self, plane: Plane, period: Period, size: int) -> tuple[Ranged, Bools]:
        if self.indicator.weight is None:
            return Ranged.exact(np.ones(size)), np.ones(size, dtype=bool)
        weight, has, _ = self._read(plane, self.indicator.weight, period)
        return weight, has & (weight.value != 0)

    def _own(self, plane: Plane, read: Read, weight: Ranged, both: Bools) -> Part:
        """The mean on each ground node; one whole source shows its value as it is."""
        product = spread(plane, read.number * weight, both)
        load = spread(plane, weight, both)
        found = product / load
        part = self._part(plane, both, read.raw, found)
        part.zero = (load.value == 0) & ~np.isnan(load.value)
        nothing = np.isnan(found.value)  # weights may outweigh each other
        part.reporters = np.where(nothing, 0.0, part.reporters)
        found.low, found.high = (
            np.where(nothing, np.nan, x) for x in (found.low, found.high)
        )
        if not len(both):
            return part
        lone = plane.alone >= 0
        at = np.maximum(plane.alone, 0)
        part.number = read.number.each(lambda p: p[at]).where(lone, found)
        part.reporters = np.where(lone, read.has[at], part.reporters)
        part.zero &= ~lone
        return part
