"""The very rows that a verdict rests on: no fewer give it, and none is idle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from donbay.domain.criteria import CriteriaSet, LevelOf, Node, ShareOfLower
from donbay.domain.verdicts import CriterionRow, LevelRow, TargetRow, ValueRow
from donbay.engine.plain import tables as table
from donbay.engine.plain.criteria import Criteria
from donbay.engine.plain.figures import NO_ROWS
from donbay.engine.plain.nodes import leaves
from donbay.engine.plain.targets import Case, Doubt
from donbay.engine.plain.values import Shared, Values

Key = tuple[str, ...]
Row = ValueRow | TargetRow | CriterionRow | LevelRow


def key_of(row: Row) -> Key:
    match row:
        case ValueRow():
            return "values", row.unit, row.indicator, str(row.period)
        case TargetRow():
            return "targets", row.unit, row.target
        case CriterionRow():
            sub_criterion = row.sub_criterion or ""
            return "criteria", row.unit, row.set, row.criterion, sub_criterion
        case LevelRow():
            return "levels", row.unit, row.set


class Evidence(Mapping[Key, frozenset[int]]):
    """Worked out when asked for: most verdicts are never questioned."""

    def __init__(self, values: Values, rows: Sequence[Row]) -> None:
        self._values = values
        self._rows = {key_of(row): row for row in rows}
        self._found: dict[Key, frozenset[int]] = {}

    def __iter__(self) -> Iterator[Key]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        """It follows from the verdicts and the ledger, so these are compared."""
        return isinstance(other, Evidence) and (self._rows, self._ledger_rows) == (
            other._rows,
            other._ledger_rows,
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def _ledger_rows(self) -> frozenset[int]:
        return self._values.world.ledger.rows

    def __getitem__(self, key: Key) -> frozenset[int]:
        if key not in self._found:
            self._found[key] = self._ground(self._rows[key])
        return self._found[key]

    def _ground(self, row: Row) -> frozenset[int]:
        """What should do is tried; if it does not, all rows do.

        Where nothing was said for a value, nothing is needed to say so.
        """

        def enough(rows: frozenset[int]) -> bool:
            return told(Values(self._values.world.cut_to(rows)), row) == row

        sure, doubts = grounds(self._values, row)
        rows = sure.union(*(doubt.rows for doubt in doubts))
        if isinstance(row, ValueRow) and not rows:
            return rows
        if not enough(rows):
            return least(self._ledger_rows, enough)
        for doubt in doubts:
            rows = self._fewer(rows, sure, doubt)
        return rows if enough(rows) else least(self._ledger_rows, enough)

    def _fewer(
        self, rows: frozenset[int], sure: frozenset[int], doubt: Doubt
    ) -> frozenset[int]:
        """Without the rows of a doubt that are idle."""
        doubtful = (doubt.rows & rows) - sure
        world, rest = self._values.world, rows - doubtful
        shared: Shared = {}

        def holds(some: frozenset[int]) -> bool:
            return doubt.holds(Values(world.cut_to(rest | some), shared))

        return rest | least(doubtful, holds)


def least(
    rows: frozenset[int], enough: Callable[[frozenset[int]], bool]
) -> frozenset[int]:
    """Leave out what can be, in ever smaller lots, until every row is needed."""
    kept, size = sorted(rows), max(1, len(rows) // 2)
    while True:
        before = len(kept)
        for start in range(len(kept) - len(kept) % size, -1, -size):
            fewer = kept[:start] + kept[start + size :]
            if len(fewer) < len(kept) and enough(frozenset(fewer)):
                kept = fewer
        if size == 1 and len(kept) == before:
            return frozenset(kept)
        size = max(1, size // 2)


# --- the verdict again ---------------------------------------------------------------


def told(values: Values, row: Row) -> Row | None:
    """The same verdict from what these values know."""
    programme = values.world.programme
    match row:
        case ValueRow():
            indicator = programme.indicators[row.indicator]
            if row.period not in table.periods(values, indicator):
                return None
            return table.value_row(values, indicator, row.unit, row.period)
        case TargetRow():
            case = _case(values, row)
            return case.judged().row if case.exists else None
        case CriterionRow():
            rungs = programme.criteria_set(row.set)
            again = Criteria(values).rows_of(rungs, row.criterion, row.unit)
            return next((r for r in again if key_of(r) == key_of(row)), None)
        case LevelRow():
            return Criteria(values).level_row(programme.criteria_set(row.set), row.unit)


def _case(values: Values, row: TargetRow) -> Case:
    targets = values.world.programme.targets
    return Case(values, next(t for t in targets if t.id == row.target), row.unit)


# --- what a verdict should rest on ---------------------------------------------------


Grounds = tuple[frozenset[int], tuple[Doubt, ...]]


def grounds(values: Values, row: Row) -> Grounds:
    """The rows that are surely needed, and those of which some may be idle."""
    match row:
        case ValueRow():
            return _of_value(values, row)
        case TargetRow():
            judged = _case(values, row).judged()
            return judged.sure, judged.doubts
    rungs = values.world.programme.criteria_set(row.set)
    criteria = Criteria(values)
    rows = NO_ROWS
    if isinstance(row, LevelRow):
        rows = _of_set(criteria, rungs, row.unit)
    else:
        for criterion in criteria.named(rungs, row.criterion):
            rows |= _of_node(criteria, rungs, criterion.node, row.unit)
    return NO_ROWS, (_doubt(rows, row),)


def _doubt(rows: frozenset[int], row: Row) -> Doubt:
    return Doubt(rows, lambda values: told(values, row) == row)


def _of_value(values: Values, row: ValueRow) -> Grounds:
    figure = values.figure(values.ask(row.indicator, row.period), row.unit)
    stated = values.world.ledger.stated(row.unit, row.indicator, row.period)
    beside = frozenset([stated.row]) if stated else NO_ROWS
    if figure.sure:
        return figure.rows | beside, ()
    return beside, (_doubt(figure.rows, row),)


def _of_set(criteria: Criteria, rungs: CriteriaSet, unit: str) -> frozenset[int]:
    rows = NO_ROWS
    for level in rungs.levels:
        for criterion in level.criteria:
            rows |= _of_node(criteria, rungs, criterion.node, unit)
    return rows


def _of_node(
    criteria: Criteria, rungs: CriteriaSet, node: Node, unit: str
) -> frozenset[int]:
    rows = NO_ROWS
    for leaf in leaves(node):
        match leaf:
            case LevelOf(set=name) if name == rungs.id:
                rows |= _of_lower_rungs(criteria, rungs, leaf, unit)
            case LevelOf(set=name):
                other = criteria.world.programme.criteria_set(name)
                rows |= _of_set(criteria, other, unit)
            case ShareOfLower(set=name):
                other = criteria.world.programme.criteria_set(name)
                for below in criteria.below(leaf, unit):
                    rows |= _of_set(criteria, other, below)
            case _:
                rows |= criteria.outcome(rungs, leaf, unit).rests_on
    return rows


def _of_lower_rungs(
    criteria: Criteria, rungs: CriteriaSet, leaf: LevelOf, unit: str
) -> frozenset[int]:
    rows = NO_ROWS
    for level in rungs.levels:
        for criterion in level.criteria:
            rows |= _of_node(criteria, rungs, criterion.node, unit)
        if level.id == leaf.level:
            break
    return rows
