"""`donbay import FILE`: reports into the ledger of a programme, all or nothing."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.progress import Stages
from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    """With --dry-run everything is checked and nothing written."""
    set_up(words)
    from donbay.web.imports.actions import import_file  # noqa: PLC0415 -- as in site

    with Stages(words, 1) as stages:
        stages.stage("cli.stage.loading")
        found = import_file(options.file, options.programme, dry=options.dry_run)
    code = "cli.import.checked" if options.dry_run else "cli.import.done"
    if found.already:
        code = "cli.import.already"
    about = {"rows": words.number(found.rows), "batch": str(found.batch or "")}
    Screen().line(words.say(code, programme=options.programme, **about))
    return 0
