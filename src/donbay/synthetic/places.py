"""A made-up country whose communes are merged, divided and renamed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from donbay.domain.territory import Succession, Territory, Version

DAY = timedelta(days=1)
BY_DISTRICT, BY_PROVINCE = 12, 20  # communes in a district, districts in a province
TAGS = (
    frozenset[str](),
    frozenset({"mountain"}),
    frozenset({"mountain", "island"}),
    frozenset({"urban"}),
)
DECISION = "synthetic decision"


def made_up(
    levels: Sequence[str], communes: int, merged_on: date, seed: int
) -> Territory:
    """A tree over the first, the second and the last two of `levels`."""
    chance = Random(seed)  # noqa: S311 -- a demonstration, not a secret
    top, province, district, lowest = _four(levels)
    versions = [Version("x", "X", "Country", top)]
    districts = max(1, round(communes / BY_DISTRICT))
    for p in range(max(1, round(districts / BY_PROVINCE))):
        region = "north" if p % 2 == 0 else "south"
        versions.append(_unit(f"p{p:03}", f"Province {p}", province, "x", region))
    provinces = versions[1:]
    for d in range(districts):
        above = provinces[d % len(provinces)]
        versions.append(
            _unit(f"d{d:04}", f"District {d}", district, above.unit, above.region)
        )
    homes = versions[1 + len(provinces) :]
    people = [
        _commune(c, homes[c % districts], lowest, chance) for c in range(communes)
    ]
    changed = _Changes(people, merged_on, chance)
    return Territory([*versions, *changed.versions], changed.successions)


def _four(levels: Sequence[str]) -> tuple[str, str, str, str]:
    """Top, province, district, lowest; `area` is only for groups of communes."""
    used = [level for level in levels if level != "area"]
    if len(used) < 4:  # noqa: PLR2004 -- the four of the docstring
        used = [*used[:-1], *[used[-1]] * (5 - len(used))]
    return used[0], used[1], used[-2], used[-1]


def _unit(name: str, title: str, level: str, above: str, region: str | None) -> Version:
    return Version(name, name.upper(), title, level, above, region=region)


def _commune(number: int, home: Version, level: str, chance: Random) -> Version:
    """Codes begin with zeros: whoever reads them as numbers loses them."""
    return Version(
        f"c{number:05}-a",
        f"{number:05}",
        f"Commune {number}",
        level,
        home.unit,
        region=home.region,
        tags=chance.choice(TAGS),
    )


class _Changes:
    """Groups of three neighbours: merged, divided, renamed, or left as they are."""

    def __init__(self, communes: Sequence[Version], day: date, chance: Random) -> None:
        self.day, self.chance = day, chance
        self.versions: list[Version] = []
        self.successions: list[Succession] = []
        homes: dict[str | None, list[Version]] = {}
        for commune in communes:
            homes.setdefault(commune.parent, []).append(commune)
        for group in _threes(homes.values()):
            self._change(group)

    def _change(self, group: list[Version]) -> None:
        kind = self.chance.random()
        if len(group) < 3 or kind < 0.2:  # noqa: PLR2004 -- a third is not there
            self._keep(group)
        elif kind < 0.7:  # noqa: PLR2004 -- half of all
            self._merge(group)
        elif kind < 0.8:  # noqa: PLR2004 -- a tenth, and so on
            self._divide(group, (None, None))
        elif kind < 0.9:  # noqa: PLR2004
            self._divide(group, (0.6, 0.4))
        else:
            self._rename(group)

    def _keep(self, group: list[Version]) -> None:
        """The tags of the first change: a version of the same unit."""
        first = group[0]
        self.versions += [
            replace(first, valid_to=self.day - DAY),
            replace(first, valid_from=self.day, tags=first.tags | {"urban"}),
            *group[1:],
        ]

    def _heir(self, of: Version, name: str) -> Version:
        """A new unit with the code of the old one."""
        new = replace(of, unit=f"{of.unit[:-2]}-b", name=name, valid_from=self.day)
        self.versions.append(new)
        return new

    def _end(self, group: Sequence[Version]) -> None:
        self.versions += [replace(v, valid_to=self.day - DAY) for v in group]

    def _pass(self, origin: Version, heir: Version, share: float | None) -> None:
        basis = "population" if share not in {None, 1.0} else None
        self.successions.append(
            Succession(self.day, origin.unit, heir.unit, share, basis, DECISION)
        )

    def _merge(self, group: list[Version]) -> None:
        self._end(group)
        heir = self._heir(group[0], f"{group[0].name} (new)")
        for origin in group:
            self._pass(origin, heir, 1.0)

    def _divide(
        self, group: list[Version], shares: tuple[float | None, float | None]
    ) -> None:
        """The middle one goes to both its neighbours."""
        first, middle, last = group
        self._end(group)
        heirs = [self._heir(v, f"{v.name} (new)") for v in (first, last)]
        self._pass(first, heirs[0], 1.0)
        for heir, share in zip(heirs, shares, strict=True):
            self._pass(middle, heir, share)
        self._pass(last, heirs[1], 1.0)

    def _rename(self, group: list[Version]) -> None:
        self._end(group[:1])
        self._pass(group[0], self._heir(group[0], f"{group[0].name} (renamed)"), 1.0)
        self.versions += group[1:]


def _threes(homes: Iterable[list[Version]]) -> Iterator[list[Version]]:
    for home in homes:
        for start in range(0, len(home), 3):
            yield home[start : start + 3]


UNIT_COLUMNS = (
    *("id", "code", "name", "level", "parent"),
    *("valid_from", "valid_to", "region", "tags"),
)


def write_places(folder: Path, territory: Territory) -> None:
    """units.csv and successions.csv as `donbay evaluate` reads them."""
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        every = [v for some in territory.versions.values() for v in some]
        # Made-up places lie nowhere; real ones take their points with them.
        more = ("lat", "lon") if any(v.lat is not None for v in every) else ()
        rows.writerow([*UNIT_COLUMNS, *more])
        rows.writerows(_version_cells(v, more) for v in every)
    with (folder / "successions.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["date", "from", "to", "share", "basis", "decision"])
        rows.writerows(_succession_cells(s) for s in territory.successions)


def _version_cells(v: Version, more: Sequence[str]) -> list[str]:
    start = "" if v.valid_from == date.min else v.valid_from.isoformat()
    end = "" if v.valid_to == date.max else v.valid_to.isoformat()
    tags = ";".join(sorted(v.tags))
    return [
        v.unit,
        v.code,
        v.name,
        v.level,
        v.parent or "",
        start,
        end,
        v.region or "",
        tags,
        *("" if (part := getattr(v, name)) is None else repr(part) for name in more),
    ]


def _succession_cells(s: Succession) -> list[str]:
    share = "" if s.share is None else f"{s.share:g}"
    return [
        s.date.isoformat(),
        s.origin,
        s.heir,
        share,
        s.basis or "",
        s.decision or "",
    ]
