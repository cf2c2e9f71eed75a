"""Chance that can be repeated: every part of a world rolls its own dice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice(Random):
    """Random numbers from a name.

    `fork` gives each part of a world its own numbers, so that leaving one part out
    does not change the others.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def fork(self, *names: object) -> Dice:
        return Dice("/".join([self.name, *map(str, names)]))

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def of(self, weights: Mapping[T, float]) -> T:
        return self.choices(list(weights), list(weights.values()))[0]

    def some(self, items: Sequence[T], low: int, high: int) -> list[T]:
        """Between `low` and `high` of the items (or all), in random order."""
        count = min(len(items), self.randint(low, high))
        return self.sample(items, count)
