"""Values are packed to the same bytes, few or many, and come back as they were."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from donbay.domain.periods import parse_period
from donbay.domain.verdicts import ValueRow
from donbay.engine.fast import Coded, Told
from donbay.web.results import packing
from donbay.web.results.packing import unpack_values

PLACES, PERIODS = ("tx", "lh"), tuple(map(parse_period, ("2025-Q4", "2026-Q1")))
NAMES, REASONS = ("homes", "Hộ \\ nghèo"), ("never", "partial")
NUMBERS = st.just(np.nan) | st.floats(allow_infinity=False)


class Row(NamedTuple):
    place: int
    period: int
    indicator: int
    numbers: tuple[float, ...]
    reason: int


CODES = st.integers(0, 1)
ROWS = st.lists(
    st.builds(
        *(Row, CODES, CODES, CODES),
        st.tuples(*[NUMBERS] * 5),
        st.integers(-1, 1),
    ),
    max_size=20,
)


def told(rows: list[Row]) -> Told:
    ordered = sorted(rows, key=lambda row: row[:2])

    def codes(name: str) -> np.ndarray:
        return np.array([getattr(row, name) for row in ordered], np.int64)

    numbers = [[row.numbers[n] for row in ordered] for n in range(5)]
    return Told(
        *(PLACES, PERIODS, codes("place"), codes("period")),
        Coded(codes("indicator"), NAMES),
        tuple(np.array(column, np.float64) for column in numbers),
        Coded(codes("reason"), REASONS),
    )


@given(ROWS)
def test_many_are_written_as_few_are(rows: list[Row]) -> None:
    found = told(rows)
    assert list(packing._of_many(found)) == list(packing._of_few(found))  # noqa: SLF001 -- the text is the claim


@given(ROWS)
def test_they_come_back(rows: list[Row]) -> None:
    found = told(rows)
    back = [
        line
        for unit, period, packed in packing.packed_values(found)
        for line in unpack_values(packed, unit, period)
    ]
    given = zip(found.place, found.period, found.lines(), strict=True)
    assert repr(back) == repr(
        [ValueRow(PLACES[u], x[0], PERIODS[p], *x[1:]) for u, p, x in given]
    )
