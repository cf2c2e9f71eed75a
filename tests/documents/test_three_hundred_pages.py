"""A report of 300 pages is read in bounded time and memory."""

from pathlib import Path

import pytest
from benchmarks.documents.long import LINES, PAGES, made, measure


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1], ids=["docx", "pdf"])
def test_three_hundred_pages_are_read(tmp_path: Path, number: int) -> None:
    taken = measure(made(tmp_path)[number])
    assert taken.claims > PAGES * LINES
    assert taken.within, taken
