"""Values of one group of map units: `sum`, `min`, `max`, `none` (MEANING 2, 6, 16)."""

from __future__ import annotations

from collections.abc import Sequence

from donbay.domain.indicators import OverTime, RollUp
from donbay.domain.periods import Period
from donbay.domain.verdicts import Want
from donbay.engine.plain import ranges
from donbay.engine.plain.figures import (
    NO_ROWS,
    NOTHING,
    Ask,
    Cell,
    Guess,
    Portion,
)
from donbay.engine.plain.ties import Piece, Ties
from donbay.engine.plain.world import World, asked_of


def time_rule(world: World, ask: Ask) -> OverTime:
    rule = world.indicator(ask.indicator).over_time
    return OverTime.SUM if ask.running else rule or OverTime.LAST


def portion(world: World, ask: Ask, ties: Ties, group: int) -> Portion:
    """The group's value over all sub-periods that are needed."""
    rule = time_rule(world, ask)
    periods = world.sub_periods(ask)
    asked = asked_of(rule, periods)
    needed = [p for p in asked if ties.pieces(group, p)]
    found = [in_sub_period(world, ask, ties.pieces(group, p), p) for p in needed]
    return found[0] if len(asked) == 1 else over_time(rule, found)


def over_time(rule: OverTime, found: Sequence[Portion]) -> Portion:
    """Portions of the needed sub-periods, of which the last is the period's last."""
    guesses = [portion.guess for portion in found if portion.guess]
    whole = len(guesses) == len(found)
    heard = NO_ROWS.union(*(portion.heard for portion in found))
    wants = NOTHING
    for portion in found if whole else [p for p in found if not p.guess]:
        wants |= Want.GAP if _is_gap(portion) else portion.wants
    if heard:
        wants &= ~Want.NOT_REPORTED
    else:
        wants = Want.NOT_REPORTED | (wants & Want.NOT_WHOLE)
    expected = found[-1].expected
    return Portion(
        guess=ranges.over_time(rule, guesses) if whole else None,
        expected=expected,
        reporting=expected * min(p.reporting / p.expected for p in found),
        wants=wants,
        rows=NO_ROWS.union(*(portion.rows for portion in found)),
        heard=heard,
        brittle=all(portion.brittle for portion in found),
        sure=all(portion.brittle for portion in found),
    )


def _is_gap(portion: Portion) -> bool:
    """Nothing is there; what cannot be divided is no gap in time."""
    return portion.guess is None and Want.NOT_WHOLE not in portion.wants


def in_sub_period(
    world: World, ask: Ask, pieces: Sequence[Piece], period: Period
) -> Portion:
    indicator, ledger = world.indicator(ask.indicator), world.ledger
    heard = NO_ROWS
    cells: list[tuple[Piece, Cell]] = []
    for piece in pieces:
        said = ledger.said(indicator, ask.category, piece.unit, period)
        heard |= said.heard
        if said.cell:
            cells.append((piece, said.cell))
    wants, guess = NOTHING if heard else Want.NOT_REPORTED, None
    if indicator.roll_up is RollUp.NONE and not _is_one_whole(pieces):
        wants |= Want.NOT_WHOLE
    elif len(cells) < len(pieces):
        wants |= Want.INCOMPLETE if heard else NOTHING
        guess = _together(indicator.roll_up, cells) if cells else None
        guess = ranges.widened(indicator, guess) if guess else None
    else:
        guess = _together(indicator.roll_up, cells)
    return Portion(
        guess=guess,
        expected=weight_of(pieces),
        reporting=weight_of([piece for piece, _ in cells]),
        wants=wants,
        rows=NO_ROWS.union(*(cell.rows for _, cell in cells)),
        heard=heard,
        brittle=len(pieces) == 1,
        sure=True,
    )


def _together(roll_up: RollUp, cells: Sequence[tuple[Piece, Cell]]) -> Guess:
    guesses = [ranges.scaled(cell.guess, piece.weight) for piece, cell in cells]
    return ranges.up_the_tree(roll_up, guesses)


def _is_one_whole(pieces: Sequence[Piece]) -> bool:
    return len(pieces) == 1 and pieces[0].weight == 1.0


def weight_of(pieces: Sequence[Piece]) -> float:
    total = 0.0
    for piece in pieces:
        total += piece.weight
    return total
