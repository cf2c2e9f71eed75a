"""Indicators worked out from others: `share`, `count`, `formula` (MEANING 2, 5, 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from donbay.domain.formulas import Formula, Number, Operand, Operator, operands
from donbay.domain.indicators import Condition, Indicator, RollUp
from donbay.domain.periods import Period
from donbay.domain.quantities import Range
from donbay.domain.verdicts import Want
from donbay.engine.plain import calendar, ranges
from donbay.engine.plain.figures import (
    NO_ROWS,
    NOBODY,
    NOTHING,
    Ask,
    Figure,
    Guess,
    first,
    reason_for,
)
from donbay.engine.plain.world import World

Figures = Callable[[Ask, str], Figure]


# --- share and count -----------------------------------------------------------------


class Answer(NamedTuple):
    """What one unit of the tested level says to the condition."""

    holds: bool | None
    base: Figure

    @property
    def wants(self) -> Want:
        """Why the answer is not known; a value that decides nothing is partial."""
        undecided = Want.INCOMPLETE if self.base.guess else NOTHING
        return self.base.wants | undecided


def tested(world: World, figures: Figures, ask: Ask, unit: str) -> Figure:
    """Of the units inside, how many satisfy the condition."""
    indicator = world.indicator(ask.indicator)
    if indicator.condition is None:
        raise ValueError(indicator.id)
    below = [
        other
        for other in world.atlas.units_of(indicator.level)
        if world.atlas.is_inside(other, unit)
    ]
    asked = [_answer(world, figures, ask, indicator.condition, u) for u in below]
    answers = [answer for answer in asked if answer.base.expected]
    if not answers:
        return NOBODY
    known = [answer for answer in answers if answer.holds is not None]
    heard = NO_ROWS.union(*(answer.base.heard for answer in answers))
    if known:
        guess = _tally(indicator, known, len(answers))
        wants = NOTHING if len(known) == len(answers) else Want.INCOMPLETE
    else:
        guess, wants = None, NOTHING
        for answer in answers:
            wants |= answer.wants
        wants = reason_for(wants, heard)
    return Figure(
        guess=guess,
        expected=True,
        coverage=len(known) / len(answers),
        wants=wants,
        judged=guess is not None,
        rows=NO_ROWS.union(*(a.base.rows for a in known)) if known else heard,
        heard=heard,
        sure=bool(known) and all(answer.base.brittle for answer in known),
        brittle=len(known) == 1 and known[0].base.brittle,
    )


def _answer(
    world: World, figures: Figures, ask: Ask, condition: Condition, unit: str
) -> Answer:
    clauses = world.clauses(world.indicator(condition.indicator), ask.clauses)
    base = figures(
        Ask(condition.indicator, condition.category, clauses, ask.period), unit
    )
    if not base.span:
        return Answer(None, base)
    return Answer(base.span.satisfies(condition.comparator, condition.value), base)


def _tally(indicator: Indicator, known: Sequence[Answer], expected: int) -> Guess:
    """Unknown ones may all be no, or all be yes."""
    yes = sum(1 for answer in known if answer.holds)
    most = yes + expected - len(known)
    if indicator.roll_up is RollUp.COUNT:
        return float(yes), Range(float(yes), float(most))
    scale = indicator.scale
    span = Range(scale * yes / expected, scale * most / expected)
    return scale * yes / len(known), span


# --- formula -------------------------------------------------------------------------


def formula(world: World, figures: Figures, ask: Ask, unit: str) -> Figure:
    """Arithmetic over the unit's own figures."""
    node = world.indicator(ask.indicator).formula
    if node is None:
        raise ValueError(ask.indicator)
    found = {o: _operand(world, figures, ask, o, unit) for o in operands(node)}
    parts = list(found.values())
    if not any(part.expected for part in parts):
        return NOBODY
    heard = NO_ROWS.union(*(part.heard for part in parts))
    missing = [part for part in parts if not part.guess]
    guess = None if missing else _worked_out(node, found)
    judged = all(part.judged for part in parts)
    steady = bool(guess) and not world.indicator(ask.indicator).carry
    brittle = steady and all(part.brittle for part in parts)
    even = steady and all(part.sure for part in parts)
    coverages = {part.coverage for part in parts}
    if guess:
        wants = _wants(parts) & Want.INCOMPLETE
        wants |= NOTHING if judged else Want.LOW_COVERAGE
    else:
        wants = first(_wants(missing)) if missing else Want.ZERO_DENOMINATOR
    return Figure(
        guess=guess,
        expected=True,
        coverage=_least([part.coverage for part in parts]),
        wants=wants,
        judged=judged and guess is not None,
        rows=NO_ROWS.union(*(part.rows for part in parts)) if guess else heard,
        heard=heard,
        sure=brittle or (even and len(coverages) == 1),
        brittle=brittle,
    )


def _wants(parts: Iterable[Figure]) -> Want:
    wants = NOTHING
    for part in parts:
        wants |= part.wants
    return wants


def _least(coverages: Sequence[float | None]) -> float | None:
    known = [coverage for coverage in coverages if coverage is not None]
    return min(known) if len(known) == len(coverages) else None


def _operand(
    world: World, figures: Figures, ask: Ask, operand: Operand, unit: str
) -> Figure:
    indicator = world.indicator(operand.indicator)
    clauses = world.clauses(indicator, ask.clauses)
    period = operand.period or ask.period.shift(-operand.lag)

    def at(when: Period) -> Figure:
        asked = Ask(operand.indicator, operand.category, clauses, when)
        return figures(asked, unit)

    if operand.indicator not in world.indicator(ask.indicator).carry:
        return at(period)
    past = calendar.ended(world.ledger.start, indicator, None, period.last)
    found = [figure for when in past if (figure := at(when)).guess]
    return found[0] if found else at(past[0]) if past else NOBODY


def _worked_out(node: Formula, found: dict[Operand, Figure]) -> Guess | None:
    """None where something is divided by 0."""
    match node:
        case Number(value=value):
            return value, Range(value, value)
        case Operand():
            return found[node].guess
    left, right = _worked_out(node.left, found), _worked_out(node.right, found)
    return _operation(node.operator, left, right) if left and right else None


def _operation(operator: Operator, left: Guess, right: Guess) -> Guess | None:
    match operator:
        case Operator.ADD:
            return left[0] + right[0], left[1] + right[1]
        case Operator.SUBTRACT:
            return left[0] - right[0], left[1] - right[1]
        case Operator.MULTIPLY:
            return ranges.product(left, right)
    return ranges.quotient(left, right)
