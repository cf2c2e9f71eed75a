"""Sheets side by side on a board, of which a few units are summed anew as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from donbay.domain.formulas import Operand
from donbay.domain.periods import Period
from donbay.engine.fast.abreast import Abreast, side_by_side
from donbay.engine.fast.arrays import NONE, Array, Bools, Floats, Ints
from donbay.engine.fast.cells import Cells
from donbay.engine.fast.computed import Base, Formulas, blank
from donbay.engine.fast.crosswalk import Crosswalk
from donbay.engine.fast.joint import Joint
from donbay.engine.fast.sheets import (
    FormulaSheet,
    QuickSheet,
    Sheet,
    TestedSheet,
    given_reason,
)
from donbay.engine.fast.shown import Where

WRITTEN = (("value", "least", "most", "coverage"), ("want", "judged", "reported"))
"""What changes of cells; who is expected does not, and the ends shown are `least`."""


class Reached:
    """On boards, by identity: places of the map and columns that may have changed."""

    def __init__(self) -> None:
        self.units: dict[int, Ints] = {}
        self.columns: dict[int, Bools] = {}

    def note(self, sheet: Sheet, nodes: Ints, columns: Bools) -> None:
        """Some units of a sheet, in some columns of its board."""
        if not len(nodes):
            return
        board, units = id(sheet.board()), nodes + sheet.offset
        if board in self.units:
            self.units[board] = union([self.units[board], units])
            self.columns[board] = self.columns[board] | columns
        else:
            self.units[board], self.columns[board] = units, columns

    def on(self, boards: Iterable[int]) -> Ints:
        """The places on any of some boards."""
        return union([self.units[one] for one in boards if one in self.units])


def union(several: Sequence[Ints]) -> Ints:
    """All of some rising places."""
    if not several:
        return NONE
    if len({one.tobytes() for one in several}) == 1:
        return several[0]
    return np.unique(np.concatenate(several))


class Room:
    """Room for the cells of a few units of neighbouring columns, put back at once."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        whole, first = sheets[0].board(), sheets[0].first
        self.board = whole.value.shape[2]
        self.width = sum(len(sheet.requests) for sheet in sheets)
        self.units = sheets[0].units
        self.stack = whole.columns(first, first + self.width)
        here = slice(first, first + self.width)
        self.flat = [
            part[..., here].reshape(len(part), -1, self.width)
            for part in together(whole)
        ]
        self._kept: dict[int, Cells] = {}
        self._writes: dict[int, list[tuple[Array, Array]]] = {}

    def of(self, nodes: int) -> Cells:
        """Cells of so many units, the same ones each time."""
        if nodes not in self._kept:
            found = blank(1, nodes, self.width)
            rooms = [part[:, 0] for part in together(found)]
            self._kept[nodes] = found.at(0)
            self._writes[nodes] = list(zip(self.flat, rooms, strict=True))
        return self._kept[nodes]

    def put(self, k: int, nodes: Ints) -> None:
        """Write them to some units of the k-th period."""
        rows = nodes + k * self.units
        for part, found in self._writes[len(nodes)]:
            part[:, rows] = found


def together(stack: Cells) -> list[Array]:
    """What is written of a stack that was made as one, several arrays at once."""
    found = []
    for names in WRITTEN:
        whole = getattr(stack, names[0]).base
        if whole is None or len(whole) != len(names):
            raise ValueError(names)
        found.append(whole)
    return found


class Strand:
    """Quick sheets whose sources reach the same nodes.

    `affects` is [elements of the form x columns of the board].
    """

    def __init__(self, sheets: Sequence[QuickSheet], elements: int) -> None:
        self.lead, self.room = sheets[0], Room(sheets)
        kinds = [sheet.kind for sheet in sheets]
        self.joint = Joint(kinds) if Joint.joins(kinds) else None
        self.kinds = Abreast([self.joint] if self.joint else kinds)
        self.affects = _affects(sheets, elements)
        self.totals = [self._joined(sheets, k) for k in range(len(self.lead.periods))]
        self._parts: dict[int, tuple[Crosswalk, Floats]] = {}
        self._views: dict[int, list[Cells]] = {}

    def _joined(self, sheets: Sequence[QuickSheet], k: int) -> Floats:
        """The sums of all sheets side by side: they are kept here from now on."""
        totals = [sheet.totals.pop(k) for sheet in sheets]
        return self.joint.joined(totals) if self.joint else side_by_side(totals)

    def parts(self, k: int) -> tuple[Crosswalk, Floats]:
        if k in self._parts:
            return self._parts[k]
        walk, block = self.lead.parts(self.lead.periods[k])
        if block.base is not None:  # a view follows what is written; a copy does not
            self._parts[k] = walk, block
        return walk, block

    def resum(self, k: int, place: int) -> Ints:
        """Sum a unit's grounds anew, then their ancestors; gives the units."""
        walk, block = self.parts(k)
        reporting = walk.planes[0].reporting
        source = int(reporting.searchsorted(place))
        if source >= len(reporting) or reporting[source] != place:
            return NONE
        grounds, nodes, climb = walk.reach(source)
        where = Where(walk, nodes, block)
        totals = self.totals[k]
        self._gather(where, grounds, totals)
        for node, below in climb:
            totals[node] = self.kinds.regrow(totals[below])
        out = self.room.of(len(nodes))
        self.kinds.finish(where, totals.take(nodes, axis=0), out, self._views_of(out))
        self.room.put(k, nodes)
        return nodes

    def _gather(self, where: Where, grounds: list[int], totals: Floats) -> None:
        weights = where.plane.weights
        for node in grounds:
            here = slice(weights.indptr[node], weights.indptr[node + 1])
            source = self.kinds.source(where.block.take(weights.indices[here], axis=0))
            totals[node] = self.kinds.regather(source, weights.data[here])

    def _views_of(self, out: Cells) -> list[Cells]:
        nodes = len(out.value)
        if nodes not in self._views:
            self._views[nodes] = self.kinds.views(out)
        return self._views[nodes]


def _affects(sheets: Sequence[QuickSheet], elements: int) -> Bools:
    """[elements x columns of the board]: which columns come from an element."""
    width = sheets[0].board().value.shape[2]
    found = np.zeros((elements, width), dtype=bool)
    for sheet in sheets:
        for column, reads in enumerate(sheet.reads, sheet.first):
            found[reads, column] = True
    return found


class TestedStrand:
    """A tested sheet, of which a few units are tested and summed anew."""

    def __init__(self, sheet: TestedSheet) -> None:
        self.lead, self.room = sheet, Room([sheet])
        self.tree, self.reads = sheet.tree, self._read_on_boards()
        self.bases = set(self.reads)
        self.tested, self.totals = sheet.tested, dict(sheet.totals)
        self._based: dict[int, list[Base]] = {}
        sheet.totals.clear()

    def _read_on_boards(self) -> dict[int, Ints]:
        """By board: columns of the sheet's own, and which they read there."""
        found: dict[int, list[tuple[int, int]]] = {}
        for own, (base, column) in enumerate(self.lead.bases, self.lead.first):
            at = found.setdefault(id(base.board()), [])
            at.append((own, base.first + column))
        return {board: np.array(at).T for board, at in found.items()}

    def _base(self, k: int) -> list[Base]:
        """What the conditions read of the k-th period."""
        if k not in self._based:
            self._based[k] = self.lead.based(self.lead.periods[k])
        return self._based[k]

    def affected(self, reached: Reached) -> Bools:
        """The columns of its board whose conditions read what may have changed."""
        found = np.zeros(self.room.board, dtype=bool)
        for board, (own, read) in self.reads.items():
            if board in reached.columns:
                found[own] = reached.columns[board].take(read)
        return found

    def renew(self, k: int, nodes: Ints) -> None:
        """Test units anew, and sum their ancestors from their children."""
        tested, totals, bases = self.tested, self.totals[k], self._base(k)
        own = nodes[: nodes.searchsorted(tested.own)]
        tests = tested.tests(bases, own)
        totals[own] = tests
        for node, below in self.tree.above(nodes):
            totals[node] = np.add.reduce(totals[below], axis=0)
        out = self.room.of(len(nodes))
        none = tested.finish(totals.take(nodes, axis=0), out)
        if not none.any():
            self.room.put(k, nodes)
            return
        here = slice(0, len(own))
        wants = tested.own_wants(bases, own, tests)
        reason = given_reason(wants, out.reported[here])
        np.copyto(out.want[here], reason, where=none[here])
        self.room.put(k, nodes)
        for row in range(len(own), len(nodes)):
            if none[row].any():
                self._reason_again(k, int(nodes[row]), none[row])

    def _reason_again(self, k: int, node: int, none: Bools) -> None:
        """Why nothing is known at an inner node: what its children say."""
        want, reported = self.room.stack.want[k], self.room.stack.reported[k]
        below = self.tree.children.get(node, NONE)
        wants = np.bitwise_or.reduce(want[below], axis=0)
        reason = given_reason(wants, reported[node])
        want[node] = np.where(none, reason, want[node])


class FormulaStrand:
    """One formula over operands of its own periods."""

    def __init__(self, sheet: FormulaSheet) -> None:
        self.lead, self.room = sheet, sheet.room()
        self.bases = {id(base.board()) for base in sheet.bases}

    def affected(self, reached: Reached) -> Bools:
        """Its one column, if what it rests on may have changed."""
        found = np.zeros(self.lead.board().value.shape[2], dtype=bool)
        found[self.lead.first] = any(
            columns[base.first : base.first + len(base.requests)].any()
            for base in self.lead.bases
            if (columns := reached.columns.get(id(base.board()))) is not None
        )
        return found

    def renew(self, k: int, nodes: Ints) -> None:
        """Work out the formula anew at some units."""
        sheet, fetch = self.lead, self.lead.formulas.fetch

        def few(operand: Operand, period: Period) -> Cells:
            cells = fetch(operand, period).tail(sheet.units)
            return cells.each(lambda part: part[nodes])

        found = Formulas(few, len(nodes)).cells(sheet.formula, sheet.periods[k])
        for name, part in vars(found).items():
            getattr(self.room, name)[k, nodes] = part


def stranded(sheets: Sequence[Sheet]) -> list[list[QuickSheet]]:
    """Quick sheets, together where they are summed anew as one."""
    found: dict[tuple[object, ...], list[QuickSheet]] = {}
    for sheet in sheets:
        if isinstance(sheet, QuickSheet):
            key = (id(sheet.board()), sheet.strand)
            found.setdefault(key, []).append(sheet)
    return list(found.values())
