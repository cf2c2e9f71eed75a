"""Reports as they come in: late, partial, corrected, withdrawn, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import MONTHS, Frequency, Period, periods_between
from donbay.domain.quantities import Bound
from donbay.synthetic.figures import (
    Country,
    Floats,
    Ints,
    halves,
    scaled,
    summed_to,
)

Bools = npt.NDArray[np.bool_]
HOUR = 3_600_000_000  # in microseconds
DAY = 24 * HOUR
MISSING = 0.04  # of reports
CORRECTED, WITHDRAWN = 0.05, 0.01
BOUNDED = 0.02  # of totals
BOUNDS = tuple(Bound)
TOTAL = -1  # as a category
ONLY_TOTAL, BOTH, PARTIAL = (
    0.25,
    0.35,
    0.42,
)  # shares of units, each from the one before
WITHIN = 25  # days after the period's end
LATER = (30, 70)  # days until a correction


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that was really published: the reports below it add up to it."""

    unit: str
    value: float
    bound: Bound
    source: str

    @property
    def sum(self) -> float:
        """A whole number that the published one allows."""
        match self.bound:
            case Bound.MORE_THAN:
                return float(int(self.value * 1.004) + 1)
            case Bound.UNDER:
                return float(int(self.value * 0.98))
        return self.value


@dataclass(frozen=True, slots=True)
class Rows:
    """Reports as codes; a withdrawal has no value (NaN)."""

    unit: Ints
    indicator: Ints
    period: Ints
    category: Ints
    value: Floats
    bound: Ints
    at: Ints

    def take(self, which: Ints | Bools) -> Rows:
        return Rows(*(getattr(self, name)[which] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.value)


def joined(parts: list[Rows]) -> Rows:
    return Rows(
        *(np.concatenate([getattr(p, n) for p in parts]) for n in Rows.__slots__)
    )


@dataclass
class Reporting:
    """All reports between two years, a batch for each day on which periods end."""

    country: Country
    first: int
    last: int
    published: Mapping[tuple[str, Period], Published]

    def __post_init__(self) -> None:
        programme = self.country.programme
        self.indicators = tuple(
            i for i in programme.indicators.values() if i.roll_up.collected
        )
        names = dict.fromkeys(c for i in self.indicators for c in i.categories)
        self.categories = tuple(names)
        self.zone = ZoneInfo(programme.time_zone)
        self._known: dict[tuple[str, frozenset[str], date], Ints] = {}
        due = {(i.id, p): i for i in self.indicators for p in self._periods(i)}
        self.periods = tuple(dict.fromkeys(p for _, p in due))
        self.code = {p: n for n, p in enumerate(self.periods)}
        self.due: dict[date, list[tuple[Indicator, Period]]] = {}
        for (_, period), indicator in due.items():
            self.due.setdefault(period.last, []).append((indicator, period))

    def _periods(self, indicator: Indicator) -> list[Period]:
        start, end = date(self.first, 1, 1), date(self.last, 12, 31)
        if indicator.frequency is Frequency.SPAN:
            return [s for s in indicator.spans if start <= s.last <= end]
        assert indicator.frequency in MONTHS  # noqa: S101 -- spans are above
        found = periods_between(start, end, indicator.frequency)
        extra = [p for name, p in self.published if name == indicator.id]
        return list(dict.fromkeys([*found, *extra]))

    def batches(self) -> Iterator[Rows]:
        """Each in the order in which its rows were recorded."""
        for day in sorted(self.due):
            parts = [rows for i, p in self.due[day] for rows in self._series(i, p)]
            if parts:
                rows = joined(parts)
                yield rows.take(np.argsort(rows.at, kind="stable"))

    def _series(self, indicator: Indicator, period: Period) -> Iterator[Rows]:
        who = self._reporters(indicator, period.last)
        if not len(who):
            return
        figures = self._figures(indicator, period, who)
        chance = self.country.chance("reports", indicator.id, period)
        published = self.published.get((indicator.id, period))
        if published is not None:
            inside = self._inside(who, published.unit, period.last)
            figures[inside] = summed_to(figures[inside], published.sum)
            yield self._rows((indicator, period), who, figures, TOTAL, chance)
            return
        shown = chance.random(len(who)) >= MISSING
        who, figures = who[shown], figures[shown]
        for category, which, values in _split(indicator, figures, chance):
            code = TOTAL if category is None else self.categories.index(category)
            rows = self._rows((indicator, period), who[which], values, code, chance)
            yield from self._history(rows, chance)

    def _figures(self, indicator: Indicator, period: Period, who: Ints) -> Floats:
        """Of the size of what was published for the indicator, if anything was."""
        figures = self.country.figures(indicator, period, who)
        if indicator.id not in self._size:
            return figures
        chance = self.country.chance("size", indicator.id, period)
        return scaled(figures, self._size[indicator.id], chance)

    @cached_property
    def _size(self) -> dict[str, float]:
        """By indicator: the published figure over what would have been drawn."""
        sizes: dict[str, float] = {}
        for (name, period), published in self.published.items():
            indicator = self.country.programme.indicators[name]
            who = self._reporters(indicator, period.last)
            inside = self._inside(who, published.unit, period.last)
            drawn = self.country.figures(indicator, period, who)[inside].sum()
            sizes[name] = published.sum / drawn if drawn else 1.0
        return sizes

    def _reporters(self, indicator: Indicator, day: date) -> Ints:
        """Units of the indicator's level, valid and in scope on the day."""
        key = (indicator.level, indicator.scope, day)
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._known[key]

    def _found(self, level: str, scope: frozenset[str], day: date) -> Ints:
        scopes = [some for some in (self.country.programme.scope, scope) if some]
        found = [
            self.country.place[unit]
            for unit, version in self.country.territory.on(day).items()
            if version.level == level and all(some & version.tags for some in scopes)
        ]
        return np.array(found, np.int64)

    def _inside(self, who: Ints, above: str, day: date) -> Bools:
        ancestors = self.country.territory.ancestors
        units = self.country.units
        return np.array([above in {units[u], *ancestors(units[u], day)} for u in who])

    def _rows(
        self,
        of: tuple[Indicator, Period],
        who: Ints,
        figures: Floats,
        category: int,
        chance: np.random.Generator,
    ) -> Rows:
        indicator, period = of
        size = len(who)
        end = datetime.combine(period.last + timedelta(days=1), time(8), self.zone)
        hours = chance.integers(0, WITHIN * 24, size)
        bound = np.zeros(size, dtype=np.int64)
        return Rows(
            who,
            np.full(size, self.indicators.index(indicator)),
            np.full(size, self.code[period]),
            np.full(size, category),
            figures,
            bound,
            int(end.timestamp()) * 1_000_000 + hours * HOUR,
        )

    def _history(self, rows: Rows, chance: np.random.Generator) -> Iterator[Rows]:
        """What was said first, what replaced it, and what was taken back."""
        draw = chance.random(len(rows))
        later = rows.at + chance.integers(LATER[0] * DAY, LATER[1] * DAY, len(rows))
        wrong = draw < CORRECTED
        gone = draw > 1 - WITHDRAWN
        bounded = (draw > CORRECTED) & (draw < CORRECTED + BOUNDED)
        bounded &= rows.category == TOTAL
        kinds = chance.integers(1, len(BOUNDS), len(rows))
        first = np.where(wrong, np.round(rows.value * 1.3 + 1), rows.value)
        bound = np.where(bounded, kinds, 0)
        yield replace(rows, value=first, bound=bound)
        again = replace(rows, at=later)
        if wrong.any():
            yield again.take(wrong)
        if gone.any():
            nothing = np.full(len(rows), np.nan)
            yield replace(again, value=nothing).take(gone)


def _split(
    indicator: Indicator, figures: Floats, chance: np.random.Generator
) -> Iterator[tuple[str | None, Bools, Floats]]:
    """By category, as a total, or both; of a few units one category is missing."""
    everyone = np.ones(len(figures), dtype=np.bool_)
    if not indicator.categories:
        yield None, everyone, figures
        return
    form = chance.random(len(figures))
    if indicator.roll_up is RollUp.SUM:
        parts = halves(figures, len(indicator.categories), chance)
        detailed = form >= ONLY_TOTAL
    else:
        drift = chance.normal(0, 1, (len(indicator.categories), len(figures)))
        parts = [np.round(figures + d, indicator.decimals or 0) for d in drift]
        parts = (
            [np.clip(p, indicator.low, indicator.high) for p in parts]
            if _has_ends(indicator)
            else parts
        )
        detailed = everyone
    total = form < BOTH
    yield None, total, figures[total]
    for place, (category, part) in enumerate(
        zip(indicator.categories, parts, strict=True)
    ):
        left_out = (form >= BOTH) & (form < PARTIAL) & (place == 0)
        which = detailed & ~left_out
        yield category, which, part[which]


def _has_ends(indicator: Indicator) -> bool:
    return indicator.low is not None or indicator.high is not None
