"""What a place might plausibly report, drawn for all places of a level at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from donbay.domain.indicators import Direction, Indicator, Measure, RollUp
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
PEOPLE = 4000.0  # in a commune, on average
PERCENT = ("%", "percent")
MONEY = ("dong", "VND")
A_HEAD = 30e6  # dong a year, where figures are per person
A_PLACE = 50_000.0  # dong for each person, where figures are of a place
GROWTH, DECLINE = 1.05, 0.85  # of counts, a year
LIVING = ("people", "households", "persons")  # counted in larger numbers
MANY, FEW = (-3.0, -1.0), (-3.6, -2.6)  # powers of ten for each inhabitant
COMMON = 60.0  # the highest of a small number without a range


@dataclass
class Country:
    """Every unit with its people and how well it does, kept through all changes."""

    programme: Programme
    territory: Territory
    seed: int

    @cached_property
    def units(self) -> tuple[str, ...]:
        return tuple(self.territory.versions)

    @cached_property
    def place(self) -> Mapping[str, int]:
        return {unit: number for number, unit in enumerate(self.units)}

    @cached_property
    def people(self) -> Floats:
        """Heirs have the people of those whom they took in."""
        drawn = PEOPLE * np.exp(self.chance("people").normal(0, 0.5, len(self.units)))
        gained: dict[str, float] = {}
        for s in self.territory.successions:
            share = 0.5 if s.share is None else s.share
            passed = share * drawn[self.place[s.origin]]
            gained[s.heir] = gained.get(s.heir, 0.0) + passed
        for heir, number in gained.items():
            drawn[self.place[heir]] = number
        return drawn

    @cached_property
    def merit(self) -> Floats:
        """From 0, badly off, to 1."""
        return self.chance("merit").beta(4, 3, len(self.units))

    def chance(self, *about: object) -> np.random.Generator:
        """A stream of its own for each thing, whatever was drawn before."""
        words = " ".join(map(str, about)).encode()
        return np.random.default_rng([self.seed, *words])

    @cached_property
    def weights(self) -> set[str | None]:
        return {i.weight for i in self.programme.indicators.values()}

    @cached_property
    def denominators(self) -> set[str | None]:
        return {i.denominator for i in self.programme.indicators.values()}

    @cached_property
    def numerators(self) -> Mapping[str, str]:
        """Counts that are part of another count: the ratio is a percentage."""
        return {
            i.numerator: i.denominator
            for i in self.programme.indicators.values()
            if i.numerator and i.denominator and i.scale == 100  # noqa: PLR2004 -- per cent
        }

    def figures(self, indicator: Indicator, period: Period, who: Ints) -> Floats:
        """The true figures of these units; what is reported may differ at first."""
        years = period.last.year + period.last.month / 12 - 2021
        noise = self.chance(indicator.id, period).normal(0, 1, len(who))
        if indicator.id in self.numerators:
            whole = self.programme.indicators[self.numerators[indicator.id]]
            part = 0.15 * (1 - self.merit[who]) * 0.8**years * np.exp(0.1 * noise)
            drawn = self.figures(whole, period, who) * np.clip(part, 0, 1)
        elif indicator.unit in PERCENT or indicator.high == 100:  # noqa: PLR2004
            drawn = self._percent(indicator, years, noise, who)
        elif indicator.roll_up is RollUp.SUM:
            drawn = self._count(indicator, period, years, noise, who)
        else:
            drawn = self._number(indicator, years, noise, who)
        return _fit(indicator, drawn)

    def _percent(
        self, indicator: Indicator, years: float, noise: Floats, who: Ints
    ) -> Floats:
        good = 60 + 30 * self.merit[who] + 3 * years + 2 * noise
        if indicator.direction is Direction.LOWER:
            good = (100 - good) / 2
        return np.asarray(good, np.float64)

    def _count(
        self,
        indicator: Indicator,
        period: Period,
        years: float,
        noise: Floats,
        who: Ints,
    ) -> Floats:
        if indicator.id in self.denominators:
            rate = 0.25
        elif indicator.id in self.weights:
            rate = 1.0
        else:
            many = MANY if indicator.unit in LIVING else FEW
            rate = 10 ** self.chance(indicator.id).uniform(*many)
        if indicator.unit in MONEY:
            rate = A_PLACE
        time = period.months / 12 if indicator.measure is Measure.FLOW else 1.0
        change = GROWTH if indicator.direction is Direction.HIGHER else DECLINE
        drawn = self.people[who] * rate * time * change**years * np.exp(0.15 * noise)
        if not indicator.non_negative:
            drawn = drawn * noise
        return np.asarray(drawn, np.float64)

    def _number(
        self, indicator: Indicator, years: float, noise: Floats, who: Ints
    ) -> Floats:
        if indicator.unit.startswith(MONEY):
            return A_HEAD * (1 + self.merit[who] + 0.06 * years + 0.05 * noise)
        low = 0.0 if indicator.low is None else indicator.low
        high = COMMON if indicator.high is None else indicator.high
        merit = np.clip(self.merit[who] + 0.1 * noise, 0, 1)
        if indicator.direction is Direction.LOWER:
            merit = 1 - merit
        return np.asarray(low + (high - low) * merit, np.float64)


def _fit(indicator: Indicator, drawn: Floats) -> Floats:
    low = 0.0 if indicator.low is None and indicator.non_negative else indicator.low
    high = 100.0 if indicator.unit in PERCENT else indicator.high
    rounded = np.round(drawn, indicator.decimals or 0)
    if low is None and high is None:
        return rounded
    return np.clip(rounded, low, high)


def scaled(figures: Floats, by: float, chance: np.random.Generator) -> Floats:
    """Whole numbers, `by` times as large on average even where they are few."""
    whole = np.floor(figures * by + chance.random(len(figures)))
    return np.asarray(whole, np.float64)


def summed_to(figures: Floats, total: float) -> Floats:
    """Whole numbers in the same proportions that add up to `total` exactly."""
    whole = round(total)
    weights = figures if figures.sum() > 0 else np.ones_like(figures)
    exact = weights * (whole / weights.sum())
    base = np.floor(exact)
    left = int(whole - base.sum())
    base[np.argsort(base - exact, kind="stable")[:left]] += 1
    return np.asarray(base, np.float64)


def halves(
    figures: Floats, parts: int, chance: np.random.Generator
) -> Sequence[Floats]:
    """Each figure in whole parts that add up to it."""
    shares = chance.dirichlet(np.full(parts, 2.0), len(figures)).T
    cut = [np.floor(figures * share) for share in shares[:-1]]
    return [*cut, figures - np.sum(cut, axis=0)]
