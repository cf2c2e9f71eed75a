"""Which criteria and levels a unit meets (MEANING 26 to 32)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from donbay.domain.criteria import (
    All,
    Any_,
    AtLeast,
    Attestation,
    BothSexes,
    CriteriaSet,
    Criterion,
    If,
    LevelOf,
    Node,
    Result,
    ShareOfLower,
    SubCriterion,
)
from donbay.domain.quantities import Comparator, Range
from donbay.domain.verdicts import CriterionRow, LevelRow, Reason
from donbay.engine.plain.figures import NO_ROWS
from donbay.engine.plain.nodes import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    WORST_FIRST,
    Leaf,
    all_of,
    any_of,
    at_least,
    leaves,
)
from donbay.engine.plain.recognition import attested, recognised
from donbay.engine.plain.thresholds import Outcome, against
from donbay.engine.plain.values import Values


class Criteria:
    """The criteria sets of a world; `rung` is a place on a ladder, from 0."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.world = values.world
        self.rung_result: Callable[[str, int, str], Result] = cache(self._rung_result)

    def units(self, rungs: CriteriaSet) -> list[str]:
        return [unit for unit in self.world.atlas.units if self.judges(rungs, unit)]

    def judges(self, rungs: CriteriaSet, unit: str) -> bool:
        version = self.world.atlas.units[unit]
        in_scope = not rungs.scope or bool(version.tags & rungs.scope)
        return version.level == rungs.unit_level and in_scope

    # --- leaves ----------------------------------------------------------------------

    def outcome(self, rungs: CriteriaSet, leaf: Leaf, unit: str) -> Outcome:
        match leaf:
            case SubCriterion():
                return self._of_sub_criterion(rungs, leaf, unit)
            case BothSexes():
                return self._of_both(rungs, leaf, unit)
            case LevelOf():
                other = self.world.programme.criteria_set(leaf.set)
                found = self._at_level(other, leaf.level, unit, leaf.recognised)
                return Outcome(found)
        verified = leaf.source is not None and leaf.source.verified
        return Outcome(self._share_of_lower(leaf, unit), verified=verified)

    def _of_sub_criterion(
        self, rungs: CriteriaSet, leaf: SubCriterion, unit: str
    ) -> Outcome:
        rule = leaf.rule
        if not isinstance(rule, Attestation):
            return against(self.values, rungs, rule, unit, rule.category)
        verified = leaf.source is None or leaf.source.verified
        result = attested(self.world, leaf, unit)
        if result is None:
            return Outcome(UNKNOWN, Reason("not_attested"), verified=verified)
        return Outcome(result, verified=verified)

    def _of_both(self, rungs: CriteriaSet, both: BothSexes, unit: str) -> Outcome:
        """The worse result counts, and of equal ones the worse number."""
        rule = both.sub_criterion.rule
        if isinstance(rule, Attestation):
            return self._of_sub_criterion(rungs, both.sub_criterion, unit)
        sign = 1.0 if rule.comparator.upward else -1.0

        def badness(outcome: Outcome) -> tuple[int, bool, float]:
            known = outcome.value is not None
            rank = WORST_FIRST.index(outcome.result)
            return rank, known, sign * (outcome.value or 0.0)

        found = [
            against(self.values, rungs, rule, unit, category)
            for category in both.categories
        ]
        return min(found, key=badness)._replace(
            verified=all(outcome.verified for outcome in found),
            rests_on=NO_ROWS.union(*(outcome.rests_on for outcome in found)),
            sure=False,
        )

    def _at_level(
        self,
        rungs: CriteriaSet,
        level: str,
        unit: str,
        by_act: bool,  # noqa: FBT001 -- a field of the node
    ) -> Result:
        """Whether the unit has the level or a higher one.

        Only rungs up to the level are looked at, so a set may ask for its own lower
        ones.
        """
        wanted = [rung.id for rung in rungs.levels].index(level)
        if not self.judges(rungs, unit):
            return NOT_APPLICABLE
        if by_act:
            return MET if recognised(self.world, rungs, unit) >= wanted else NOT_MET
        every_one_met = True
        for rung in range(len(rungs.levels)):
            result = self.rung_result(rungs.id, rung, unit)
            if result is NOT_APPLICABLE:
                continue
            if result is NOT_MET:
                return NOT_MET
            every_one_met = every_one_met and result is MET
            if rung >= wanted:
                return MET if every_one_met else UNKNOWN
        return NOT_MET

    def below(self, node: ShareOfLower, unit: str) -> list[str]:
        atlas = self.world.atlas
        inside = [
            u for u in atlas.units_of(node.unit_level) if atlas.is_inside(u, unit)
        ]
        rungs = self.world.programme.criteria_set(node.set)
        return [u for u in inside if self.judges(rungs, u)]

    def _share_of_lower(self, node: ShareOfLower, unit: str) -> Result:
        rungs = self.world.programme.criteria_set(node.set)
        results = [
            self._at_level(rungs, node.level, other, node.recognised)
            for other in self.below(node, unit)
        ]
        if not results:
            return NOT_APPLICABLE
        yes, unknown = results.count(MET), results.count(UNKNOWN)
        share = Range(100 * yes / len(results), 100 * (yes + unknown) / len(results))
        enough = share.satisfies(Comparator.AT_LEAST, node.percent)
        return UNKNOWN if enough is None else MET if enough else NOT_MET

    # --- nodes and levels ------------------------------------------------------------

    def result(self, rungs: CriteriaSet, node: Node, unit: str) -> Result:
        match node:
            case All(parts=parts):
                return all_of([self.result(rungs, part, unit) for part in parts])
            case Any_(parts=parts):
                return any_of([self.result(rungs, part, unit) for part in parts])
            case AtLeast(count=count, parts=parts):
                results = [self.result(rungs, part, unit) for part in parts]
                return at_least(count, results)
            case If():
                return self._conditional(rungs, node, unit)
        return self.outcome(rungs, node, unit).result

    def _conditional(self, rungs: CriteriaSet, node: If, unit: str) -> Result:
        condition = self.result(rungs, node.condition, unit)
        if condition is UNKNOWN:
            return UNKNOWN
        if condition not in {NOT_MET, NOT_APPLICABLE}:
            return self.result(rungs, node.then, unit)
        if node.otherwise is None:
            return NOT_APPLICABLE
        return self.result(rungs, node.otherwise, unit)

    def _rung_result(self, set_id: str, rung: int, unit: str) -> Result:
        """Where sources do not give all criteria, only failure is sure."""
        rungs = self.world.programme.criteria_set(set_id)
        level = rungs.levels[rung]
        found = all_of([self.result(rungs, c.node, unit) for c in level.criteria])
        return found if level.complete or found is NOT_MET else UNKNOWN

    # --- rows ------------------------------------------------------------------------

    def named(self, rungs: CriteriaSet, wanted: str) -> Iterator[Criterion]:
        for level in rungs.levels:
            yield from (c for c in level.criteria if c.id == wanted)

    def rows_of(
        self, rungs: CriteriaSet, wanted: str, unit: str
    ) -> Iterator[CriterionRow]:
        for criterion in self.named(rungs, wanted):
            yield from self._rows_of(rungs, criterion, unit)

    def rows(self, rungs: CriteriaSet, unit: str) -> Iterator[CriterionRow]:
        for level in rungs.levels:
            for criterion in level.criteria:
                yield from self._rows_of(rungs, criterion, unit)

    def _rows_of(
        self, rungs: CriteriaSet, criterion: Criterion, unit: str
    ) -> Iterator[CriterionRow]:
        verified = True
        for leaf in leaves(criterion.node):
            outcome = self.outcome(rungs, leaf, unit)
            verified = verified and outcome.verified
            if name := _name_of(leaf):
                yield CriterionRow(
                    unit,
                    rungs.id,
                    criterion.id,
                    name,
                    outcome.value,
                    outcome.threshold,
                    outcome.result,
                    outcome.reason,
                    outcome.verified,
                )
        result = self.result(rungs, criterion.node, unit)
        yield CriterionRow(
            unit, rungs.id, criterion.id, None, None, None, result, None, verified
        )

    def level_row(self, rungs: CriteriaSet, unit: str) -> LevelRow:
        counted = [
            (level.id, result)
            for rung, level in enumerate(rungs.levels)
            if (result := self.rung_result(rungs.id, rung, unit)) is not NOT_APPLICABLE
        ]
        reached = possible = "none"
        if counted and counted[0][1] is UNKNOWN:
            reached = "unknown"
        for name, result in counted:
            if result is not MET:
                break
            reached = name
        for name, result in counted:
            if result is NOT_MET:
                break
            possible = name
        by_act = recognised(self.world, rungs, unit)
        named = rungs.levels[by_act].id if by_act >= 0 else "none"
        return LevelRow(unit, rungs.id, reached, possible, named)


def _name_of(leaf: Leaf) -> str | None:
    match leaf:
        case SubCriterion(id=name) | BothSexes(sub_criterion=SubCriterion(id=name)):
            return name
    return None
