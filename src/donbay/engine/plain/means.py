"""The value and the weight of one group for a `mean` (MEANING 4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from donbay.domain.indicators import OverTime
from donbay.domain.periods import Period
from donbay.domain.quantities import Range
from donbay.domain.verdicts import Want
from donbay.engine.plain import ranges
from donbay.engine.plain.figures import (
    NO_ROWS,
    NOTHING,
    Ask,
    Cell,
    Guess,
    Portion,
    Said,
)
from donbay.engine.plain.lots import over_time, time_rule, weight_of
from donbay.engine.plain.pairs import said
from donbay.engine.plain.ties import Piece, Ties
from donbay.engine.plain.world import World, asked_of

ONE = Said(Cell((1.0, Range(1.0, 1.0)), NO_ROWS), NO_ROWS)


class Weight(NamedTuple):
    """What a group weighs over time; without a guess it is left out above."""

    guess: Guess | None
    wants: Want
    rows: frozenset[int]


class Voice(NamedTuple):
    """What one reporting unit said: its value, its weight, and how much is here."""

    piece: Piece
    value: Said
    weight: Said

    @property
    def pair(self) -> tuple[Cell, Cell] | None:
        """Value and weight, if both were said and it weighs something."""
        value, weight = self.value.cell, self.weight.cell
        return (value, weight) if value and weight and weight.guess[0] else None


def own(world: World, ask: Ask, ties: Ties, group: int) -> Portion:
    """The mean at the group itself, which needs no weight above it."""
    periods = world.sub_periods(ask)
    rule = time_rule(world, ask)
    asked = asked_of(rule, periods)
    needed = [p for p in asked if ties.pieces(group, p)]
    means = [_mean_of(_voices(world, ask, ties.pieces(group, p), p)) for p in needed]
    return means[0] if len(asked) == 1 else over_time(rule, means)


def weighed(world: World, ask: Ask, ties: Ties, group: int) -> Portion:
    """The same with its weight over time, as it counts in a unit above."""
    mean = own(world, ask, ties, group)
    if not mean.guess:
        return mean
    weight = _weight(world, ask, ties, group)
    if not weight.guess or not weight.guess[0]:
        lack = Want.ZERO_DENOMINATOR if weight.guess else weight.wants
        return replace(mean, guess=None, reporting=0.0, wants=lack, rows=NO_ROWS)
    many = len(world.sub_periods(ask)) > 1
    steady = not (many and world.indicator(ask.indicator).carry)
    return replace(
        mean,
        weight=weight.guess,
        rows=mean.rows | weight.rows,
        brittle=mean.brittle and steady,
        sure=mean.sure and steady,
    )


def _voices(
    world: World, ask: Ask, pieces: Sequence[Piece], period: Period
) -> list[Voice]:
    indicator, ledger = world.indicator(ask.indicator), world.ledger
    found = []
    for piece in pieces:
        value = ledger.said(indicator, ask.category, piece.unit, period)
        weight = ONE
        if indicator.weight:
            weight = said(world, ask, indicator.weight, piece.unit, period)
        found.append(Voice(piece, value, weight))
    return found


def _mean_of(voices: Sequence[Voice]) -> Portion:
    """In one sub-period; the value of a single whole unit needs no weight."""
    alone = len(voices) == 1 and voices[0].piece.weight == 1.0
    if alone and (cell := voices[0].value.cell):
        return _portion(voices, voices, cell.guess, cell.rows)
    values, weights, counted, rows = [], [], [], NO_ROWS
    for voice in voices:
        if voice.pair:
            value, weight = voice.pair
            part = voice.piece.weight
            product = ranges.product(value.guess, weight.guess)
            values.append(ranges.scaled(product, part))
            weights.append(ranges.scaled(weight.guess, part))
            counted.append(voice)
            rows |= value.rows | weight.rows
    guess = ranges.quotient(ranges.total(values), ranges.total(weights))
    return _portion(voices, counted, guess, rows)


def _portion(
    voices: Sequence[Voice],
    counted: Sequence[Voice],
    guess: Guess | None,
    rows: frozenset[int],
) -> Portion:
    heard = NO_ROWS.union(*(voice.value.heard for voice in voices))
    lack = _lack(voices) if heard else Want.NOT_REPORTED
    return Portion(
        guess=guess,
        expected=weight_of([voice.piece for voice in voices]),
        reporting=weight_of([voice.piece for voice in counted]) if guess else 0.0,
        wants=NOTHING if guess else lack,
        rows=rows,
        heard=heard,
        brittle=len(voices) == 1,
        sure=True,
    )


def _lack(voices: Sequence[Voice]) -> Want:
    """Why units that gave a value do not count: no weight was said, or it is 0."""
    wants = NOTHING
    for voice in voices:
        if voice.value.cell:
            wants |= Want.ZERO_DENOMINATOR if voice.weight.cell else Want.INCOMPLETE
    return wants


def _weight(world: World, ask: Ask, ties: Ties, group: int) -> Weight:
    """By the weight's own time rule; where the value is needed too, of both."""
    periods = world.sub_periods(ask)
    valued = asked_of(time_rule(world, ask), periods)
    name = world.indicator(ask.indicator).weight
    if not name:
        voices = _voices(world, ask, ties.pieces(group, periods[-1]), periods[-1])
        return Weight(_weight_of(_counted(voices, valued=True)), NOTHING, NO_ROWS)
    rule = world.indicator(name).over_time or OverTime.LAST
    guesses: list[Guess | None] = []
    wants, rows = NOTHING, NO_ROWS
    for period in asked_of(rule, periods):
        if pieces := ties.pieces(group, period):
            voices = _voices(world, ask, pieces, period)
            counted = _counted(voices, valued=period in valued)
            wants |= _lack(voices) if period in valued else Want.INCOMPLETE
            guesses.append(_weight_of(counted))
            cells = [voice.weight.cell for voice in counted]
            rows = rows.union(*(cell.rows for cell in cells if cell))
    known = [guess for guess in guesses if guess]
    whole = len(known) == len(guesses)
    return Weight(ranges.over_time(rule, known) if whole else None, wants, rows)


def _counted(voices: Sequence[Voice], *, valued: bool) -> Collection[Voice]:
    return [v for v in voices if (v.pair if valued else v.weight.cell)]


def _weight_of(voices: Collection[Voice]) -> Guess | None:
    cells = [(voice.weight.cell, voice.piece.weight) for voice in voices]
    guesses = [ranges.scaled(cell.guess, part) for cell, part in cells if cell]
    return ranges.total(guesses) if guesses else None
