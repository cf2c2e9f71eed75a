"""Thresholds of sub-criteria: the limit that holds, and the value that meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from donbay.domain.criteria import Limit, Result, SubCriterion, Threshold, Times
from donbay.domain.periods import Period
from donbay.domain.quantities import Comparator
from donbay.engine.fast.arrays import Bools, Floats, Ints
from donbay.engine.fast.cells import STALE_AFTER, Cells
from donbay.engine.fast.marks import cut, upward

RESULTS = tuple(Result)
MET, BASICALLY, NOT_MET, UNKNOWN, NOT_APPLICABLE = range(5)
WHY = (
    "never",
    "partial",
    "stale",
    "no_threshold",
    "no_number",
    "not_attested",
)
NEVER, PARTIAL, STALE, NO_THRESHOLD, NO_NUMBER, NOT_ATTESTED = range(6)


@dataclass
class Found:
    """[units] of one sub-criterion, or [units x rules]; reason -1, NaN are none."""

    result: Ints
    value: Floats
    limit: Floats
    reason: Ints
    verified: Bools

    @classmethod
    def blank(cls, shape: tuple[int, ...]) -> Found:
        """Unknown, for no reason yet."""
        return cls(
            np.full(shape, UNKNOWN),
            np.full(shape, np.nan),
            np.full(shape, np.nan),
            np.full(shape, -1),
            np.ones(shape, dtype=bool),
        )

    def flat(self) -> Found:
        """The same, all cells in a row."""
        return Found(*(part.reshape(-1) for part in vars(self).values()))

    def take(self, keep: Bools, other: Found) -> Found:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Found(*(np.where(keep, mine, theirs) for mine, theirs in pairs))


class Bar(NamedTuple):
    """Limits on one day, [regions x rules] or picked from that.

    `there` tells whether there is a limit at all; `cut` is where it is met.
    """

    number: Floats
    there: Bools
    verified: Bools
    cut: Floats

    def at(self, places: Ints) -> Bar:
        """The limits at places in the flat arrays."""
        number, there = self.number.take(places), self.there.take(places)
        return Bar(number, there, self.verified.take(places), self.cut.take(places))


Chosen = tuple[float | None, bool] | None
"""A limit's number (None: not known) and whether it is verified; None: no limit."""


class Limits:
    """Finds the limit of a sub-criterion for a region on a day."""

    def __init__(self, every: dict[tuple[str, str], SubCriterion]) -> None:
        self.every = every

    def find(self, rule: Threshold, region: str | None, day: date) -> Chosen:
        own = [x for x in rule.limits if x.region is not None and x.region == region]
        anywhere = [x for x in rule.limits if x.region is None]
        limit = _dated(own, day) or _dated(anywhere, day)
        if limit is None:
            return None
        verified = limit.source is not None and limit.source.verified
        if not isinstance(limit.value, Times):
            return limit.value, verified
        other = self.every[limit.value.set, limit.value.sub_criterion].rule
        if not isinstance(other, Threshold):
            return None
        base = self.find(other, region, day)
        if base is None:
            return None
        number = None if base[0] is None else limit.value.factor * base[0]
        return number, verified and base[1]


def _dated(limits: list[Limit], day: date) -> Limit | None:
    for limit in limits:
        if limit.year == day.year:
            return limit
    dated = [x for x in limits if x.start is not None and x.start <= day]
    if dated:
        return max(dated, key=lambda x: x.start or date.min)
    plain = [x for x in limits if x.year is None and x.start is None]
    return plain[0] if plain else None


def _is_timeless(limit: Limit) -> bool:
    """Whether a limit is the same on every day."""
    dated = limit.year is not None or limit.start is not None
    return not dated and not isinstance(limit.value, Times)


class Bars:
    """Sub-criteria whose values stand side by side on one stack of cells."""

    def __init__(
        self,
        limits: Limits,
        rules: Sequence[Threshold],
        cells: Cells,
        columns: Sequence[int],
        periods: Sequence[Period],
        *,
        rows: Ints,
        regions: Sequence[str | None],
        until: date | None,
    ) -> None:
        self.limits, self.rules, self.cells, self.until = limits, rules, cells, until
        self.periods, self.rows = periods, rows
        self.index = {period: k for k, period in enumerate(periods)}
        width = cells.value.shape[2]
        self._columns = np.array(columns)
        self._sources = (rows[:, None] * width + self._columns).ravel()
        self.names = list(dict.fromkeys(regions))
        place = {name: i for i, name in enumerate(self.names)}
        region = np.array([place[r] for r in regions], dtype=np.int64)
        every = np.arange(len(rules))
        self._places = (region[:, None] * len(rules) + every).ravel()
        strict = {Comparator.ABOVE, Comparator.BELOW}
        self.sign = np.array([1.0 if r.comparator.upward else -1.0 for r in rules])
        self.strict = np.array([r.comparator in strict for r in rules])
        dated = (x for r in rules for x in r.limits)
        self.timeless = all(_is_timeless(limit) for limit in dated)
        self._kept: dict[date, Bar] = {}

    def bar(self, day: date) -> Bar:
        """The limits that hold on a day."""
        if self.timeless:
            day = date.min
        if day not in self._kept:
            self._kept[day] = self._bar(day)
        return self._kept[day]

    def _bar(self, day: date) -> Bar:
        shape = (len(self.names), len(self.rules))
        number, there = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        verified = np.ones(shape, dtype=bool)
        for at in np.ndindex(shape):
            chosen = self.limits.find(self.rules[at[1]], self.names[at[0]], day)
            if chosen is not None:
                there[at], verified[at] = True, chosen[1]
                number[at] = np.nan if chosen[0] is None else chosen[0]
        return Bar(number, there, verified, cut(self.sign * number, self.strict))

    def judge(self) -> None:
        """Judge every rule for all units."""
        size = len(self.rows) * len(self.rules)
        self.found = Found.blank((len(self.rows), len(self.rules)))
        self.at = np.full(size, -1, dtype=np.int64)
        self._flat = self.found.flat()
        self._search(np.arange(size), len(self.periods) - 1)

    def rejudge(self, rows: Ints, columns: Bools, k: int) -> bool:
        """The same for some of `rows` where only the k-th period has changed.

        And of that only some columns of the board. Tells whether anything may have.
        """
        rules = columns.take(self._columns).nonzero()[0]
        rest = (rows[:, None] * len(self.rules) + rules).ravel()
        rest = rest[self.at.take(rest) <= k]
        if not len(rest):
            return False
        rest = rest[~self._step(k, rest)]
        at = self.at.take(rest)
        lost = rest[(at == k) | (at < 0)]
        if len(lost):
            self._search(lost, k - 1)
        return True

    def columns_found(self) -> list[Found]:
        """One result for each rule, [units]: views that later judgements change."""
        parts = vars(self.found).values()
        return [Found(*(p[:, j] for p in parts)) for j in range(len(self.rules))]

    def _search(self, rest: Ints, k: int) -> None:
        """Judge cells, flat, by the last period up to the k-th that can."""
        self._clear(rest)
        while k >= 0 and len(rest):
            rest = rest[~self._step(k, rest)]
            k -= 1
        self._why(rest)

    def _clear(self, rest: Ints) -> None:
        """Nothing is known of them but the limit that holds now."""
        found, none = self._flat, np.nan
        self.at[rest], found.result[rest], found.reason[rest] = -1, UNKNOWN, -1
        found.value[rest] = found.limit[rest] = none
        found.verified[rest] = True
        if self.until is not None:
            bar = self.bar(self.until).at(self._places.take(rest))
            found.limit[rest], found.verified[rest] = bar.number, bar.verified

    def _step(self, k: int, rest: Ints) -> Bools:
        """Judge cells by the k-th period; tells which it can."""
        cells, at = self.cells, self._sources.take(rest)
        here = cells.value[k].take(at)
        usable: Bools = ~np.isnan(here) & cells.judged[k].take(at)
        if not usable.any():
            return usable
        bar = self.bar(self.periods[k].last).at(self._places.take(rest))
        least, most = cells.least[k].take(at), cells.most[k].take(at)
        sign = self.sign.take(rest % len(self.rules))
        worst, best = upward(sign, least, most)
        yes = worst >= bar.cut
        no = (best < bar.cut) & ~yes
        open_ = np.isnan(bar.number)
        done: Bools = usable & (open_ | yes | no)
        result = np.where(yes, MET, NOT_MET)
        reason = np.full(len(rest), -1)
        if len(self.periods) - 1 - k >= STALE_AFTER:
            result[...], reason[...] = UNKNOWN, STALE
        if open_.any():
            result[open_] = UNKNOWN
            reason[open_] = np.where(bar.there, NO_NUMBER, NO_THRESHOLD)[open_]
        news = Found(result, here, bar.number, reason, bar.verified)
        self._keep(k, rest[done], news, done)
        return done

    def _keep(self, k: int, rest: Ints, news: Found, done: Bools) -> None:
        self.at[rest] = k
        every = len(rest) == len(done)
        pairs = zip(vars(self._flat).values(), vars(news).values(), strict=True)
        for kept, new in pairs:
            kept[rest] = new if every else new[done]

    def _why(self, rest: Ints) -> None:
        if not len(rest):
            return
        told, at = np.zeros(len(rest), dtype=bool), self._sources.take(rest)
        for reported in self.cells.reported:
            told |= reported.take(at)
        self._flat.reason[rest] = np.where(told, PARTIAL, NEVER)
