"""A whole world: programme, territory, ledger, acts and days, from a few numbers.

Hypothesis draws the sizes and a seed; hand-written, weighted dice fill them in. That
is fast and spreads well, and a failing world shrinks by its sizes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from tests.engine.worlds import criteria, indicators, ledgers, targets, territories
from tests.engine.worlds.builder import TAGS
from tests.engine.worlds.dice import Dice
from tests.engine.worlds.territories import Land

from donbay.domain.acts import Act
from donbay.domain.ledger import Observation
from donbay.domain.programmes import Programme, UnitLevel
from donbay.domain.targets import Target
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days

FIRST_YEAR = 2022


@dataclass(frozen=True)
class Sizes:
    """How much of everything a world has."""

    levels: int
    leaves: int
    events: int
    years: int
    indicators: int
    targets: int
    sets: int


LEAST = Sizes(levels=1, leaves=2, events=0, years=1, indicators=1, targets=0, sets=0)
MOST = Sizes(levels=4, leaves=12, events=6, years=3, indicators=6, targets=8, sets=3)


@dataclass(frozen=True)
class World:
    """Everything that an engine is given; prints as what makes it again."""

    seed: int
    sizes: Sizes
    programme: Programme = field(repr=False)
    territory: Territory = field(repr=False)
    observations: tuple[Observation, ...] = field(repr=False)
    acts: tuple[Act, ...] = field(repr=False)
    days: Days = field(repr=False)
    changes: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def given(
        self,
    ) -> tuple[Programme, Territory, tuple[Observation, ...], tuple[Act, ...], Days]:
        """What an engine takes, in its order."""
        return (
            self.programme,
            self.territory,
            self.observations,
            self.acts,
            self.days,
        )


def make(seed: int, sizes: Sizes) -> World:
    dice = Dice(f"world {seed}")
    years = range(FIRST_YEAR, FIRST_YEAR + sizes.years)
    land = territories.grow(
        dice.fork("territory"),
        levels=sizes.levels,
        leaves=sizes.leaves,
        years=range(years[0], years[-1] + 2),
        events=sizes.events,
    )
    draft = indicators.draw(
        dice.fork("indicators"), land=land, years=years, count=sizes.indicators
    )
    some_targets = tuple(
        targets.draw(dice.fork("target", number), draft, number)
        for number in range(sizes.targets)
    )
    sets = criteria.draw(dice.fork("criteria"), draft, sizes.sets)
    observations = ledgers.write(dice.fork("ledger"), draft)
    if dice.chance(0.03):
        observations = []
    days = days_of(dice.fork("days"), land, some_targets, observations, years)
    moments = [*land.days, days.on, date(years[0], 7, 1)]
    return World(
        seed=seed,
        sizes=sizes,
        programme=Programme(
            id="made-up",
            levels=tuple(UnitLevel(i, end=land.ended.get(i)) for i in land.levels),
            indicators=draft.indicators,
            targets=some_targets,
            criteria=sets,
            scope=scope_of(dice.fork("scope")),
            synthetic=True,
        ),
        territory=land.territory,
        observations=tuple(observations),
        acts=tuple(criteria.acts(dice.fork("acts"), land, sets, moments)),
        days=days,
        changes=land.changes,
    )


def scope_of(dice: Dice) -> frozenset[str]:
    return frozenset(dice.some(TAGS, 1, 3)) if dice.chance(0.1) else frozenset()


def days_of(
    dice: Dice,
    land: Land,
    some_targets: tuple[Target, ...],
    observations: list[Observation],
    years: range,
) -> Days:
    on = judged(dice, some_targets, years)
    return Days(on=on, map=mapped(dice, land, on), known=known(dice, observations))


def judged(dice: Dice, some_targets: tuple[Target, ...], years: range) -> date:
    """Around a deadline, at the turn of a period, or anywhere near the data."""
    if some_targets and dice.chance(0.45):
        deadline = dice.choice(some_targets).deadline
        return deadline + timedelta(
            days=dice.choice((-100, -40, -1, 0, 1, 100, 200, 300, 400))
        )
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    if dice.chance(0.5):
        return last + timedelta(days=dice.choice((0, 0, -92, -1, 1, 45, 100, 400)))
    if dice.chance(0.05):
        return first - timedelta(days=dice.choice((1, 30, 400)))
    return first + timedelta(days=dice.randrange((last - first).days + 200))


def mapped(dice: Dice, land: Land, on: date) -> date:
    """Mostly the day judged; else before, on or after what happened to the land."""
    if dice.chance(0.5):
        return on
    if land.days and dice.chance(0.7):
        return dice.choice(land.days) + timedelta(days=dice.choice((-1, 0, 0, 40, -40)))
    return on + timedelta(
        days=dice.choice((-1500, -800, -365, -365, -100, 100, 365, 800))
    )


def known(dice: Dice, observations: list[Observation]) -> datetime | None:
    if not observations or dice.chance(0.75):
        return None
    moment = dice.choice(observations).recorded_at
    return moment + timedelta(microseconds=dice.choice((0, 0, -1, 1)))


SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.builds(
    Sizes,
    **{
        name: st.integers(least, getattr(MOST, name))
        for name, least in vars(LEAST).items()
    },
)


def from_seed(seed: int) -> World:
    """The world of a seed, its sizes included: for measuring and looking for faults."""
    dice = Dice(f"sizes {seed}")
    bounds = zip(vars(LEAST).values(), vars(MOST).values(), strict=True)
    return make(seed, Sizes(*(dice.randint(*bound) for bound in bounds)))
