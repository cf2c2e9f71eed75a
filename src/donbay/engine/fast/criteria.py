"""Criteria joined into levels, for all units of a set at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date

import numpy as np

from donbay.domain.acts import Act
from donbay.domain.criteria import (
    All,
    Any_,
    AtLeast,
    Attestation,
    BothSexes,
    CriteriaSet,
    If,
    Level,
    LevelOf,
    Node,
    Result,
    ShareOfLower,
    SubCriterion,
    Threshold,
    sub_criteria,
)
from donbay.domain.periods import Frequency, Period, last_ended, periods_between
from donbay.engine.fast.arrays import Ints
from donbay.engine.fast.bars import (
    BASICALLY,
    MET,
    NOT_APPLICABLE,
    NOT_ATTESTED,
    NOT_MET,
    RESULTS,
    UNKNOWN,
    Bars,
    Found,
    Limits,
)
from donbay.engine.fast.cells import Cells, stacked
from donbay.engine.fast.ladders import (
    incomplete,
    joined_all,
    joined_any,
    joined_at_least,
    ladder,
    share_met,
)
from donbay.engine.fast.leaves import (
    Flat,
    Leaf,
    Part,
    criteria_of,
    leaf_of,
    leaf_rules,
    request_of,
)
from donbay.engine.fast.recognition import Acts
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import Sheet


@dataclass
class SetResult:
    """A set judged: per unit of `rows` (places of the map), in territory order."""

    found: CriteriaSet
    rows: Ints
    leaves: dict[Leaf, Found]
    nodes: dict[str, Ints]
    levels: list[Ints]
    reached: Ints
    possible: Ints
    recognised: Ints


class Sets:
    """Judges every criteria set; a set may read others (`level_of`)."""

    def __init__(self, run: Run, acts: Sequence[Act]) -> None:
        self.run, self.sets = run, run.programme.criteria
        zone = run.programme.time_zone
        self.acts = Acts(run.territory, acts, run.days, zone)
        every = {
            (found.id, leaf.id): leaf
            for found in self.sets
            for criterion in criteria_of(found)
            for leaf in sub_criteria(criterion.node)
        }
        self.limits = Limits(every)
        self.bars: dict[str, list[tuple[list[Leaf], Bars]]] = {}
        self.done: dict[str, SetResult] = {}
        self.climbing: dict[str, list[Ints]] = {}
        self.flat: dict[str, Flat] = {}
        self._begun: Future[list[SetResult]] | None = None

    def begin(self) -> Future[list[SetResult]]:
        """Judge beside whatever else is done from now on; sheets must be filled."""
        if self._begun is None:
            self._begun = self.run.pool.submit(self._judge_all)
        return self._begun

    def _judge_all(self) -> list[SetResult]:
        return [self.of(found) for found in self.sets]

    def of(self, found: CriteriaSet) -> SetResult:
        if found.id not in self.done:
            self.done[found.id] = self._judge(found)
        return self.done[found.id]

    def rows(self, found: CriteriaSet) -> Ints:
        """Units of the set's level in its scope on the map day."""
        places = self.run.places
        begin, end = places.start[found.unit_level], places.end(found.unit_level)
        some = range(begin, end)
        chosen = [
            i for i in some if not found.scope or places.versions[i].tags & found.scope
        ]
        return np.array(chosen, dtype=np.int64)

    def _judge(self, found: CriteriaSet) -> SetResult:
        rows = self.rows(found)
        leaves: dict[Leaf, Found] = {}
        for ids, bars in self.bars_of(found, rows):
            bars.judge()
            leaves.update(zip(ids, bars.columns_found(), strict=True))
        self._attest(found, rows, leaves)
        flat = Flat.of(found, self.bars[found.id])
        if flat is not None:
            self.flat[found.id] = flat
        return self.join(found, rows, leaves)

    def join(
        self, found: CriteriaSet, rows: Ints, leaves: dict[Leaf, Found]
    ) -> SetResult:
        """Nodes, levels and the ladder from the leaves."""
        nodes: dict[str, Ints] = {}
        levels: list[Ints] = []
        self.climbing[found.id] = levels
        if found.id in self.flat:
            found_nodes, found_levels = self.flat[found.id].climb(len(rows))
            nodes.update(found_nodes)
            levels.extend(found_levels)
        else:
            self.climb(found, Part(rows, leaves, slice(None)), nodes, levels)
        reached, possible = ladder(levels, len(rows))
        return SetResult(
            found,
            rows,
            leaves,
            nodes,
            levels,
            reached,
            possible,
            self._recognised(found, rows),
        )

    def rejoin(self, result: SetResult, at: Ints) -> None:
        """The same again for some of the units, from leaves that have changed."""
        flat = self.flat.get(result.found.id)
        levels = flat.climb_again(at) if flat else self._climb_again(result, at)
        result.reached[at], result.possible[at] = ladder(levels, len(at))

    def _climb_again(self, result: SetResult, at: Ints) -> list[Ints]:
        levels: list[Ints] = []
        nodes: dict[str, Ints] = {}
        part = Part(result.rows[at], result.leaves, at)
        self.climb(result.found, part, nodes, levels)
        for name, codes in nodes.items():
            result.nodes[name][at] = codes
        for kept, codes in zip(result.levels, levels, strict=True):
            kept[at] = codes
        return levels

    def climb(
        self,
        found: CriteriaSet,
        part: Part,
        nodes: dict[str, Ints],
        levels: list[Ints],
    ) -> None:
        """Add the criteria and levels of some units, from the lowest level up."""
        for level in found.levels:
            for criterion in level.criteria:
                nodes[criterion.id] = self._node(criterion.node, part)
            levels.append(self._level(level, nodes, len(part.rows)))

    def _recognised(self, found: CriteriaSet, rows: Ints) -> Ints:
        units = self.run.places.units
        return np.array(
            [self.acts.recognised(units[i], found) for i in rows], dtype=np.int64
        )

    def bars_of(self, found: CriteriaSet, rows: Ints) -> list[tuple[list[Leaf], Bars]]:
        """Thresholds gathered by the sheet and frequency that they read."""
        if found.id in self.bars:
            return self.bars[found.id]
        run = self.run
        batches: dict[object, list[tuple[Leaf, Threshold, int]]] = {}
        for leaf, rule in leaf_rules(found):
            sheet, column = run.at[run.widened(request_of(rule))]
            native = rule.period in {None, sheet.frequency}
            key: object = id(sheet.board()) if native else leaf
            column = sheet.first + column if native else 0
            batches.setdefault(key, []).append((leaf, rule, column))
        regions = [self._region(found, int(i)) for i in rows]
        self.bars[found.id] = [
            self._batch(batch, rows, regions) for batch in batches.values()
        ]
        return self.bars[found.id]

    def _batch(
        self,
        batch: list[tuple[Leaf, Threshold, int]],
        rows: Ints,
        regions: list[str | None],
    ) -> tuple[list[Leaf], Bars]:
        rule = batch[0][1]
        sheet, _ = self.run.at[self.run.widened(request_of(rule))]
        cells, periods = self._judged(rule, sheet)
        bars = Bars(
            self.limits,
            [rule for _, rule, _ in batch],
            cells,
            [column for _, _, column in batch],
            periods,
            rows=rows - sheet.offset,
            regions=regions,
            until=self._last_day(rule, sheet),
        )
        return [leaf for leaf, _, _ in batch], bars

    def _judged(
        self, rule: Threshold, sheet: Sheet
    ) -> tuple[Cells, tuple[Period, ...]]:
        """The sheet's board, or one column of coarser periods."""
        run = self.run
        if rule.period is None or rule.period is sheet.frequency:
            return sheet.board(), sheet.periods
        if run.start is None:
            return sheet.column_of_none(), ()
        periods = tuple(periods_between(run.start, run.days.on, rule.period))
        several = [run.cells(request_of(rule), period) for period in periods]
        return stacked(several) if several else sheet.column_of_none(), periods

    def _last_day(self, rule: Threshold, sheet: Sheet) -> date | None:
        """The end of the last period that ended, begun programme or not."""
        on = self.run.days.on
        frequency = rule.period or sheet.frequency
        if frequency is not Frequency.SPAN:
            return last_ended(on, Frequency(frequency)).last
        spans = self.run.programme.indicators[rule.indicator].spans
        return max((s.last for s in spans if s.last <= on), default=None)

    def _region(self, found: CriteriaSet, unit: int) -> str | None:
        version = self.run.places.versions[unit]
        for tag, region in found.region_of_tag:
            if tag in version.tags:
                return region
        return version.region

    def _attest(
        self, found: CriteriaSet, rows: Ints, leaves: dict[Leaf, Found]
    ) -> None:
        units = [self.run.places.units[i] for i in rows]
        every = [x for c in criteria_of(found) for x in sub_criteria(c.node)]
        for leaf in every:
            if isinstance(leaf.rule, Attestation):
                authority = leaf.rule.authority
                said = [self.acts.attested(u, leaf.id, authority) for u in units]
                leaves[leaf.id, None] = _attested(leaf, said)

    def _level(self, level: Level, nodes: dict[str, Ints], size: int) -> Ints:
        parts = [nodes[criterion.id] for criterion in level.criteria]
        found = joined_all(parts, size)
        return found if level.complete else incomplete(found)

    def _node(self, node: Node, part: Part) -> Ints:  # noqa: PLR0911 -- a return for each kind
        def inner(parts: Sequence[Node]) -> list[Ints]:
            return [self._node(one, part) for one in parts]

        size = len(part.rows)
        match node:
            case SubCriterion():
                return part.result(leaf_of(node))
            case All(parts=parts):
                return joined_all(inner(parts), size)
            case Any_(parts=parts):
                return joined_any(inner(parts), size)
            case AtLeast(count=count, parts=parts):
                return joined_at_least(inner(parts), count, size)
            case If():
                return self._if(node, part)
            case BothSexes(sub_criterion=leaf, categories=categories):
                both = [part.result((leaf.id, category)) for category in categories]
                return joined_all(both, size)
            case LevelOf():
                return self._level_of(node, part.rows)
            case ShareOfLower():
                return self._share_of_lower(node, part.rows)
        raise TypeError(node)

    def _if(self, node: If, part: Part) -> Ints:
        condition, then = self._node(node.condition, part), self._node(node.then, part)
        otherwise = np.full(len(part.rows), NOT_APPLICABLE)
        if node.otherwise:
            otherwise = self._node(node.otherwise, part)
        true = (condition == MET) | (condition == BASICALLY)
        found = np.where(true, then, otherwise)
        return np.where(condition == UNKNOWN, UNKNOWN, found)

    def standing(self, set_id: str, level: str, *, recognised: bool) -> SetStanding:
        """Whether each unit of a set has a level: met, not_met or unknown."""
        found = self.run.programme.criteria_set(set_id)
        rung = [x.id for x in found.levels].index(level)
        rows = self.rows(found)
        if recognised:
            acts = self._recognised(found, rows)
            return SetStanding(rows, np.where(acts >= rung, MET, NOT_MET))
        if set_id in self.climbing and set_id not in self.done:
            reached, possible = ladder(self.climbing[set_id], len(rows))
        else:
            result = self.of(found)
            reached, possible = result.reached, result.possible
        codes = np.where(possible < rung, NOT_MET, UNKNOWN)
        codes[reached >= rung] = MET
        return SetStanding(rows, codes)

    def _level_of(self, node: LevelOf, rows: Ints) -> Ints:
        standing = self.standing(node.set, node.level, recognised=node.recognised)
        place = standing.place
        return np.array([place.get(int(i), NOT_APPLICABLE) for i in rows])

    def _share_of_lower(self, node: ShareOfLower, rows: Ints) -> Ints:
        standing = self.standing(node.set, node.level, recognised=node.recognised)
        inside: dict[int, list[int]] = {}
        for unit, code in standing.place.items():
            if code == NOT_APPLICABLE:
                continue
            for above in self.run.places.above(unit):
                inside.setdefault(above, []).append(code)
        return np.array([share_met(inside.get(int(i), []), node.percent) for i in rows])


@dataclass
class SetStanding:
    """Result codes of units (places of the map)."""

    rows: Ints
    codes: Ints

    @property
    def place(self) -> dict[int, int]:
        return dict(zip(self.rows.tolist(), self.codes.tolist(), strict=True))


def _attested(leaf: SubCriterion, said: Sequence[Result | None]) -> Found:
    size = len(said)
    codes = [UNKNOWN if s is None else RESULTS.index(s) for s in said]
    reason = [NOT_ATTESTED if s is None else -1 for s in said]
    verified = leaf.source is None or leaf.source.verified
    none = np.full(size, np.nan)
    return Found(
        np.array(codes, dtype=np.int64),
        none,
        none,
        np.array(reason, dtype=np.int64),
        np.full(size, verified),
    )
