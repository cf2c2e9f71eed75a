"""`donbay demo`: the site with shipped programmes and made-up people and reports."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from donbay.cli.screen import Screen
from donbay.cli.serve import listen
from donbay.cli.site import set_up
from donbay.domain.problems import Problem, Refused
from donbay.texts import Wording

HOME = Path("donbay-demo")


def run(options: Namespace, words: Wording) -> int:
    """Made once; the next call serves what is there."""
    home = (options.home or HOME).absolute()
    os.environ["DONBAY_HOME"] = str(home)
    os.environ["DONBAY_DEMO"] = "1"
    os.environ.pop("DONBAY_DATABASE", None)
    _make(home, words)
    return listen(options, words)


def _make(home: Path, words: Wording) -> None:
    mark = home / "demonstration"
    if home.exists() and any(home.iterdir()) and not mark.is_file():
        raise Refused([Problem("cli.demo.other", str(home))])
    ready = mark.is_file() and mark.read_text(encoding="ascii") == "ready"
    if not ready:
        _empty(home)
    set_up(words)
    if not ready:
        from donbay.web.installation.demo import build  # noqa: PLC0415 -- as in site

        screen = Screen()
        build(words.language, lambda code: screen.line(words.say(code)))


def _empty(home: Path) -> None:
    """What was begun and not finished is begun anew."""
    import shutil  # noqa: PLC0415 -- only then

    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / "demonstration").write_text("begun", encoding="ascii")
