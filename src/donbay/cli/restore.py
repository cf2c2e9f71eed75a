"""`donbay restore FILE`: a backup into an empty installation."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.domain.problems import Problem, Refused
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    if not options.file.is_file():
        raise Refused([Problem("cli.restore.no_file", str(options.file))])
    set_up(words)
    from donbay.web.installation.restore import Unfit, restore  # noqa: PLC0415 -- as in site

    try:
        done = restore(options.file)
    except Unfit as unfit:
        about = unfit.about
        problem = Problem(unfit.code, str(options.file), None, None, about)
        raise Refused([problem]) from None
    about = {name: words.number(getattr(done, name)) for name in ("rows", "files")}
    Screen().line(words.say("cli.restore.done", made_at=done.made_at, **about))
    return 0
