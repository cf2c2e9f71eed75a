"""What units said of the parts of a pair; one group of a `ratio` (MEANING 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from donbay.domain.indicators import OverTime
from donbay.domain.periods import Period
from donbay.domain.verdicts import Want
from donbay.engine.plain import ranges
from donbay.engine.plain.figures import (
    NO_ROWS,
    NOTHING,
    SILENCE,
    Ask,
    Guess,
    Portion,
    Said,
)
from donbay.engine.plain.lots import weight_of
from donbay.engine.plain.ties import Piece, Ties
from donbay.engine.plain.world import World, asked_of


def said(world: World, ask: Ask, part: str, unit: str, period: Period) -> Said:
    """A part's cell; of the last period that has one where the part is carried.

    What was carried from before the period was not said for it.
    """
    indicator, ledger = world.indicator(part), world.ledger
    category = ask.category if ask.category in indicator.categories else None
    if part not in world.indicator(ask.indicator).carry:
        return ledger.said(indicator, category, unit, period)
    found = ledger.carried(indicator, category, unit, period.last)
    if not found:
        return SILENCE
    when, cell = found
    return Said(cell, cell.rows if when.last >= period.first else NO_ROWS)


class Side(NamedTuple):
    """One part of a ratio in one sub-period."""

    guess: Guess | None
    coverage: float
    rows: frozenset[int]
    heard: frozenset[int]
    alone: bool


def ratio(world: World, ask: Ask, ties: Ties, group: int) -> Portion:
    """Numerator and denominator, each over time; both or there is neither."""
    periods = world.sub_periods(ask)
    sides = _sides(world, ask, ties, group)
    first, second = (_over_time(world, part, some) for part, some in sides)
    every = [side for _, some in sides for side in some]
    heard = NO_ROWS.union(*(side.heard for side in every))
    whole = bool(first and second)
    rules = [world.indicator(part).over_time for part in _parts(world, ask)]
    asked = {period for rule in rules for period in asked_of(rule, periods)}
    missing = Want.INCOMPLETE if len(asked) == 1 else Want.GAP
    expected = ties.expected(group, periods[-1])
    alone = all(side.alone for side in every)
    steady = len(periods) == 1 or not world.indicator(ask.indicator).carry
    return Portion(
        guess=first if whole else None,
        expected=expected,
        reporting=expected * min(side.coverage for side in every),
        wants=NOTHING if whole else missing if heard else Want.NOT_REPORTED,
        rows=NO_ROWS.union(*(side.rows for side in every)),
        heard=heard,
        brittle=steady and alone,
        sure=len(periods) == 1 or (steady and alone),
        weight=second if whole else None,
    )


def _sides(
    world: World, ask: Ask, ties: Ties, group: int
) -> list[tuple[str, list[Side]]]:
    """Per part, what there is in each sub-period that its time rule needs."""
    parts = _parts(world, ask)
    periods = world.sub_periods(ask)
    needed = {}
    for part in parts:
        asked = asked_of(world.indicator(part).over_time, periods)
        needed[part] = [p for p in asked if ties.pieces(group, p)]
    sides: list[tuple[str, list[Side]]] = []
    for part in parts:
        some = []
        for period in needed[part]:
            together = {other for other in parts if period in needed[other]}
            voices = [
                (piece, {p: said(world, ask, p, piece.unit, period) for p in parts})
                for piece in ties.pieces(group, period)
            ]
            some.append(_side(voices, part, together))
        sides.append((part, some))
    return sides


def _parts(world: World, ask: Ask) -> tuple[str, str]:
    indicator = world.indicator(ask.indicator)
    if not indicator.numerator or not indicator.denominator:
        raise ValueError(indicator.id)
    return indicator.numerator, indicator.denominator


def _side(
    voices: Sequence[tuple[Piece, Mapping[str, Said]]], part: str, together: set[str]
) -> Side:
    """The sum of a part over the units that report all parts needed together."""
    guesses, counted, rows, heard = [], [], NO_ROWS, NO_ROWS
    for piece, parts in voices:
        own = parts[part]
        heard |= own.heard
        cells = [parts[other].cell for other in together]
        if own.cell and None not in cells:
            guesses.append(ranges.scaled(own.cell.guess, piece.weight))
            counted.append(piece)
            rows |= own.cell.rows
    coverage = weight_of(counted) / weight_of([piece for piece, _ in voices])
    guess = ranges.total(guesses) if guesses else None
    return Side(guess, coverage, rows, heard, len(voices) == 1)


def _over_time(world: World, part: str, sides: Sequence[Side]) -> Guess | None:
    rule = world.indicator(part).over_time or OverTime.LAST
    guesses = [side.guess for side in sides if side.guess]
    whole = guesses and len(guesses) == len(sides)
    return ranges.over_time(rule, guesses) if whole else None
