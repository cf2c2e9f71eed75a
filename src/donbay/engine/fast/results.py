"""The four tables as columns, and as rows of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from donbay.domain.criteria import Criterion
from donbay.domain.periods import Period
from donbay.domain.verdicts import (
    CriterionRow,
    Evaluation,
    LevelRow,
    Reason,
    Status,
    TargetRow,
    ValueRow,
    Want,
)
from donbay.engine.fast.arrays import Array, Bytes, Floats, Ints
from donbay.engine.fast.bars import RESULTS, WHY, Found
from donbay.engine.fast.columns import Columns, from_rows, joined, listed
from donbay.engine.fast.criteria import SetResult, Sets
from donbay.engine.fast.criterion_rows import leaf_rows, number_or_none, shares_verified
from donbay.engine.fast.groups import Group, Verdicts
from donbay.engine.fast.judgement import REASONS
from donbay.engine.fast.leaves import criteria_of
from donbay.engine.fast.partial import Only, Partial, Told
from donbay.engine.fast.run import Run
from donbay.engine.fast.search import STATUSES
from donbay.engine.fast.sheets import Request
from donbay.engine.fast.targets import Targets

WANTS = tuple(want.name.lower() for want in Want if want.name)


class Result:
    """What one run found; tables are made when asked for."""

    def __init__(self, run: Run, judged: Targets, sets: Sets) -> None:
        self.run, self._targets = run, judged
        climbing = sets.begin()  # beside the targets, on the same cells
        self.verdicts: list[Verdicts] = judged.judge()
        self.sets: list[SetResult] = climbing.result()
        self.units = tuple(run.places.units)

    @cached_property
    def _rank(self) -> Ints:
        """Where each place of the map stands in the territory."""
        given = {unit: i for i, unit in enumerate(self.run.territory.versions)}
        return np.array([given[unit] for unit in self.units], dtype=np.int64)

    def _in_order(self, units: Ints) -> Ints:
        """Positions that put places of the map in territory order."""
        return np.argsort(self._rank[units], kind="stable")

    def values(self) -> Columns:
        """Columns of the `values` table (semantics 8)."""
        indicators = tuple(self.run.programme.indicators)
        names = {
            "unit": self.units,
            "indicator": indicators,
            "period": tuple(str(p) for p in self._all_periods),
            "reason": WANTS,
        }
        pieces = [self._values_of(name, n) for n, name in enumerate(indicators)]
        return joined(pieces, names)

    @cached_property
    def _all_periods(self) -> list[Period]:
        every = [
            p
            for indicator in self.run.programme.indicators.values()
            for p in self.run.periods(indicator)
        ]
        return sorted(set(every))

    def _values_of(self, name: str, number: int) -> dict[str, Array]:
        run = self.run
        place = {p: i for i, p in enumerate(self._all_periods)}
        request = run.widened(Request(name, None, frozenset()))
        sheet, column = run.at[request]
        order = self._in_order(np.arange(sheet.units) + sheet.offset)
        units, stack = order + sheet.offset, sheet.room()
        periods = np.array([place[p] for p in sheet.periods], dtype=np.int64)

        def across(part: Array) -> Array:
            at = min(column, part.shape[2] - 1)
            cells: Array = part[:, order, at].T.ravel()
            return cells

        keep = np.flatnonzero(across(stack.expected))
        value = across(stack.value)[keep]
        coverage = across(stack.coverage)[keep]
        found: dict[str, Array] = {
            "unit": np.repeat(units, len(periods))[keep],
            "indicator": np.full(len(keep), number, dtype=np.int64),
            "period": np.tile(periods, len(order))[keep],
            "value": value,
            "low": _finite(across(stack.low)[keep], value),
            "high": _finite(across(stack.high)[keep], value),
            "coverage": coverage,
            "stated": np.full(len(keep), np.nan),
            "reason": _first_bit(across(stack.want)[keep]),
        }
        self._state(found, name)
        return found

    def _state(self, found: dict[str, Array], name: str) -> None:
        """Put stated figures beside the rows of the same unit and period."""
        stated = self._stated.get(name)
        if not stated:
            return
        place = {p: i for i, p in enumerate(self._all_periods)}
        for (u, p), value in stated.items():
            if p in place:
                at = (found["unit"] == u) & (found["period"] == place[p])
                found["stated"][at] = value

    @cached_property
    def _stated(self) -> dict[str, dict[tuple[int, Period], float]]:
        """By indicator: the totals stated for a place and period."""
        found: dict[str, dict[tuple[int, Period], float]] = {}
        place = self.run.places.index
        for (unit, name, period, category), value in self.run.forms.stated.items():
            if category is None and unit in place:
                found.setdefault(name, {})[place[unit], period] = value
        return found

    def targets(self) -> Columns:
        """Columns of the `targets` table (semantics 9)."""
        run = self.run
        by_group = {
            id(group): verdicts
            for group, verdicts in zip(self._targets.groups, self.verdicts, strict=True)
        }
        pieces = []
        names = self._period_names(self._targets.groups)
        for number, (group, column) in enumerate(self._targets.place):
            verdicts = by_group[id(group)]
            rows = self._judged(group, column, number)
            piece = self._targets_of(number, group, (rows, column), verdicts, names)
            pieces.append(piece)
        periods = tuple(names)
        coded = {
            "unit": self.units,
            "target": tuple(t.id for t in run.programme.targets),
            "indicator": tuple(run.programme.indicators),
            "period": periods,
            "status": tuple(str(s) for s in STATUSES),
            "first_met": periods,
            "reason": _reasons(periods),
        }
        return joined(pieces, coded)

    def _period_names(self, groups: Sequence[Group]) -> dict[str, int]:
        names: dict[str, int] = {}
        for group in groups:
            for period in group.periods:
                names.setdefault(str(period), len(names))
        return names

    def _judged(self, group: Group, column: int, number: int) -> Ints:
        """The nodes of a group that a target judges, in territory order."""
        rows = np.flatnonzero(group.sought[:, column] == number)
        return rows[self._in_order(rows + group.offset)]

    def _targets_of(
        self,
        number: int,
        group: Group,
        at: tuple[Ints, int],
        verdicts: Verdicts,
        names: dict[str, int],
    ) -> dict[str, Array]:
        target, rows = self.run.programme.targets[number], at[0]
        place = np.array([names[str(p)] for p in group.periods] + [-1], dtype=np.int64)
        when = place[verdicts.when[at]]
        reason = verdicts.reason[at]
        width = len(names) + 1
        coded = np.where(reason >= 0, reason * width + when + 1, -1)
        indicators = list(self.run.programme.indicators)
        size = len(rows)
        return {
            "unit": rows + group.offset,
            "target": np.full(size, number, dtype=np.int64),
            "indicator": np.full(
                size, indicators.index(target.indicator), dtype=np.int64
            ),
            "period": place[verdicts.at[at]],
            "value": verdicts.value[at],
            "coverage": verdicts.coverage[at],
            "target_value": np.full(size, target.value, dtype=np.float64),
            "baseline": group.base[at],
            "pace": verdicts.pace[at],
            "progress": verdicts.progress[at],
            "status": verdicts.status[at],
            "reason": coded,
            "exceeded": verdicts.exceeded[at],
            "first_met": place[verdicts.first_met[at]],
        }

    def _ranked(self, result: SetResult, only: Only | None) -> Ints:
        """Positions in the rows of a set, in territory order."""
        if only is None:
            return self._in_order(result.rows)
        at = only.among(result.rows)
        return at[self._in_order(result.rows[at])]

    def criteria_rows(self, only: Only | None = None) -> list[CriterionRow]:
        found: list[CriterionRow] = []
        for result in self.sets:
            order = self._ranked(result, only)
            parts = [
                (criterion, leaf_rows(criterion.node, result))
                for criterion in criteria_of(result.found)
            ]
            for i in order:
                for criterion, leaves in parts:
                    found += self._criterion(result, criterion, leaves, int(i))
        return found

    def _criterion(
        self,
        result: SetResult,
        criterion: Criterion,
        leaves: list[tuple[str, Found]],
        i: int,
    ) -> list[CriterionRow]:
        unit, sure = self.units[result.rows[i]], True
        rows = []
        for name, leaf in leaves:
            why = int(leaf.reason[i])
            sure &= bool(leaf.verified[i])
            rows.append(
                CriterionRow(
                    unit,
                    result.found.id,
                    criterion.id,
                    name,
                    number_or_none(leaf.value[i]),
                    number_or_none(leaf.limit[i]),
                    RESULTS[leaf.result[i]],
                    Reason(WHY[why]) if why >= 0 else None,
                    bool(leaf.verified[i]),
                )
            )
        sure &= shares_verified(criterion.node)
        code = result.nodes[criterion.id][i]
        whole = (unit, result.found.id, criterion.id, None, None, None)
        rows.append(CriterionRow(*whole, RESULTS[code], None, sure))
        return rows

    def level_rows(self, only: Only | None = None) -> list[LevelRow]:
        found = []
        for result in self.sets:
            names = [level.id for level in result.found.levels] + ["unknown", "none"]
            for i in self._ranked(result, only):
                rungs = (result.reached[i], result.possible[i], result.recognised[i])
                words = (names[int(rung)] for rung in rungs)
                found.append(
                    LevelRow(self.units[result.rows[i]], result.found.id, *words)
                )
        return found

    def criteria(self) -> Columns:
        """Columns of the `criteria` table."""
        return from_rows(self.criteria_rows(), CriterionRow)

    def levels(self) -> Columns:
        """Columns of the `levels` table."""
        return from_rows(self.level_rows(), LevelRow)

    def rows(self, only: Only | None = None) -> Evaluation:
        """Everything as rows, the shape that the plain engine gives."""
        return Evaluation(
            self.run.days,
            tuple(self._value_rows(only)),
            tuple(self.target_rows(only)),
            tuple(self.criteria_rows(only)),
            tuple(self.level_rows(only)),
        )

    def told(self, only: Only) -> Told:
        """The values of some places, place by place and period by period."""
        return self._partial.told(only)

    @cached_property
    def _partial(self) -> Partial:
        judged = (self._targets, self.verdicts)
        return Partial(self.run, judged, WANTS, self._stated)

    def _value_rows(self, only: Only | None) -> list[ValueRow]:
        if only is not None:
            return self._partial.values(only)
        periods = {str(p): p for p in self._all_periods}
        rows = listed(self.values())
        return [ValueRow(**row | {"period": periods[row["period"]]}) for row in rows]

    def target_rows(self, only: Only | None = None) -> list[TargetRow]:
        if only is not None:
            return self._partial.targets(only)
        periods = {str(p): p for g in self._targets.groups for p in g.periods}
        rows = listed(self.targets())
        for row in rows:
            for name in ("period", "first_met"):
                row[name] = None if row[name] is None else periods[row[name]]
            row["status"] = Status(row["status"])
            if row["reason"] is not None:
                code, _, parameter = row["reason"].partition(":")
                row["reason"] = Reason(code, parameter or None)
        return [TargetRow(**row) for row in rows]


def _reasons(periods: tuple[str, ...]) -> tuple[str, ...]:
    """Every reason with every period, so that one number codes both."""
    return tuple(
        f"{reason}:{period}" if period else reason
        for reason in REASONS
        for period in ("", *periods)
    )


def _finite(ends: Floats, value: Floats) -> Floats:
    return np.where(np.isinf(ends) | np.isnan(value), np.nan, ends)


def _first_bit(wants: Bytes) -> Ints:
    """The number of the lowest bit, -1 for none."""
    table = np.array([(w & -w).bit_length() - 1 for w in range(256)], dtype=np.int64)
    found: Ints = table[wants]
    return found
