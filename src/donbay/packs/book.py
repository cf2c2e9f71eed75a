"""A pack as it was read, before it is checked and built: all records by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from donbay.packs.files import Files, PackFile
from donbay.packs.nodes import Entries, Items, read_nodes
from donbay.packs.places import Place, Problems
from donbay.packs.reader import Found, read
from donbay.packs.scalars import Unfit
from donbay.packs.schema import FILES
from donbay.packs.shapes import ListOf
from donbay.packs.words import ID

Path_ = tuple[str, ...]


@dataclass
class TextFile:
    """The words of one language by path, `title` being the thing itself."""

    place: Place
    words: dict[Path_, tuple[str, Place]] = field(default_factory=dict)
    aliases: dict[Path_, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Book:
    """Records by id. `unread` holds ids of files that could not be read at all.

    Of a pack that extends another, both books are one; `base` then holds the other's
    programme record.
    """

    programme: Found
    indicators: dict[str, Found] = field(default_factory=dict)
    targets: dict[str, Found] = field(default_factory=dict)
    tasks: dict[str, Found] = field(default_factory=dict)
    criteria: dict[str, Found] = field(default_factory=dict)
    forms: dict[str, Found] = field(default_factory=dict)
    tighten: list[Found] = field(default_factory=list)
    texts: dict[str, list[TextFile]] = field(default_factory=dict)
    unread: dict[str, set[str]] = field(default_factory=dict)
    base: Book | None = None
    files: list[Path] = field(default_factory=list)

    @property
    def programmes(self) -> tuple[Found, ...]:
        """The national programme's record first, then the own one."""
        return (
            (*self.base.programmes, self.programme) if self.base else (self.programme,)
        )

    def listed(self, key: str) -> list[Found]:
        """The records of a list of programme.yaml, the national ones first."""
        return [found for p in self.programmes for found in p.all(key, Found)]

    def words(self, key: str) -> list[str]:
        """The words of a list of programme.yaml."""
        return [word for p in self.programmes for word in p.all(key, str)]

    def ids(self, key: str) -> list[str]:
        return [i for found in self.listed(key) if (i := found.get("id", str))]

    @property
    def levels(self) -> list[Found]:
        """Top down; a pack that extends another may leave them to it."""
        return next(
            (
                list(some)
                for p in reversed(self.programmes)
                if (some := p.all("levels", Found))
            ),
            [],
        )

    @property
    def level_ids(self) -> list[str]:
        return [i for level in self.levels if (i := level.get("id", str))]


def read_book(files: Files, problems: Problems) -> Book:
    """Every file read by its shape; records whose file is broken are `unread`."""
    reading = _Reading(files, problems)
    return reading.book()


class _Reading:
    def __init__(self, files: Files, problems: Problems) -> None:
        self.files, self.problems = files, problems
        self.made = Book(Found(Place("programme.yaml"), {}))

    def book(self) -> Book:
        made = self.made
        for file in self.files.of("programme"):
            made.programme = self._file(file) or Found(Place(file.shown, 1), {})
        for kind, into in (
            ("indicator", made.indicators),
            ("criteria", made.criteria),
            ("form", made.forms),
        ):
            for file in self.files.of(kind):
                self._named_by_file(kind, file, into)
        made.targets = self._by_id("targets")
        made.tasks = self._by_id("tasks")
        made.tighten = [row for f in self.files.of("tighten") for row in self._rows(f)]
        made.files = [file.path for file in self.files.by_name.values()]
        return made

    def _file(self, file: PackFile) -> Found | None:
        node = read_nodes(file.path, file.shown, self.problems)
        if node is None:
            return None
        said = read(FILES[file.kind], node, Place(file.shown, node.line), self.problems)
        return said.value if said and isinstance(said.value, Found) else None

    def _named_by_file(self, kind: str, file: PackFile, into: dict[str, Found]) -> None:
        found = self._file(file)
        if found is None:
            self.made.unread.setdefault(kind, set()).add(file.stem)
            return
        try:
            ID.read(file.stem)
        except Unfit as stop:
            self.problems.add(Place(file.shown), "file_name", **stop.parameters)
        into[file.stem] = found

    def _rows(self, file: PackFile) -> Iterator[Found]:
        node = read_nodes(file.path, file.shown, self.problems)
        if node is None:
            self.made.unread[file.kind] = {file.stem}
            return
        if isinstance(node, Entries):
            self.made.unread[file.kind] = {file.stem}
            self.problems.add(
                Place(file.shown, node.line), "list_of_records", example="- id: ..."
            )
            return
        if isinstance(node, Items) and not node.items:
            return
        shape = FILES[file.kind]
        place = Place(file.shown, node.line, file.kind)
        said = (
            read(shape, node, place, self.problems)
            if isinstance(shape, ListOf)
            else None
        )
        items = said.value if said and isinstance(said.value, tuple) else ()
        yield from (item.value for item in items)

    def _by_id(self, kind: str) -> dict[str, Found]:
        rows = [row for file in self.files.of(kind) for row in self._rows(file)]
        return by_id(rows, self.problems)


def joined(base: Book, own: Book, problems: Problems) -> Book:
    """The national book and the provincial one that extends it, as one."""
    return Book(
        own.programme,
        _added(base.indicators, own.indicators, problems),
        _added(base.targets, own.targets, problems),
        _added(base.tasks, own.tasks, problems),
        _added(base.criteria, own.criteria, problems),
        _added(base.forms, own.forms, problems),
        own.tighten,
        {
            k: base.texts.get(k, []) + own.texts.get(k, [])
            for k in base.texts | own.texts
        },
        {
            k: base.unread.get(k, set()) | own.unread.get(k, set())
            for k in base.unread | own.unread
        },
        base,
        base.files + own.files,
    )


def _added(
    base: dict[str, Found], own: dict[str, Found], problems: Problems
) -> dict[str, Found]:
    for name in sorted(base.keys() & own.keys()):
        problems.add(own[name].place, "id_of_base", id=name, base=base[name].place.file)
    return base | own


def by_id(rows: list[Found], problems: Problems) -> dict[str, Found]:
    """The first record of each id; the others are refused."""
    found: dict[str, Found] = {}
    for number, row in enumerate(rows):
        name = row.get("id", str) or f"#{number}"
        if name in found:
            first = found[name].place
            where = f"{first.file}:{first.line}"
            problems.add(row.at("id"), "id_repeated", id=name, first=where)
            continue
        found[name] = row
    return found
