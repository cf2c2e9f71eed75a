"""Tables and lines on a screen: rich in a terminal, plain text in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.console import Console

LEFT, RIGHT = "left", "right"
LONG_WORD = 14  # what is longer may be broken


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with a style that never carries meaning alone."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Grid:
    """A titled table of texts, with notes under it. `sides` aligns each column."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
    sides: Sequence[str] = ()
    notes: Sequence[str] = ()

    def side(self, column: int) -> str:
        return self.sides[column] if column < len(self.sides) else LEFT


def without_empty(grid: Grid) -> Grid:
    """The grid less the columns in which no row says anything."""
    kept = [i for i in range(len(grid.headings)) if any(_text(r[i]) for r in grid.rows)]
    return Grid(
        grid.title,
        [grid.headings[i] for i in kept],
        [[row[i] for i in kept] for row in grid.rows],
        [grid.side(i) for i in kept],
        grid.notes,
    )


class Screen:
    """Writes to a terminal with colours, or to anything else as plain text."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.terminal = self.stream.isatty()
        self._console: Console | None = None

    @property
    def console(self) -> Console:
        if self._console is None:
            from rich.console import Console  # noqa: PLC0415 -- not needed in a pipe

            self._console = Console(file=self.stream, highlight=False)
        return self._console

    def line(self, text: str = "", style: str = "") -> None:
        if self.terminal:
            self.console.print(text, style=style or None, markup=False)
        else:
            self.stream.write(f"{text}\n")

    def grid(self, grid: Grid) -> None:
        if self.terminal:
            self._rich(grid)
        else:
            self._plain(grid)
        for note in grid.notes:
            self.line(note, "dim")

    def _rich(self, grid: Grid) -> None:
        from rich import box  # noqa: PLC0415 -- as above
        from rich.table import Table  # noqa: PLC0415 -- as above
        from rich.text import Text  # noqa: PLC0415 -- as above

        table = Table(
            title=Text(grid.title),
            title_justify="left",
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            padding=(0, 1, 0, 0),
        )
        widths = _least_widths(grid, self.console.width)
        for place, heading in enumerate(grid.headings):
            table.add_column(
                Text(heading),
                justify="right" if grid.side(place) == RIGHT else "left",
                overflow="fold",
                min_width=widths[place],
            )
        for row in grid.rows:
            table.add_row(*(Text(_text(c), style=_style(c)) for c in row))
        self.console.print(table)

    def _plain(self, grid: Grid) -> None:
        lines = [[_text(cell) for cell in row] for row in (grid.headings, *grid.rows)]
        widths = [max(cell_len(row[i]) for row in lines) for i in range(len(lines[0]))]
        if grid.title:
            self.stream.write(f"{grid.title}\n")
        for line in [lines[0], ["-" * width for width in widths], *lines[1:]]:
            padded = (_pad(t, widths[i], grid.side(i)) for i, t in enumerate(line))
            self.stream.write("  ".join(padded).rstrip() + "\n")


def _least_widths(grid: Grid, width: int) -> list[int]:
    """So that words are kept whole, as long as the table has room for that."""
    longest = [_longest_word(grid, column) for column in range(len(grid.headings))]
    for limit in range(LONG_WORD, 1, -1):
        widths = [min(word, limit) for word in longest]
        if sum(widths) + 2 * len(widths) + 1 <= width:
            break
    return widths


def _longest_word(grid: Grid, column: int) -> int:
    texts = [grid.headings[column], *(_text(row[column]) for row in grid.rows)]
    return max((cell_len(word) for text in texts for word in text.split()), default=1)


def _text(cell: str | Cell) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def _style(cell: str | Cell) -> str:
    return cell.style if isinstance(cell, Cell) else ""


def _pad(text: str, width: int, side: str) -> str:
    space = " " * (width - cell_len(text))
    return space + text if side == RIGHT else text + space
