"""Nodes read by a shape: typed values, each with its place; problems for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from donbay.packs.nodes import Entries, Items, Leaf, Node
from donbay.packs.places import Place, Problems, nearest
from donbay.packs.scalars import Unfit
from donbay.packs.shapes import Choice, Later, ListOf, MapOf, OneOf, Record, Shape
from donbay.packs.words import Word

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A value and where it stands."""

    value: object
    place: Place


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was read. What could not be read is absent from `values`.

    `written` holds all its keys, so that one mistake is not said again as a lack.
    """

    place: Place
    values: Mapping[str, Said]
    branch: str = ""
    written: frozenset[str] = frozenset()

    def get(self, key: str, kind: type[T]) -> T | None:
        said = self.values.get(key)
        return said.value if said and isinstance(said.value, kind) else None

    def all(self, key: str, kind: type[T]) -> tuple[T, ...]:
        return tuple(value for value, _ in self.each(key, kind))

    def each(self, key: str, kind: type[T]) -> Iterator[tuple[T, Place]]:
        """The items of a list, with their places."""
        said = self.values.get(key)
        items = said.value if said and isinstance(said.value, tuple) else ()
        for item in items:
            if isinstance(item, Said) and isinstance(item.value, kind):
                yield item.value, item.place

    def pairs(self, key: str) -> Iterator[tuple[str, Said]]:
        """The entries of a mapping whose keys are data."""
        said = self.values.get(key)
        yield from said.value.items() if said and isinstance(said.value, dict) else ()

    def at(self, key: str) -> Place:
        """Where the key's value stands; the record itself where there is none."""
        said = self.values.get(key)
        return said.place if said else self.place

    def has(self, key: str) -> bool:
        """Whether the key was written, rightly or wrongly."""
        return key in self.written


def read(  # noqa: PLR0911 -- a return for each shape
    shape: Shape, node: Node, place: Place, problems: Problems
) -> Said | None:
    """None where nothing usable was found; the problems say why."""
    match shape:
        case Later():
            return read(shape.shape(), node, place, problems)
        case Word():
            return _word(shape, node, place, problems)
        case Choice():
            return _choice(shape, node, place, problems)
        case ListOf():
            return _list(shape, node, place, problems)
        case MapOf():
            return _map(shape, node, place, problems)
        case Record():
            return _record(shape, node, place, problems)
        case OneOf():
            return _one_of(shape, node, place, problems)


def _leaf(node: Node, place: Place, problems: Problems) -> Leaf | None:
    if not isinstance(node, Leaf):
        problems.add(place, "value_expected", key=place.path)
        return None
    if node.empty:
        problems.add(place, "value_missing", key=place.path)
        return None
    return node


def _word(shape: Word, node: Node, place: Place, problems: Problems) -> Said | None:
    leaf = _leaf(node, place, problems)
    if leaf is None:
        return None
    try:
        return Said(shape.read(leaf.text), place)
    except Unfit as stop:
        problems.add(place, stop.code, **stop.parameters)
        return None


def _choice(shape: Choice, node: Node, place: Place, problems: Problems) -> Said | None:
    leaf = _leaf(node, place, problems)
    if leaf is None:
        return None
    words = [member.value for member in shape.of]
    if leaf.text in words:
        return Said(shape.of(leaf.text), place)
    problems.add(place, "choice", value=leaf.text, choices=", ".join(words))
    return None


def _list(shape: ListOf, node: Node, place: Place, problems: Problems) -> Said | None:
    if not isinstance(node, Items):
        problems.add(place, "list_expected", key=place.path)
        return None
    if len(node.items) < shape.at_least:
        problems.add(place, "list_short", key=place.path, least=shape.at_least)
        return None
    read_items = [
        read(shape.item, item, place.item(_label(item, i), item.line), problems)
        for i, item in enumerate(node.items, start=1)
    ]
    found = tuple(item for item in read_items if item is not None)
    if isinstance(shape.item, Word):
        _refuse_repeated(found, problems)
    return Said(found, place)


def _label(item: Node, number: int) -> str:
    named = (
        item.text_of("id", "sub", "unit", "day") if isinstance(item, Entries) else ""
    )
    return named or str(number)


def _refuse_repeated(items: tuple[Said, ...], problems: Problems) -> None:
    first: dict[object, Place] = {}
    for item in items:
        if item.value in first:
            line = first[item.value].line
            problems.add(item.place, "item_repeated", value=item.value, first=line)
        first.setdefault(item.value, item.place)


def _map(shape: MapOf, node: Node, place: Place, problems: Problems) -> Said | None:
    if not isinstance(node, Entries):
        problems.add(place, "mapping_expected", key=place.path)
        return None
    found: dict[str, Said] = {}
    for key, value in node.entries:
        here = place.key(key.text, key.line)
        named = _word(shape.key, key, here, problems)
        said = read(shape.value, value, here, problems)
        if named and said:
            found[str(named.value)] = said
    return Said(found, place)


def _record(shape: Record, node: Node, place: Place, problems: Problems) -> Said | None:
    if isinstance(node, Leaf) and shape.short and not node.empty:
        return _short(shape, node, place, problems)
    if not isinstance(node, Entries):
        problems.add(place, "mapping_expected", key=place.path)
        return None
    return Said(_found(shape, node, place, problems), place)


def _short(shape: Record, leaf: Leaf, place: Place, problems: Problems) -> Said | None:
    split = shape.short(leaf.text) if shape.short else {}
    entries = tuple(
        (Leaf(key, leaf.line), Leaf(text, leaf.line)) for key, text in split.items()
    )
    return Said(_found(shape, Entries(entries, leaf.line), place, problems), place)


def _found(
    shape: Record, node: Entries, place: Place, problems: Problems, branch: str = ""
) -> Found:
    values = _fields(shape, node, place, problems)
    return Found(place, values, branch, frozenset(key.text for key, _ in node.entries))


def _fields(
    shape: Record, node: Entries, place: Place, problems: Problems
) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for key, value in node.entries:
        here = place.key(key.text, key.line)
        field = shape.field(key.text)
        if field is None:
            known = nearest(key.text, (f.key for f in shape.fields))
            problems.add(here, "unknown_key", key=key.text, nearest=known)
            continue
        said = read(field.shape, value, here, problems)
        if said is not None:
            found[key.text] = said
    written = {key.text for key, _ in node.entries}
    for field in shape.fields:
        if field.required and field.key not in written:
            example = example_of(field.shape)
            problems.add(place, "key_missing", key=field.key, example=example)
    return found


def _one_of(shape: OneOf, node: Node, place: Place, problems: Problems) -> Said | None:
    if not isinstance(node, Entries):
        problems.add(place, "mapping_expected", key=place.path)
        return None
    written = [key.text for key, _ in node.entries]
    kinds = [key for key in shape.branches if key in written]
    choices = ", ".join(shape.branches)
    if not kinds:
        problems.add(place, "kind_missing", choices=choices)
        return None
    if len(kinds) > 1:
        problems.add(place, "kind_twice", found=", ".join(kinds))
        return None
    branch = shape.branches[kinds[0]]
    return Said(_found(branch, node, place, problems, kinds[0]), place)


def example_of(shape: Shape) -> str:
    """What may be written there, free of any language."""
    match shape:
        case Word():
            return shape.example
        case Choice():
            return " | ".join(member.value for member in shape.of)
        case ListOf():
            return f"[{example_of(shape.item)}]"
        case MapOf():
            return f"{{{shape.key.example}: {example_of(shape.value)}}}"
        case Record():
            keys = ", ".join(f"{f.key}: ..." for f in shape.fields if f.required)
            return "document#article" if shape.short else f"{{{keys}}}"
    return "{...}"
