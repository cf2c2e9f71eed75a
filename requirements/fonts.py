"""The one family of fonts for print, made of three: `python requirements/fonts.py`.

What draws pictures and prints pages does not look a missing glyph up in another font,
so Latin and Vietnamese, Arabic, and a few signs are merged into one file for each
weight. Needs fonttools; the packages and their versions stand in the manifest beside
the fonts, with the sha256 of what was made. The family has a name of its own, as its
licence (OFL) asks of what was changed.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from vendor import DONBAY, fetch

FONTS = DONBAY / "reports/fonts"
MANIFEST = FONTS / "manifest.json"
FAMILY = "Donbay Sans"
WEIGHTS = ("Regular", "Bold")
LATIN = [
    *(*range(0x20, 0x250), *range(0x2B0, 0x400), *range(0x1E00, 0x1F00)),
    *(*range(0x2000, 0x2070), *range(0x20A0, 0x20D0), *range(0x2100, 0x2190)),
]
ARABIC = range(0x600, 0x10000)
SIGNS = [*range(0x2190, 0x2194), 0x2248, 0x2260, 0x2264, 0x2265, 0x221E]
DROPPED = ["MATH", "vmtx", "vhea", "DSIG"]
FAMILY_NAMES, FULL_NAME, FILE_NAME = {1, 16}, 4, 6


def make() -> None:
    packages = json.loads(MANIFEST.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        latin, arabic, math = (
            _get(p, Path(folder) / str(n)) for n, p in enumerate(packages)
        )
        for number, weight in enumerate(WEIGHTS):
            parts = [
                _part(latin[number], LATIN),
                _part(arabic[number], ARABIC),
                _part(math[0], SIGNS),
            ]
            _merge(parts, weight)
        _widths()
    made = [*(f"donbay-sans-{w.lower()}.ttf" for w in WEIGHTS), "widths.json"]
    for package in packages:
        package.pop("made", None)
    packages[0]["made"] = {name: _sha(FONTS / name) for name in made}
    text = json.dumps(packages, indent=2, ensure_ascii=False)
    MANIFEST.write_text(f"{text}\n", encoding="utf-8")


def _get(package: dict, folder: Path) -> list[Path]:  # type: ignore[type-arg]  # JSON as it stands
    """The fonts of a package; its licence is copied beside ours."""
    folder.mkdir()
    unpacked = fetch(package, folder)
    fonts = []
    for file in package["files"]:
        if "path" not in file:
            fonts.append(unpacked / file["from"])
            continue
        (FONTS / file["path"]).write_bytes((unpacked / file["from"]).read_bytes())
        file["sha256"] = _sha(FONTS / file["path"])
    return fonts


def _part(path: Path, letters: list[int] | range) -> str:
    font = TTFont(path)
    options = Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.name_IDs = ["*"]
    options.drop_tables += DROPPED
    subset = Subsetter(options)
    subset.populate(unicodes=[u for u in font.getBestCmap() if u in set(letters)])
    subset.subset(font)
    part = path.with_name(f"part-{min(letters)}-{path.name}")
    font.save(part)
    return str(part)


def _merge(parts: list[str], weight: str) -> None:
    font = Merger(options=MergeOptions(drop_tables=DROPPED)).merge(parts)
    for row in font["name"].names:
        if row.nameID in FAMILY_NAMES:
            row.string = FAMILY
        elif row.nameID == FULL_NAME:
            row.string = f"{FAMILY} {weight}"
        elif row.nameID == FILE_NAME:
            row.string = f"{FAMILY.replace(' ', '')}-{weight}"
    made = TTFont(parts[0])["head"].created  # not now: every run makes the same bytes
    font["head"].created = font["head"].modified = made
    font.recalcTimestamp = False
    path = FONTS / f"donbay-sans-{weight.lower()}.ttf"
    font.save(path)
    print(path.name)


def _widths() -> None:
    """How wide each letter is, in thousandths of the size, for breaking lines."""
    font = TTFont(FONTS / "donbay-sans-regular.ttf")
    advances = font["hmtx"]
    wide: dict[int, list[int]] = {}
    for letter, glyph in sorted(font.getBestCmap().items()):
        wide.setdefault(advances[glyph][0], []).append(letter)
    rows = {str(width): letters for width, letters in sorted(wide.items())}
    text = json.dumps(rows, separators=(",", ":"))
    (FONTS / "widths.json").write_text(f"{text}\n", encoding="utf-8")


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    make()
