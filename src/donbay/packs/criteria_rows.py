"""Criteria as they were read: nodes, leaves and limits, for checks and for building."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from donbay.packs.places import Place
from donbay.packs.reader import Found

Key = tuple[str | None, int | None, date | None]


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit; `word` is `province` or `unknown` where there is no number yet."""

    place: Place
    region: str | None = None
    year: int | None = None
    start: date | None = None
    number: float | None = None
    word: str | None = None
    times: Found | None = None
    source: Found | None = None
    written: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        return self.region, self.year, self.start


def limits_of(leaf: Found) -> list[LimitRow]:
    """The limits of a sub-criterion, `limit` among them."""
    rows = [_row(found, found.place) for found in leaf.all("limits", Found)]
    if leaf.has("limit"):
        place, source = leaf.at("limit"), leaf.get("source", Found)
        number, word = leaf.get("limit", float), leaf.get("limit", str)
        written = frozenset({"value", *(["source"] if leaf.has("source") else [])})
        rows.append(
            LimitRow(place, number=number, word=word, source=source, written=written)
        )
    own = leaf.get("source", Found)
    return [replace(row, source=own) if row.source is None else row for row in rows]


def _row(found: Found, place: Place) -> LimitRow:
    return LimitRow(
        place,
        found.get("region", str),
        found.get("year", int),
        found.get("from", date),
        found.get("value", float),
        found.get("value", str),
        found.get("times", Found),
        found.get("source", Found),
        found.written,
    )


def tightened_row(found: Found) -> LimitRow:
    """A row of tighten.yaml as a limit."""
    return _row(found, found.place)


def children(node: Found) -> tuple[Found, ...]:
    """The nodes directly inside a node."""
    match node.branch:
        case "all" | "any":
            return node.all(node.branch, Found)
        case "at_least":
            inner = node.get("at_least", Found)
            return inner.all("of", Found) if inner else ()
        case "if":
            some = (node.get(key, Found) for key in ("if", "then", "else"))
            return tuple(found for found in some if found)
    return ()


def every(node: Found) -> Iterator[Found]:
    """The node and all inside it, in order."""
    yield node
    for child in children(node):
        yield from every(child)


def leaf_of(node: Found) -> Found | None:
    """The record of a sub-criterion, where the node is one."""
    if node.branch == "sub":
        return node
    return node.get("both_sexes", Found) if node.branch == "both_sexes" else None


def nodes_of(found_set: Found) -> Iterator[tuple[Found, Found, Found]]:
    """Every node of a set with its level and criterion."""
    for level in found_set.all("levels", Found):
        for criterion in level.all("criteria", Found):
            node = criterion.get("node", Found)
            for some in every(node) if node else ():
                yield level, criterion, some


def leaves_of(found_set: Found) -> Iterator[tuple[Found, Found]]:
    """Every sub-criterion of a set with the node that holds it."""
    for _, _, node in nodes_of(found_set):
        leaf = leaf_of(node)
        if leaf is not None:
            yield leaf, node


def leaf_named(found_set: Found | None, name: str | None) -> Found | None:
    found = leaves_of(found_set) if found_set else ()
    return next((leaf for leaf, _ in found if leaf.get("sub", str) == name), None)
