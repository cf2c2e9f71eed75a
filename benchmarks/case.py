"""A generated case on disk: the small tables beside the log, written and read."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks import nation as nations
from benchmarks import programme
from benchmarks.nation import Nation
from benchmarks.spec import (
    LADDER,
    LEVELS,
    REGIONS,
    SCALES,
    Floats,
    Goal,
    Indicator,
    Ints,
    Kind,
    SubCriterion,
)

LOG, SHUFFLED = "observations.parquet", "observations-shuffled.parquet"


@dataclass(frozen=True, slots=True)
class Case:
    """Everything but the log. Units, series and indicators are known by position.

    Sources are the reporting communes, old ones first; units are those of the map
    judged, communes first, then districts, provinces and the country.
    """

    folder: Path
    source_ids: list[str]
    unit_ids: list[str]
    level_sizes: tuple[int, int, int, int]
    district_of: Ints
    province_of: Ints
    region_of: Ints
    source: Ints
    successor: Ints
    share: Floats
    indicators: tuple[Indicator, ...]
    goals: tuple[Goal, ...]
    subs: tuple[SubCriterion, ...]

    @property
    def old_communes(self) -> int:
        return len(self.source_ids) - self.level_sizes[0]

    @property
    def series_ids(self) -> tuple[str, ...]:
        return programme.SERIES_IDS


def write(scale_name: str, folder: Path) -> tuple[Nation, programme.Model]:
    """Make the small tables; the log is drawn from what this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    nation = nations.build(SCALES[scale_name])
    items = programme.indicators()
    model = programme.model(nation, items)
    nations.write(nation, folder)
    _table(
        folder / "indicators.csv", "id kind of over at_least test edge", _rows(items)
    )
    goals = programme.goals(nation, items, model)
    _table(
        folder / "targets.csv",
        "indicator level value deadline from_baseline",
        (
            (items[g.indicator].id, level, value, g.deadline, int(g.from_baseline))
            for g in goals
            for level, value in zip(LEVELS, g.values, strict=True)
        ),
    )
    subs = programme.sub_criteria(nation, items, model)
    _table(
        folder / "thresholds.csv",
        "sub_criterion criterion indicator level region threshold",
        (
            (s.id, s.criterion + 1, items[s.indicator].id, LADDER[k], f"R{r + 1}", x)
            for s in subs
            for k, row in enumerate(s.thresholds)
            for r, x in enumerate(row)
        ),
    )
    return nation, model


def _rows(items: tuple[Indicator, ...]) -> Iterable[tuple[object, ...]]:
    ids = programme.SERIES_IDS
    for item in items:
        over = "" if item.over is None else ids[item.over]
        test = item.condition or ("", "")
        yield item.id, item.kind, ids[item.of], over, int(item.at_least), *test


def _table(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header.split())
        out.writerows(rows)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        return [dict(zip(header, row, strict=True)) for row in rows]


def rows(path: Path, names: str) -> Iterator[tuple[str, ...]]:
    """The columns of these names of a long table, row by row."""
    with path.open(newline="", encoding="utf-8") as file:
        lines = csv.reader(file)
        header = next(lines)
        yield from map(itemgetter(*map(header.index, names.split())), lines)


class Unit(NamedTuple):
    """A unit of the map judged, as the file has it."""

    id: str
    parent: str
    region: str


def _units(folder: Path) -> tuple[list[str], dict[str, list[Unit]]]:
    """The ids of old units, and those of today level by level."""
    old: list[str] = []
    of_level: dict[str, list[Unit]] = {level: [] for level in LEVELS}
    units = rows(folder / "units.csv", "level valid_to id parent region")
    for level, valid_to, *rest in units:
        if valid_to:
            old.append(rest[0])
        else:
            of_level[level].append(Unit(*rest))
    return old, of_level


def read(folder: Path) -> Case:
    old, of_level = _units(folder)
    place = {u.id: n for level in LEVELS for n, u in enumerate(of_level[level])}
    source_ids = [*old, *(u.id for u in of_level["commune"])]
    at = {id_: n for n, id_ in enumerate(source_ids)}
    chain = list(rows(folder / "successions.csv", "from to share"))
    items = _indicators(folder)
    number = {item.id: n for n, item in enumerate(items)}
    return Case(
        folder=folder,
        source_ids=source_ids,
        unit_ids=[u.id for level in LEVELS for u in of_level[level]],
        level_sizes=tuple(len(of_level[level]) for level in LEVELS),  # type: ignore[arg-type]
        district_of=np.array([place[u.parent] for u in of_level["commune"]]),
        province_of=np.array([place[u.parent] for u in of_level["district"]]),
        region_of=np.array([int(u.region[1:]) - 1 for u in of_level["commune"]]),
        source=np.array([at[origin] for origin, _, _ in chain]),
        successor=np.array([place[heir] for _, heir, _ in chain]),
        share=np.array([float(share) for _, _, share in chain]),
        indicators=items,
        goals=_goals(folder, number),
        subs=_subs(folder, number),
    )


def _indicators(folder: Path) -> tuple[Indicator, ...]:
    at = {id_: n for n, id_ in enumerate(programme.SERIES_IDS)}
    return tuple(
        Indicator(
            row["id"],
            Kind(row["kind"]),
            at[row["of"]],
            at[row["over"]] if row["over"] else None,
            row["at_least"] == "1",
            (row["test"], float(row["edge"])) if row["test"] else None,
        )
        for row in _read(folder / "indicators.csv")
    )


def _goals(folder: Path, number: dict[str, int]) -> tuple[Goal, ...]:
    rows = _read(folder / "targets.csv")
    made = []
    for n in range(0, len(rows), len(LEVELS)):
        four = rows[n : n + len(LEVELS)]
        made.append(
            Goal(
                number[four[0]["indicator"]],
                tuple(float(row["value"]) for row in four),
                date.fromisoformat(four[0]["deadline"]),
                four[0]["from_baseline"] == "1",
            )
        )
    return tuple(made)


def _subs(folder: Path, number: dict[str, int]) -> tuple[SubCriterion, ...]:
    rows = _read(folder / "thresholds.csv")
    step = len(LADDER) * REGIONS
    made = []
    for n in range(0, len(rows), step):
        first = rows[n]
        x = [float(row["threshold"]) for row in rows[n : n + step]]
        table = tuple(
            tuple(x[k * REGIONS : (k + 1) * REGIONS]) for k in range(len(LADDER))
        )
        made.append(
            SubCriterion(
                first["sub_criterion"],
                int(first["criterion"]) - 1,
                number[first["indicator"]],
                table,
            )
        )
    return tuple(made)
