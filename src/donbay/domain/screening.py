"""What an inspector should look at first: figures that do not look like the others.

Pure: from figures as they are in force to a ranked list, each with its evidence. A
suspicion accuses nobody; whoever knows why dismisses it with a reason. Scores are
surprise in decimal orders: 6 is one chance in a million among figures like these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from donbay.domain.chances import at_least, spread_of, surprise
from donbay.domain.periods import Period
from donbay.domain.quantities import equal

Key = tuple[str, Period]  # a unit and a period
Evidence = Mapping[str, float | int | str]


class Kind(StrEnum):
    """What looks wrong."""

    LATE = "late"
    COPIED = "copied"
    HEAPED = "heaped"
    BUNCHED = "bunched"
    JUMP = "jump"
    PARTS = "parts"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One thing to look at; `indicator` is empty where it is of a whole report."""

    kind: Kind
    unit: str
    indicator: str
    period: Period
    score: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that came late by some days, or is missing since."""

    unit: str
    form: str
    period: Period
    days: int
    missing: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A number that is good to reach: at least (`upward`) or at most."""

    indicator: str
    number: float
    upward: bool = True


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure that is the sum of others, all of them of `indicator` if it is named."""

    total: str
    parts: tuple[str, ...]
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that cannot be more than another, of which it is a share."""

    part: str
    of: str


@dataclass(frozen=True)
class Figures:
    """What is screened. `values` are by indicator, then by unit and period.

    `computed` are others, which only bars and sums look at. `group` says
    who the neighbours of a unit are: those of the same group.
    """

    values: Mapping[str, Mapping[Key, float]]
    computed: Mapping[str, Mapping[Key, float]] = field(default_factory=dict)
    group: Mapping[str, str] = field(default_factory=dict)
    owed: Sequence[Owed] = ()
    bars: Sequence[Bar] = ()
    wholes: Sequence[Whole] = ()
    shares: Sequence[Part] = ()

    def of(self, name: str) -> Mapping[Key, float]:
        """By unit and period, whether reported or computed."""
        return self.values.get(name) or self.computed.get(name, {})


def screen(figures: Figures) -> list[Suspicion]:
    """Everything suspicious, the most surprising first."""
    found = [
        *_late(figures),
        *_copied(figures),
        *_heaped(figures),
        *_bunched(figures),
        *_jumps(figures),
        *_parts(figures),
        *_shares(figures),
    ]
    return sorted(found, key=lambda one: (-one.score, one.kind, one.unit))


# --- reports --------------------------------------------------------------------------

PATIENCE, MONTH = 5, 30  # days that are forgiven; days that count as very late
IMPOSSIBLE, CERTAIN = 30.0, 12.0  # scores of what cannot be, and of what is a fact


def _late(figures: Figures) -> Iterator[Suspicion]:
    for one in figures.owed:
        if one.days > PATIENCE:
            score = CERTAIN * min(1.0, one.days / MONTH) + one.missing
            evidence: Evidence = {"days": one.days, "missing": int(one.missing)}
            yield Suspicion(Kind.LATE, one.unit, "", one.period, score, evidence)


LEAST_COPIED, COPIED_PART, COPIED_SURPRISE = 4, 0.8, 6.0


def _copied(figures: Figures) -> Iterator[Suspicion]:
    """A report that repeats the one before, where others' figures move."""
    rate = {name: _repeats(values) for name, values in figures.values.items()}
    seen: dict[Key, list[tuple[str, bool]]] = defaultdict(list)
    for name, values in figures.values.items():
        for (unit, period), value in values.items():
            before = values.get((unit, period.shift(-1)))
            if before is not None and (value or before):
                seen[unit, period].append((name, value == before))
    for (unit, period), some in seen.items():
        same = [name for name, repeated in some if repeated]
        if len(same) >= max(LEAST_COPIED, COPIED_PART * len(some)):
            score = sum(surprise(rate[name]) for name in same)
            if score >= COPIED_SURPRISE:
                evidence = {"same": len(same), "of": len(some)}
                yield Suspicion(Kind.COPIED, unit, "", period, score, evidence)


def _repeats(values: Mapping[Key, float]) -> float:
    """How often a figure is that of the period before, all units taken together."""
    pairs = [
        (value, values[unit, period.shift(-1)])
        for (unit, period), value in values.items()
        if (unit, period.shift(-1)) in values
    ]
    same = sum(value == before for value, before in pairs)
    return (same + 1) / (len(pairs) + 2)


# --- a unit's way with figures --------------------------------------------------------

LEAST_DIGITS, SMALL, HEAPED_SURPRISE = 12, 100, 6.0
ROUND, USUAL = (0, 5), 0.2


def _heaped(figures: Figures) -> Iterator[Suspicion]:
    """A unit whose figures end in 0 or 5 far more often than others' do."""
    digits: dict[str, list[bool]] = defaultdict(list)
    last: dict[str, Period] = {}
    for values in figures.values.values():
        for (unit, period), value in values.items():
            if value >= SMALL and value.is_integer():
                digits[unit].append(int(value) % 10 in ROUND)
                last[unit] = max(period, last.get(unit, period))
    every = sum(len(some) for some in digits.values())
    usual = sum(map(sum, digits.values())) / every if every else USUAL
    for unit, some in digits.items():
        if len(some) >= LEAST_DIGITS:
            chance = at_least(sum(some), len(some), max(USUAL, usual))
            if (score := surprise(chance)) >= HEAPED_SURPRISE:
                evidence = {"round": sum(some), "of": len(some)}
                yield Suspicion(Kind.HEAPED, unit, "", last[unit], score, evidence)


# --- one figure among those of other units --------------------------------------------

WIDTH, LEAST_BUNCHED, BUNCHED_SURPRISE = 0.01, 8, 4.0


def _bunched(figures: Figures) -> Iterator[Suspicion]:
    """Units just on the good side of a bar, where hardly any is just short of it."""
    for bar in figures.bars:
        sign, width = (1 if bar.upward else -1), WIDTH * abs(bar.number)
        by_period: dict[Period, list[tuple[str, float, float]]] = defaultdict(list)
        for (unit, period), value in figures.of(bar.indicator).items():
            beyond = sign * (value - bar.number)
            if -width <= beyond < width:
                by_period[period].append((unit, value, beyond))
        for period, near in by_period.items():
            above = [(unit, value) for unit, value, beyond in near if beyond >= 0]
            if len(above) < LEAST_BUNCHED:
                continue
            score = surprise(at_least(len(above), len(near), 0.5))
            if score >= BUNCHED_SURPRISE:
                for unit, value in above:
                    evidence = {
                        "value": value,
                        "bar": bar.number,
                        "above": len(above),
                        "below": len(near) - len(above),
                    }
                    name = bar.indicator
                    yield Suspicion(Kind.BUNCHED, unit, name, period, score, evidence)


FAR, LEAST_CHANGE, LEAST_UNITS, MOST_JUMP = 6.0, 0.3, 8, 20.0


def _jumps(figures: Figures) -> Iterator[Suspicion]:
    """A change unlike the neighbours' in the period and unlike the unit's own past."""
    for name, values in figures.values.items():
        changes = {
            (unit, period): _change(value, values[unit, period.shift(-1)])
            for (unit, period), value in values.items()
            if (unit, period.shift(-1)) in values
        }
        yield from _far_ones(name, values, changes, figures.group)


def _change(value: float, before: float) -> float:
    """Between -2 and 2, the same up and down; 0 where nothing changed."""
    size = abs(value) + abs(before)
    return 0.0 if size == 0 else 2 * (value - before) / size


def _far_ones(
    name: str,
    values: Mapping[Key, float],
    changes: Mapping[Key, float],
    group: Mapping[str, str],
) -> Iterator[Suspicion]:
    """A change less that of the neighbours: far among all, and from the unit's own."""
    if len(changes) < LEAST_UNITS:
        return
    near: dict[tuple[str, Period], list[float]] = defaultdict(list)
    for (unit, period), change in changes.items():
        near[group.get(unit, ""), period].append(change)
    middles = {place: spread_of(some)[0] for place, some in near.items()}
    apart = {
        (unit, period): change - middles[group.get(unit, ""), period]
        for (unit, period), change in changes.items()
    }
    _, spread = spread_of(apart.values())
    own: dict[str, list[float]] = defaultdict(list)
    for (unit, _), away in apart.items():
        own[unit].append(away)
    usual = {unit: spread_of(some) for unit, some in own.items()}
    for (unit, period), away in apart.items():
        middle, width = usual[unit]
        far = min(abs(away) / spread, abs(away - middle) / max(width, spread))
        if far >= FAR and abs(changes[unit, period]) >= LEAST_CHANGE:
            # What jumped and came back is told once, where it jumped.
            if _comes_back(values, changes, unit, period):
                continue
            evidence = {
                "value": values[unit, period],
                "before": values[unit, period.shift(-1)],
                "times": round(far, 1),
            }
            score = min(MOST_JUMP, far)
            yield Suspicion(Kind.JUMP, unit, name, period, score, evidence)


def _comes_back(
    values: Mapping[Key, float], changes: Mapping[Key, float], unit: str, period: Period
) -> bool:
    """Whether the figure only returns to where it was two periods ago."""
    eve = period.shift(-1)
    older = values.get((unit, eve.shift(-1)))
    if older is None or (unit, eve) not in changes:
        return False
    back = _change(values[unit, period], older)
    return abs(back) < abs(changes[unit, eve]) / 2


# --- what cannot be -------------------------------------------------------------------


def _parts(figures: Figures) -> Iterator[Suspicion]:
    """A sum that is not the sum of what it consists of."""
    for whole in figures.wholes:
        for (unit, period), total in figures.of(whole.total).items():
            some = [figures.of(part).get((unit, period)) for part in whole.parts]
            known = [value for value in some if value is not None]
            if len(known) == len(some) and not equal(total, sum(known)):
                evidence = {"total": total, "sum": sum(known)}
                score = IMPOSSIBLE + abs(_change(total, sum(known)))
                name = whole.indicator or whole.total
                yield Suspicion(Kind.PARTS, unit, name, period, score, evidence)


def _shares(figures: Figures) -> Iterator[Suspicion]:
    """A part that is more than what it is a part of, or less than nothing."""
    for one in figures.shares:
        wholes = figures.values.get(one.of, {})
        for key, part in figures.values.get(one.part, {}).items():
            whole = wholes.get(key)
            if whole is None or (0 <= part <= whole) or equal(part, whole):
                continue
            evidence: Evidence = {"part": part, "whole": whole, "of": one.of}
            score = IMPOSSIBLE + abs(_change(part, whole))
            yield Suspicion(Kind.SHARE, key[0], one.part, key[1], score, evidence)


def dismissed(
    found: Iterable[Suspicion], known: Iterable[tuple[str, str, str, str]]
) -> list[Suspicion]:
    """Those that nobody has dismissed: kind, unit, indicator and period say which."""
    gone = set(known)
    return [
        one
        for one in found
        if (str(one.kind), one.unit, one.indicator, str(one.period)) not in gone
    ]
