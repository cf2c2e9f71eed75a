"""`donbay backup FILE`: the whole installation in one file."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.domain.problems import Problem, Refused
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    if options.file.exists():
        raise Refused([Problem("cli.folder_exists", str(options.file))])
    if not options.file.absolute().parent.is_dir():
        raise Refused([Problem("cli.no_folder", str(options.file.parent))])
    set_up(words)
    from donbay.web.installation.archive import write_backup  # noqa: PLC0415 -- as in site

    made = write_backup(options.file)
    about = {name: words.number(getattr(made, name)) for name in ("rows", "files")}
    size = words.number(round(made.size / 1e6, 1))
    Screen().line(words.say("cli.backup.done", file=options.file, size=size, **about))
    return 0
