"""Which files a pack is made of: its own, those of its editions, those it extends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from donbay.packs.places import Place, Problems, nearest

EDITIONS = "editions"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KINDS = {
    "programme.yaml": "programme",
    "targets.yaml": "targets",
    "tasks.yaml": "tasks",
    "tighten.yaml": "tighten",
    "indicators/": "indicator",
    "criteria/": "criteria",
    "forms/": "form",
    "texts/": "texts",
    "cases/": "cases",
}
# Later tools keep their files in the pack too; what is in them is their own affair.
_OTHERS = ("registers/",)


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file with its kind, the name inside the pack, and the name shown to people."""

    kind: str
    name: str
    path: Path
    shown: str

    @property
    def stem(self) -> str:
        return self.path.stem


@dataclass
class Files:
    """The files in force, by their name inside the pack."""

    by_name: dict[str, PackFile] = field(default_factory=dict)
    edition: date | None = None

    def of(self, kind: str) -> list[PackFile]:
        """In the order of their names, so that packs read alike on every machine."""
        return [f for _, f in sorted(self.by_name.items()) if f.kind == kind]


def find_files(folder: Path, on: date | None, problems: Problems) -> Files:
    """The pack's files in force on `on`; without a day, those of the newest edition."""
    found = Files()
    if not folder.is_dir():
        problems.add(Place(shown(folder)), "no_folder")
        return found
    _gather(folder, found, problems)
    for day, edition in _editions(folder, problems):
        if on is None or day <= on:
            found.edition = day
            _gather(edition, found, problems)
    if "programme.yaml" not in found.by_name:
        problems.add(Place(shown(folder)), "no_programme_file")
    return found


def shown(path: Path) -> str:
    """The path as it was given, in letters that can be printed."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _gather(folder: Path, found: Files, problems: Problems) -> None:
    for path in _yaml_files(folder, problems):
        name = path.relative_to(folder).as_posix()
        if name.startswith((f"{EDITIONS}/", *_OTHERS)):
            continue
        kind = _kind(name)
        if kind is None or path.suffix != ".yaml":
            place = Place(shown(path))
            known = nearest(name, _expected(path.stem))
            problems.add(place, "file_unknown", name=name, nearest=known)
            continue
        found.by_name[name] = PackFile(kind, name, path, shown(path))


def _yaml_files(folder: Path, problems: Problems) -> Iterator[Path]:
    try:
        paths = sorted(folder.rglob("*"))
    except OSError as problem:
        problems.add(Place(shown(folder)), "file_unreadable", detail=problem.strerror)
        return
    for path in paths:
        hidden = any(part[0] == "." for part in path.relative_to(folder).parts)
        if path.suffix in {".yaml", ".yml"} and path.is_file() and not hidden:
            yield path


def _kind(name: str) -> str | None:
    top, slash, rest = name.partition("/")
    return None if "/" in rest else _KINDS.get(top + slash)


def _expected(stem: str) -> list[str]:
    return [f"{n}{stem}.yaml" if n.endswith("/") else n for n in _KINDS]


def _editions(folder: Path, problems: Problems) -> list[tuple[date, Path]]:
    found = []
    root = folder / EDITIONS
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if not path.is_dir() or path.name.startswith("."):
            continue
        day = _day(path.name)
        if day is None:
            problems.add(Place(shown(path)), "edition_name", name=path.name)
        else:
            found.append((day, path))
    return sorted(found)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name) if _DAY.fullmatch(name) else None
    except ValueError:
        return None


def base_folder(wanted: str, library: Path) -> Path | None:
    """The pack of that programme in the library, by its folder's name or its id."""
    for name in (wanted, wanted.replace("_", "-")):
        if (library / name / "programme.yaml").is_file():
            return library / name
    for path in sorted(library.glob("*/programme.yaml")):
        text = path.read_bytes()[:4000].decode("utf-8", "replace")
        if re.search(rf"^id: *['\"]?{re.escape(wanted)}['\"]? *$", text, re.MULTILINE):
            return path.parent
    return None
