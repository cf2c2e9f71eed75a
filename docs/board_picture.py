"""The picture of a board in the README: a part of what `donbay boards` draws."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from unittest.mock import patch

from rich.console import Console

from donbay.cli.boards import (
    evaluated,
    show_claims,
    show_merger,
    show_money,
    show_targets,
)
from donbay.cli.evaluate import head
from donbay.cli.screen import Screen
from donbay.folder.shipped import shipped
from donbay.texts import Wording

EXAMPLE, WIDTH = "quang-ninh-06", 100
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


class Recorder(Screen):
    """A terminal that keeps what is drawn on it."""

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.terminal = True
        self._console = Console(
            file=io.StringIO(),
            record=True,
            width=WIDTH,
            highlight=False,
            force_terminal=True,
            color_system="truecolor",
        )


def svg(example: str = EXAMPLE) -> str:
    """The same bytes on every machine; it fetches no font."""
    with patch.dict(os.environ, {"COLUMNS": str(WIDTH)}):
        screen = Recorder()
        (folder,) = (path for path in shipped("examples") if path.name == example)
        say = evaluated(folder, Wording("en"), "fast")
        head(screen, say)
        for show in (show_targets, show_money, show_claims, show_merger):
            show(say, screen)
        picture = screen.console.export_svg(title=f"donbay boards {example}")
    lines = FONTS.sub("", picture).replace("Fira Code", "DejaVu Sans Mono")
    return "\n".join(line.rstrip() for line in lines.splitlines()) + "\n"


if __name__ == "__main__":
    target = Path(__file__).parent / "pictures" / "board.svg"
    target.parent.mkdir(exist_ok=True)
    target.write_text(svg(), encoding="utf-8")
