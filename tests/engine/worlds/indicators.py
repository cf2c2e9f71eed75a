"""Indicators of every kind, each with the few numbers that its values are made of.

Few and round numbers make sums, quotients and targets meet exactly on their edges.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.engine.worlds.builder import TAGS
from tests.engine.worlds.dice import Dice
from tests.engine.worlds.territories import Land

from donbay.domain.formulas import operands, parse_formula
from donbay.domain.indicators import (
    Condition,
    Direction,
    Indicator,
    Measure,
    OverTime,
    RollUp,
)
from donbay.domain.periods import MONTHS, Frequency, Period, period_of
from donbay.domain.quantities import Comparator

Grid = tuple[float, ...]

GRIDS: dict[Grid, float] = {
    (0, 5, 10): 4,
    (0, 0, 1, 2, 3, 4): 3,
    (8, 10, 10, 12): 3,
    (0, 0.1, 0.2, 0.3): 2,
    (33.3, 50, 66.7): 1,
    (100, 250, 1000): 1,
    (0,): 0.3,
}
SIGNED: dict[Grid, float] = {(-5, 0, 5, 10): 3, (-1, 0, 1): 2, (-0.3, 0.1, 0.2): 1}
PARTS: dict[Grid, float] = {(0, 2, 4, 5, 8): 4, (0, 5, 10): 2, (0,): 0.3}
WHOLES: dict[Grid, float] = {(5, 10, 10): 4, (0, 5, 10): 2, (10,): 2, (0, 0, 10): 1}
FREQUENCIES = {
    Frequency.QUARTER: 4.0,
    Frequency.YEAR: 3.0,
    Frequency.HALF: 2.0,
    Frequency.MONTH: 1.0,
    Frequency.SPAN: 0.7,
}
KINDS = {
    RollUp.SUM: 3.0,
    RollUp.RATIO: 3.0,
    RollUp.MEAN: 3.0,
    RollUp.MIN: 1.5,
    RollUp.MAX: 1.5,
    RollUp.NONE: 1.2,
    RollUp.SHARE: 2.0,
    RollUp.COUNT: 2.0,
    RollUp.FORMULA: 4.0,
}
CATEGORIES = (("female", "male"), ("cash", "labour", "land"), ("a", "b"))
SCALES = {100.0: 4.0, 1.0: 2.0, 1000.0: 1.0, 1.1: 0.5}
SHAPES = {
    "100 * {a} / {b}": 3.0,
    "{a} + {b}": 2.0,
    "{a} - {b}": 2.0,
    "{a} * {b}": 1.0,
    "{a} / ({b} - {c})": 1.0,
    "10 - {a}": 1.5,
    "{a} / 4": 2.0,
    "{a} - {b} + {c} * 2": 1.0,
}


@dataclass
class Draft:
    """Indicators in the making, in the order in which they lean on each other."""

    land: Land
    dice: Dice
    years: range
    main: Frequency
    indicators: dict[str, Indicator] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)

    def add(self, indicator: Indicator, grid: Grid) -> Indicator:
        self.indicators[indicator.id] = indicator
        self.grids[indicator.id] = grid
        return indicator

    def name(self, kind: str) -> str:
        return f"{kind}{len(self.indicators)}"

    def level(self) -> str:
        lowest = self.land.levels[-1]
        if self.dice.chance(0.8):
            return lowest
        return self.dice.choice(self.land.levels)

    def frequency(self) -> Frequency:
        return self.main if self.dice.chance(0.8) else self.dice.of(FREQUENCIES)

    def scope(self) -> frozenset[str]:
        if self.dice.chance(0.85):
            return frozenset()
        return frozenset(self.dice.some(TAGS, 1, 2))

    def spans(self) -> tuple[Period, ...]:
        """The spans that every indicator reported by span declares here."""
        first, last = self.years[0], self.years[-1]
        ends = dict.fromkeys([(first - 1, first), (first, last), (first + 1, last + 1)])
        return tuple(
            Period(a * 12, (b - a + 1) * 12, Frequency.SPAN) for a, b in ends if a <= b
        )

    def with_spans(self, indicator: Indicator) -> Indicator:
        if indicator.frequency is not Frequency.SPAN:
            return indicator
        return replace(indicator, spans=self.spans())

    def collected(
        self, kind: RollUp, level: str, frequency: Frequency, grids: dict[Grid, float]
    ) -> Indicator:
        """An indicator that reports carry."""
        dice = self.dice
        over_time = dice.of(
            {None: 1, OverTime.SUM: 3, OverTime.LAST: 3, OverTime.MEAN: 2.5}
            | {OverTime.MAX: 1.5}
        )
        signed = grids is GRIDS and dice.chance(0.2)
        indicator = Indicator(
            id=self.name(kind.value),
            level=level,
            frequency=frequency,
            roll_up=kind,
            over_time=None if frequency is Frequency.SPAN else over_time,
            measure=Measure.FLOW if over_time is OverTime.SUM else Measure.STOCK,
            direction=dice.choice(tuple(Direction)),
            categories=dice.choice(CATEGORIES) if dice.chance(0.3) else (),
            non_negative=not signed,
            min_coverage=dice.of({0.8: 3, 0.5: 1, 1.0: 1, 0.0: 0.5}),
            scope=self.scope(),
        )
        grid = dice.of(SIGNED if signed else grids)
        return self.add(self.with_spans(indicator), grid)

    def leaning(self, kind: RollUp, level: str, frequency: Frequency) -> Indicator:
        """An indicator that is computed, without what it is computed from."""
        return self.with_spans(
            Indicator(
                id=self.name(kind.value),
                level=level,
                frequency=frequency,
                roll_up=kind,
                direction=self.dice.choice(tuple(Direction)),
                min_coverage=self.dice.of({0.8: 3, 0.5: 1, 1.0: 1, 0.0: 0.5}),
                scope=self.scope(),
            )
        )

    def coarsens(self, name: str) -> bool:
        """Whether it has a value for periods coarser than its own."""
        indicator = self.indicators[name]
        if indicator.frequency is Frequency.SPAN:
            return False
        own = not indicator.roll_up.collected or indicator.over_time is not None
        return own and all(self.coarsens(n) for n in self.leans_on(indicator))

    def leans_on(self, indicator: Indicator) -> list[str]:
        """What must have a coarser period wherever this one has."""
        named = [indicator.numerator, indicator.denominator, indicator.weight]
        found = [name for name in named if name]
        if indicator.condition:
            found.append(indicator.condition.indicator)
        here = operands(indicator.formula) if indicator.formula else ()
        found += [
            operand.indicator
            for operand in here
            if operand.indicator not in indicator.carry and not operand.period
        ]
        return found

    def categories(self, name: str) -> tuple[str, ...]:
        """The categories in which it can be asked for."""
        indicator = self.indicators[name]
        if indicator.roll_up.collected:
            return indicator.categories
        parts = [indicator.numerator, indicator.denominator]
        found = [c for p in parts if p for c in self.indicators[p].categories]
        return tuple(dict.fromkeys(found))

    def category(self, name: str) -> str | None:
        found = self.categories(name)
        return self.dice.choice(found) if found and self.dice.chance(0.5) else None

    def number(self, name: str) -> float:
        """A number that its values are likely to meet."""
        indicator, dice = self.indicators[name], self.dice
        grid = self.grids[name]
        if indicator.roll_up in (RollUp.SUM, RollUp.COUNT):
            return dice.choice(grid) * dice.choice((1, 1, 2, 3, 4))
        if indicator.roll_up in (RollUp.RATIO, RollUp.SHARE):
            return dice.choice((0.0, 0.5, 0.5, 0.8, 1.0, 1 / 3)) * indicator.scale
        return dice.choice(grid)


def collected(draft: Draft, kind: RollUp) -> None:
    draft.collected(kind, draft.level(), draft.frequency(), GRIDS)


def part(
    draft: Draft, level: str, frequency: Frequency, grids: dict[Grid, float]
) -> Indicator:
    """A sum to be a part or a weight: one that is there, or a new one."""
    there = [
        found
        for found in draft.indicators.values()
        if found.roll_up is RollUp.SUM
        and (found.level, found.frequency) == (level, frequency)
    ]
    if there and draft.dice.chance(0.3):
        return draft.dice.choice(there)
    return draft.collected(RollUp.SUM, level, frequency, grids)


def carried(draft: Draft, frequency: Frequency) -> tuple[Frequency, bool]:
    """A part's frequency, and whether it is carried."""
    if draft.dice.chance(0.85):
        return frequency, draft.dice.chance(0.05)
    return draft.dice.of(FREQUENCIES), True


def ratio(draft: Draft, kind: RollUp) -> None:
    level, frequency = draft.level(), draft.frequency()
    often, carry = carried(draft, frequency)
    above = part(draft, level, frequency, PARTS)
    below = part(draft, level, often, WHOLES)
    bare = draft.leaning(kind, level, frequency)
    draft.add(
        replace(
            bare,
            numerator=above.id,
            denominator=below.id,
            scale=draft.dice.of(SCALES),
            carry=frozenset([below.id] if carry and below.id != above.id else []),
        ),
        (),
    )


def mean(draft: Draft, kind: RollUp) -> None:
    level, frequency = draft.level(), draft.frequency()
    weight, carry = None, False
    if draft.dice.chance(0.7):
        often, carry = carried(draft, frequency)
        weight = part(draft, level, often, WHOLES).id
    value = draft.collected(kind, level, frequency, GRIDS)
    carry_of = frozenset([weight] if weight and carry else [])
    draft.indicators[value.id] = replace(value, weight=weight, carry=carry_of)


def tested(draft: Draft, kind: RollUp) -> None:
    """A share or count of the units of a level by the value of another indicator."""
    base = draft.dice.choice(list(draft.indicators.values()))
    levels = draft.land.above(base.level)
    level = base.level if draft.dice.chance(0.5) else draft.dice.choice(levels)
    bare = draft.leaning(kind, level, base.frequency)
    condition = Condition(
        base.id,
        draft.dice.choice(tuple(Comparator)),
        draft.number(base.id),
        draft.category(base.id),
    )
    scale = draft.dice.of(SCALES) if kind is RollUp.SHARE else 1.0
    draft.add(replace(bare, condition=condition, scale=scale), (0, 1, 2))


def formula(draft: Draft, kind: RollUp) -> None:
    dice, frequency = draft.dice, draft.frequency()
    there = list(draft.indicators.values())
    same = [found for found in there if found.frequency is frequency]
    if not same:
        frequency, same = there[0].frequency, [there[0]]
        same = [found for found in there if found.frequency is frequency]
    carry: set[str] = set()
    names = {}
    chosen: list[Indicator] = []
    for letter in "abc":
        indicator = dice.choice(same if dice.chance(0.85) else there)
        chosen.append(indicator)
        if indicator.frequency is not frequency or dice.chance(0.05):
            carry.add(indicator.id)
        names[letter] = operand(draft, indicator, frequency)
    tree = parse_formula(dice.of(SHAPES).format(**names))
    used = {found.indicator for found in operands(tree)}
    levels = [found.level for found in chosen if found.id in used]
    order = draft.land.levels
    level = min(levels, key=order.index)
    if dice.chance(0.1):
        level = dice.choice(order[: order.index(level) + 1])
    bare = draft.leaning(kind, level, frequency)
    grid = next(draft.grids[f.id] for f in chosen if f.id in used) or (0, 5, 10)
    draft.add(replace(bare, formula=tree, carry=frozenset(carry & used)), grid)


def operand(draft: Draft, indicator: Indicator, frequency: Frequency) -> str:
    """One operand as a pack writes it: now, some periods back, or at a fixed one."""
    dice = draft.dice
    category = draft.category(indicator.id)
    text = f'{indicator.id}["{category}"]' if category else indicator.id
    regular = Frequency.SPAN not in (frequency, indicator.frequency)
    if regular and dice.chance(0.2):
        return f"at({text}, {dice.choice((1, 1, 2, 4))})"
    if regular and dice.chance(0.35):
        return f'at({text}, "{fixed(draft, indicator)}")'
    return text


def fixed(draft: Draft, indicator: Indicator) -> Period:
    months = draft.dice.randrange(12 * len(draft.years))
    day = period_of(draft.spans()[1].first, Frequency.MONTH).shift(months).first
    coarser = [f for f, n in MONTHS.items() if n >= MONTHS[indicator.frequency]]
    if draft.coarsens(indicator.id) and draft.dice.chance(0.9):
        return period_of(day, draft.dice.choice(coarser))
    return period_of(day, indicator.frequency)


MAKERS: dict[RollUp, Callable[[Draft, RollUp], None]] = {
    RollUp.RATIO: ratio,
    RollUp.MEAN: mean,
    RollUp.SHARE: tested,
    RollUp.COUNT: tested,
    RollUp.FORMULA: formula,
}


def draw(dice: Dice, *, land: Land, years: range, count: int) -> Draft:
    """`count` indicators of mixed kinds, with the parts and weights they need."""
    draft = Draft(land, dice, years, dice.of(FREQUENCIES))
    kinds = [dice.of(KINDS) for _ in range(count)]
    for number, kind in enumerate(
        sorted(kinds, key=lambda k: k in (RollUp.SHARE, RollUp.COUNT, RollUp.FORMULA))
    ):
        draft.dice = dice.fork(number)
        needs_others = kind in (RollUp.SHARE, RollUp.COUNT, RollUp.FORMULA)
        if needs_others and not draft.indicators:
            collected(draft, RollUp.SUM)
        MAKERS.get(kind, collected)(draft, kind)
    order = list(draft.indicators)
    if dice.chance(0.5):
        dice.shuffle(order)
    draft.indicators = {name: draft.indicators[name] for name in order}
    return draft
