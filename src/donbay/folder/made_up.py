"""Orders made-up folders: over a made-up country, or over the places of a real one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from donbay.domain.indicators import Indicator, Measure, OverTime, RollUp
from donbay.domain.ledger import Observation
from donbay.domain.periods import Period
from donbay.domain.programmes import Programme
from donbay.folder.study import Study, open_folder
from donbay.packs import load_pack
from donbay.synthetic import Made, Order, Published, copy_pack, made_up, write_folder
from donbay.tables import read_territory

LAST_YEAR = 2025
MERGED_ON = date(LAST_YEAR, 7, 1)
LANGUAGES = ("vi", "en", "fr", "ar")
# What a sum over communes can be compared with: things that are counted, and money.
NOT_COUNTED = {"%", "percent", "rank", "times", "ratio", "places", "provinces"}


def make_folder(
    folder: Path,
    *,
    pack: Path | None,
    territory: Path | None,
    seed: int,
    communes: int,
    years: tuple[int, int],
    parquet: bool | None,
    at: Path,
) -> Made:
    """Write `folder`, which exists and is empty, and will be moved to `at`.

    With a territory, its places are taken, and the counts published for them become
    indicators whose reports add up to what was published.
    """
    if pack is not None:
        where = os.path.relpath(pack, at.absolute())
        (folder / "pack").write_text(f"{where}\n", encoding="utf-8")
        programme = load_pack(pack).programme
    else:
        copied = copy_pack(folder)
        like = open_folder(territory) if territory else None
        published = _published(like, copied) if like else {}
        programme = load_pack(copied).programme
    places = (
        read_territory(territory, programme)
        if territory
        else made_up(programme.level_ids, communes, MERGED_ON, seed)
    )
    order = Order(
        programme,
        places,
        seed,
        *years,
        parquet,
        published if pack is None else {},
    )
    return write_folder(folder, order)


def _published(like: Study, pack: Path) -> dict[tuple[str, Period], Published]:
    """The last published figure of each countable indicator, which joins the pack."""
    lowest = like.programme.level_ids[-1]
    found: dict[tuple[str, Period], Published] = {}
    own = load_pack(pack).programme
    for o in _latest(like.observations):
        indicator = like.programme.indicators[o.indicator]
        if o.value is None or not _countable(indicator, o, own, like, lowest):
            continue
        found[o.indicator, o.period] = Published(o.unit, o.value, o.bound, o.source)
        _add_indicator(pack, indicator, lowest, like)
    return found


def _latest(observations: Iterable[Observation]) -> list[Observation]:
    found: dict[tuple[str, str], Observation] = {}
    for o in observations:
        if o.category is None:
            found[o.unit, o.indicator] = o
    by_indicator = {o.indicator: o for o in found.values()}
    return list(by_indicator.values())


def _countable(
    indicator: Indicator, o: Observation, own: Programme, like: Study, lowest: str
) -> bool:
    unit = indicator.unit.lower()
    if indicator.id in own.indicators or indicator.level == lowest:
        return False
    if indicator.roll_up not in {RollUp.NONE, RollUp.SUM} or unit in NOT_COUNTED:
        return False
    if "/" in unit or "_per_" in unit:
        return False
    on = like.territory.on(o.period.last)
    return any(
        version.level == lowest
        and o.unit in like.territory.ancestors(name, o.period.last)
        for name, version in on.items()
    )


def _add_indicator(pack: Path, like: Indicator, level: str, study: Study) -> None:
    """The indicator again, collected from communes and summed, with its own words."""
    flow = like.measure is Measure.FLOW
    lines = [
        f"level: {level}",
        f"frequency: {like.frequency}",
        "roll_up: sum",
        f"measure: {like.measure}",
        f"direction: {like.direction}",
        f"unit: '{like.unit}'",
        "decimals: 0",
    ]
    if like.spans:
        lines.append(f"spans: [{', '.join(map(str, like.spans))}]")
    else:
        lines.append(f"over_time: {OverTime.SUM if flow else OverTime.LAST}")
    path = pack / "indicators" / f"{like.id}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for language in LANGUAGES:
        _add_words(pack / "texts" / f"{language}.yaml", like, language, study)


def _add_words(path: Path, like: Indicator, language: str, study: Study) -> None:
    words = study.pack.texts[language]
    unit = words.get(f"indicators.{like.id}.unit", like.unit)
    text = path.read_text(encoding="utf-8")
    title = _quoted(like.title.in_(language, like.id))
    added = (
        f"indicators:\n  {like.id}:\n    title: {title}\n    unit: {_quoted(unit)}\n"
    )
    path.write_text(text.replace("indicators:\n", added, 1), encoding="utf-8")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
