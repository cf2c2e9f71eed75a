"""Results kept current: a unit's new values brought through to every verdict above it.

Touched units are summed anew from their sources and each ancestor from its children;
nothing is added or taken away, so the numbers are bit for bit those of a full run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import numpy as np

from donbay.domain.acts import Act
from donbay.domain.criteria import LevelOf, Node, ShareOfLower
from donbay.domain.periods import Period
from donbay.engine.fast.arrays import Array, Bools, Floats, Ints
from donbay.engine.fast.cells import Cells
from donbay.engine.fast.computed import blank
from donbay.engine.fast.criteria import SetResult, Sets
from donbay.engine.fast.crosswalk import Crosswalk
from donbay.engine.fast.forms import Element, Form
from donbay.engine.fast.judgement import rejudge
from donbay.engine.fast.ladders import ladder
from donbay.engine.fast.leaves import Part, criteria_of, parts_of
from donbay.engine.fast.quick import Where
from donbay.engine.fast.results import Result
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import QuickSheet, Sheet, TestedSheet, given_reason
from donbay.engine.fast.targets import Targets

REPORTED = ("value", "least", "most", "coverage", "want", "judged", "reported")
Climb = list[tuple[int, Array]]
"""Nodes of a tree, lowest first, each with its children."""


class Live:
    """A run whose results follow what is reported next.

    The run must have been made with `keep`. What has no quick way (bounds, categories
    in sums, coarser periods, formulas, criteria over other units, baselines in periods
    that have not ended) is evaluated anew as a whole: slower, and as right.
    """

    def __init__(self, run: Run, acts: Sequence[Act] = ()) -> None:
        self.run, self.acts = run, acts
        self._evaluate()

    def _forget(self) -> None:
        """Everything looked up so far: it is kept by the identity of what it is of."""
        self._nodes: dict[tuple[int, int], tuple[Ints, Ints, Climb]] = {}
        self._children: dict[int, dict[int, Array]] = {}
        self._rooms: dict[tuple[int, int], Cells] = {}
        self._kept: dict[tuple[int, int], tuple[Crosswalk, Floats]] = {}
        self._places: dict[int, dict[str, int]] = {}
        self._places_of: dict[str, Ints] = {}

    def _evaluate(self) -> None:
        self._forget()
        self.run.fill()
        self.targets = Targets(self.run)
        self.targets.prepare()
        self.sets = Sets(self.run, self.acts)
        self.result = Result(self.run, self.targets, self.sets)
        self.quick = self._is_quick()

    def _is_quick(self) -> bool:
        sheets = self.run.sheets
        if not all(isinstance(s, QuickSheet | TestedSheet) for s in sheets):
            return False
        own = {id(group.cells) for group in self.targets.groups}
        if not own <= {id(sheet.board()) for sheet in sheets}:
            return False
        every = (c for found in self.run.programme.criteria for c in criteria_of(found))
        if any(reads_others(criterion.node) for criterion in every):
            return False
        kept = {id(sheet.board()) for sheet in sheets}
        bars = [bar for batch in self.sets.bars.values() for _, bar in batch]
        return all(id(bar.cells) in kept for bar in bars)

    def submit(
        self, unit: str, period: Period, values: Mapping[Element, float | None]
    ) -> None:
        """Write a unit's values of one form and period, and bring all up to date.

        Raises KeyError for an element, period or unit that the form does not have.
        """
        indicator = next(iter(values))[0]
        form = self.run.forms.of(indicator)
        if form is None:
            raise KeyError(indicator)
        at = [form.elements[element] for element in values]
        place = self._place(form, unit, period)
        numbers = [np.nan if v is None else v + 0.0 for v in values.values()]
        row = form.first_row[period] + place
        form.cells[row, at] = numbers
        if form.bounds is not None:
            form.bounds[row, at] = 0
        off_board = self._is_off_board(period)
        if not self.quick or off_board or self._moves_start(period, numbers):
            self._evaluate_all()
            return
        self._bring_up(form, place, period, set(at))

    def _moves_start(self, period: Period, numbers: Sequence[float]) -> bool:
        """Whether the programme may begin on another day than it did."""
        start = self.run.start
        if start is None or period.first < start:
            return True
        withdrawn = any(isnan(number) for number in numbers)
        return withdrawn and period.first == start and self.run.forms.start() != start

    def _is_off_board(self, period: Period) -> bool:
        """Whether a baseline rests on the period that no board has to bring up.

        So it is with one that has not ended by `on`: shown, and judged by nobody.
        """
        return any(
            one.first <= period.first and period.last <= one.last
            for one in self.targets.off_board
        )

    def _evaluate_all(self) -> None:
        self.run.again()
        self._evaluate()

    def _room(self, sheet: Sheet, nodes: int) -> Cells:
        """Room for the cells of a few nodes, to be written back at once."""
        key = (id(sheet), nodes)
        if key not in self._rooms:
            self._rooms[key] = blank(1, nodes, len(sheet.requests)).at(0)
        return self._rooms[key]

    def _parts(self, sheet: QuickSheet, k: int) -> tuple[Crosswalk, Floats]:
        key = (id(sheet), k)
        if key in self._kept:
            return self._kept[key]
        walk, block = sheet.parts(sheet.periods[k])
        if block.base is not None:  # a view follows what is written; a copy does not
            self._kept[key] = walk, block
        return walk, block

    def _place(self, form: Form, unit: str, period: Period) -> int:
        units = form.units[period]
        if id(units) not in self._places:
            self._places[id(units)] = {u: i for i, u in enumerate(units)}
        return self._places[id(units)][unit]

    def _bring_up(self, form: Form, place: int, period: Period, at: set[int]) -> None:
        touched: dict[int, tuple[Sheet, Ints]] = {}
        for sheet in self.run.sheets:
            k = sheet.index.get(period)
            if k is None:
                continue
            if isinstance(sheet, QuickSheet):
                same = self.run.forms.forms[sheet.level, sheet.frequency] is form
                if same and sheet.reads & at:
                    nodes = self._resum(sheet, k, place)
                    touched[id(sheet)] = sheet, nodes
            elif isinstance(sheet, TestedSheet):
                base = sheet.base_sheet
                if id(base) in touched:
                    nodes = touched[id(base)][1] + base.offset
                    nodes = self._retest(sheet, k, nodes[nodes >= sheet.offset])
                    touched[id(sheet)] = sheet, nodes
        boards: dict[int, tuple[Sheet, list[Ints]]] = {}
        for sheet, nodes in touched.values():
            boards.setdefault(id(sheet.board()), (sheet, []))[1].append(nodes)
        units = {}
        for board, (sheet, several) in boards.items():
            nodes = np.unique(np.concatenate(several))
            self._rejudge(sheet, nodes, sheet.index[period])
            units[board] = nodes + sheet.offset
        self._reclimb(units)

    def _resum(self, sheet: QuickSheet, k: int, place: int) -> Ints:
        """Sum a source's grounds anew, then their ancestors; gives the units."""
        kind, (walk, block) = sheet.kind, self._parts(sheet, k)
        plane = walk.planes[0]
        source = int(np.searchsorted(plane.reporting, place))
        if source >= len(plane.reporting) or plane.reporting[source] != place:
            return np.zeros(0, dtype=np.int64)
        grounds, nodes, steps = self._touched(walk, source)
        totals = sheet.totals[k]
        ptr = plane.weights.indptr
        for node in grounds:
            here = slice(ptr[node], ptr[node + 1])
            some = kind.source(block[plane.weights.indices[here]])
            totals[node] = kind.regather(some, plane.weights.data[here])
        for node, below in steps:
            totals[node] = kind.regrow(totals[below])
        out = self._room(sheet, len(nodes))
        sheet.finish(Where(walk, nodes, block), totals[nodes], out)
        _write(sheet.room(), k, nodes, out)
        return nodes

    def _touched(self, walk: Crosswalk, source: int) -> tuple[Ints, Ints, Climb]:
        """Ground nodes of a source, the unit nodes it lies in, and their climb."""
        key = (id(walk), source)
        if key not in self._nodes:
            plane = walk.planes[0]
            grounds = plane.grounds_of
            at = slice(grounds.indptr[source], grounds.indptr[source + 1])
            inside = plane.touched_by
            span = slice(inside.indptr[source], inside.indptr[source + 1])
            units = inside.indices[span]
            units = np.sort(units[units < walk.units]).astype(np.int64)
            found = grounds.indices[at].astype(np.int64)
            self._nodes[key] = found, units, self._climb(walk, units)
        return self._nodes[key]

    def _retest(self, sheet: TestedSheet, k: int, units: Ints) -> Ints:
        """Test the touched units anew, then sum their ancestors; gives nodes."""
        nodes = units - sheet.offset
        tested, tree = sheet.tested, sheet.tree
        if not len(nodes):
            return nodes
        base = sheet.base(sheet.periods[k])
        totals = sheet.totals[k]
        own = nodes[nodes < tested.own]
        totals[own] = tested.tests(base, own)
        for node, below in self._climb(tree, nodes):
            totals[node] = np.add.reduce(totals[below], axis=0)
        out = self._room(sheet, len(nodes))
        with np.errstate(all="ignore"):
            tested.finish(totals[nodes], out)
        none = np.isnan(out.value)
        here = nodes < tested.own
        if none[here].any():
            wants = tested.own_wants(base, own)
            wants *= totals[own, : tested.n] > 0
            reason = given_reason(wants, out.reported[here])
            out.want[here] = np.where(none[here], reason, out.want[here])
        _write(sheet.room(), k, nodes, out)
        for row in np.flatnonzero(none.any(axis=1) & ~here).tolist():
            self._reason_again(sheet, k, int(nodes[row]), none[row])
        return nodes

    def _reason_again(self, sheet: TestedSheet, k: int, node: int, none: Bools) -> None:
        """Why nothing is known at an inner node: what its children say."""
        stack = sheet.room()
        want = stack.want[k]
        below = self._children[id(sheet.tree)][node]
        wants = np.bitwise_or.reduce(want[below], axis=0)
        reason = given_reason(wants, stack.reported[k, node])
        want[node] = np.where(none, reason, want[node])

    def _climb(self, walk: Crosswalk, nodes: Ints) -> Climb:
        """Inner nodes among `nodes`, lowest first, each with its children."""
        if id(walk) not in self._children:
            self._children[id(walk)] = _children(walk)
        children = self._children[id(walk)]
        return [(node, children[node]) for node in nodes.tolist() if node in children]

    def _rejudge(self, sheet: Sheet, nodes: Ints, k: int) -> None:
        for group, verdicts in zip(
            self.targets.groups, self.result.verdicts, strict=True
        ):
            if group.cells is not sheet.shared or not len(nodes):
                continue
            group.rebase(k, nodes)
            group.compare(k, nodes)
            rejudge(group, nodes, verdicts)

    def _reclimb(self, boards: Mapping[int, Ints]) -> None:
        for result in self.result.sets:
            changed: set[int] = set()
            for _, bars in self.sets.bars.get(result.found.id, ()):
                units = boards.get(id(bars.cells))
                if units is None:
                    continue
                at = self._positions(result)[units]
                at = at[at >= 0]
                if len(at):
                    bars.judge(at)
                    changed.update(at.tolist())
            if changed:
                self._join(result, np.array(sorted(changed), dtype=np.int64))

    def _positions(self, result: SetResult) -> Ints:
        """Where each unit of the map stands in the rows of a set; -1 nowhere."""
        name = result.found.id
        if name not in self._places_of:
            found = np.full(len(self.run.places), -1, dtype=np.int64)
            found[result.rows] = np.arange(len(result.rows))
            self._places_of[name] = found
        return self._places_of[name]

    def _join(self, result: SetResult, at: Ints) -> None:
        nodes: dict[str, Ints] = {}
        levels: list[Ints] = []
        part = Part(result.rows[at], result.leaves, at)
        self.sets.climb(result.found, part, nodes, levels)
        for name, codes in nodes.items():
            result.nodes[name][at] = codes
        for kept, codes in zip(result.levels, levels, strict=True):
            kept[at] = codes
        reached, possible = ladder(levels, len(at))
        result.reached[at], result.possible[at] = reached, possible


def _children(walk: Crosswalk) -> dict[int, Array]:
    """The children of every inner node of a tree."""
    found = {}
    for step in walk.steps:
        matrix = step.children
        for node in range(step.begin, step.end):
            row = node - step.begin
            span = slice(matrix.indptr[row], matrix.indptr[row + 1])
            found[node] = matrix.indices[span]
    return found


def reads_others(node: Node) -> bool:
    """Whether the node looks beyond the unit, or into another set."""
    if isinstance(node, LevelOf | ShareOfLower):
        return True
    return any(reads_others(part) for part in parts_of(node))


def _write(stack: Cells, k: int, nodes: Ints, found: Cells) -> None:
    """Put the cells of some nodes back; who is expected does not change."""
    for name in REPORTED:
        getattr(stack, name)[k, nodes] = getattr(found, name)
