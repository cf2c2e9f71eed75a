"""The seeded nation: its units, the merger of 2025 and who lies inside whom."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.spec import MERGER, REGIONS, SEED, Floats, Ints, Scale

SPLIT_SHARE = 0.08
UNIT_COLUMNS = (
    "id",
    "code",
    "name",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "region",
    "tags",
)
SUCCESSION_COLUMNS = ["date", "from", "to", "share", "basis", "decision"]


@dataclass(frozen=True, slots=True)
class Nation:
    """Units by position: sources are old communes, then new ones."""

    scale: Scale
    district_of: Ints
    province_of: Ints
    region_of: Ints
    source: Ints
    successor: Ints
    share: Floats

    @property
    def source_ids(self) -> list[str]:
        old = [f"old-{n:05d}" for n in range(self.scale.old_communes)]
        return old + self.unit_ids[: self.scale.new_communes]

    @property
    def unit_ids(self) -> list[str]:
        """The units of the map judged, level by level, top last."""
        return [
            *(f"new-{n:04d}" for n in range(self.scale.new_communes)),
            *(f"district-{n:03d}" for n in range(self.scale.districts)),
            *(f"province-{n:02d}" for n in range(self.scale.provinces)),
            "country",
        ]

    @property
    def level_sizes(self) -> tuple[int, int, int, int]:
        s = self.scale
        return s.new_communes, s.districts, s.provinces, 1


def build(scale: Scale) -> Nation:
    rng = np.random.default_rng(SEED)
    district_of = _spread(rng, scale.new_communes, scale.districts, 2)
    province_of = _spread(rng, scale.districts, scale.provinces, 1)
    region_of = (province_of[district_of]) % REGIONS
    main = _spread(rng, scale.old_communes, scale.new_communes, 2)
    source, successor, share = _successions(rng, main, district_of)
    return Nation(scale, district_of, province_of, region_of, source, successor, share)


def _spread(rng: np.random.Generator, count: int, groups: int, least: int) -> Ints:
    """Put `count` things into `groups`, in order, at least `least` in each."""
    sure = np.repeat(np.arange(groups), least)
    rest = rng.integers(0, groups, count - sure.size)
    return np.sort(np.concatenate([sure, rest]))


def _successions(
    rng: np.random.Generator, main: Ints, district_of: Ints
) -> tuple[Ints, Ints, Floats]:
    """Every old commune goes to its main successor; some give a part to a neighbour."""
    old = main.size
    first = np.searchsorted(district_of, district_of, "left")
    count = np.searchsorted(district_of, district_of, "right") - first
    split = np.sort(rng.choice(old, round(SPLIT_SHARE * old), replace=False))
    home = main[split]
    step = 1 + rng.integers(0, count[home] - 1)
    neighbour = first[home] + (home - first[home] + step) % count[home]
    kept = np.round(rng.uniform(0.5, 0.95, split.size), 3)
    share = np.ones(old)
    share[split] = kept
    source = np.concatenate([np.arange(old), split])
    successor = np.concatenate([main, neighbour])
    shares = np.concatenate([share, np.round(1 - kept, 3)])
    order = np.lexsort((successor, source))
    return source[order], successor[order], shares[order]


def write(nation: Nation, folder: Path) -> None:
    with (folder / "units.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(UNIT_COLUMNS)
        out.writerows(_unit_rows(nation))
    with (folder / "successions.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(SUCCESSION_COLUMNS)
        ids, units = nation.source_ids, nation.unit_ids
        for a, b, share in zip(
            nation.source, nation.successor, nation.share, strict=True
        ):
            text = f"{share:.3f}".rstrip("0").rstrip(".")
            out.writerow([MERGER, ids[a], units[b], text, "population", "synthetic"])


def _unit_rows(nation: Nation) -> list[list[str]]:
    communes, districts, provinces, _ = nation.level_sizes
    ids = nation.unit_ids
    district_ids = ids[communes : communes + districts]
    province_ids = ids[communes + districts : communes + districts + provinces]
    rows = [_unit("country", "country", "", "", "")]
    for n, unit in enumerate(province_ids):
        rows.append(_unit(unit, "province", "country", f"R{n % REGIONS + 1}", ""))
    for n, unit in enumerate(district_ids):
        province = nation.province_of[n]
        region = f"R{province % REGIONS + 1}"
        rows.append(_unit(unit, "district", province_ids[province], region, ""))
    old = nation.scale.old_communes
    home = np.full(old, -1)
    home[nation.source] = nation.district_of[nation.successor]
    for n, unit in enumerate(nation.source_ids):
        district = home[n] if n < old else nation.district_of[n - old]
        region = f"R{nation.province_of[district] % REGIONS + 1}"
        era = "old" if n < old else "new"
        rows.append(_unit(unit, "commune", district_ids[district], region, era))
    return rows


def _unit(id_: str, level: str, parent: str, region: str, era: str) -> list[str]:
    start = "2025-07-01" if era == "new" else "2015-01-01"
    end = "2025-06-30" if era == "old" else ""
    return [id_, id_, f"Synthetic {id_}", level, parent, start, end, region, ""]
