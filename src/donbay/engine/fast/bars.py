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
from donbay.engine.fast.marks import cut

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

    def at(self, region: Ints, rule: Ints) -> Bar:
        at = (region, rule)
        return Bar(self.number[at], self.there[at], self.verified[at], self.cut[at])


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
        self.columns, self.periods, self.rows = np.array(columns), periods, rows
        self.names = list(dict.fromkeys(regions))
        place = {name: i for i, name in enumerate(self.names)}
        self.region = np.array([place[r] for r in regions], dtype=np.int64)
        strict = {Comparator.ABOVE, Comparator.BELOW}
        self.up = np.array([r.comparator.upward for r in rules])
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
        signed = np.where(self.up, number, -number)
        return Bar(number, there, verified, cut(signed, self.strict))

    def judge(self, at: Ints | None = None) -> None:
        """Judge every rule for all units, or for some positions in `rows`."""
        chosen = np.arange(len(self.rows)) if at is None else at
        units, region = self.rows[chosen], self.region[chosen]
        shape = (len(chosen), len(self.rules))
        found = Found.blank(shape)
        if self.until is not None:
            bar = self.bar(self.until)
            found.limit, found.verified = bar.number[region], bar.verified[region]
        rest = np.arange(shape[0] * shape[1])
        for k in range(len(self.periods) - 1, -1, -1):
            if not len(rest):
                break
            done = self._step(k, units, region, rest, found)
            rest = rest[~done]
        self._why(units, rest, found)
        self._keep(at, found)

    def _keep(self, at: Ints | None, found: Found) -> None:
        if at is None:
            self.found = found
            return
        pairs = zip(vars(self.found).values(), vars(found).values(), strict=True)
        for kept, new in pairs:
            kept[at] = new

    def columns_found(self) -> list[Found]:
        """One result for each rule, [units]: views that later judgements change."""
        parts = vars(self.found).values()
        return [Found(*(p[:, j] for p in parts)) for j in range(len(self.rules))]

    def _step(
        self,
        k: int,
        units: Ints,
        region: Ints,
        rest: Ints,
        found: Found,
    ) -> Bools:
        """Judge by the k-th period the cells not yet judged; tells which now are."""
        cells, (row, rule) = self.cells, np.divmod(rest, len(self.rules))
        at = (units[row], self.columns[rule])
        here = cells.value[k][at]
        usable: Bools = ~np.isnan(here) & cells.judged[k][at]
        if not usable.any():
            return usable
        bar = self.bar(self.periods[k].last).at(region[row], rule)
        least, most, up = cells.least[k][at], cells.most[k][at], self.up[rule]
        yes = np.where(up, least, -most) >= bar.cut
        no = (np.where(up, most, -least) < bar.cut) & ~yes
        bare, blank = usable & ~bar.there, usable & bar.there & np.isnan(bar.number)
        done: Bools = bare | blank | (usable & (yes | no))
        old = len(self.periods) - 1 - k >= STALE_AFTER
        result, reason = found.result.reshape(-1), found.reason.reshape(-1)
        result[rest[done]] = np.where(yes, MET, NOT_MET)[done]
        if old:
            result[rest[done]], reason[rest[done]] = UNKNOWN, STALE
        for lacking, why in ((bare, NO_THRESHOLD), (blank, NO_NUMBER)):
            result[rest[lacking]], reason[rest[lacking]] = UNKNOWN, why
        found.value.reshape(-1)[rest[done]] = here[done]
        found.limit.reshape(-1)[rest[done]] = bar.number[done]
        found.verified.reshape(-1)[rest[done]] = bar.verified[done]
        return done

    def _why(self, units: Ints, rest: Ints, found: Found) -> None:
        if not len(rest):
            return
        row, rule = np.divmod(rest, len(self.rules))
        told = np.zeros(len(rest), dtype=bool)
        for k in range(len(self.periods)):
            told |= self.cells.reported[k][units[row], self.columns[rule]]
        found.reason.reshape(-1)[rest] = np.where(told, PARTIAL, NEVER)
