"""Quantities on the ground nodes: spread there, combined over time, climbing up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from donbay.domain.indicators import Indicator, OverTime, RollUp
from donbay.engine.fast.arrays import Array, Bools, Bytes, Floats, Ints
from donbay.engine.fast.cells import (
    INCOMPLETE,
    LOW_COVERAGE,
    NOT_REPORTED,
    SHORT,
    Cells,
    first_want,
    from_ranged,
)
from donbay.engine.fast.crosswalk import Crosswalk, Plane
from donbay.engine.fast.ranges import Ranged, pick

EXTREME = {RollUp.MIN, RollUp.MAX, RollUp.NONE}


@dataclass
class Part:
    """A quantity on the ground nodes in one (sub-)period."""

    number: Ranged
    reporters: Floats
    expected: Floats
    there: Bools
    raw: Bools
    zero: Bools

    @property
    def has(self) -> Bools:
        return ~np.isnan(self.number.value)

    @property
    def ratio(self) -> Floats:
        with np.errstate(all="ignore"):
            return np.where(self.expected > 0, self.reporters / self.expected, 1.0)

    @property
    def incomplete(self) -> Bools:
        return self.has & (self.reporters < self.expected * SHORT)


def spread(plane: Plane, number: Ranged, has: Bools) -> Ranged:
    """Weighted sums, on the grounds, of the sources that have a number."""
    found = number.both(
        lambda part: plane.weights @ np.where(has, part, 0.0),
        lambda part: on_ground(plane, has & part),
    )
    found.value = np.where(on_ground(plane, has), found.value, np.nan)
    return found


def ground_expected(plane: Plane) -> Floats:
    return plane.weights @ np.ones(plane.weights.shape[1])


def on_ground(plane: Plane, flags: Bools) -> Bools:
    """Whether any source on a ground node is flagged."""
    found: Bools = plane.weights @ flags.astype(np.float64) > 0
    return found


def widened(part: Part, indicator: Indicator) -> Ranged:
    """What is missing of a sum may be anything the indicator allows (MEANING 2)."""
    low = -np.inf if not indicator.non_negative else part.number.low
    lacking, number = part.incomplete, part.number
    return Ranged(
        number.value,
        np.where(lacking, low, number.low),
        np.where(lacking, np.inf, number.high),
        number.low_open,
        number.high_open & ~lacking,
        number.about,
    )


def best_of(plane: Plane, number: Ranged, has: Bools, *, largest: bool) -> Ranged:
    """The largest or smallest whole source on each ground node."""
    nodes = plane.weights.shape[0]
    counts = plane.weights.counts
    width = int(counts.max(initial=0))
    slot = np.arange(len(plane.weights.indices)) - np.repeat(
        plane.weights.indptr[:-1], counts
    )
    node = np.repeat(np.arange(nodes), counts)
    chosen = np.zeros((max(width, 1), nodes), dtype=bool)
    chosen[slot, node] = has[plane.weights.indices]

    def padded(part: Array) -> Array:
        found = np.zeros(chosen.shape, dtype=part.dtype)
        found[slot, node] = part[plane.weights.indices]
        return found

    return pick(number.each(padded), largest=largest, chosen=chosen)


def over_time(parts: list[Part], rule: OverTime | None) -> Part:
    """One part of a coarser period; a needed sub-period without value is a gap."""
    last = parts[-1]
    if len(parts) == 1:
        return last
    needed = [last] if rule in {OverTime.LAST, None} else parts
    gap = np.any([p.there & ~p.has for p in needed], axis=0) | ~last.there
    ratio = np.min([np.where(p.there, p.ratio, 1.0) for p in needed], axis=0)
    number = _combined(needed, rule)
    number.value = np.where(gap, np.nan, number.value)
    return Part(
        number,
        np.where(gap, 0.0, ratio * last.expected),
        last.expected,
        last.there,
        np.any([p.raw for p in needed], axis=0),
        last.zero if rule in {OverTime.LAST, None} else np.zeros_like(last.zero),
    )


def _combined(parts: list[Part], rule: OverTime | None) -> Ranged:
    if rule is OverTime.LAST or rule is None:
        return parts[-1].number
    there = np.stack([p.there for p in parts])
    every = zip(*(part.number.parts for part in parts), strict=True)
    stack = Ranged(*(np.stack(arrays) for arrays in every))
    if rule is OverTime.MAX:
        return pick(stack, largest=True, chosen=there)
    total = stack.both(
        lambda part: np.where(there, part, 0.0).sum(axis=0),
        lambda part: np.asarray((there & part).any(axis=0)),
    )
    if rule is OverTime.SUM:
        return total
    count = np.maximum(there.sum(axis=0), 1)
    return total.both(lambda part: part / count, lambda part: part)


def climbed(walk: Crosswalk, number: Ranged, has: Bools) -> Ranged:
    """Sums up the tree of the ground nodes that have a number."""
    found = number.both(
        lambda part: summed(walk, np.where(has, part, 0.0)),
        lambda part: summed(walk, has & part) > 0,
    )
    found.value = np.where(summed(walk, has) > 0, found.value, np.nan)
    return found


def climbed_best(walk: Crosswalk, number: Ranged, *, largest: bool) -> Ranged:
    """The largest or smallest of the ground nodes inside each node.

    Not level by level: which end is `about` is told by the nodes that attain it.
    """
    found = number.each(np.copy)
    inside: dict[int, Ints] = {}
    for step in walk.steps:
        children = step.children
        for i in range(step.end - step.begin):
            below = children.indices[children.indptr[i] : children.indptr[i + 1]]
            if not len(below):
                continue
            grounds = [inside.get(n, np.array([n])) for n in below.tolist()]
            at = inside[step.begin + i] = np.concatenate(grounds)
            some = number.each(lambda part, at=at: part[at][:, None])
            has = ~np.isnan(some.value)
            best = pick(some, largest=largest, chosen=has)
            for whole, one in zip(found.parts, best.parts, strict=True):
                whole[step.begin + i] = one[0]
    return found


def summed(walk: Crosswalk, part: Floats | Bools) -> Floats:
    """Sums of one array, or counts, up the tree."""
    column = part.astype(np.float64)[:, None]
    walk.climb(column)
    return column[:, 0]


def wanted_below(walk: Crosswalk, wants: Bytes) -> Bytes:
    """Wants of the ground nodes, gathered up the tree."""
    found = wants.copy()
    walk.climb_with(np.bitwise_or, found)
    return found


def reported_inside(walk: Crosswalk, raws: list[Bools]) -> Bools:
    """Per node, whether any source inside reported in any needed sub-period.

    Land on which nobody is left to report at the end does not count.
    """
    found = np.zeros(walk.nodes, dtype=bool)
    last = walk.planes[-1]
    planes = walk.planes[-len(raws) :]
    for plane, raw in zip(planes, raws, strict=True):
        heard = raw.astype(np.float64)
        if plane is not last:
            there = (last.weights.counts > 0).astype(np.float64)
            landed = plane.weights.T @ np.ones(walk.nodes)
            heard *= (plane.weights.T @ there > 0) | (landed == 0)
        found |= plane.touch @ heard > 0
    return found & last.present


@dataclass
class Finish:
    """What is left to do alike for every roll-up: flags, coverage, wants."""

    walk: Crosswalk
    number: Ranged
    reporters: Floats
    raws: list[Bools]
    ground_wants: Bytes
    incomplete: Bools
    enough: float | None = None

    def cells(self) -> Cells:
        walk, units = self.walk, self.walk.units
        last = walk.planes[-1]
        flags = walk.flags
        with np.errstate(all="ignore"):
            coverage = (self.reporters / last.expected)[:units]
        value = np.where(flags > 0, np.nan, self.number.value[:units])
        none = np.isnan(value)
        reported = reported_inside(walk, self.raws)[:units]
        missing = wanted_below(walk, self.ground_wants)[:units]
        missing = np.where(reported, missing & ~NOT_REPORTED, NOT_REPORTED)
        structural = np.where(reported, flags, flags | NOT_REPORTED)
        missing = np.where(flags > 0, structural, missing)
        judged = np.ones(units, dtype=bool)
        if self.enough is not None:
            judged = ~(coverage < self.enough - 1e-9)
        shown = np.where(self.incomplete[:units], INCOMPLETE, 0)
        shown = np.where(judged, shown, shown | LOW_COVERAGE)
        missing = first_want(missing.astype(np.uint8))
        want = np.where(none, missing, shown).astype(np.uint8)
        number = self.number.each(lambda part: part[:units])
        number.value = value
        return from_ranged(
            number.each(lambda part: part[:, None]),
            coverage=np.where(flags > 0, np.nan, coverage)[:, None],
            want=want[:, None],
            judged=judged[:, None],
            reported=reported[:, None],
            expected=last.present[:units, None].copy(),
        )
