"""The programmes and examples that come with Donbay."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
# In a wheel they lie inside the package, in a checkout beside `src`.
_PLACES = (_PACKAGE / "shipped", _PACKAGE.parents[1])


def shipped(kind: str) -> tuple[Path, ...]:
    """The folders of "packs" or "examples"; `order.txt` may give their order."""
    for place in _PLACES:
        root = place / kind
        if root.is_dir():
            found = {p.name: p for p in sorted(root.iterdir()) if _is_one(p)}
            return tuple(found[name] for name in _ordered(root, list(found)))
    return ()


def _is_one(path: Path) -> bool:
    return (path / "units.csv").is_file() or (path / "programme.yaml").is_file()


def _ordered(root: Path, names: list[str]) -> list[str]:
    order = root / "order.txt"
    first = order.read_text(encoding="utf-8").split() if order.is_file() else []
    return [n for n in first if n in names] + [n for n in names if n not in first]


def example_pack(folder: Path) -> Path | None:
    """The pack that an example names, or the shipped pack of the same name."""
    if (folder / "pack").exists():
        return None
    for pack in shipped("packs"):
        if pack.name in {folder.name, folder.name.replace("-", "_")}:
            return pack
    return None
