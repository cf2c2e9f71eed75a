"""Rows of values and criteria packed into bytes, and back, to the last bit.

A kept row holds all values of a unit in a period, or all criteria of a set for a unit:
pages read a few of them, where rows of their own would be millions.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from donbay.domain.criteria import Result
from donbay.domain.periods import Period
from donbay.domain.verdicts import CriterionRow, Reason, ValueRow
from donbay.engine.fast import Coded as Names
from donbay.engine.fast import Told
from donbay.web.ledger.columns import Coded, Lines, as_json

MANY = 2_000  # lines; fewer are sooner written one by one
FAST = 1  # of zlib: packing is on the way of every approval
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def packed_values(told: Told) -> Iterator[tuple[str, Period, bytes]]:
    """The values of each place and period: a list of lines, as JSON."""
    texts = _of_few if len(told.place) < MANY else _of_many
    for (unit, period, _, _), text in zip(told.groups(), texts(told), strict=True):
        yield unit, period, zlib.compress(text, FAST)


def _of_few(told: Told) -> Iterator[bytes]:
    lines = list(told.lines())
    for _, _, begin, end in told.groups():
        yield _JSON.encode(lines[begin:end]).encode()


def _of_many(told: Told) -> Iterator[bytes]:
    """The same, without an object for each cell."""
    *likely, coverage, stated = told.numbers  # value, low and high: often the same
    numbers = [
        *Coded.of_like_numbers(*likely),
        *map(Coded.of_numbers, (coverage, stated)),
    ]
    table = [_named(told.indicator), *numbers, _named(told.reason)]
    text, ends = Lines(table, as_json, ",", "],[").of(slice(None))
    for _, _, begin, end in told.groups():
        yield b"[[" + text[ends[begin] : ends[end] - len(",[")] + b"]"


def _named(column: Names) -> Coded:
    """A code of -1 is none."""
    return Coded.of((*column.names, None), column.codes)


def unpack_values(packed: bytes, unit: str, period: Period) -> list[ValueRow]:
    return [ValueRow(unit, row[0], period, *row[1:]) for row in _unpacked(packed)]


def pack_criteria(rows: Iterable[CriterionRow]) -> bytes:
    return _packed(
        [
            [
                *(r.criterion, r.sub_criterion, r.value, r.threshold),
                *(str(r.result), None if r.reason is None else str(r.reason)),
                r.verified,
            ]
            for r in rows
        ]
    )


def unpack_criteria(packed: bytes, unit: str, of: str) -> list[CriterionRow]:
    return [
        CriterionRow(
            *(unit, of, criterion, sub, value, threshold),
            Result(result),
            reason_of(reason),
            verified,
        )
        for criterion, sub, value, threshold, result, reason, verified in _unpacked(
            packed
        )
    ]


def reason_of(text: str | None) -> Reason | None:
    """As written in tables, `code` or `code:parameter`."""
    if not text:
        return None
    code, _, parameter = text.partition(":")
    return Reason(code, parameter or None)


def _packed(rows: Sequence[Sequence[object]]) -> bytes:
    return zlib.compress(_JSON.encode(rows).encode(), FAST)


def _unpacked(packed: bytes) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(zlib.decompress(packed))
    return found
