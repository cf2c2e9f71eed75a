"""The synthetic programme: 100 reported series, 100 indicators, 57 sub-criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.nation import Nation
from benchmarks.spec import (
    CRITERIA,
    LADDER,
    LEVELS,
    PERCENT,
    REGIONS,
    SEED,
    SUB_CRITERIA,
    Floats,
    Goal,
    Indicator,
    Ints,
    Kind,
    SubCriterion,
)

SERIES = 100
POPULATION = 0
SUMS = range(60)
MEANS = range(60, 90)
MAXIMA = range(90, 100)
SERIES_IDS = tuple(f"s{n:03d}" for n in range(SERIES))

JUDGED_SUMS = range(35)
DENOMINATORS = range(35, 40)
NUMERATORS = range(40, 60)
CONDITIONS = range(80, 85)
SIGNIFICANT = 4


@dataclass(frozen=True, slots=True)
class Model:
    """What drives the figures: level, trend and unit effects of every series."""

    population: Floats
    rate: Floats
    level: Floats
    trend: Floats
    effect: Floats

    def draw(self, rng: np.random.Generator, units: slice, quarter: int) -> Floats:
        """Values [unit, series] as first reported for one quarter."""
        people = self.population[units]
        growth = 1 + self.trend * quarter
        noise = rng.standard_normal((people.size, SERIES), dtype=np.float32)
        value = np.empty((people.size, SERIES))
        sums = people[:, None] * (self.rate * growth)[None, SUMS]
        value[:, SUMS] = np.rint(np.maximum(sums * (1 + 0.05 * noise[:, SUMS]), 0))
        points = self.level * growth + self.effect[units] + 3 * noise
        value[:, MEANS] = np.round(np.clip(points[:, MEANS], 0, 100), 1)
        value[:, MAXIMA] = np.round(np.maximum(points[:, MAXIMA], 1), 1)
        return value


def model(nation: Nation, indicators: tuple[Indicator, ...]) -> Model:
    rng = np.random.default_rng(SEED + 1)
    old, new = nation.scale.old_communes, nation.scale.new_communes
    weight = rng.uniform(0.5, 1.5, old)
    people_old = rng.lognormal(8.3, 0.5, old) * weight
    people_new = np.bincount(
        nation.successor, people_old[nation.source] * nation.share, new
    )
    rate = rng.uniform(0.05, 0.4, SERIES)
    rate[POPULATION] = 1
    rate[DENOMINATORS] = rng.uniform(0.5, 0.9, len(DENOMINATORS))
    trend = rng.uniform(0.001, 0.012, SERIES)
    for indicator in indicators:
        if indicator.kind is not Kind.SHARE and not indicator.at_least:
            trend[indicator.of] *= -1
    trend[POPULATION] = 0.001
    trend[DENOMINATORS] = 0.001
    effect = rng.normal(0, 6, (old + new, 1)).repeat(SERIES, axis=1)
    people = np.concatenate([people_old, people_new])
    return Model(people, rate, rng.uniform(45, 75, SERIES), trend, effect)


def indicators() -> tuple[Indicator, ...]:
    """100 judged indicators: 35 sums, 20 ratios, 25 means, 10 shares, 10 maxima."""
    made: list[Indicator] = []

    def add(
        id_: str,
        kind: Kind,
        of: int,
        over: int | None = None,
        condition: tuple[str, float] | None = None,
    ) -> None:
        at_least = len(made) % 4 != 3
        made.append(Indicator(id_, kind, of, over, at_least, condition))

    for n in JUDGED_SUMS:
        add(SERIES_IDS[n], Kind.SUM, n)
    for k, n in enumerate(NUMERATORS):
        over = POPULATION if k % 2 == 0 else DENOMINATORS[k // 2 % len(DENOMINATORS)]
        add(f"r{k:02d}", Kind.RATIO, n, over)
    for n in MEANS:
        if n not in CONDITIONS:
            add(SERIES_IDS[n], Kind.MEAN, n, POPULATION)
    for k, n in enumerate(CONDITIONS):
        add(f"h{k:02d}", Kind.SHARE, n, POPULATION, ("at_least", 50.0 + 4 * k))
    for k in range(5):
        test = ("at_least", 900.0) if k % 2 else ("at_most", 4500.0)
        add(f"h{5 + k:02d}", Kind.SHARE, 10 + k, None, test)
    for n in MAXIMA:
        add(SERIES_IDS[n], Kind.MAX, n)
    return tuple(made)


def _by_level(nation: Nation, items: tuple[Indicator, ...], x: Floats) -> list[Floats]:
    """Plausible values [unit, indicator] per level from one draw for new communes."""
    district = nation.district_of
    groups = (
        np.arange(district.size),
        district,
        nation.province_of[district],
        np.zeros(district.size, np.int64),
    )
    return [
        np.stack([_one(item, x, group) for item in items], axis=1) for group in groups
    ]


def _one(item: Indicator, x: Floats, group: Ints) -> Floats:
    v = x[:, item.of]
    if item.kind is Kind.SUM:
        return np.bincount(group, v).astype(float)
    if item.kind is Kind.RATIO:
        assert item.over is not None
        return PERCENT * np.bincount(group, v) / np.bincount(group, x[:, item.over])
    if item.kind is Kind.MEAN:
        w = x[:, POPULATION]
        return np.bincount(group, v * w) / np.bincount(group, w)
    if item.kind is Kind.MAX:
        top = np.full(group.max() + 1, -np.inf)
        np.maximum.at(top, group, v)
        return top
    assert item.condition is not None
    word, edge = item.condition
    yes = v >= edge if word == "at_least" else v <= edge
    return PERCENT * np.bincount(group, yes) / np.bincount(group)


def goals(
    nation: Nation, items: tuple[Indicator, ...], figures: Model
) -> tuple[Goal, ...]:
    rng = np.random.default_rng(SEED + 2)
    old = nation.scale.old_communes
    draw = figures.draw(rng, slice(old, None), 23)
    levels = _by_level(nation, items, draw)
    made = []
    for n, item in enumerate(items):
        hard = rng.uniform(0.3, 0.9)
        q = hard if item.at_least else 1 - hard
        stretch = 1 + item.sign * rng.uniform(-0.02, 0.04)
        values = tuple(
            _short(float(np.quantile(levels[level][:, n], q)) * stretch)
            for level in range(len(LEVELS))
        )
        if item.kind is Kind.SHARE:
            values = (50.0, *(_short(min(v, 95.0)) for v in values[1:]))
        deadline = date(2025, 12, 31) if n % 2 == 0 else date(2026, 12, 31)
        made.append(Goal(n, values, deadline, bool(rng.random() < 0.7)))
    return tuple(made)


def sub_criteria(
    nation: Nation, items: tuple[Indicator, ...], figures: Model
) -> tuple[SubCriterion, ...]:
    """Thresholds that nearly all pass one by one; all together fewer do."""
    rng = np.random.default_rng(SEED + 3)
    draw = figures.draw(rng, slice(nation.scale.old_communes, None), 23)
    communes = _by_level(nation, items, draw)[0]
    able = [n for n, item in enumerate(items) if item.kind is not Kind.SHARE]
    chosen = rng.permutation(able)[:SUB_CRITERIA]
    per = SUB_CRITERIA // CRITERIA
    made = []
    for n, indicator in enumerate(int(i) for i in np.sort(chosen)):
        table = []
        for fail in (0.002, 0.01, 0.03):
            q = fail if items[indicator].at_least else 1 - fail
            row = []
            for region in range(REGIONS):
                here = communes[nation.region_of == region, indicator]
                pool = here if here.size else communes[:, indicator]
                row.append(_short(float(np.quantile(pool, q))))
            table.append(tuple(row))
        id_ = f"{n // per + 1}.{n % per + 1}"
        made.append(SubCriterion(id_, n // per, indicator, tuple(table)))
    assert all(len(sub.thresholds) == len(LADDER) for sub in made)
    return tuple(made)


def _short(value: float) -> float:
    """A number as a resolution would print it."""
    return float(f"{value:.{SIGNIFICANT}g}")
