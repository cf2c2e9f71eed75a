"""What every check has at hand: the book, the problems, and how to refer to things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from donbay.packs.book import Book
from donbay.packs.places import Place, Problems, nearest
from donbay.packs.reader import Found, Said


@dataclass(frozen=True)
class Checking:
    """One run over a book."""

    book: Book
    problems: Problems

    def add(self, place: Place, code: str, **parameters: object) -> None:
        self.problems.add(place, code, **parameters)

    def refer(self, record: Found, key: str, code: str, known: Iterable[str]) -> None:
        """The key's value, if given, must be one of the known ids."""
        value = record.get(key, str)
        if value is not None:
            self.must_know(value, record.at(key), code, known)

    def refer_all(
        self, record: Found, key: str, code: str, known: Iterable[str]
    ) -> None:
        """The same for every item of a list."""
        words = set(known)
        for value, place in record.each(key, str):
            self.must_know(value, place, code, words)

    def must_know(
        self, value: str, place: Place, code: str, known: Iterable[str]
    ) -> None:
        words = set(known)
        if value not in words:
            self.add(place, code, value=value, nearest=nearest(value, words))

    def indicator_ids(self) -> set[str]:
        """Those whose file is broken count: one mistake is one problem."""
        return self.book.indicators.keys() | self.book.unread.get("indicator", set())

    def set_ids(self) -> set[str]:
        return self.book.criteria.keys() | self.book.unread.get("criteria", set())

    def depth(self, level: str | None) -> int | None:
        """How far down the tree a level stands; None for one that is not known."""
        ids = self.book.level_ids
        return ids.index(level) if level in ids else None

    def deeper(self, one: str | None, other: str | None) -> bool:
        """Whether both levels are known and the first stands below the second."""
        first, second = self.depth(one), self.depth(other)
        return first is not None and second is not None and first > second

    def scope(self, record: Found) -> None:
        self.refer_all(record, "scope", "unknown_tag", self.book.words("tags"))


def inside(found: Found) -> Iterator[Found]:
    """The record and every record in it."""
    yield found
    for said in found.values.values():
        yield from _inside(said)


def _inside(said: Said) -> Iterator[Found]:
    value = said.value
    if isinstance(value, Found):
        yield from inside(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)


def cycles(links: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """One round trip for each knot of things that need themselves, shortest first.

    A loop of its own stack: a long chain must not break the reader.
    """
    state: dict[str, int] = {}
    found: list[list[str]] = []
    for start in links:
        trail: list[str] = []
        todo = [(start, False)]
        while todo:
            here, leaving = todo.pop()
            if leaving:
                state[here] = 2
                trail.pop()
            elif state.get(here) == 1:
                found.append([*trail[trail.index(here) :], here])
            elif here not in state:
                state[here] = 1
                trail.append(here)
                todo.append((here, True))
                todo += [(there, False) for there in links.get(here, ())]
    return found
