"""Up the tree: the figure of a unit from the groups inside it (MEANING 1, 2, 6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.quantities import less
from donbay.domain.verdicts import Want
from donbay.engine.plain import ranges
from donbay.engine.plain.figures import (
    NO_ROWS,
    NOTHING,
    Figure,
    Guess,
    Portion,
    reason_for,
)


class Torn(NamedTuple):
    """Why a unit cannot be told from its neighbours, and what was said there.

    Without `flags` it can.
    """

    flags: Want = NOTHING
    heard: frozenset[int] = NO_ROWS


def gathered(
    indicator: Indicator, portions: Sequence[Portion], torn: Torn, *, own: bool
) -> Figure:
    """`sum`, `min`, `max`, and `none`, which has no value above its own level."""
    if indicator.roll_up is RollUp.NONE:
        torn = torn._replace(flags=torn.flags | _broken(portions, own=own))
    guesses = [portion.guess for portion in portions if portion.guess]
    if not guesses:
        return _figure(indicator, portions, None, torn)
    guess = ranges.up_the_tree(indicator.roll_up, guesses)
    if not any(p.guess is None or Want.INCOMPLETE in p.wants for p in portions):
        return _figure(indicator, portions, guess, torn)
    partial = ranges.widened(indicator, guess)
    return _figure(indicator, portions, partial, torn, Want.INCOMPLETE)


def _broken(portions: Sequence[Portion], *, own: bool) -> Want:
    whole = own and not any(Want.NOT_WHOLE in portion.wants for portion in portions)
    return NOTHING if whole else Want.NOT_WHOLE


def divided(indicator: Indicator, portions: Sequence[Portion], torn: Torn) -> Figure:
    """`ratio`: scale times the sum of numerators over that of denominators."""
    pairs = [(p.guess, p.weight) for p in portions if p.guess and p.weight]
    if not pairs:
        return _figure(indicator, portions, None, torn)
    first = ranges.total([guess for guess, _ in pairs])
    second = ranges.total([weight for _, weight in pairs])
    guess = ranges.quotient(first, second)
    if not guess:
        return _figure(indicator, portions, None, torn, Want.ZERO_DENOMINATOR)
    return _figure(indicator, portions, ranges.scaled(guess, indicator.scale), torn)


def meant(indicator: Indicator, portions: Sequence[Portion], torn: Torn) -> Figure:
    """`mean` above its own level: each group by its weight, if it weighs anything."""
    pairs = [
        (p.guess, p.weight) for p in portions if p.guess and p.weight and p.weight[0]
    ]
    if not pairs:
        return _figure(indicator, portions, None, torn)
    products = ranges.total([ranges.product(x, weight) for x, weight in pairs])
    guess = ranges.quotient(products, ranges.total([weight for _, weight in pairs]))
    missing = NOTHING if guess else Want.ZERO_DENOMINATOR
    return _figure(indicator, portions, guess, torn, missing)


def kept(indicator: Indicator, portions: Sequence[Portion], torn: Torn) -> Figure:
    """The value of the one group that the unit is, as it is."""
    guess = portions[0].guess if portions else None
    return _figure(indicator, portions, guess, torn)


def _figure(
    indicator: Indicator,
    portions: Sequence[Portion],
    guess: Guess | None,
    torn: Torn,
    wants: Want = NOTHING,
) -> Figure:
    heard = torn.heard.union(*(portion.heard for portion in portions))
    if torn.flags or not guess:
        if torn.flags:
            wants = torn.flags | Want.NOT_REPORTED
        elif not wants:
            for portion in portions:
                wants |= portion.wants
        return Figure(
            guess=None,
            expected=True,
            coverage=None if torn.flags else _coverage(portions),
            wants=reason_for(wants, heard),
            judged=False,
            rows=heard,
            heard=heard,
        )
    coverage = _coverage(portions)
    low = indicator.roll_up in {RollUp.RATIO, RollUp.MEAN} and less(
        coverage, indicator.min_coverage
    )
    counted = [portion for portion in portions if portion.guess]
    return Figure(
        guess=guess,
        expected=True,
        coverage=coverage,
        wants=wants | (Want.LOW_COVERAGE if low else NOTHING),
        judged=not low,
        rows=NO_ROWS.union(*(portion.rows for portion in counted)),
        heard=heard,
        sure=all(portion.sure for portion in counted),
        brittle=len(counted) == 1 and counted[0].brittle,
    )


def _coverage(portions: Sequence[Portion]) -> float:
    expected = reporting = 0.0
    for portion in portions:
        expected += portion.expected
        reporting += portion.reporting
    return reporting / expected
