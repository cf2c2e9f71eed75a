"""A province's numbers over the national limits: cells filled, or made stricter."""

from __future__ import annotations

from donbay.domain.quantities import Comparator
from donbay.packs.check_criteria import limit_key
from donbay.packs.check_indicators import plausible
from donbay.packs.checking import Checking
from donbay.packs.criteria_rows import (
    Key,
    LimitRow,
    leaf_named,
    leaves_of,
    limits_of,
    tightened_row,
)
from donbay.packs.places import Place
from donbay.packs.reader import Found


def check_tighten(c: Checking) -> None:
    if c.book.tighten and not c.book.programme.has("extends"):
        c.add(c.book.tighten[0].place, "tighten_without_base")
        return
    first: dict[object, Place] = {}
    for found in c.book.tighten:
        key = (found.get("set", str), found.get("sub", str), tightened_row(found).key)
        if key in first:
            c.add(found.place, "limit_repeated", first=first[key].line)
        first.setdefault(key, found.place)
        _row(c, found)


def _row(c: Checking, found: Found) -> None:
    row = tightened_row(found)
    c.refer(found, "set", "unknown_set", c.set_ids())
    limit_key(c, row)
    national = c.book.criteria.get(found.get("set", str) or "")
    if national is None:
        return
    subs = [
        i
        for leaf, _ in leaves_of(national)
        if leaf.has("indicator") and (i := leaf.get("sub", str))
    ]
    c.refer(found, "sub", "unknown_sub", subs)
    leaf = leaf_named(national, found.get("sub", str))
    if leaf is None or not leaf.has("indicator"):
        return
    plausible(c, leaf.get("indicator", str), row.number, found.at("value"))
    _stricter(c, leaf, row, found)


def _stricter(c: Checking, leaf: Found, row: LimitRow, found: Found) -> None:
    over = _covered(limits_of(leaf), row)
    if not over:
        c.add(found.place, "tighten_nothing", sub=leaf.get("sub", str))
    comparator = leaf.get("comparator", Comparator)
    for limit in over:
        if limit.times is not None:
            c.add(found.place, "tighten_times", line=limit.place.line)
        elif comparator and row.number is not None and limit.number is not None:
            looser = row.number < limit.number
            if not comparator.upward:
                looser = row.number > limit.number
            if looser:
                where = f"{limit.place.file}:{limit.place.line}"
                c.add(
                    found.at("value"),
                    "loosened",
                    value=row.number,
                    national=limit.number,
                    comparator=comparator,
                    where=where,
                )


def _covered(limits: list[LimitRow], row: LimitRow) -> list[LimitRow]:
    """The national limits that would judge where the province's number now does.

    A province may give one number for a cell, or split a cell by region or year.
    """
    of_region = [limit for limit in limits if limit.region == row.region]
    some = [limit for limit in of_region if _same_time(limit, row)]
    if some or row.region is None:
        return some
    return [
        limit for limit in limits if limit.region is None and _same_time(limit, row)
    ]


def _same_time(limit: LimitRow, row: LimitRow) -> bool:
    if limit.year is not None:
        first = row.start.year if row.start else row.year
        return first is not None and (
            limit.year == row.year or (row.start is not None and first <= limit.year)
        )
    if limit.start is not None:
        if row.year is not None:
            return limit.start.year <= row.year
        return row.start is not None and limit.start <= row.start
    return True


def merged_limits(national: list[LimitRow], own: list[LimitRow]) -> list[LimitRow]:
    """The province's rows in place of the national ones with the same key."""
    by_key: dict[Key, LimitRow] = {row.key: row for row in national}
    by_key |= {row.key: row for row in own}
    return list(by_key.values())
