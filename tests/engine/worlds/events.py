"""What can happen to a territory on a day, one function for each kind."""

from __future__ import annotations

from collections.abc import Callable

from tests.engine.worlds.builder import REGIONS, TAGS, Builder
from tests.engine.worlds.dice import Dice

from donbay.domain.territory import DAY

KINDS = {
    "rename": 1.0,
    "retag": 1.5,
    "region": 1.0,
    "move": 2.0,
    "open": 3.0,
    "close": 1.5,
    "pause": 2.0,
    "level_end": 1.2,
    "merge": 3.0,
    "absorb": 3.0,
    "split": 3.0,
    "give": 2.5,
    "exchange": 2.0,
    "one_to_one": 1.5,
}


def rename(land: Builder, level: str, units: list[str]) -> bool:
    code = f"{land.dice.randrange(100):05d}"
    land.change(units[0], name=f"{level} {code}", code=code)
    return True


def retag(land: Builder, level: str, units: list[str]) -> bool:  # noqa: ARG001
    for unit in units[:2]:
        land.change(unit, tags=frozenset(land.dice.some(TAGS, 0, 2)))
    return True


def region(land: Builder, level: str, units: list[str]) -> bool:  # noqa: ARG001
    land.change(units[0], region=land.dice.choice((*REGIONS, None)))
    return True


def move(land: Builder, level: str, units: list[str]) -> bool:
    here = land.open[units[0]].parent
    others = [p for p in land.parents_for(level) if p != here]
    if others:
        land.change(units[0], parent=land.dice.choice(others))
    return bool(others)


def open_(land: Builder, level: str, units: list[str]) -> bool:  # noqa: ARG001
    for _ in range(land.dice.choice((1, 2))):
        land.begin(land.new_id(level), level, land.parent_for(level))
    return True


def close(land: Builder, level: str, units: list[str]) -> bool:
    """Without successor; the last unit of a level stays."""
    if len(units) > 1:
        land.end(units[0], land.parents_for(level))
    return len(units) > 1


def pause(land: Builder, level: str, units: list[str]) -> bool:  # noqa: ARG001
    childless = [unit for unit in units if not land.children(unit)]
    for unit in childless[: len(units) > 1]:
        land.asleep[unit] = land.open[unit]
        land.end(unit, [None])
    return bool(childless) and len(units) > 1


def wake(land: Builder) -> None:
    for unit, version in list(land.asleep.items()):
        if unit not in land.touched and land.dice.chance(0.7):
            del land.asleep[unit]
            land.begin(unit, version.level, land.parent_for(version.level))
            land.changes.add("gap")


def level_end(land: Builder, level: str, units: list[str]) -> bool:
    if level in (land.levels[0], land.levels[-1]) or level in land.ended:
        return False
    if any(land.open[unit].valid_from == land.today for unit in units):
        return False
    here = [u for u, v in land.open.items() if v.level == level]
    if set(here) - set(units):
        return False
    for unit in here:
        parent = land.open[unit].parent
        land.end(unit, [parent])
    for unit, version in list(land.asleep.items()):
        if version.level == level:
            del land.asleep[unit]
    land.ended[level] = land.today - DAY
    return True


def merge(land: Builder, level: str, units: list[str]) -> bool:
    origins = near(land, units, land.dice.choice((2, 2, 3)))
    if len(origins) > 1:
        heir = land.new_id(level)
        land.transfer(level, {origin: [heir] for origin in origins})
    return len(origins) > 1


def absorb(land: Builder, level: str, units: list[str]) -> bool:
    """One of them receives, with or without a row to itself."""
    origins = near(land, units, land.dice.choice((2, 2, 3)))
    if len(origins) > 1:
        first, *others = origins
        givers = origins if land.dice.chance(0.2) else others
        land.transfer(level, {origin: [first] for origin in givers})
    return len(origins) > 1


def split(land: Builder, level: str, units: list[str]) -> bool:
    heirs = land.heirs(level, land.dice.choice((2, 2, 3)), units[:1])
    land.transfer(level, {units[0]: heirs})
    return len(heirs) > 1


def give(land: Builder, level: str, units: list[str]) -> bool:
    heirs = land.heirs(level, land.dice.choice((1, 1, 2)), units[:1])
    land.transfer(
        level, {units[0]: land.dice.sample([units[0], *heirs], len(heirs) + 1)}
    )
    return True


def exchange(land: Builder, level: str, units: list[str]) -> bool:
    """Several units become several others, each taking a part of some."""
    origins = near(land, units, 2)
    if len(origins) < 2:
        return False
    heirs = land.heirs(level, land.dice.choice((1, 2)), origins)
    gifts = {origin: land.dice.some(heirs, 1, 2) for origin in origins}
    stays = land.dice.choice(origins)
    gifts[stays] = [*gifts[stays], stays]
    if land.dice.chance(0.3):
        other = next(origin for origin in origins if origin != stays)
        gifts[other] = [*gifts[other], stays]
    elif land.dice.chance(0.5):
        gifts[stays].remove(stays)
        gifts[stays].append(land.new_id(level))
    land.transfer(level, gifts)
    return True


def one_to_one(land: Builder, level: str, units: list[str]) -> bool:
    land.transfer(level, {units[0]: [land.new_id(level)]})
    return True


def near(land: Builder, units: list[str], count: int) -> list[str]:
    """Units of one parent first, as mergers mostly are."""
    home = land.open[units[0]].parent
    if land.dice.chance(0.7):
        units = sorted(units, key=lambda u: land.open[u].parent != home)
    return units[:count]


EVENTS: dict[str, Callable[[Builder, str, list[str]], bool]] = {
    "rename": rename,
    "retag": retag,
    "region": region,
    "move": move,
    "open": open_,
    "close": close,
    "pause": pause,
    "level_end": level_end,
    "merge": merge,
    "absorb": absorb,
    "split": split,
    "give": give,
    "exchange": exchange,
    "one_to_one": one_to_one,
}


def happen(land: Builder, dice: Dice) -> None:
    """Let one thing happen today, if the territory allows it."""
    land.dice = dice
    kind = dice.of(KINDS)
    level = land.levels[-1]
    if len(land.levels) > 1 and dice.chance(0.4):
        level = dice.choice(land.levels[:-1])
    if kind == "level_end" and len(land.levels) > 2:
        level = dice.choice(land.levels[1:-1])
    units = land.free(level)
    if level in land.ended or not units:
        return
    dice.shuffle(units)
    if EVENTS[kind](land, level, units):
        upper = level != land.levels[-1] and kind != "level_end"
        land.changes.add(f"{kind}_above" if upper else kind)
