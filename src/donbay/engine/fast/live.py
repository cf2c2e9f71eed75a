"""Results kept current: a unit's new values brought through to every verdict above it.

Touched units are summed anew from their sources and each ancestor from its children;
nothing is added or taken away, so the numbers are bit for bit those of a full run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from donbay.domain.acts import Act
from donbay.domain.criteria import LevelOf, Node, ShareOfLower
from donbay.domain.periods import Period
from donbay.engine.fast.arrays import Floats, Ints
from donbay.engine.fast.criteria import SetResult, Sets
from donbay.engine.fast.forms import Element, Form
from donbay.engine.fast.judgement import rejudge
from donbay.engine.fast.leaves import criteria_of, parts_of
from donbay.engine.fast.partial import Only
from donbay.engine.fast.results import Result
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import FormulaSheet, QuickSheet, Sheet, TestedSheet
from donbay.engine.fast.strands import (
    FormulaStrand,
    Reached,
    Strand,
    TestedStrand,
    stranded,
    union,
)
from donbay.engine.fast.targets import Targets


class Live:
    """A run whose results follow what is reported next.

    The run must have been made with `keep`. What has no quick way (bounds, categories
    in sums, carry, other periods, criteria over other units, baselines in periods that
    have not ended) is evaluated anew as a whole: slower, and as right.
    """

    def __init__(self, run: Run, acts: Sequence[Act] = ()) -> None:
        self.run, self.acts = run, acts
        self._evaluate()

    def _evaluate(self) -> None:
        self._places: dict[int, dict[str, int]] = {}
        self.strung = False
        self.run.fill()
        self.targets = Targets(self.run)
        self.targets.prepare()
        self._judge_sets()

    def decide(self, acts: Sequence[Act]) -> None:
        """Other acts hold: values and targets stay, criteria are judged with these."""
        self.acts = acts
        self._judge_sets()

    def _judge_sets(self) -> None:
        self.sets = Sets(self.run, self.acts)
        self.result = Result(self.run, self.targets, self.sets)
        self.quick = self._is_quick()
        if self.quick:
            self._string()

    def _is_quick(self) -> bool:
        """Whether strands, groups and bars are all that a submission changes."""
        run = self.run
        boards = {id(sheet.board()) for sheet in run.sheets}
        bars = [bar for batch in self.sets.bars.values() for _, bar in batch]
        judged = {id(group.cells) for group in self.targets.groups}
        judged |= {id(bar.cells) for bar in bars}
        every = (c for found in run.programme.criteria for c in criteria_of(found))
        return (
            all(_has_strand(sheet) for sheet in run.sheets)
            and judged <= boards
            and not any(reads_others(criterion.node) for criterion in every)
        )

    def _far(self) -> list[Period]:
        """Baselines of other periods than those that are kept current."""
        indicators, on = self.run.programme.indicators, self.run.days.on
        return [
            period
            for target in self.run.programme.targets
            if target.baseline and (period := target.baseline.period) is not None
            if period.frequency is not indicators[target.indicator].frequency
            or period.last > on
        ]

    def _string(self) -> None:
        """Look up whatever is the same for every submission."""
        if not self.strung:
            self._keep_sums()
        for group in self.targets.groups:
            group.follow()
        self.judged = list(zip(self.targets.groups, self.result.verdicts, strict=True))
        self._beyond = self._far()
        self._rows = [self._row_of(result) for result in self.result.sets]

    def _keep_sums(self) -> None:
        """Strands take the sums from the sheets, once after each evaluation."""
        run, self.strung = self.run, True
        self.strands: dict[int, list[Strand]] = {}
        for sheets in stranded(run.sheets):
            form = run.forms.forms[sheets[0].level, sheets[0].frequency]
            strand = Strand(sheets, len(form.elements))
            self.strands.setdefault(id(form), []).append(strand)
        self.derived: list[TestedStrand | FormulaStrand] = [
            *(TestedStrand(s) for s in run.sheets if isinstance(s, TestedSheet)),
            *(FormulaStrand(s) for s in run.sheets if isinstance(s, FormulaSheet)),
        ]
        self.derived.sort(key=lambda strand: strand.lead.depth)

    def _row_of(self, result: SetResult) -> Ints:
        """Where each unit of the map stands in the rows of a set; -1 nowhere."""
        found = np.full(len(self.run.places), -1, dtype=np.int64)
        found[result.rows] = np.arange(len(result.rows))
        return found

    def submit(
        self, unit: str, period: Period, values: Mapping[Element, float | None]
    ) -> Only | None:
        """Write a unit's values of one form and period, and bring all up to date.

        Gives the places and the period outside which no row has changed; None where
        any may have. Raises KeyError for an element, period or unit that the form does
        not have.
        """
        indicator = next(iter(values))[0]
        form = self.run.forms.of(indicator)
        if form is None:
            raise KeyError(indicator)
        at = np.array(list(map(form.elements.__getitem__, values)))
        place = self._place(form, unit, period)
        numbers = np.array(list(values.values()), dtype=np.float64) + 0.0
        row = form.first_row[period] + place
        form.cells[row, at] = numbers
        if form.bounds is not None:
            form.bounds[row, at] = 0
        if not self.quick or self._moves_more(period, numbers):
            self._evaluate_all()
            return None
        with np.errstate(all="ignore"):
            return self._bring_up(form, place, period, at)

    def _moves_more(self, period: Period, numbers: Floats) -> bool:
        """Whether another baseline may move, or the day on which all begins."""
        if any(far.first <= period.first < far.last for far in self._beyond):
            return True
        start = self.run.start
        if start is None or period.first < start:
            return True
        if period.first > start or not np.isnan(numbers).any():
            return False
        return self.run.forms.start() != start

    def _evaluate_all(self) -> None:
        self.run.again()
        self._evaluate()

    def _place(self, form: Form, unit: str, period: Period) -> int:
        units = form.units[period]
        if id(units) not in self._places:
            self._places[id(units)] = {u: i for i, u in enumerate(units)}
        return self._places[id(units)][unit]

    def _bring_up(self, form: Form, place: int, period: Period, at: Ints) -> Only:
        reached = Reached()
        for strand in self.strands.get(id(form), ()):
            k = strand.lead.index.get(period)
            columns = np.logical_or.reduce(strand.affects.take(at, axis=0), axis=0)
            if k is not None and columns.any():
                reached.note(strand.lead, strand.resum(k, place), columns)
        for derived in self.derived:
            self._renew(derived, period, reached)
        moved: dict[int, Ints] = {}
        for number, (group, verdicts) in enumerate(self.judged):
            units = reached.units.get(id(group.cells))
            if units is not None:
                nodes, k = units - group.offset, group.index[period]
                columns = reached.columns[id(group.cells)].nonzero()[0]
                moved[number] = rejudge(group, (nodes, columns), verdicts, k)
        self._reclimb(reached, period)
        return Only(reached.on(reached.units), period, moved)

    def _renew(
        self, derived: TestedStrand | FormulaStrand, period: Period, reached: Reached
    ) -> None:
        """Bring up what is computed from boards on which units may have changed."""
        sheet, units = derived.lead, reached.on(derived.bases)
        nodes = units[units.searchsorted(sheet.offset) :] - sheet.offset
        if len(nodes):
            columns = derived.affected(reached)
            if columns.any():
                derived.renew(sheet.index[period], nodes)
                reached.note(sheet, nodes, columns)

    def _reclimb(self, reached: Reached, period: Period) -> None:
        for result, row_of in zip(self.result.sets, self._rows, strict=True):
            changed: list[Ints] = []
            for _, bars in self.sets.bars.get(result.found.id, ()):
                units = reached.units.get(id(bars.cells))
                if units is None:
                    continue
                rows, columns = row_of[units], reached.columns[id(bars.cells)]
                rows = rows[rows >= 0]
                if bars.rejudge(rows, columns, bars.index[period]):
                    changed.append(rows)
            if changed:
                self.sets.rejoin(result, union(changed))


def _has_strand(sheet: Sheet) -> bool:
    """Whether its sums are kept, or it rests on the same periods as its own."""
    match sheet:
        case TestedSheet(bases=bases):
            return all(base.periods == sheet.periods for base, _ in bases)
        case FormulaSheet(bases=bases, reads_own_periods=own):
            return own and all(base.periods == sheet.periods for base in bases)
    return isinstance(sheet, QuickSheet)


def reads_others(node: Node) -> bool:
    """Whether the node looks beyond the unit, or into another set."""
    if isinstance(node, LevelOf | ShareOfLower):
        return True
    return any(reads_others(part) for part in parts_of(node))
