"""Whether two evaluations say the same, and where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from donbay.domain.quantities import equal
from donbay.domain.verdicts import (
    CriterionRow,
    Evaluation,
    LevelRow,
    TargetRow,
    ValueRow,
)

Row = ValueRow | TargetRow | CriterionRow | LevelRow
KEYS = {
    "values": ("indicator", "unit", "period"),
    "targets": ("target", "unit"),
    "criteria": ("set", "unit", "criterion", "sub_criterion"),
    "levels": ("set", "unit"),
}


def differences(one: Evaluation, other: Evaluation) -> list[str]:
    """In all four tables: rows, their order, and every field; numbers to 1e-9."""
    return [
        f"{table}: {found}"
        for table, key in KEYS.items()
        for found in in_table(getattr(one, table), getattr(other, table), key)
    ]


def in_table(
    one: tuple[Row, ...], other: tuple[Row, ...], key: tuple[str, ...]
) -> Iterator[str]:
    if one == other:
        return
    left, right = keyed(one, key), keyed(other, key)
    yield from (f"only in the first: {k}" for k in left if k not in right)
    yield from (f"only in the second: {k}" for k in right if k not in left)
    if left.keys() == right.keys() and list(left) != list(right):
        yield f"other order: {list(left)} and {list(right)}"
    for k in left.keys() & right.keys():
        if left[k] != right[k]:
            yield from (f"{k}: {found}" for found in in_row(left[k], right[k]))


def keyed(rows: tuple[Row, ...], key: tuple[str, ...]) -> dict[tuple[str, ...], Row]:
    found = {tuple(str(getattr(row, k)) for k in key): row for row in rows}
    assert len(found) == len(rows), "two rows of one key"
    return found


def in_row(one: Row, other: Row) -> Iterator[str]:
    for name in (f.name for f in fields(one)):
        left, right = getattr(one, name), getattr(other, name)
        if not same(left, right):
            yield f"{name} {left!r} != {right!r}"


def same(left: object, right: object) -> bool:
    if type(left) is type(right) is float:
        return equal(left, right)
    return left == right
