"""Weighted sums of few rows each add from left to right, whatever the width."""

import numpy as np
import pytest

from donbay.engine.fast.sparse import BAND, Sparse

ROWS, COLUMNS = 2 * BAND + 3, 4_000


def made() -> tuple[Sparse, dict[int, list[tuple[int, float]]]]:
    """Rows of nothing, of one whole entry, of many, and of parts; given in disorder."""
    dice = np.random.default_rng(7)
    sizes = dice.choice([0, 1, 1, 2, 3, 9, 40], ROWS)
    row = np.repeat(np.arange(ROWS), sizes)
    column = np.concatenate([dice.choice(COLUMNS, n, replace=False) for n in sizes])
    whole = (dice.random(ROWS) < 0.7)[row]
    weight = np.where(whole, 1.0, dice.random(len(row)))
    order = dice.permutation(len(row))
    shape = (ROWS, COLUMNS)
    matrix = Sparse.of(row[order], column[order], weight[order], shape)
    entries: dict[int, list[tuple[int, float]]] = {n: [] for n in range(ROWS)}
    for r, c, w in sorted(zip(row.tolist(), column.tolist(), weight, strict=True)):
        entries[r].append((c, float(w)))
    return matrix, entries


@pytest.mark.parametrize("width", [1, 2, 90])
def test_a_sum_is_what_adding_one_after_the_other_gives(width: int) -> None:
    matrix, entries = made()
    numbers = np.random.default_rng(8).normal(size=(COLUMNS, width)) * 1e3
    expected = np.zeros((ROWS, width))
    for row, some in entries.items():
        for column, weight in some:
            expected[row] += weight * numbers[column]
    assert (matrix @ numbers).tobytes() == expected.tobytes()
    assert (matrix @ numbers[:, 0]).tobytes() == expected[:, 0].tobytes()


def test_chosen_rows_and_the_columns_they_use_sum_to_the_same() -> None:
    matrix, entries = made()
    numbers = np.random.default_rng(9).normal(size=(COLUMNS, 3))
    chosen = np.array([5, 3, ROWS - 1, 0])
    some = matrix.rows(chosen)
    used = some.used()
    assert used.tolist() == sorted({c for r in chosen for c, _ in entries[r]})
    found = some.columns(used) @ numbers[used]
    assert found.tobytes() == (matrix @ numbers)[chosen].tobytes()


def test_turned_over_it_tells_the_rows_of_each_column() -> None:
    matrix, entries = made()
    turned = matrix.T
    expected = sorted((c, r, w) for r, some in entries.items() for c, w in some)
    parts = (turned.row_of, turned.indices, turned.data)
    assert list(zip(*(part.tolist() for part in parts), strict=True)) == expected


def test_rows_added_below_are_empty() -> None:
    matrix, _ = made()
    numbers = np.ones((COLUMNS, 2))
    found = matrix.taller(ROWS + 4) @ numbers
    assert found[:ROWS].tobytes() == (matrix @ numbers).tobytes()
    assert not found[ROWS:].any()


def test_a_matrix_without_entries_sums_to_nothing() -> None:
    none = np.zeros(0)
    matrix = Sparse.of(none, none, none, (3, 2))
    for numbers in (np.ones(2), np.ones((2, 5))):
        found = matrix @ numbers
        assert found.dtype == np.float64
        assert found.shape == (3, *numbers.shape[1:])
        assert not found.any()
