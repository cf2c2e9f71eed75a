"""Thresholds of sub-criteria: the limit that holds, and the value that meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from donbay.domain.criteria import Limit, Result, SubCriterion, Threshold, Times
from donbay.domain.periods import Period
from donbay.domain.quantities import Comparator
from donbay.engine.fast.arrays import Bools, Floats, Ints
from donbay.engine.fast.cells import Cells
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
STALE_AFTER = 2


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
        self._kept: dict[date, tuple[Floats, Bools, Bools, Floats]] = {}

    def bar(self, k: int) -> tuple[Floats, Bools, Bools, Floats]:
        """[regions x rules]: number, whether a limit exists, verified, and the cut."""
        return self._on(self.periods[k].last)

    def _on(self, day: date) -> tuple[Floats, Bools, Bools, Floats]:
        if self.timeless:
            day = date.min
        if day not in self._kept:
            table = [
                [self.limits.find(rule, name, day) for rule in self.rules]
                for name in self.names
            ]
            shape = (len(self.names), len(self.rules))
            number = np.array(
                [
                    [np.nan if c is None or c[0] is None else c[0] for c in row]
                    for row in table
                ],
                dtype=np.float64,
            ).reshape(shape)
            there = np.array(
                [[c is not None for c in row] for row in table], dtype=bool
            ).reshape(shape)
            verified = np.array(
                [[c is None or c[1] for c in row] for row in table], dtype=bool
            ).reshape(shape)
            signed = np.where(self.up, number, -number)
            self._kept[day] = number, there, verified, cut(signed, self.strict)
        return self._kept[day]

    def judge(self, at: Ints | None = None) -> None:
        """Judge every rule for all units, or for some positions in `rows`."""
        chosen = np.arange(len(self.rows)) if at is None else at
        units, region = self.rows[chosen], self.region[chosen]
        shape = (len(chosen), len(self.rules))
        found = Found.blank(shape)
        if self.until is not None:
            number, _, sure, _ = self._on(self.until)
            found.limit, found.verified = number[region].copy(), sure[region].copy()
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
        for kept, new in zip(vars(self.found).values(), vars(found).values()):
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
        result, value, limit, reason, verified = (
            part.reshape(-1) for part in vars(found).values()
        )
        cells, (row, rule) = self.cells, np.divmod(rest, len(self.rules))
        at = (units[row], self.columns[rule])
        here = cells.value[k][at]
        usable = ~np.isnan(here) & cells.judged[k][at]
        if not usable.any():
            return usable
        number, there, sure, goal = (part[region[row], rule] for part in self.bar(k))
        least, most, up = cells.least[k][at], cells.most[k][at], self.up[rule]
        yes = np.where(up, least, -most) >= goal
        no = (np.where(up, most, -least) < goal) & ~yes
        bare, blank = usable & ~there, usable & there & np.isnan(number)
        done: Bools = bare | blank | (usable & (yes | no))
        old = len(self.periods) - 1 - k >= STALE_AFTER
        result[rest[done]] = np.where(yes, MET, NOT_MET)[done]
        if old:
            result[rest[done]], reason[rest[done]] = UNKNOWN, STALE
        for lacking, why in ((bare, NO_THRESHOLD), (blank, NO_NUMBER)):
            result[rest[lacking]], reason[rest[lacking]] = UNKNOWN, why
        value[rest[done]], limit[rest[done]] = here[done], number[done]
        verified[rest[done]] = sure[done]
        return done

    def _why(self, units: Ints, rest: Ints, found: Found) -> None:
        if not len(rest):
            return
        row, rule = np.divmod(rest, len(self.rules))
        told = np.zeros(len(rest), dtype=bool)
        for k in range(len(self.periods)):
            told |= self.cells.reported[k][units[row], self.columns[rule]]
        found.reason.reshape(-1)[rest] = np.where(told, PARTIAL, NEVER)
