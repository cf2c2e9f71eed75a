"""Criteria sets built from checked records."""

from __future__ import annotations

from collections.abc import Callable

from donbay.domain.criteria import (
    All,
    Any_,
    AtLeast,
    Attestation,
    BothSexes,
    CriteriaSet,
    Criterion,
    If,
    Level,
    LevelOf,
    Limit,
    Node,
    ShareOfLower,
    SubCriterion,
    Threshold,
    Times,
)
from donbay.domain.indicators import Texts
from donbay.domain.periods import Frequency
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Source
from donbay.packs.book import Book
from donbay.packs.criteria_rows import LimitRow, children, limits_of, tightened_row
from donbay.packs.overlay import merged_limits
from donbay.packs.reader import Found
from donbay.packs.records import Words, need

Sourced = Callable[[Found | None], Source | None]


class CriteriaBuilder:
    """Builds the sets of one book."""

    def __init__(self, book: Book, words: Words, source: Sourced) -> None:
        self.words, self.source = words, source
        self.tightened: dict[tuple[str, str], list[LimitRow]] = {}
        for row in book.tighten:
            key = need(row, "set", str), need(row, "sub", str)
            self.tightened.setdefault(key, []).append(tightened_row(row))

    def build(self, name: str, found: Found) -> CriteriaSet:
        return CriteriaSet(
            name,
            need(found, "unit_level", str),
            tuple(self._level(name, level) for level in found.all("levels", Found)),
            found.get("recognised_by", str),
            frozenset(found.all("scope", str)),
            tuple((tag, str(s.value)) for tag, s in found.pairs("region_of_tag")),
            self._texts(name),
            self.source(found.get("source", Found)),
        )

    def _texts(self, name: str, *path: str, instead: str = "") -> Texts:
        top = ("criteria", name)
        return self.words.of(*top, *path, instead=(*top, instead) if instead else ())

    def _level(self, name: str, found: Found) -> Level:
        level = need(found, "id", str)
        return Level(
            level,
            tuple(self._criterion(name, one) for one in found.all("criteria", Found)),
            found.get("complete", bool) is not False,
            self._texts(name, "levels", level),
            self.source(found.get("source", Found)),
        )

    def _criterion(self, name: str, found: Found) -> Criterion:
        criterion = need(found, "id", str)
        node = self._node(name, need(found, "node", Found))
        source = self.source(found.get("source", Found))
        return Criterion(criterion, node, self._texts(name, criterion), source)

    def _node(self, name: str, found: Found) -> Node:  # noqa: PLR0911 -- a return for each kind
        parts = tuple(self._node(name, child) for child in children(found))
        match found.branch:
            case "all":
                return All(parts)
            case "any":
                return Any_(parts)
            case "at_least":
                return AtLeast(
                    need(need(found, "at_least", Found), "count", int), parts
                )
            case "if":
                return If(parts[0], parts[1], parts[2] if len(parts) > 2 else None)  # noqa: PLR2004 -- the third is `else`
            case "both_sexes":
                inner = need(found, "both_sexes", Found)
                one, other = inner.all("categories", str)
                return BothSexes(self._leaf(name, inner), (one, other))
            case "level_of":
                return _level_of(need(found, "level_of", Found))
            case "share_of_lower":
                return self._share(need(found, "share_of_lower", Found))
        return self._leaf(name, found)

    def _share(self, found: Found) -> ShareOfLower:
        return ShareOfLower(
            need(found, "unit_level", str),
            need(found, "set", str),
            need(found, "level", str),
            need(found, "percent", float),
            found.get("recognised", bool) or False,
            self.source(found.get("source", Found)),
        )

    def _leaf(self, name: str, found: Found) -> SubCriterion:
        sub = need(found, "sub", str)
        authority = found.get("attested_by", str)
        rule = Attestation(authority) if authority else self._threshold(name, found)
        return SubCriterion(
            sub,
            rule,
            self._texts(name, "sub", sub, instead=sub),
            self.source(found.get("source", Found)),
            found.get("measured_by", str),
        )

    def _threshold(self, name: str, found: Found) -> Threshold:
        own = self.tightened.get((name, need(found, "sub", str)), [])
        rows = merged_limits(limits_of(found), own)
        return Threshold(
            need(found, "indicator", str),
            need(found, "comparator", Comparator),
            tuple(self._limit(name, row) for row in rows),
            found.get("category", str),
            found.get("period", Frequency),
        )

    def _limit(self, name: str, row: LimitRow) -> Limit:
        value: float | Times | None = row.number
        if row.times is not None:
            value = Times(
                need(row.times, "factor", float),
                row.times.get("set", str) or name,
                need(row.times, "sub", str),
            )
        source = self.source(row.source)
        return Limit(value, row.region, row.year, row.start, source)


def _level_of(found: Found) -> LevelOf:
    recognised = found.get("recognised", bool) or False
    return LevelOf(need(found, "set", str), need(found, "level", str), recognised)
