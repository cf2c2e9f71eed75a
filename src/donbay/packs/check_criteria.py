"""Checks of criteria sets: numbering, limits, what nodes refer to, and no circles."""

from __future__ import annotations

from donbay.domain.periods import Frequency
from donbay.packs.check_indicators import (
    check_category,
    check_period,
    judged_at,
    plausible,
)
from donbay.packs.checking import Checking, cycles
from donbay.packs.criteria_rows import (
    LimitRow,
    children,
    leaf_of,
    leaves_of,
    limits_of,
    nodes_of,
)
from donbay.packs.places import Place
from donbay.packs.reader import Found

ATTESTATION = "attestation"
_RESERVED = {"title", "description", "levels", "sub"}


def check_criteria(c: Checking) -> None:
    for name, found in c.book.criteria.items():
        _set(c, name, found)
        _numbering(c, found)
        for _, _, node in nodes_of(found):
            _node(c, name, found, node)
    _attested_once(c)
    _circles_of_levels(c)
    _circles_of_times(c)


def _set(c: Checking, name: str, found: Found) -> None:
    if found.get("id", str) not in {None, name}:
        c.add(found.at("id"), "id_not_file", id=found.get("id", str), file=name)
    c.refer(found, "unit_level", "unknown_level", c.book.level_ids)
    c.scope(found)
    if found.get("recognised_by", str) == ATTESTATION:
        c.add(found.at("recognised_by"), "recognised_by_attestation")
    for tag, said in found.pairs("region_of_tag"):
        c.must_know(tag, said.place, "unknown_tag", c.book.words("tags"))
        c.must_know(
            str(said.value), said.place, "unknown_region", c.book.words("regions")
        )
    for level in found.all("levels", Found):
        if (
            not level.all("criteria", Found)
            and level.get("complete", bool) is not False
        ):
            c.add(level.place, "level_empty", level=level.get("id", str))


def _numbering(c: Checking, found: Found) -> None:
    levels = found.all("levels", Found)
    _unique(c, "id", list(levels))
    criteria = [x for level in levels for x in level.all("criteria", Found)]
    _unique(c, "id", criteria)
    _unique(c, "sub", [leaf for leaf, _ in leaves_of(found)])
    for criterion in criteria:
        if criterion.get("id", str) in _RESERVED:
            c.add(criterion.at("id"), "criterion_reserved", id=criterion.get("id", str))


def _unique(c: Checking, key: str, records: list[Found]) -> None:
    first: dict[str, Place] = {}
    for record in records:
        name, place = record.get(key, str), record.at(key)
        if name in first:
            where = f"{first[name].file}:{first[name].line}"
            c.add(place, "id_repeated", id=name, first=where)
        elif name:
            first[name] = place


def _node(c: Checking, name: str, found: Found, node: Found) -> None:
    leaf = leaf_of(node)
    if leaf is not None:
        _leaf(c, name, found, leaf, both=node.branch == "both_sexes")
    elif node.branch == "at_least":
        _at_least(c, node)
    elif node.branch == "level_of":
        inner = node.get("level_of", Found)
        if inner:
            _level_ref(c, inner, found.get("unit_level", str))
    elif node.branch == "share_of_lower":
        inner = node.get("share_of_lower", Found)
        if inner:
            _share_of_lower(c, found, inner)


def _at_least(c: Checking, node: Found) -> None:
    inner = node.get("at_least", Found)
    count = inner.get("count", int) if inner else None
    if inner and count and inner.has("of") and count > len(children(node)):
        c.add(
            inner.at("count"), "at_least_count", count=count, parts=len(children(node))
        )


def _share_of_lower(c: Checking, found: Found, inner: Found) -> None:
    c.refer(inner, "unit_level", "unknown_level", c.book.level_ids)
    own, lower = found.get("unit_level", str), inner.get("unit_level", str)
    if (
        c.depth(lower) is not None
        and c.depth(own) is not None
        and not c.deeper(lower, own)
    ):
        c.add(inner.at("unit_level"), "share_not_lower", level=lower, own=own)
    _level_ref(c, inner, lower)


def _level_ref(c: Checking, inner: Found, unit_level: str | None) -> None:
    c.refer(inner, "set", "unknown_set", c.set_ids())
    name = inner.get("set", str) or ""
    other = c.book.criteria.get(name)
    if other is None:
        return
    levels = [i for level in other.all("levels", Found) if (i := level.get("id", str))]
    c.refer(inner, "level", "unknown_rung", levels)
    its = other.get("unit_level", str)
    if its and unit_level and its != unit_level:
        c.add(
            inner.at("set"), "set_of_other_level", set=name, its=its, level=unit_level
        )
    if inner.get("recognised", bool) and not other.has("recognised_by"):
        c.add(inner.at("recognised"), "never_recognised", set=name)


def _leaf(c: Checking, name: str, found: Found, leaf: Found, *, both: bool) -> None:
    if leaf.has("indicator") == leaf.has("attested_by"):
        c.add(leaf.place, "sub_either")
        return
    if leaf.has("attested_by"):
        _attested(c, leaf)
        return
    c.refer(leaf, "indicator", "unknown_indicator", c.indicator_ids())
    indicator = leaf.get("indicator", str) or ""
    judged_at(c, indicator, found.get("unit_level", str), leaf.at("indicator"))
    check_category(c, indicator, leaf.get("category", str), leaf.at("category"))
    period = leaf.get("period", Frequency)
    if period:
        check_period(c, indicator, period, leaf.at("period"))
    if both:
        _both_sexes(c, leaf, indicator)
    _limits(c, name, leaf, indicator)


def _attested(c: Checking, leaf: Found) -> None:
    for key in ("category", "comparator", "period", "limits", "limit"):
        if leaf.has(key):
            c.add(leaf.at(key), "key_of_attested", key=key)
    if not leaf.has("source"):
        c.add(leaf.place, "source_missing", example="source: document#article")


def _both_sexes(c: Checking, leaf: Found, indicator: str) -> None:
    pair = list(leaf.each("categories", str))
    for category, place in pair:
        check_category(c, indicator, category, place)
    if len(pair) > 2:  # noqa: PLR2004 -- women and men
        c.add(leaf.at("categories"), "both_are_two", count=len(pair))
    if leaf.has("category"):
        c.add(leaf.at("category"), "category_and_categories")


def _limits(c: Checking, name: str, leaf: Found, indicator: str) -> None:
    if not leaf.has("comparator"):
        c.add(
            leaf.place,
            "key_missing",
            key="comparator",
            example="at_least | at_most | above | below",
        )
    if not leaf.has("limits") and not leaf.has("limit"):
        c.add(leaf.place, "limits_missing")
    if leaf.has("limits") and leaf.has("limit"):
        c.add(leaf.at("limit"), "limit_and_limits")
    first: dict[object, LimitRow] = {}
    for row in limits_of(leaf):
        _limit(c, name, leaf, row)
        plausible(c, indicator, row.number, row.place)
        if row.key in first:
            c.add(row.place, "limit_repeated", first=first[row.key].place.line)
        first.setdefault(row.key, row)


def _limit(c: Checking, name: str, leaf: Found, row: LimitRow) -> None:
    ways = row.written & {"value", "times"}
    if len(ways) > 1:
        c.add(row.place, "limit_either")
    elif not ways:
        c.add(row.place, "key_missing", key="value", example="85 | province | unknown")
    if row.source is None and "source" not in row.written and not leaf.has("source"):
        c.add(row.place, "source_missing", example="source: document#article")
    limit_key(c, row)
    if row.times is not None:
        other = c.book.criteria.get(row.times.get("set", str) or name)
        c.refer(row.times, "set", "unknown_set", c.set_ids())
        _times(c, row.times, other)


def limit_key(c: Checking, row: LimitRow) -> None:
    if row.year is not None and row.start is not None:
        c.add(row.place, "year_and_from")
    if row.region is not None:
        c.must_know(row.region, row.place, "unknown_region", c.book.words("regions"))


def _times(c: Checking, times: Found, other: Found | None) -> None:
    if other is None:
        return
    subs = [
        i
        for leaf, _ in leaves_of(other)
        if leaf.has("indicator") and (i := leaf.get("sub", str))
    ]
    c.refer(times, "sub", "unknown_sub", subs)


def _attested_once(c: Checking) -> None:
    """An act names unit and sub-criterion only, so the two must tell the set."""
    first: dict[tuple[str | None, str | None], Place] = {}
    for found in c.book.criteria.values():
        for leaf, _ in leaves_of(found):
            if leaf.has("attested_by"):
                key = found.get("unit_level", str), leaf.get("sub", str)
                if key in first and first[key].file != leaf.place.file:
                    where = f"{first[key].file}:{first[key].line}"
                    c.add(
                        leaf.at("sub"),
                        "attested_twice",
                        sub=key[1],
                        level=key[0],
                        first=where,
                    )
                first.setdefault(key, leaf.place)


def _circles_of_levels(c: Checking) -> None:
    links: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for name, found in c.book.criteria.items():
        for level, _, node in nodes_of(found):
            inner = node.get(node.branch, Found)
            if node.branch not in {"level_of", "share_of_lower"} or not inner:
                continue
            if inner.get("recognised", bool):
                continue
            here = f"{name}.{level.get('id', str)}"
            places[here] = inner.place
            links.setdefault(here, []).extend(_up_to(c, inner))
    for trail in cycles(links):
        c.add(places[trail[0]], "cycle", trail=" → ".join(trail))


def _up_to(c: Checking, inner: Found) -> list[str]:
    """A level is reached with all below it, so each of them is needed."""
    name, wanted = inner.get("set", str) or "", inner.get("level", str)
    found = c.book.criteria.get(name)
    ids = (
        [level.get("id", str) for level in found.all("levels", Found)] if found else []
    )
    last = ids.index(wanted) + 1 if wanted in ids else 0
    return [f"{name}.{level}" for level in ids[:last]]


def _circles_of_times(c: Checking) -> None:
    links: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for name, found in c.book.criteria.items():
        for leaf, _ in leaves_of(found):
            here = f"{name}.{leaf.get('sub', str)}"
            for row in limits_of(leaf):
                if row.times is not None:
                    there = row.times.get("set", str) or name
                    links.setdefault(here, []).append(
                        f"{there}.{row.times.get('sub', str)}"
                    )
                    places[here] = row.place
    for trail in cycles(links):
        c.add(places[trail[0]], "cycle", trail=" → ".join(trail))
