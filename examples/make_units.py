"""Write units.csv and successions.csv of the four example provinces.

The data are those of the PyPI package vietnamadminunits (MIT): the list of
administrative units at the end of 2024, the list of 1 July 2025, and a table from
old to new communes. Run `python examples/make_units.py`; a second run writes the
same bytes. Nothing before 1 July 2025 is invented: see README.md.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from units_package import New, Old, Package

HERE = Path(__file__).parent
LAST_OLD_DAY = "2025-06-30"
FIRST_NEW_DAY = "2025-07-01"
MERGER_OF_PROVINCES = "202/2025/QH15"
UNNUMBERED = "NQ-UBTVQH15 (2025-06-16)"
TAG_SEPARATOR = ";"
SUCCESSION_COLUMNS = ("date", "from", "to", "share", "basis", "decision")

REGION_CODES = {"NM": ("06", "19"), "RRD": ("22", "35", "36", "37"), "NC": ("42",)}
REGIONS = {code: name for name, codes in REGION_CODES.items() for code in codes}
KIND_TAGS = {
    "Xã": "rural-commune",
    "Phường": "ward",
    "Thị trấn": "township",
    "Đặc khu": "special-zone",
    "Huyện": "rural-district",
    "Thị xã": "town",
    "Thành phố": "city",
}
AREA_ID = "vn-p19-dong-bac"
AREA_NAME = "Khu vực Đông Bắc (huyện Võ Nhai và huyện Đồng Hỷ cũ)"
AREA_TAG = "dong-bac-13"
AREA_DISTRICTS = {"169", "170"}


@dataclass(frozen=True)
class Unit:
    """One row of units.csv: a version of a unit."""

    id: str
    code: str
    name: str
    level: str
    parent: str
    valid_from: str
    valid_to: str
    region: str
    tags: str
    lat: str = ""
    lon: str = ""


@dataclass(frozen=True)
class Succession:
    """One row of successions.csv."""

    date: str
    origin: str
    target: str
    share: str
    basis: str
    decision: str


@dataclass(frozen=True)
class Example:
    """One folder: the province of today and what its lists must count to."""

    folder: str
    province_key: str
    province: str
    decision: str
    old_counts: dict[str, int]
    new_count: int
    scope_tag: str = ""


QUANG_NINH, THAI_NGUYEN = f"1679/{UNNUMBERED}", f"1683/{UNNUMBERED}"
EXAMPLES = (
    Example("quang-ninh-06", "tinhquangninh", "22", QUANG_NINH, {"22": 171}, 54),
    Example("ha-tinh-2024", "tinhhatinh", "42", UNNUMBERED, {"42": 209}, 69),
    Example(
        "ninh-binh-25",
        "tinhninhbinh",
        "37",
        UNNUMBERED,
        {"35": 98, "36": 175, "37": 125},
        129,
        "ninh-binh-25",
    ),
    Example(
        "thai-nguyen-13",
        "tinhthainguyen",
        "19",
        THAI_NGUYEN,
        {"06": 108, "19": 172},
        92,
    ),
)

# What must come out for the two districts of the Thai Nguyen example.
AREA_CROSSWALK = {
    "05716": {"05716", "05734", "05743"},
    "05719": {"05719"},
    "05722": {"05722", "05728"},
    "05725": {"05725", "05731"},
    "05740": {"05737", "05740"},
    "05746": {"05746", "05752"},
    "05755": {"05749", "05755", "05758"},
    "05662": {"05662", "05698"},
    "05665": {"05665", "05671"},
    "05674": {"05668", "05674"},
    "05680": {"05680", "05686"},
    "05692": {"05656", "05677", "05683", "05692"},
    "05707": {"05689", "05707"},
}


def tag(kind: str) -> str:
    """Name the kind in a tag; the package writes some kinds in capitals."""
    return KIND_TAGS[kind.capitalize()]


def in_area(old: Old) -> bool:
    return old.district in AREA_DISTRICTS


def unchanged(new: New, targets: dict[str, list[New]]) -> bool:
    """Say whether it is one old commune that went nowhere else."""
    return len(new.sources) == 1 and len(targets[new.sources[0].code]) == 1


def old_id(old: Old) -> str:
    return f"vn-c{old.code}-a"


def new_id(new: New, targets: dict[str, list[New]]) -> str:
    """Keep the old identity when nothing but that commune went in."""
    return old_id(new.sources[0]) if unchanged(new, targets) else f"vn-c{new.code}-b"


def province_versions(example: Example, code: str, name: str) -> list[Unit]:
    """Give one row, or two where the tag of the programme ends with the merger."""
    row = Unit(f"vn-p{code}", code, name, "province", "", "", "", REGIONS[code], "")
    if code != example.province:
        return [replace(row, valid_to=LAST_OLD_DAY)]
    if not example.scope_tag:
        return [row]
    old = replace(row, valid_to=LAST_OLD_DAY, tags=example.scope_tag)
    return [old, replace(row, valid_from=FIRST_NEW_DAY)]


def upper_units(example: Example, package: Package) -> list[Unit]:
    """Give the provinces of 2024 and after, the area, the districts."""
    units: list[Unit] = []
    districts: list[Unit] = []
    for code, name in sorted(package.provinces(example.province_key).items()):
        region = REGIONS[code]
        units += province_versions(example, code, name)
        districts += [
            Unit(
                f"vn-d{district}",
                district,
                title,
                "district",
                AREA_ID if district in AREA_DISTRICTS else f"vn-p{code}",
                "",
                LAST_OLD_DAY,
                region,
                tag(kind),
            )
            for district, title, kind in package.districts(code)
        ]
    if any(unit.parent == AREA_ID for unit in districts):
        units.append(
            Unit(AREA_ID, "", AREA_NAME, "area", "vn-p19", "", "", REGIONS["19"], "")
        )
    return units + districts


def old_unit(old: Old) -> Unit:
    return Unit(
        old_id(old),
        old.code,
        old.name,
        "commune",
        f"vn-d{old.district}",
        "",
        LAST_OLD_DAY,
        REGIONS[old.province],
        tag(old.kind),
        old.lat,
        old.lon,
    )


def new_unit(new: New, example: Example, targets: dict[str, list[New]]) -> Unit:
    area = all(in_area(old) for old in new.sources)
    tags = [tag(new.kind), AREA_TAG] if area else [tag(new.kind)]
    return Unit(
        new_id(new, targets),
        new.code,
        new.name,
        "commune",
        AREA_ID if area else f"vn-p{example.province}",
        FIRST_NEW_DAY,
        "",
        REGIONS[example.province],
        TAG_SEPARATOR.join(tags),
        new.lat,
        new.lon,
    )


def passing(origin: str, target: str, share: str, decision: str) -> Succession:
    return Succession(FIRST_NEW_DAY, origin, target, share, "", decision)


def successions(
    example: Example, olds: list[Old], targets: dict[str, list[New]]
) -> list[Succession]:
    """List provinces, then communes; no share where the source gives none."""
    rows = [
        passing(f"vn-p{code}", f"vn-p{example.province}", "1", MERGER_OF_PROVINCES)
        for code in sorted(example.old_counts)
        if code != example.province
    ]
    for old in olds:
        into = [new for new in targets[old.code] if not unchanged(new, targets)]
        share = "1" if len(into) == 1 else ""
        rows += [
            passing(old_id(old), new_id(new, targets), share, example.decision)
            for new in into
        ]
    return rows


def check(example: Example, olds: list[Old], news: list[New]) -> None:
    """Stop when the package no longer gives the counts that were checked by hand."""
    counts = Counter(old.province for old in olds)
    expect(example.folder, dict(counts), example.old_counts)
    expect(example.folder, len(news), example.new_count)
    expect(example.folder, [new.key for new in news if not new.sources], [])
    if example.province == "19":
        found = {
            new.code: {old.code for old in new.sources}
            for new in news
            if any(in_area(old) for old in new.sources)
        }
        expect("Vo Nhai and Dong Hy", found, AREA_CROSSWALK)
        expect("29 -> 13", (sum(map(in_area, olds)), len(found)), (29, 13))


def expect(where: str, found: object, wanted: object) -> None:
    """Stop, before anything is written, unless the two are equal."""
    if found != wanted:
        message = f"{where}: expected {wanted}, the package gives {found}"
        raise SystemExit(message)


def write(path: Path, header: Iterable[str], rows: Iterable[Unit | Succession]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(astuple(row) for row in rows)


def make(example: Example, package: Package) -> str:
    """Write one folder and say what went into it."""
    olds = package.old_communes(example.province_key)
    news = package.new_communes(example.province_key, olds)
    check(example, olds, news)
    targets: dict[str, list[New]] = defaultdict(list)
    for new in news:
        for old in new.sources:
            targets[old.code].append(new)
    units = upper_units(example, package)
    units += [old_unit(old) for old in olds]
    units += [new_unit(new, example, targets) for new in news]
    rows = successions(example, olds, targets)
    folder = HERE / example.folder
    write(folder / "units.csv", (field.name for field in fields(Unit)), units)
    write(folder / "successions.csv", SUCCESSION_COLUMNS, rows)
    kept = sum(unchanged(new, targets) for new in news)
    split = sum(len(into) > 1 for into in targets.values())
    return (
        f"{example.folder}: {len(olds)} communes -> {len(news)},"
        f" {kept} unchanged, {split} divided, {len(rows)} successions"
    )


if __name__ == "__main__":
    PACKAGE = Package()
    for each in EXAMPLES:
        sys.stdout.write(f"{make(each, PACKAGE)}\n")
